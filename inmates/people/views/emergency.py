"""A record of another prison, opened in an emergency: the question, and the one page that opens for an hour."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from audit import signed_context, trail
from config import clock
from core import panels
from core.action_pages import action_form
from core.permissions import requires
from documents import responses
from inmates.people.actions import emergency
from inmates.people.forms.emergency import EmergencyForm
from inmates.people.models import EmergencyAccess
from inmates.people.need_to_know import may_read_cin
from inmates.people.visible import closed_among


@requires("inmates.open_in_emergency")
def open_in_emergency(request):
    """Ask for the number and the reason; then the record is open for an hour."""
    form = EmergencyForm(request.POST or None)
    mine = EmergencyAccess.objects.open_to(request.user, clock.now()).select_related("inmate")
    answer = action_form(
        request,
        form,
        lambda form: emergency.open_record(by=request.user, **form.cleaned_data),
        back=lambda access: reverse("inmates:emergency_record", args=[access.uuid]),
        success_message=_(
            "Open to you for one hour, to be read. It is in the trail, and those who answer for it are told."
        ),
        template="inmates/people/emergency/open.html",
        heading=_("Record of another prison"),
        action_label=_("Open for one hour"),
        danger=True,
        cancel_url="/",
        mine=signed_context.across("emergency", mine),
    )
    if form.errors.get("number"):  # somebody tried a number: after the act was rolled back, so that it stays
        trail.refused("emergency", by=request.user)
    return answer


def _open_now(request, uuid):
    """The reader's own access that still lasts, else 404."""
    lasting = EmergencyAccess.objects.open_to(request.user, clock.now())
    whole = lasting.filter(uuid=uuid).select_related("inmate__facility", "inmate__unit", "inmate__photo")
    found = signed_context.across("emergency", whole)
    if not found:
        raise Http404
    return found[0]


@require_GET
@requires("inmates.open_in_emergency")
def record(request, uuid):
    """What holding, counting, health and a release need to know, on one page that leads nowhere else."""
    access = _open_now(request, uuid)
    trail.viewed("emergency_record", by=request.user, inmate=access.inmate, obj=access)
    with signed_context.beyond("emergency"):
        closed = closed_among(request.user, [access.inmate])
        asked = panels.cautions_on_duty if closed else panels.cautions
        cautions = asked(request.user, access.inmate)
        return render(
            request,
            "inmates/people/emergency/record.html",
            {
                "access": access,
                "inmate": access.inmate,
                "cautions": cautions,
                "may_read_cin": may_read_cin(request.user),
            },
        )


@require_GET
@requires("inmates.open_in_emergency")
def record_photo(request, uuid):
    """The photograph on that page."""
    access = _open_now(request, uuid)
    if access.inmate.photo is None:
        raise Http404
    trail.viewed("emergency_photo", by=request.user, inmate=access.inmate, obj=access)
    return responses.download(access.inmate.photo)
