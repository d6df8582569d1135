"""Weekly timetable: sessions on working days, outside public holidays, until each strand has its hours."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

from musalaha import holidays, sayings
from musalaha.models import Aim, Session, Strand

SATURDAY = 5
AIM_OF = {
    Strand.RELIGION: Aim.TEXT,
    Strand.RIGHTS: Aim.SOCIETY,
    Strand.PSYCHOLOGY: Aim.SELF,
    Strand.VOCATION: Aim.SOCIETY,
}
ORGANISATION_OF = {
    Strand.RELIGION: sayings.RABITA.mark,
    Strand.RIGHTS: sayings.CNDH.mark,
    Strand.PSYCHOLOGY: sayings.DGAPR.mark,
    Strand.VOCATION: sayings.FOUNDATION.mark,
}


@dataclass(frozen=True)
class Slot:
    """One session of the week. `weekday` 0 is Monday; `strand` None takes the strand with most hours left."""

    weekday: int
    at: time
    minutes: int = 120
    strand: str | None = None
    facilitator: str = ""
    room: str = ""


# Mornings and afternoons, Monday to Friday, Friday afternoon free.
USUAL_WEEK = tuple(
    Slot(weekday, at) for weekday in range(5) for at in (time(9, 30), time(14, 0)) if (weekday, at.hour) != (4, 14)
)


def working_days(first, last):
    """Days from `first` to `last` that are neither weekend nor public holiday."""
    off = {holiday.day for holiday in holidays.between(first, last)}
    count = (last - first).days + 1
    days = (first + timedelta(days=n) for n in range(max(0, count)))
    return [day for day in days if day.weekday() < SATURDAY and day not in off]


def generate(cohort, *, slots=USUAL_WEEK, first=None):
    """Unsaved sessions from `first` (the start) to the last day of a round, each strand within its budget of hours.

    A strand's part in the coming week follows what it still has to give, so that all end together. Sessions of the same
    hour already there keep their place.
    """
    first = max(first or cohort.starts_on, cohort.started_on or cohort.starts_on)
    left = {strand: 60 * float(hours) for strand, hours in cohort.hours_planned.items() if strand in Strand.values}
    budget = dict(left)
    taken = set()
    number = defaultdict(int)
    for session in cohort.sessions.filter(cancelled_reason="", only_for=None, catch_up=False):
        left[session.strand] = left.get(session.strand, 0) - session.minutes
        taken.add(timezone.localtime(session.starts_at).replace(tzinfo=None))
        number[session.strand] += 1
    by_weekday = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: (slot.weekday, slot.at)):
        by_weekday[slot.weekday].append(slot)
    sessions = []
    for day in working_days(first, cohort.ends_on - timedelta(days=1)):
        for slot in by_weekday[day.weekday()]:
            moment = datetime.combine(day, slot.at)
            strand = slot.strand or max(left, key=lambda s: left[s] / budget[s] if budget[s] else 0, default=None)
            if moment in taken or strand is None or left.get(strand, 0) <= 0:
                continue
            left[strand] -= slot.minutes
            number[strand] += 1
            sessions.append(
                Session(
                    cohort=cohort,
                    starts_at=timezone.make_aware(moment),
                    minutes=slot.minutes,
                    strand=strand,
                    aim=AIM_OF[Strand(strand)],
                    number=number[strand],
                    facilitator=slot.facilitator,
                    organisation=ORGANISATION_OF[Strand(strand)],
                    room=slot.room,
                )
            )
    return sessions


def hours(sessions):
    """Hours by strand of sessions, `{strand: hours}`."""
    total = defaultdict(float)
    for session in sessions:
        if not session.cancelled_reason:
            total[session.strand] += session.minutes / 60
    return dict(total)
