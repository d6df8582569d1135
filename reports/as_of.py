"""Who was in this prison on a day, in which unit and in which tier; counted by the rules of the statistics."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404, render

from audit import trail
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.classification.models import TierDecision
from inmates.custody.models import LegalStatusPeriod, Placement

PER_PAGE = 100


def people_in(facility, day):
    """Placements that ran in a prison when `day` ended, each with the `tier_then` and `status_then` of its person.

    A tier counts when it was in force that day, not suspended, and decided within the same stay.
    """
    tier = (
        TierDecision.objects.filter(
            inmate=OuterRef("inmate"), effective_on__lte=day, decided_on__gte=OuterRef("admitted_day")
        )
        .exclude(Q(suspended_on__lte=day) & (Q(resumed_on=None) | Q(resumed_on__gt=day)))
        .order_by("-effective_on", "-id")
        .values("tier")[:1]
    )
    status = (
        LegalStatusPeriod.objects.filter(admission=OuterRef("admission"), starts_on__lte=day)
        .filter(Q(ends_on=None) | Q(ends_on__gt=day))
        .values("status")[:1]
    )
    return (
        Placement.objects.on(day)
        .filter(facility=facility)
        .annotate(admitted_day=TruncDate("admission__admitted_at"))
        .annotate(tier_then=Subquery(tier), status_then=Subquery(status))
        .select_related("inmate", "unit", "admission")
        .order_by("unit__name", "inmate__sort_key", "id")
    )


@requires("inmates.view_record")
def prison_as_of(request, code):
    """The prison as it stood when a day ended: `?as_of=2024-01-01`, today when left out or not a past day."""
    facility = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    try:
        day = min(date.fromisoformat(request.GET.get("as_of", "")), clock.today())
    except ValueError:
        day = clock.today()
    people = people_in(facility, day)
    trail.viewed("prison_as_of", by=request.user, facility=facility, detail={"as_of": day.isoformat()})
    counts = {
        row["tier_then"]: row["n"] for row in people.order_by().values("tier_then").annotate(n=Count("inmate_id"))
    }
    return render(
        request,
        "reports/prison_as_of.html",
        {
            "facility": facility,
            "day": day,
            "total": sum(counts.values()),
            "tiers": [(value, counts.get(value, 0)) for value in (1, 2, 3, None)],
            "units": people.order_by("unit__name").values(name=F("unit__name")).annotate(n=Count("inmate_id")),
            "page": Paginator(people, PER_PAGE).get_page(request.GET.get("page")),
        },
    )
