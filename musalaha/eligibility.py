"""Eligibility: each rule met, not met or not known, with the reason and with what would change it (DOMAIN 2).

Religious practice, earlier refusals and earlier withdrawals play no part.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db.models import Q
from django.utils import formats
from django.utils.translation import gettext as _

from config import clock
from facilities.models import Sex
from inmates.conditions.models import Separation
from inmates.custody.models import KeepApart
from inmates.people.models import Inmate, LegalStatus
from inmates.terms import step


@dataclass(frozen=True)
class Rule:
    """One rule for one person. `met` is True, False, or None where it cannot be known yet."""

    code: str
    met: bool | None
    why: str
    what_would_change: str = ""

    @property
    def label(self):
        """The rule's name."""
        return label(self.code)


def label(code):
    """The name of a rule, in the reader's language."""
    return {
        "in_custody": _("In custody"),
        "final_conviction": _("Final conviction"),
        "tier": _("Tier 2 or 3"),
        "separation": _("No open separation"),
        "time_left": _("Enough time left to finish"),
        "sex": _("A round for men or for women"),
        "keep_apart": _("No non-association with anybody in the round"),
    }.get(code, code)


@dataclass(frozen=True)
class Facts:
    """Facts of other tables that the rules need, read for many people at once.

    Open separations, and who must be kept apart from somebody in the round.
    """

    separations: dict
    kept_apart: frozenset


def facts(people, cohort=None, on=None):
    """The facts about these people (primary keys), in at most three queries."""
    on = on or clock.today()
    running = Separation.objects.running().filter(inmate__in=people, began_on__lte=on)
    apart = set()
    if cohort is not None:
        inside = set(cohort.applications.with_a_place().values_list("inmate_id", flat=True))
        duties = KeepApart.objects.open().filter(Q(first__in=people) | Q(second__in=people))
        for first, second in duties.values_list("first_id", "second_id"):
            if second in inside:
                apart.add(first)
            if first in inside:
                apart.add(second)
    return Facts({separation.inmate_id: separation for separation in running}, frozenset(apart))


def check(inmate, cohort=None, *, application=None, on=None, known=None):
    """All rules for one person, for one round or for rounds in general, as of `on` (today). Stores nothing.

    `known` are `facts` read before, for lists of people.
    """
    on = on or clock.today()
    application = application or inmate.applications.live().first()
    known = known or facts([inmate.pk], cohort, on)
    rules = [_custody(inmate), conviction(inmate), _tier(inmate, application), _separation(inmate, known)]
    rules.append(_time_left(inmate, cohort, application, on))
    if cohort is not None:
        rules += [_sex(inmate, cohort), _keep_apart(inmate, known)]
    return rules


def eligible(rules):
    """Whether every rule is met; what is not known does not count as met."""
    return all(rule.met for rule in rules)


def against(rules):
    """The rules that are not met or not known."""
    return [rule for rule in rules if not rule.met]


def stored(rules):
    """Rules as plain values, to be kept with the application."""
    return [asdict(rule) for rule in rules]


def read(values):
    """Rules from plain values."""
    return [Rule(**value) for value in values or []]


def sentence_of(rule):
    """Why, and what would change it, as one text."""
    return f"{rule.why} {rule.what_would_change}".strip()


def _custody(inmate):
    if inmate.status == Inmate.Status.IN_CUSTODY:
        return Rule("in_custody", True, _("In custody."))
    return Rule("in_custody", False, _("Not in custody."), _("The programme takes place in prison."))


def conviction(inmate):
    """Whether the conviction is final; read from the person alone."""
    match inmate.legal_status:
        case LegalStatus.CONVICTED_FINAL:
            return Rule("final_conviction", True, _("The conviction is final."))
        case LegalStatus.CONVICTED_APPEAL:
            return Rule(
                "final_conviction",
                False,
                _("Convicted, under appeal."),
                _("The final judgment; the person may ask again on that day, or the court's answer be recorded."),
            )
        case LegalStatus.REMAND:
            return Rule("final_conviction", False, _("Not yet tried."), _("A final judgment."))
        case LegalStatus.CIVIL_IMPRISONMENT:
            return Rule(
                "final_conviction",
                False,
                _("Held for civil imprisonment only."),
                _("Nothing here: the programme is for those who serve a sentence."),
            )
    return Rule("final_conviction", None, _("The legal status is not recorded."), _("Recording the legal status."))


def _tier(inmate, application):
    if inmate.tier in (2, 3):
        return Rule("tier", True, _("Tier %(tier)s.") % {"tier": inmate.tier})
    if inmate.tier is None:
        return Rule("tier", None, _("Not yet classified."), _("The first tier decision."))
    if application is not None and application.exception_by_id:
        return Rule("tier", True, _("Tier 1, with a reviewer's written exception."))
    return Rule(
        "tier",
        False,
        _("Tier 1."),
        _("A reviewer's written exception, or a later decision on the tier; asking counts neither for nor against."),
    )


def _separation(inmate, known):
    running = known.separations.get(inmate.pk)
    if running is None:
        return Rule("separation", True, _("Not separated."))
    return Rule(
        "separation",
        False,
        _("Separated since %(day)s.") % {"day": _day(running.began_on)},
        _("The end of the separation, by %(day)s at the latest.") % {"day": _day(running.authorised_until)},
    )


def _time_left(inmate, cohort, application, on):
    ends_on = cohort.ends_on if cohort is not None else step(on, settings.POLICY["round_months"])
    if inmate.release_on is None:
        if inmate.release_basis in (Inmate.ReleaseBasis.LIFE, Inmate.ReleaseBasis.DEATH):
            return Rule("time_left", True, _("No release date: there is time."))
        return Rule("time_left", None, _("The release date is not known."), _("Settling the release date."))
    values = {"release": _day(inmate.release_on), "end": _day(ends_on)}
    if inmate.release_on >= ends_on:
        return Rule("time_left", True, _("The sentence runs until %(release)s.") % values)
    if application is not None and application.finish_outside:
        return Rule("time_left", True, _("Free on %(release)s, and wishes to finish outside.") % values)
    return Rule(
        "time_left",
        False,
        _("Free on %(release)s, before a round would end on %(end)s.") % values,
        _("The person's wish to finish outside."),
    )


def _sex(inmate, cohort):
    if inmate.sex == cohort.sex:
        return Rule("sex", True, _("The round is open to this person."))
    why = _("This round is for women.") if cohort.sex == Sex.FEMALE else _("This round is for men.")
    return Rule("sex", False, why, _("A round for women.") if inmate.sex == Sex.FEMALE else _("A round for men."))


def _keep_apart(inmate, known):
    if inmate.pk in known.kept_apart:
        return Rule(
            "keep_apart",
            False,
            _("Must not meet somebody who has a place in this round."),
            _("Another round, or the end of the non-association."),
        )
    return Rule("keep_apart", True, _("No non-association with anybody in the round."))


def _day(value):
    return formats.date_format(value, "DATE_FORMAT") if value else "—"
