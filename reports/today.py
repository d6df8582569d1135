"""The first page: what waits for this user today."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from config import clock
from facilities.models import Facility
from inmates.custody.models import Alert
from inmates.people.models import Inmate
from reports import rooms


@login_required
def today(request):
    """`/`: the role's worklists, alerts that nobody has acknowledged, and how full the user's prisons are."""
    user = request.user
    sees_records = user.can("inmates.view_record")
    prisons = Facility.objects.visible_to(user) if sees_records and not user.sees_nation else []
    return render(
        request,
        "reports/today.html",
        {
            "work": rooms.work(user),
            "alerts": alerts_for(user)[:12] if sees_records else [],
            "prisons": [(prison, Inmate.objects.in_custody().filter(facility=prison).count()) for prison in prisons],
            "roles": sorted(user.role_names),
            "day": clock.today(),
        },
    )


def alerts_for(user):
    """Open alerts meant for this user: the prison's own, reviewers', or the national office's and inspectors'."""
    alerts = Alert.objects.filter(acknowledged_at=None).select_related("inmate", "facility").order_by("-raised_at")
    if not user.sees_nation:
        return alerts.filter(facility_id__in=user.facility_ids, audience=Alert.Audience.PRISON)
    if user.can("inmates.decide_review"):
        return alerts.filter(audience=Alert.Audience.REVIEWERS)
    return alerts.filter(audience=Alert.Audience.NATIONAL)
