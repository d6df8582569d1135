"""Who was convicted again by whole years at liberty: graduates of the programme, and comparable people who are none."""

from collections import defaultdict
from dataclasses import dataclass

from django.utils import timezone

from config import clock
from inmates.classification.in_force import TierOn
from inmates.custody.models import Admission
from inmates.small_cells import HIDDEN, hide_table, small
from inmates.terms import step
from musalaha.aftercare.models import FollowUp, Reconviction, RecordCheck

YEARS = (1, 2, 3)


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


def windows(graduates, *, since, on, user=None):
    """Windows of people at liberty, graduates and comparable non-graduates, by whole years.

    `graduates`: `{person: the day they graduated}`, by `on`. A window begins on the day of release, for who finished
    outside on the day of graduation: both are inside. Its anniversary is outside.

    Comparable: released from `since` on, in tier 2 or 3, at liberty and alive. Known: a conviction is on record, or the
    person was reached or the criminal record read at or after the end of the window; what was known in its middle says
    nothing about its end. Cells are hidden from those without national scope.
    """
    stays = _released_stays(since, on)
    again, last_known = defaultdict(list), {}
    for admission, act_on, terrorism in Reconviction.objects.filter(final_on__lte=on).values_list(
        "admission_id", "act_on", "terrorism"
    ):
        again[admission].append((act_on, terrorism))
    contacts = FollowUp.objects.filter(done_on__lte=on, contact__in=FollowUp.REACHED).values_list(
        "admission_id", "done_on"
    )
    checks = RecordCheck.objects.filter(checked_on__lte=on).values_list("admission_id", "checked_on")
    for admission, day in [*contacts, *checks]:
        last_known[admission] = max(day, last_known.get(admission, day))
    found = []
    for group in ("graduates", "others"):
        for years in YEARS:
            window = Window(group, years)
            for admission, begins in _observed(stays, graduates, group):
                until = step(begins, 12 * years)
                if until > on:
                    continue
                convictions = [one for one in again[admission] if begins <= one[0] < until]
                known = admission in last_known and last_known[admission] >= until
                _count(window, convictions, known)
            found.append(window)
    return found if user is None or user.sees_nation else _hide(found)


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
        .exclude(ground__in=Admission.NOT_AT_LIBERTY)
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
