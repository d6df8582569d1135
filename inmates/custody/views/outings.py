"""Pages of temporary absence: who goes to court tomorrow, who is out, who is back, who did not come back."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.addresses import day_of
from core.forms import ReasonForm
from core.permissions import requires
from inmates.custody.actions import outings
from inmates.custody.forms import outings as forms
from inmates.custody.worklists import outings_in_scope
from inmates.people.models import Inmate
from inmates.people.visible import named, person_on_duty, tab_or_profile


@requires("inmates.view_record")
def court_list(request):
    """Court production list of a day, tomorrow unless the address names another; made for print."""
    day = day_of(request.GET.get("on"), clock.today() + timedelta(days=1))
    hearings = outings_in_scope(request.user).to_court_on(day)
    trail.viewed("court_list", by=request.user, detail={"on": day.isoformat()})
    return render(
        request,
        "inmates/custody/outings/court_list.html",
        {
            "day": day,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "outings": hearings.order_by("facility_id", "place", "inmate__sort_key"),
        },
    )


@requires("inmates.view_record")
def outings_now(request):
    """List of those who are out now and those still to go out."""
    outings_here = outings_in_scope(request.user)
    trail.viewed("outing_list", by=request.user)
    return render(
        request,
        "inmates/custody/outings/outings.html",
        {
            "out": outings_here.out().order_by("due_back_at", "left_at")[:200],
            "waiting": outings_here.planned()
            .filter(inmate__status=Inmate.Status.IN_CUSTODY)
            .order_by("planned_on", "id")[:200],
            "now": clock.now(),
            "may_record": request.user.can("inmates.record_outing"),
        },
    )


def _form(request, outing, form, act, title, success_message, **context):
    return action_form(
        request,
        form=form,
        act=act,
        heading=named(title, outing.inmate),
        lead_text=f"{outing.get_kind_display()} · {outing.where}",
        back=reverse("inmates:outings"),
        success_message=success_message,
        **context,
    )


@requires("inmates.record_outing")
def plan(request, uuid):
    """New production in court or hospital appointment."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.OutingForm(request.POST or None, inmate=inmate),
        act=lambda form: outings.plan(inmate, by=request.user, **form.cleaned_data),
        heading=_("Plan a temporary absence: %(name)s") % {"name": inmate.name},
        back=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Temporary absence planned."),
    )


@requires("inmates.record_outing")
def leave(request, pk):
    """Departure for an outing."""
    outing = get_object_or_404(outings_in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        forms.LeaveForm(request.POST or None),
        lambda form: outings.leave(outing, by=request.user, **form.cleaned_data),
        _("Has left"),
        _("Recorded as out."),
    )


@requires("inmates.record_outing")
def back(request, pk):
    """Return from an outing, with the outcome."""
    outing = get_object_or_404(outings_in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        forms.BackForm(request.POST or None, outing=outing),
        lambda form: outings.back(outing, by=request.user, **form.cleaned_data),
        _("Is back"),
        _("Recorded as back."),
    )


@requires("inmates.record_outing")
def cancel(request, pk):
    """Cancellation of a planned outing."""
    outing = get_object_or_404(outings_in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        ReasonForm(request.POST or None, max_length=200),
        lambda form: outings.cancel(outing, reason=form.cleaned_data["reason"], by=request.user),
        _("Cancel the temporary absence"),
        _("Temporary absence cancelled."),
        danger=True,
    )


@requires("inmates.record_outing")
def escape(request, uuid):
    """Record of an escape or failure to come back."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.EscapeForm(request.POST or None),
        act=lambda form: outings.record_escape(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Escaped or not come back"), inmate),
        back=inmate.get_absolute_url(),
        success_message=_("Recorded as absent."),
        danger=True,
    )


@requires("inmates.record_outing")
def come_back(request, uuid):
    """Return after an escape or absence."""
    inmate = person_on_duty(request, uuid)
    if inmate.status != Inmate.Status.ABSENT:
        messages.error(request, _("This person is not absent."))
        return redirect(inmate)
    return action_form(
        request,
        form=forms.ReturnForm(request.POST or None, inmate=inmate, reader=request.user),
        act=lambda form: outings.record_return(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Record the return"), inmate),
        back=inmate.get_absolute_url(),
        success_message=_("Return recorded."),
    )
