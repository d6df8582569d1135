"""Outcomes of the programme: each share with its denominator, unknowns counted, small cells hidden.

People are counted, not papers. "Of those who finished" and "of all who took part" both leave the running round out.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from config import clock
from inmates.classification.in_force import TierOn
from inmates.custody.models import Admission
from inmates.sentences.models import Pardon
from inmates.small_cells import HIDDEN, hide_nested, hide_table, small
from inmates.terms import step
from musalaha.models import Application, Cohort, Enrolment, FollowUp, Reconviction, RecordCheck

REACHED = [FollowUp.Contact.MET, FollowUp.Contact.PHONE, FollowUp.Contact.FAMILY]
YEARS = (1, 2, 3)


@dataclass
class Outcomes:
    """Sets of people (primary keys) by what came of them. `took_part` are those of finished rounds."""

    took_part: set = field(default_factory=set)
    running: set = field(default_factory=set)
    finished: set = field(default_factory=set)
    withdrew: set = field(default_factory=set)
    removed: set = field(default_factory=set)
    pardoned: set = field(default_factory=set)
    reduced: set = field(default_factory=set)
    released: set = field(default_factory=set)
    reconvicted: set = field(default_factory=set)
    reconvicted_other: set = field(default_factory=set)

    def share(self, what, of):
        """`(numerator, denominator)` of people in both sets."""
        base = getattr(self, of)
        return len(getattr(self, what) & base), len(base)


def outcomes(on=None):
    """The sets as they stood when `on` (today) ended. A pardon counts when it was given after the round began."""
    on = on or clock.today()
    sets = Outcomes()
    started = {}
    rows = Enrolment.objects.filter(started_on__lte=on).values_list(
        "inmate_id", "started_on", "ended_on", "outcome", "cohort__completed_on", "cohort__cancelled_on"
    )
    for inmate, began, ended, outcome, completed, cancelled in rows:
        if cancelled is not None and cancelled <= on and completed is None:
            continue
        started[inmate] = min(began, started.get(inmate, began))
        over = ended is not None and ended <= on
        if completed is None or completed > on:
            if not over:
                sets.running.add(inmate)
            continue
        sets.took_part.add(inmate)
        if outcome == Enrolment.Outcome.GRADUATED and over:
            sets.finished.add(inmate)
        elif outcome == Enrolment.Outcome.WITHDREW:
            sets.withdrew.add(inmate)
        elif outcome == Enrolment.Outcome.REMOVED:
            sets.removed.add(inmate)
    sets.pardoned, whole = pardoned_since(started, on)
    sets.reduced = sets.pardoned - whole
    sets.released = released_since(started, on)
    again = Reconviction.objects.filter(inmate__in=started, final_on__lte=on)
    for inmate, terrorism, released_at in again.values_list("inmate_id", "terrorism", "admission__released_at"):
        if timezone.localdate(released_at) >= started[inmate]:
            (sets.reconvicted if terrorism else sets.reconvicted_other).add(inmate)
    return sets


def pardoned_since(started, on):
    """`(people with a verified pardon by `on`, those of them whose prison term it remitted as a whole)`.

    `started`: `{person: the day their round began}`; earlier pardons do not count.
    """
    pardons = Pardon.objects.in_force().filter(inmate__in=started, instrument__dated_on__lte=on)
    since = [
        pardon
        for pardon in pardons.select_related("instrument")
        if pardon.instrument.dated_on >= started[pardon.inmate_id]
    ]
    return {pardon.inmate_id for pardon in since}, {pardon.inmate_id for pardon in since if not pardon.partial}


def released_since(started, on):
    """People whose stay in custody ended by `on`, on the day their round began (`started`) or later."""
    ended = Admission.objects.filter(inmate__in=started, released_at__lt=clock.end_of(on))
    return {
        inmate
        for inmate, released_at in ended.values_list("inmate_id", "released_at")
        if timezone.localdate(released_at) >= started[inmate]
    }


STEPS = ("applied", "eligible", "accepted", "started", "graduated", "pardoned", "released", "followed", "reconvicted")
WITHIN = dict(zip(STEPS[1:], STEPS, strict=False))  # each step is part of the one before


def funnel(cohort, user, on=None):
    """Numbers of people of a round who reached each step: `[(step, count or None where hidden)]`.

    Those who applied are counted from the start of the round before.
    """
    on = on or clock.today()
    start = cohort.started_on or cohort.starts_on
    before = Cohort.objects.filter(number__lt=cohort.number, sex=cohort.sex, started_on__isnull=False).order_by(
        "-number"
    )
    since = before.values_list("started_on", flat=True).first()
    own = Q(cohort=cohort) | Q(enrolment__cohort=cohort)
    applied = Q(asked_on__lte=start, inmate__sex=cohort.sex)
    if since:
        applied &= Q(asked_on__gt=since)
    applications = list(
        Application.objects.filter(own | applied)
        .distinct()
        .values_list("inmate_id", "eligibility", "cohort_id", "state", "exception_by_id")
    )
    enrolments = list(cohort.enrolments.filter(started_on__lte=on).values_list("inmate_id", "outcome", "ended_on"))
    people = {inmate for inmate, _outcome, _ended in enrolments}
    graduates = {
        inmate for inmate, outcome, ended in enrolments if outcome == Enrolment.Outcome.GRADUATED and ended <= on
    }
    sets = outcomes(on)
    accepted = {i for i, _e, c, state, _x in applications if c == cohort.pk and state != Application.State.DECLINED}
    eligible = {
        inmate
        for inmate, rules, _c, _s, exception in applications
        if all(rule["met"] or (rule["code"] == "tier" and exception) for rule in rules)
    }
    released = sets.released & graduates
    followed = set(
        FollowUp.objects.filter(inmate__in=released, done_on__lte=on, contact__in=REACHED).values_list(
            "inmate_id", flat=True
        )
    )
    counts = {
        "applied": {row[0] for row in applications} | people,
        "eligible": eligible | people,
        "accepted": accepted | people,
        "started": people,
        "graduated": graduates,
        "pardoned": sets.pardoned & graduates,
        "released": released,
        "followed": followed,
        "reconvicted": (sets.reconvicted | sets.reconvicted_other) & released,
    }
    numbers = {name: len(counts[name]) for name in STEPS}
    shown = numbers if user.sees_nation else hide_nested({0: numbers}, WITHIN, totals_shown=False)[0]
    return list(shown.items())


@dataclass
class Window:
    """One group observed for a number of whole years: convicted again, not, or not known."""

    group: str
    years: int
    terrorism: int | None = 0
    other: int | None = 0
    none: int | None = 0
    unknown: int | None = 0
    observed: int = 0

    @property
    def cells(self):
        """Cells that add up to `observed`."""
        return {"terrorism": self.terrorism, "other": self.other, "none": self.none, "unknown": self.unknown}


def reconviction(on=None, user=None):
    """Windows of people at liberty, graduates and comparable non-graduates, by whole years (DOMAIN 2, "Reoffending").

    A window begins on the day of release, for who finished outside on the day of graduation: both are inside. Its
    anniversary is outside.

    Comparable: released since the first round began, in tier 2 or 3, at liberty and alive. Known: a conviction is on
    record, or the person was reached or the criminal record read at or after the end of the window; what was known in
    its middle says nothing about its end. Cells are hidden from those without national scope.
    """
    on = on or clock.today()
    first = (
        Cohort.objects.filter(started_on__isnull=False)
        .order_by("started_on")
        .values_list("started_on", flat=True)
        .first()
    )
    if first is None:
        return []
    stays = _released_stays(first, on)
    graduates = dict(
        Enrolment.objects.filter(outcome=Enrolment.Outcome.GRADUATED, ended_on__lte=on).values_list(
            "inmate_id", "ended_on"
        )
    )
    again, last_known = defaultdict(list), {}
    for admission, act_on, terrorism in Reconviction.objects.filter(final_on__lte=on).values_list(
        "admission_id", "act_on", "terrorism"
    ):
        again[admission].append((act_on, terrorism))
    contacts = FollowUp.objects.filter(done_on__lte=on, contact__in=REACHED).values_list("admission_id", "done_on")
    checks = RecordCheck.objects.filter(checked_on__lte=on).values_list("admission_id", "checked_on")
    for admission, day in [*contacts, *checks]:
        last_known[admission] = max(day, last_known.get(admission, day))
    windows = []
    for group in ("graduates", "others"):
        for years in YEARS:
            window = Window(group, years)
            for admission, since in _observed(stays, graduates, group):
                until = step(since, 12 * years)
                if until > on:
                    continue
                convictions = [one for one in again[admission] if since <= one[0] < until]
                known = admission in last_known and last_known[admission] >= until
                _count(window, convictions, known)
            windows.append(window)
    return windows if user is None or user.sees_nation else _hide(windows)


def _observed(stays, graduates, group):
    """`(stay, first day of its windows)` of one group: each person by the first of their stays that belongs to it.

    A stay is a graduate's where the person had graduated by its end, or did at liberty before they were held again.
    """
    seen = set()
    for inmate, admission, released_on, held_again, tier in stays:
        graduated = graduates.get(inmate)
        finished = graduated is not None and (graduated <= released_on or held_again is None or graduated < held_again)
        if inmate in seen or (group == "graduates") != finished or (group == "others" and tier not in (2, 3)):
            continue
        seen.add(inmate)
        yield admission, max(released_on, graduated) if finished else released_on


def _released_stays(first, on):
    """Stays that ended at liberty since `first`: `(person, stay, released on, held again on or None, tier at its end)`."""
    stays = []
    rows = (
        Admission.objects.filter(released_at__gte=clock.midnight(first), released_at__lt=clock.end_of(on))
        .exclude(ground__in=[Admission.Ground.DEATH, Admission.Ground.ABROAD])
        .order_by("released_at")
        .values_list("inmate_id", "pk", "released_at", TierOn("pk", on))
    )
    later = defaultdict(list)
    for inmate, admitted_at in Admission.objects.filter(admitted_at__gte=clock.midnight(first)).values_list(
        "inmate_id", "admitted_at"
    ):
        later[inmate].append(admitted_at)
    for inmate, admission, released_at, tier in rows:
        again = min((at for at in later[inmate] if at > released_at), default=None)
        stays.append((inmate, admission, timezone.localdate(released_at), again and timezone.localdate(again), tier))
    return stays


def _count(window, convictions, known):
    window.observed += 1
    if any(terrorism for _act, terrorism in convictions):
        window.terrorism += 1
    elif convictions:
        window.other += 1
    elif known:
        window.none += 1
    else:
        window.unknown += 1


def _hide(windows):
    """The same with small cells hidden, and a second one in each row; a small row is hidden as a whole."""
    for window in windows:
        shown = hide_table({0: window.cells})[0]
        if small(window.observed):
            shown, window.observed = dict.fromkeys(shown, HIDDEN), HIDDEN
        for name, value in shown.items():
            setattr(window, name, value)
    return windows
