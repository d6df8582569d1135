"""Outcomes of the programme: each share with its denominator, unknowns counted, small cells hidden.

People are counted, not papers. "Of those who finished" and "of all who took part" both leave the running round out.
"""

from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone

from audit import signed_context
from config import clock
from inmates.custody.models import Admission
from inmates.sentences.models import Pardon
from inmates.small_cells import hide_nested
from musalaha.aftercare import reoffending
from musalaha.aftercare.models import FollowUp, Reconviction
from musalaha.models import Application, Cohort, Enrolment


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


@signed_context.beyond("figures")
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
    ended = ended.exclude(ground=Admission.Ground.ORDINARY)  # held on, elsewhere
    return {
        inmate
        for inmate, released_at in ended.values_list("inmate_id", "released_at")
        if timezone.localdate(released_at) >= started[inmate]
    }


STEPS = ("applied", "eligible", "accepted", "started", "graduated", "pardoned", "released", "followed", "reconvicted")
WITHIN = dict(zip(STEPS[1:], STEPS, strict=False))  # each step is part of the one before


@signed_context.beyond("figures")
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
        FollowUp.objects.filter(inmate__in=released, done_on__lte=on, contact__in=FollowUp.REACHED).values_list(
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


@signed_context.beyond("figures")
def reconviction(on=None, user=None):
    """Windows of people at liberty since the first round began, graduates and comparable non-graduates."""
    on = on or clock.today()
    started = Cohort.objects.filter(started_on__isnull=False).order_by("started_on")
    first = started.values_list("started_on", flat=True).first()
    if first is None:
        return []
    graduated = Enrolment.objects.filter(outcome=Enrolment.Outcome.GRADUATED, ended_on__lte=on)
    return reoffending.windows(dict(graduated.values_list("inmate_id", "ended_on")), since=first, on=on, user=user)
