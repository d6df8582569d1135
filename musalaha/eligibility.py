"""Eligibility: each rule met, not met or not known, with the reason and with what would change it.

Religious practice, earlier refusals and earlier withdrawals play no part.
"""

from dataclasses import asdict, dataclass, field

from django.conf import settings
from django.db.models import Q
from django.utils.translation import gettext as _

from audit import signed_context
from config import clock
from core import sayings
from facilities.models import Sex
from inmates.conditions.models import Separation
from inmates.custody.models import KeepApart
from inmates.people.models import Inmate, LegalStatus
from inmates.terms import step
from musalaha import answers as say


@dataclass(frozen=True)
class Rule:
    """One rule for one person. `met` is True, False, or None where it cannot be known yet.

    `said`: why; `change`: what would change it, both as sayings (see `answers`).
    """

    code: str
    met: bool | None
    said: list
    change: list = field(default_factory=list)

    @property
    def label(self):
        """The rule's name."""
        return label(self.code)

    @property
    def why(self):
        """The reason, in the reader's language."""
        return sayings.read(self.said)

    @property
    def what_would_change(self):
        """What would change the answer, in the reader's language."""
        return sayings.read(self.change)


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
        with signed_context.beyond("keep apart"):
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
        return Rule("in_custody", True, say.IN_CUSTODY())
    return Rule("in_custody", False, say.NOT_IN_CUSTODY(), say.ONLY_IN_PRISON())


def conviction(inmate):
    """Whether the conviction is final; read from the person alone."""
    match inmate.legal_status:
        case LegalStatus.CONVICTED_FINAL:
            return Rule("final_conviction", True, say.FINAL())
        case LegalStatus.CONVICTED_APPEAL:
            return Rule(
                "final_conviction",
                False,
                say.UNDER_APPEAL(),
                say.WAIT_FOR_FINAL(),
            )
        case LegalStatus.REMAND:
            return Rule("final_conviction", False, say.UNTRIED(), say.A_FINAL_JUDGMENT())
        case LegalStatus.CIVIL_IMPRISONMENT:
            return Rule(
                "final_conviction",
                False,
                say.CIVIL_ONLY(),
                say.NOTHING_WOULD(),
            )
    return Rule("final_conviction", None, say.NO_STATUS(), say.RECORD_STATUS())


def _tier(inmate, application):
    if inmate.tier in (2, 3):
        return Rule("tier", True, say.TIER(tier=inmate.tier))
    if inmate.tier is None:
        return Rule("tier", None, say.UNCLASSIFIED(), say.FIRST_DECISION())
    if application is not None and application.exception_by_id:
        return Rule("tier", True, say.TIER_ONE_EXCEPTED())
    return Rule(
        "tier",
        False,
        say.TIER_ONE(),
        say.EXCEPTION_OR_DECISION(),
    )


def _separation(inmate, known):
    running = known.separations.get(inmate.pk)
    if running is None:
        return Rule("separation", True, say.NOT_SEPARATED())
    return Rule(
        "separation",
        False,
        say.SEPARATED(day=running.began_on),
        say.END_OF_SEPARATION(day=running.authorised_until),
    )


def _time_left(inmate, cohort, application, on):
    ends_on = cohort.ends_on if cohort is not None else step(on, settings.POLICY["round_months"])
    if inmate.release_on is None:
        if inmate.release_basis in (Inmate.ReleaseBasis.LIFE, Inmate.ReleaseBasis.DEATH):
            return Rule("time_left", True, say.NO_END())
        return Rule("time_left", None, say.DATE_NOT_KNOWN(), say.SETTLE_DATE())
    if inmate.release_on >= ends_on:
        return Rule("time_left", True, say.RUNS_UNTIL(release=inmate.release_on))
    if application is not None and application.finish_outside:
        return Rule("time_left", True, say.FREE_WISHES_OUTSIDE(release=inmate.release_on))
    return Rule(
        "time_left",
        False,
        say.FREE_TOO_EARLY(release=inmate.release_on, end=ends_on),
        say.WISH_OUTSIDE(),
    )


def _sex(inmate, cohort):
    if inmate.sex == cohort.sex:
        return Rule("sex", True, say.OPEN_TO_THEM())
    why = say.FOR_WOMEN() if cohort.sex == Sex.FEMALE else say.FOR_MEN()
    return Rule("sex", False, why, say.A_ROUND_FOR_WOMEN() if inmate.sex == Sex.FEMALE else say.A_ROUND_FOR_MEN())


def _keep_apart(inmate, known):
    if inmate.pk in known.kept_apart:
        return Rule(
            "keep_apart",
            False,
            say.MEETS_SOMEBODY(),
            say.ANOTHER_ROUND(),
        )
    return Rule("keep_apart", True, say.MEETS_NOBODY())
