"""Alerts that wait for the reader."""

from django.db.models import Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.action_pages import action_button
from core.addresses import page_of
from core.permissions import requires
from inmates.people.actions import alerts as alert_actions
from inmates.people.models import Alert, Inmate
from inmates.people.visible import closed_among


@requires("inmates.view_record")
def alerts(request):
    """Alerts that wait for this user."""
    page = page_of(request, alert_actions.waiting_for(request.user))
    closed_among(request.user, [alert.inmate for alert in page])
    people = Inmate.objects.in_scope_of(request.user).filter(pk__in=[alert.inmate_id for alert in page])
    own = set(people.values_list("pk", flat=True))  # a prison is told of some whose record it may not open
    return render(request, "inmates/people/alerts/alerts.html", {"page": page, "own": own})


@require_POST
@requires("inmates.view_record")
def acknowledge(request, pk):
    """Read: it leaves the list and stays on the record."""
    mine = Q(inmate__in=Inmate.objects.in_scope_of(request.user)) | Q(facility_id__in=request.user.facility_ids)
    alert = get_object_or_404(Alert.objects.filter(mine), pk=pk)
    return action_button(
        request,
        lambda: alert_actions.acknowledge(alert, by=request.user),
        back=reverse("inmates:alerts"),
        success_message=_("Acknowledged."),
    )
