"""Occupancy of prisons: people inside, unit by unit, today's movements, pairs who must not meet."""

from django.db.models import Count, Q

from config import clock
from facilities.models import Facility, Unit
from inmates.custody.models import Admission, Outing, Placement, Transfer
from inmates.custody.placement_rules import meetings
from inmates.custody.release_grounds import how_late
from inmates.people.models import Inmate

INSIDE = Q(placements__during__upper_inf=True)


def prisons(user):
    """Prisons the user sees, each with `places` (working), `certified`, `inside`, and people by tier; two queries."""
    today = clock.today()
    prisons = list(Facility.objects.visible_to(user).open_on(today).select_related("region"))
    people = Inmate.objects.in_custody().filter(facility__in=prisons).values("facility_id")
    counts = {
        row["facility_id"]: row
        for row in people.annotate(
            inside=Count("id"),
            tier_1=Count("id", filter=Q(tier=1)),
            tier_2=Count("id", filter=Q(tier=2)),
            tier_3=Count("id", filter=Q(tier=3)),
            unclassified=Count("id", filter=Q(tier=None)),
        )
    }
    room = {}
    for unit in Unit.objects.in_use(today).filter(facility__in=prisons):
        places, certified = room.get(unit.facility_id, (0, 0))
        room[unit.facility_id] = (places + unit.working_capacity, certified + unit.certified_capacity)
    for prison in prisons:
        prison.places, prison.certified = room.get(prison.pk, (0, 0))
        row = counts.get(prison.pk, {})
        for name in ("inside", "tier_1", "tier_2", "tier_3", "unclassified"):
            setattr(prison, name, row.get(name, 0))
    return prisons


def units(facility):
    """Units in use of a prison, each with `inside`, `tier_counts` {tier or 0: people} and `odd`, exceptions running."""
    units = list(
        Unit.objects.in_use(clock.today())
        .filter(facility=facility)
        .annotate(
            inside=Count("placements", filter=INSIDE),
            odd=Count("placements", filter=INSIDE & ~Q(placements__exceptions=[])),
        )
        .order_by("name")
    )
    people = Inmate.objects.in_custody().filter(facility=facility).order_by()
    tiers = {}
    for row in people.values("unit_id", "tier").annotate(n=Count("id")):
        tiers.setdefault(row["unit_id"], {})[row["tier"] or 0] = row["n"]
    for unit in units:
        unit.tier_counts = [(tier or None, tiers.get(unit.pk, {}).get(tier, 0)) for tier in (1, 2, 3, 0)]
    return units


def people_of(unit):
    """People now in a unit, by name."""
    return unit.inmates.in_custody().order_by("sort_key", "id")


def today_at(facility):
    """Movements of today: came in, left, expected in and out, now out."""
    today = clock.today()
    start, end = clock.midnight(today), clock.end_of(today)
    transfers = Transfer.objects.select_related("inmate", "origin", "destination")
    return {
        "admitted": Admission.objects.filter(facility=facility, admitted_at__gte=start, admitted_at__lt=end)
        .select_related("inmate")
        .order_by("admitted_at"),
        "released": Admission.objects.filter(
            inmate__facility=facility, released_at__gte=start, released_at__lt=end
        ).select_related("inmate"),
        "arriving": transfers.filter(destination=facility, state__in=Transfer.COMING),
        "leaving": transfers.filter(origin=facility, state__in=Transfer.LEAVING),
        "due": how_late(Inmate.objects.filter(facility=facility).releases_until(today).order_by("release_on")),
        "out": Outing.objects.out().filter(facility=facility).exclude(kind=Outing.Kind.ESCAPE).select_related("inmate"),
        "expected_out": Outing.objects.planned().filter(facility=facility, planned_on=today).select_related("inmate"),
    }


def must_not_meet(facility, unit=None):
    """Pairs to be kept apart who are both in this prison (or unit), with whether they share a unit now."""
    people = Inmate.objects.in_custody().filter(facility=facility)
    if unit is not None:
        people = people.filter(unit=unit)
    return [(duty, duty.first.unit_id == duty.second.unit_id) for duty in meetings(people)[:100]]


def running_exceptions(facilities):
    """Placements that run against a unit's rules in these prisons, the earliest end first."""
    return (
        Placement.objects.against_rules()
        .filter(facility__in=facilities)
        .select_related("inmate", "unit", "facility")
        .order_by("exception_until", "id")
    )
