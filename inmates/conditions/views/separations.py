"""Pages of separation."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.addresses import page_of
from core.permissions import TO_ACT, requires
from inmates.conditions.actions import separations as separation_actions
from inmates.conditions.forms import separations as forms
from inmates.conditions.forms.incidents import OnForm
from inmates.conditions.models import MOST_DAYS
from inmates.conditions.worklists import separations_in_scope
from inmates.people.need_to_know import may_read_health
from inmates.people.visible import closed_among, named, person_on_duty, tab_or_profile


@requires("inmates.view_record")
def separations(request):
    """Separations that run, those past what was authorised first."""
    trail.viewed("separation_list", by=request.user)
    page = page_of(request, separations_in_scope(request.user))
    closed_among(request.user, [one.inmate for one in page])
    return render(request, "inmates/conditions/separations/separations.html", {"page": page, "today": clock.today()})


@requires("inmates.authorise_separation", confirm=TO_ACT)
def separate(request, uuid):
    """Authorise a separation."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.SeparateForm(request.POST or None, initial={"starts_on": clock.today()}),
        act=lambda form: separation_actions.authorise(inmate, by=request.user, **form.cleaned_data),
        heading=_("Authorise a separation: %(name)s") % {"name": inmate.name},
        lead_text=_(
            "22 hours or more without meaningful contact is solitary confinement. Family contact is never removed."
        ),
        back=lambda made: reverse("inmates:separation", args=[uuid, made.pk]),
        cancel_url=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Authorised."),
        danger=True,
    )


@requires("inmates.record_separation")
def emergency(request, uuid):
    """A separation that cannot wait for its authorisation: recorded from its minute, with the move."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.EmergencyForm(request.POST or None, inmate=inmate),
        act=lambda form: separation_actions.separate_in_emergency(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("Separate in an emergency"), inmate),
        lead_text=_(
            "It counts as a separation from that minute. The director and the national office are told at once."
        ),
        back=lambda made: reverse("inmates:separation", args=[uuid, made.pk]),
        cancel_url=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Recorded as a separation."),
        action_label=_("Separate"),
        danger=True,
    )


@requires("inmates.record_separation")
def bar_new(request, uuid):
    """What forbids any separation of this person."""
    inmate = person_on_duty(request, uuid)
    return action_form(
        request,
        form=forms.BarForm(request.POST or None, initial={"starts_on": clock.today()}),
        act=lambda form: separation_actions.record_bar(inmate, by=request.user, **form.cleaned_data),
        heading=named(_("What forbids a separation"), inmate),
        back=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Recorded: no separation of this person."),
    )


@requires("inmates.record_separation")
def bar_end(request, uuid, pk):
    """The day from which it no longer forbids one."""
    inmate = person_on_duty(request, uuid)
    bar = get_object_or_404(inmate.separation_bars, pk=pk)
    return action_form(
        request,
        form=OnForm(request.POST or None),
        act=lambda form: separation_actions.end_bar(bar, by=request.user, **form.cleaned_data),
        heading=named(_("No longer forbids a separation"), inmate),
        lead_text=str(bar),
        back=tab_or_profile(inmate, "inmates:tab_conduct"),
        success_message=_("Ended."),
    )


def _separation(request, uuid, pk):
    inmate = person_on_duty(request, uuid)
    return inmate, get_object_or_404(
        inmate.separations.select_related("authorised_by", "emergency_by", "facility"), pk=pk
    )


@requires("inmates.view_record")
def separation(request, uuid, pk):
    """One separation: the countdown, and a sheet for each day, with the days still missing."""
    inmate, separation = _separation(request, uuid, pk)
    trail.viewed("separation", by=request.user, inmate=inmate, obj=separation)
    today = clock.today()
    last = separation.ended_on or today
    sheets = {sheet.day: sheet for sheet in separation.days.all()}
    days = [separation.began_on + timedelta(days=n) for n in range(min((last - separation.began_on).days + 1, 200))]
    running = separation_actions.days_in_a_row(inmate, separation.began_on, last, but=separation.pk)
    user = request.user
    return render(
        request,
        "inmates/conditions/separations/separation.html",
        {
            "inmate": inmate,
            "separation": separation,
            "days": [(n, day, sheets.get(day)) for n, day in enumerate(days, 1)],
            "running": running,
            "most": MOST_DAYS,
            "may_read_health": may_read_health(user),
            "may_record": user.can("inmates.record_separation", at=separation.facility),
            "may_prolong": user.can("inmates.authorise_separation", at=separation.facility)
            and separation.ended_on is None
            and separation.authorised_by_id is not None,
            "may_authorise": user.can("inmates.authorise_separation", at=separation.facility)
            and separation.ended_on is None
            and separation.authorised_by_id is None
            and separation.emergency_by_id not in user.one_side,
        },
    )


def _act(request, uuid, pk, form, act, title, success_message):
    inmate, separation = _separation(request, uuid, pk)
    return action_form(
        request,
        form=form,
        act=lambda form: act(separation, by=request.user, **form.cleaned_data),
        heading=named(title, inmate),
        back=reverse("inmates:separation", args=[uuid, pk]),
        success_message=success_message,
    )


@requires("inmates.authorise_separation", confirm=TO_ACT)
def authorise_emergency(request, uuid, pk):
    """Authorisation of a separation that began as an emergency."""
    form = forms.AuthoriseEmergencyForm(request.POST or None)
    title = _("Authorise the emergency")
    return _act(request, uuid, pk, form, separation_actions.authorise_emergency, title, _("Authorised."))


@requires("inmates.authorise_separation", confirm=TO_ACT)
def prolong(request, uuid, pk):
    """Prolongation to a later last day."""
    form = forms.ProlongForm(request.POST or None)
    return _act(request, uuid, pk, form, separation_actions.prolong, _("Prolong the separation"), _("Prolonged."))


@requires("inmates.record_separation")
def record_day(request, uuid, pk):
    """Facts of one day."""
    day = request.GET.get("day", "")
    form = forms.SeparationDayForm(request.POST or None, initial={"day": day or clock.today()})
    return _act(request, uuid, pk, form, separation_actions.record_day, _("A day of separation"), _("Day recorded."))


@requires("inmates.record_separation")
def end(request, uuid, pk):
    """End of a separation, on the day it ended."""
    form = OnForm(request.POST or None)
    return _act(request, uuid, pk, form, separation_actions.end, _("End the separation"), _("Ended."))
