"""Permanences: who stands in for whom, now and lately; naming one, ending one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.actions import permanences
from accounts.forms.permanences import PermanenceForm
from accounts.models import Permanence
from audit import trail
from config import clock
from core.action_pages import action_button, action_form
from core.addresses import page_of
from core.permissions import TO_ACT, requires


@requires("accounts.name_permanence", "accounts.view_permanence")
def listed(request):
    """Permanences of the prisons in scope, newest first."""
    trail.viewed("permanence_list", by=request.user)
    found = Permanence.objects.visible_to(request.user).select_related("user", "facility", "named_by", "ended_by")
    now = clock.now()
    page = page_of(request, found)
    return render(
        request,
        "accounts/permanences.html",
        {
            "page": page,
            "rows": [(one, _state(one, now), _may_end(request.user, one, now)) for one in page],
            "may_name": request.user.can("accounts.name_permanence"),
        },
    )


def _state(one, now):
    """A word and its tone."""
    if one.ended_at and one.ended_at <= now:
        return _("ended early"), ""
    if one.ends_at <= now:
        return _("over"), ""
    return (_("in force"), "soon") if one.starts_at <= now else (_("to come"), "none")


def _may_end(user, one, now):
    return one.ended_at is None and one.ends_at > now and user.can("accounts.name_permanence", at=one.facility_id)


@requires("accounts.name_permanence", confirm=TO_ACT)
def new(request):
    """Name somebody. It works at once."""
    back = reverse("permanences")
    return action_form(
        request,
        PermanenceForm(request.POST or None, by=request.user),
        lambda form: permanences.name(form.cleaned_data.pop("user"), **form.cleaned_data, by=request.user),
        back=back,
        success_message=_("Named. It works from its first minute on, and the national office sees it."),
        heading=_("Name a permanence"),
        lead_text=_(
            "A colleague stands in for a role of the prison, for hours. "
            "Whoever did the first step of an act still leaves the second to another."
        ),
        action_label=_("Name"),
    )


@require_POST
@requires("accounts.name_permanence", confirm=TO_ACT)
def end(request, uuid):
    """End one before its time."""
    one = get_object_or_404(Permanence.objects.visible_to(request.user), uuid=uuid)
    return action_button(
        request,
        lambda: permanences.end(one, by=request.user),
        back=reverse("permanences"),
        success_message=_("Ended."),
    )
