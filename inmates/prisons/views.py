"""Pages of prisons: the list with its occupancy, one prison with its units, one unit with its people, the regimes."""

from django.shortcuts import get_object_or_404, render

from accounts import roles
from accounts.models import Posting
from audit import trail
from config import clock
from core.permissions import requires
from facilities.models import Facility, Regime, Unit
from inmates.custody import occupancy
from inmates.people.participation import may_know_participation
from inmates.people.visible import closed_among


@requires("inmates.view_record")
def prison_list(request):
    """Prisons in the user's scope, how full they are, and with people of which tier."""
    prisons = occupancy.prisons(request.user)
    total = {
        name: sum(getattr(prison, name) for prison in prisons)
        for name in ("inside", "places", "certified", "tier_1", "tier_2", "tier_3", "unclassified")
    }
    return render(request, "inmates/prisons/prisons.html", {"prisons": prisons, "total": total})


@requires("inmates.view_record")
def prison(request, code):
    """One prison: units, today's movements, who must not meet, who works there."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user).select_related("region"), code=code)
    trail.viewed("prison", by=request.user, facility=facility)
    units = occupancy.units(facility)
    return render(
        request,
        "inmates/prisons/prison.html",
        {
            "facility": facility,
            "units": units,
            "inside": sum(unit.inside for unit in units),
            "working": sum(unit.working_capacity for unit in units),
            "certified": sum(unit.certified_capacity for unit in units),
            "movements": occupancy.today_at(facility),
            "pairs": occupancy.must_not_meet(facility),
            "exceptions": occupancy.running_exceptions([facility.pk])[:50],
            "may_know_why": may_know_participation(request.user),
            "staff": _staff(facility),
            "may_keep_apart": request.user.can("inmates.manage_keep_apart", at=facility),
            "may_count": request.user.can("inmates.count_roll", at=facility),
        },
    )


def _staff(facility):
    """`(posting, the user's roles in words)` of everybody who serves here today."""
    posted = (
        Posting.objects.current(clock.today())
        .filter(facility=facility, user__is_active=True)
        .select_related("user")
        .prefetch_related("user__groups")
        .order_by("user__last_name", "user__username")
    )
    return [(one, [roles.LABELS.get(group.name, group.name) for group in one.user.groups.all()]) for one in posted]


@requires("inmates.view_record")
def unit(request, code, pk):
    """One unit: its rules, the people inside, and who of them must not meet."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    place = get_object_or_404(Unit.objects.filter(facility=facility), pk=pk)
    trail.viewed("unit", by=request.user, facility=facility, obj=place)
    people = list(occupancy.people_of(place))
    closed_among(request.user, people)
    return render(
        request,
        "inmates/prisons/unit.html",
        {"facility": facility, "unit": place, "people": people, "pairs": occupancy.must_not_meet(facility, place)},
    )


@requires("inmates.view_record")
def regimes(request):
    """Regime of each tier, with every change; administrators edit it."""
    history = Regime.pgh_event_model.objects.order_by("-pgh_created_at", "-pgh_id")[:30]
    return render(request, "inmates/prisons/regimes.html", {"regimes": Regime.objects.all(), "history": history})
