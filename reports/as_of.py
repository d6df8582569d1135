"""Who was in this prison on a day, in which unit and in which tier; counted by the rules of the statistics."""

from datetime import date

from django.core.paginator import Paginator
from django.db.models import Count, F
from django.shortcuts import get_object_or_404, render

from audit import trail
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.people.participation import may_know_participation
from inmates.people.visible import closed_among
from reports.statistics import people_on

PER_PAGE = 100


def people_in(facility, day, *, by_unit=True):
    """Everybody in a prison when `day` ended, as in `statistics.people_on`, by unit and name or by name alone."""
    order = ("unit__name", "inmate__sort_key") if by_unit else ("inmate__sort_key",)
    return people_on(day).filter(facility=facility).select_related("inmate", "unit", "admission").order_by(*order, "id")


@requires("inmates.view_record")
def prison_as_of(request, code):
    """The prison as it stood when a day ended: `?as_of=2024-01-01`, today when left out or not a past day.

    Those who classify see who was held, in no unit and since no day: of the past they know the prison only.
    """
    facility = get_object_or_404(Facility.objects.visible_to(request.user), code=code)
    try:
        day = min(date.fromisoformat(request.GET.get("as_of", "")), clock.today())
    except ValueError:
        day = clock.today()
    may_know_unit = may_know_participation(request.user)
    people = people_in(facility, day, by_unit=may_know_unit)
    trail.viewed("prison_as_of", by=request.user, facility=facility, detail={"as_of": day.isoformat()})
    counts = {
        row["tier_then"]: row["n"] for row in people.order_by().values("tier_then").annotate(n=Count("inmate_id"))
    }
    page = Paginator(people, PER_PAGE).get_page(request.GET.get("page"))
    closed_among(request.user, [one.inmate for one in page])
    return render(
        request,
        "reports/prison_as_of.html",
        {
            "facility": facility,
            "day": day,
            "total": sum(counts.values()),
            "tiers": [(value, counts.get(value, 0)) for value in (1, 2, 3, None)],
            "units": people.order_by("unit__name").values(name=F("unit__name")).annotate(n=Count("inmate_id"))
            if may_know_unit
            else (),
            "may_know_unit": may_know_unit,
            "page": page,
        },
    )
