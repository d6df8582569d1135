"""The greffe's day: who goes to court tomorrow, who is out, who is back; visits and calls."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.gate import needs
from audit import trail
from config import clock
from inmates.acting import form_page, visible_person
from inmates.custody import contacts, outings
from inmates.custody.forms import greffe as forms
from inmates.custody.forms.stay import ReasonForm
from inmates.custody.models import Outing
from inmates.custody.views.worklists import day_of
from inmates.people.models import Inmate


def in_scope(user):
    """Outings from the prisons in the user's scope."""
    return Outing.objects.filter(inmate__in=Inmate.objects.visible_to(user)).select_related(
        "inmate__facility", "inmate__unit", "facility", "case"
    )


@needs("inmates.view_record")
def court_list(request):
    """Who is to be produced in court on a day: tomorrow, unless another is asked for. It prints."""
    day = day_of(request.GET.get("on"), clock.today() + timedelta(days=1))
    found = in_scope(request.user).filter(kind=Outing.Kind.COURT, planned_on=day, cancelled_reason="")
    trail.viewed("court_list", by=request.user, detail={"on": day.isoformat()})
    return render(
        request,
        "inmates/custody/court_list.html",
        {
            "day": day,
            "before": day - timedelta(days=1),
            "after": day + timedelta(days=1),
            "outings": found.order_by("facility_id", "place", "inmate__sort_key"),
        },
    )


@needs("inmates.view_record")
def outings_now(request):
    """Who is out now, and who is still to go out."""
    found = in_scope(request.user).filter(cancelled_reason="", back_at=None)
    trail.viewed("outing_list", by=request.user)
    return render(
        request,
        "inmates/custody/outings.html",
        {
            "out": found.filter(left_at__isnull=False).order_by("due_back_at", "left_at")[:200],
            "waiting": found.filter(left_at=None, inmate__status=Inmate.Status.IN_CUSTODY).order_by("planned_on", "id")[
                :200
            ],
            "now": clock.now(),
            "may_record": request.user.can("inmates.record_outing"),
        },
    )


def _form(request, outing, form, act, title, said, **context):
    return form_page(
        request,
        form=form,
        act=act,
        heading=f"{title}: {outing.inmate.name}",
        lead_text=f"{outing.get_kind_display()} · {outing.place}",
        back=reverse("inmates:outings"),
        said=said,
        **context,
    )


@needs("inmates.record_outing")
def plan(request, uuid):
    """A production in court, a hospital appointment."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.OutingForm(request.POST or None, inmate=inmate),
        act=lambda form: outings.plan(inmate, by=request.user, **form.cleaned_data),
        heading=_("Plan an outing: %(name)s") % {"name": inmate.name},
        back=reverse("inmates:tab_conduct", args=[inmate.uuid]),
        said=_("Outing planned."),
    )


@needs("inmates.record_outing")
def leave(request, pk):
    """Out of the gate."""
    outing = get_object_or_404(in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        forms.LeaveForm(request.POST or None),
        lambda form: outings.leave(outing, by=request.user, **form.cleaned_data),
        _("Has left"),
        _("Recorded as out."),
    )


@needs("inmates.record_outing")
def back(request, pk):
    """Back inside, with the outcome."""
    outing = get_object_or_404(in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        forms.BackForm(request.POST or None, outing=outing),
        lambda form: outings.back(outing, by=request.user, **form.cleaned_data),
        _("Is back"),
        _("Recorded as back."),
    )


@needs("inmates.record_outing")
def cancel(request, pk):
    """Off the list."""
    outing = get_object_or_404(in_scope(request.user), pk=pk)
    return _form(
        request,
        outing,
        ReasonForm(request.POST or None),
        lambda form: outings.cancel(outing, reason=form.cleaned_data["reason"], by=request.user),
        _("Cancel the outing"),
        _("Outing cancelled."),
        danger=True,
    )


@needs("inmates.record_contact")
def contact(request, uuid):
    """A visit or call that took place."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.ContactForm(request.POST or None),
        act=lambda form: contacts.record(inmate, by=request.user, **form.cleaned_data),
        heading=_("Visit or call: %(name)s") % {"name": inmate.name},
        back=reverse("inmates:tab_conduct", args=[inmate.uuid]),
        said=_("Recorded."),
    )
