"""Custody's paper: the order to release."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts import roles
from core.templatetags.display import comma
from documents import pdf
from documents.letters import UNKNOWN, Fact, Facts, Letter, Person, Signatures, Signer, Text, known
from facilities import papers as offices
from facilities.models import Sex
from inmates.custody.models import Admission
from inmates.custody.release_grounds import as_it_stands
from inmates.people.papers import identity_card, registration
from inmates.sentences.models import Sentence


def release_number(stay):
    """The number of the order to release of a stay that ended."""
    return f"{timezone.localtime(stay.released_at).year}/L-{stay.pk}"


def release_order(stay, language, reader):
    """The order to release (*levée d'écrou*) of a stay that ended, by the prison where it ended."""
    inmate = stay.inmate
    last = stay.placements.select_related("facility").order_by("-during").first()
    prison = last.facility if last else stay.facility
    number = stay.registration_numbers.order_by("-id").first()
    officer, director = _who_released(stay)
    with pdf.language(language):
        return Letter(
            language=language,
            title=_("Order to release"),
            issuer=offices.prison(prison),
            place=prison.name,
            day=timezone.localdate(stay.released_at),
            reference=release_number(stay),
            recipient=_("Registry of the prison"),
            blocks=(
                Person(
                    name_ar=known(inmate.name_ar),
                    name_latin=known(inmate.name_latin),
                    facts=(
                        registration(number and number.number),
                        *identity_card(inmate.cin, reader),
                        Fact(_("Detention order"), pdf.code(stay.order.reference)),
                        Fact(_("Admitted on"), stay.admitted_at),
                    ),
                ),
                *_cases(stay),
                Facts(
                    (
                        Fact(_("Released on"), pdf.moment(timezone.localtime(stay.released_at))),
                        Fact(_("Ground of release"), stay.get_ground_display()),
                        _instrument(stay),
                        *_at_the_door(stay),
                    )
                ),
                Text(_("The person named above is no longer held in this establishment from the moment stated.")),
                Signatures(
                    (
                        Signer(_("Records officer"), officer, _("Signature")),
                        Signer(_("The director of the prison"), director, _("Signature and stamp")),
                        Signer(_receiver(inmate), inmate.name, _("Signature or fingerprint")),
                    )
                ),
            ),
        )


def _cases(stay):
    """The cases of the stay with their sentences, as they stood at the release; no block where none is recorded."""
    file = stay.release_file or {"cases": as_it_stands(stay.inmate, stay)}
    facts = []
    for case in file["cases"]:
        named = [pdf.code(case["number"]), case["court"]]
        facts.append(Fact(_("Case"), known(" · ".join(filter(None, named)))))
        facts += [Fact(_("Sentence"), _sentence(one)) for one in case["sentences"]]
    return (Facts(tuple(facts)),) if facts else ()


def _sentence(stored):
    """A sentence in words, with the day it is counted from."""
    starts_on = date.fromisoformat(stored["starts_on"])
    term = Sentence(**{**stored, "starts_on": starts_on}).term_in_words
    return term + comma() + _("counted from %(start)s") % {"start": pdf.day(starts_on)}


def _instrument(stay):
    """The paper that the release rests on: of a pardon, the royal decision with its day."""
    if stay.ground != Admission.Ground.PARDON:
        return Fact(_("Decision or paper"), known(pdf.code(stay.release_reference)))
    text = pdf.code(stay.release_reference)
    pardon = stay.inmate.pardons.in_force().filter(instrument__reference=stay.release_reference).first()
    if pardon is not None:
        text = _("%(reference)s of %(day)s") % {"reference": text, "day": pdf.day(pardon.instrument.dated_on)}
    return Fact(_("Pardon instrument"), known(text))


def _at_the_door(stay):
    """What was checked before the door, where it was written down."""
    if stay.identity_check:
        yield Fact(_("How identity was checked"), stay.identity_check)
    if stay.property_return:
        yield Fact(_("Property returned"), stay.property_return)


def _who_released(stay):
    """Names under the functions of officer and director: whoever recorded the release, under their own."""
    name = str(stay.released_by)
    return (UNKNOWN, name) if stay.released_by.has_role(roles.DIRECTOR) else (name, UNKNOWN)


def _receiver(inmate):
    """Signer's function of whoever is released; Arabic has a word for a woman and one for a man."""
    if inmate.sex == Sex.FEMALE:
        return pgettext("of a woman", "Received by the person released")
    return _("Received by the person released")
