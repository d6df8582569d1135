"""Places needed against places there are, month by month for two years, from what is known today.

Method. Whoever is held now leaves at the end of the month of their computed release; whose day has passed, in the first
month; who has no day stays. Arrivals go on as in the last twelve months, prison by prison. A number of further arrivals may
be supposed, spread evenly over some months and over the prisons by their free places. Nobody who arrives in these two years
leaves in them. Places are the working places of units in use at each month's end, planned closures counted; separation and
medical units are no places to live in. Transfers between prisons are not foreseen.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.db.models.functions import TruncMonth

from config import clock
from facilities.models import Facility, Unit
from inmates.custody.models import Admission
from inmates.people.models import Inmate
from inmates.terms import month_end, step

MONTHS = 24
MARKS = (6, 12, 18, 24)
NO_HOME = (Unit.Purpose.SEPARATION, Unit.Purpose.MEDICAL)


@dataclass(frozen=True)
class Forecast:
    """One prison, or all of them, for one sex: people and places when each month ends; the first entry is now.

    `here` counts those held now who will still be held, `usual` those who came as people did last year, `supposed` those of
    the supposition.
    """

    place: Facility | None
    here: list[int]
    usual: list[int]
    supposed: list[int]
    places: list[int]

    @property
    def held(self):
        """Everybody, month by month."""
        return [sum(parts) for parts in zip(self.here, self.usual, self.supposed, strict=True)]

    @property
    def full_after(self):
        """In how many months no place is left, 0 where none is now; None where that does not come."""
        return next(
            (n for n, (held, places) in enumerate(zip(self.held, self.places, strict=True)) if held >= places), None
        )


def spread(total, weights):
    """`total` shared out by weight, in whole people, largest remainders first; evenly where nothing weighs anything."""
    weights = weights if any(weights) else [1] * len(weights)
    if not weights:
        return []
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda n: (-(total * weights[n] % whole), n))
    for n in order[: total - sum(shares)]:
        shares[n] += 1
    return shares


def by_month(total, months):
    """How many of `total` have come by the end of each month, evenly over the first `months`; the first entry is now."""
    return [total * min(n, months) // months for n in range(MONTHS + 1)]


def forecast(prisons, sex, *, supposed=0, over=6, today=None):
    """A `Forecast` for each of these prisons that has places or people of this sex, and one of all of them together."""
    today = today or clock.today()
    ends = month_ends(today)
    held, leaving, yearly = _held(prisons, sex), _leaving(prisons, sex, today), _came(prisons, sex, today)
    units = defaultdict(list)
    for unit in _homes(prisons, sex):
        units[unit.facility_id].append(unit)
    places = {prison.pk: _places(prison, units[prison.pk], ends) for prison in prisons}
    used = [one for one in prisons if held[one.pk] or places[one.pk][0]]
    shares = spread(supposed, [max(0, places[one.pk][0] - held[one.pk]) for one in used])
    found = []
    for prison, share in zip(used, shares, strict=True):
        gone, here = 0, [held[prison.pk]]
        for n in range(MONTHS):
            gone += leaving[prison.pk][n]
            here.append(held[prison.pk] - gone)
        usual = [(yearly[prison.pk] * n + 6) // 12 for n in range(MONTHS + 1)]
        found.append(Forecast(prison, here, usual, by_month(share, over), places[prison.pk]))
    return found, together(found)


def together(forecasts):
    """All of them as one."""
    added = [
        [sum(column) for column in zip(*(getattr(one, name) for one in forecasts), strict=True)] or [0] * (MONTHS + 1)
        for name in ("here", "usual", "supposed", "places")
    ]
    return Forecast(None, *added)


def month_ends(today):
    """The last day of this month and of the next ones, after today itself."""
    return [today, *(month_end(today, n) for n in range(MONTHS))]


def tiers(prisons, sex, today=None):
    """`[(tier or None, [people held now who will still be held, at each of MARKS], places of units that take the tier)]`."""
    today = today or clock.today()
    people = Inmate.objects.in_custody().filter(facility__in=prisons, sex=sex)
    now = Counter(dict(people.values_list("tier").annotate(n=Count("pk")).order_by()))
    gone = defaultdict(Counter)
    rows = people.exclude(release_on=None).values("tier").annotate(month=TruncMonth("release_on"), n=Count("pk"))
    for row in rows.order_by():
        gone[row["tier"]][_month_of(row["month"], today)] += row["n"]
    taken = Counter()
    for unit in _homes(prisons, sex).in_use(today):
        for tier in unit.tiers:
            taken[tier or None] += unit.working_capacity
    return [
        (tier, [now[tier], *(now[tier] - sum(n for month, n in gone[tier].items() if month < mark) for mark in MARKS)],
         taken[tier])
        for tier in (1, 2, 3, None)
    ]  # fmt: skip


def _month_of(month: date, today: date) -> int:
    """Which of the months to come a release falls into: 0 is this one, for what has passed too."""
    return max(0, (month.year - today.year) * 12 + month.month - today.month)


def _homes(prisons, sex):
    """Units in which people of this sex live."""
    return Unit.objects.filter(facility__in=prisons, sex=sex).exclude(purpose__in=NO_HOME)


def _held(prisons, sex):
    people = Inmate.objects.in_custody().filter(facility__in=prisons, sex=sex)
    return Counter(dict(people.values_list("facility").annotate(n=Count("pk")).order_by()))


def _leaving(prisons, sex, today):
    """`{facility id: {month: people}}` by computed release."""
    people = Inmate.objects.in_custody().filter(facility__in=prisons, sex=sex).exclude(release_on=None)
    found = defaultdict(Counter)
    for row in people.values("facility").annotate(month=TruncMonth("release_on"), n=Count("pk")).order_by():
        found[row["facility"]][_month_of(row["month"], today)] += row["n"]
    return found


def _came(prisons, sex, today):
    """`{facility id: admissions in the last twelve months}`."""
    since = clock.end_of(step(today, -12))
    came = Admission.objects.filter(facility__in=prisons, inmate__sex=sex, admitted_at__gte=since)
    return Counter(dict(came.values_list("facility").annotate(n=Count("pk")).order_by()))


def _places(prison, units, ends):
    """Working places of a prison at each of these days, of its `units`."""
    closed = prison.closed_on
    return [
        0
        if closed and closed <= day
        else sum(u.working_capacity for u in units if not u.closed_on or u.closed_on > day)
        for day in ends
    ]
