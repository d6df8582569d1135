"""People as a register file that `import_register` reads back into the same records, under French headers."""

from functools import partial

from django.utils.translation import override

from inmates.people.forms.fields import birth_text
from inmates.people.need_to_know import may_read_cin

HEADERS = (
    "N° écrou", "Nom de famille (latin)", "Prénom (latin)", "Nom (arabe)", "Prénom (arabe)", "CIN", "Date de naissance",
    "Lieu de naissance", "Sexe", "Nationalité", "Date d'écrou", "Situation pénale", "Peine",
    "Date du jugement définitif", "Rôle", "Returnee", "Quartier",
)  # fmt: skip
_STATUSES = {
    "remand": "Prévenu",
    "convicted_appeal": "Condamné (appel)",
    "convicted_final": "Condamné définitif",
    "civil_imprisonment": "Contraint par corps",
}
_ROLES = {
    "recruiter": "Recruteur",
    "ideologue": "Idéologue",
    "financier": "Financier",
    "fighter": "Combattant",
    "logistics": "Soutien logistique",
    "propagandist": "Propagandiste",
    "non_combatant": "Non combattant",
    "other": "Autre",
}
_UNITS = (("years", "an", "ans"), ("months", "mois", "mois"), ("days", "jour", "jours"))


def with_sources(people):
    """The queryset with what a row reads besides the person."""
    return people.select_related("facility", "unit").prefetch_related("sentences__case", "admissions")


def row_for(reader):
    """`row(person)`, without identity card numbers where the reader need not know them."""
    return partial(_row, with_cin=may_read_cin(reader))


def _row(person, with_cin):
    """One person's line. Of several sentences none is written: which one counts is for a person to say."""
    with override("fr"):
        born = birth_text(person.birth_date, person.birth_precision)
    standing = [one for one in person.sentences.all() if one.stands and one.case.annulled_at is None]
    sentence = standing[0] if len(standing) == 1 else None
    return [
        person.registration_number,
        person.family_name_latin,
        person.given_name_latin,
        person.family_name_ar,
        person.given_name_ar,
        (person.cin or "") if with_cin else "",
        born,
        person.birthplace,
        person.sex,
        " ".join(filter(None, (person.nationality, person.second_nationality))),
        person.admitted_on or "",
        _STATUSES.get(person.legal_status, ""),
        _penalty(sentence) if sentence else "",
        sentence.final_on if sentence and sentence.final_on else "",
        _ROLES.get(person.group_role, ""),
        {True: "oui", False: "non", None: ""}[person.is_returnee],
        person.unit.name if person.unit else "",
    ]


def _penalty(sentence):
    """A sentence as registers write it: "5 ans et 6 mois", "5 ans dont 2 ans avec sursis", "perpétuité", "peine capitale"."""
    if sentence.kind != "term":
        return {"life": "perpétuité", "death": "peine capitale"}[sentence.kind]
    term = _length(sentence.pronounced)
    return f"{term} dont {_length(sentence.suspended)} avec sursis" if sentence.partly_suspended else term


def _length(term):
    counts = zip(term.parts, _UNITS, strict=True)
    return " et ".join(f"{count} {one if count == 1 else many}" for count, (_name, one, many) in counts if count)
