"""The first page: what waits for this user today."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from config import clock
from core import panels
from facilities.models import Facility
from inmates.people.actions import alerts
from inmates.people.models import Inmate
from inmates.people.visible import closed_among
from reports.overview import overview


@login_required
def today(request):
    """`/`: the role's worklists, alerts that nobody has acknowledged, and the state of the user's prisons."""
    user = request.user
    sees_records = user.can("inmates.view_record")
    glance = overview(user)
    prisons = Facility.objects.visible_to(user) if sees_records and not user.sees_nation and glance is None else []
    waiting = list(alerts.waiting_for(user)[:12])
    closed_among(user, [alert.inmate for alert in waiting])
    return render(
        request,
        "reports/today.html",
        {
            "glance": glance,
            "worklists": panels.worklists(user),
            "alerts": waiting,
            "prisons": [(prison, Inmate.objects.in_custody().filter(facility=prison).count()) for prison in prisons],
            "roles": sorted(user.role_names),
            "day": clock.today(),
        },
    )
