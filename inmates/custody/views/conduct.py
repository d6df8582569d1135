"""Incidents with their outcomes, and separations with their days."""

from datetime import timedelta

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.gate import needs
from audit import trail
from config import clock
from facilities.models import Facility
from inmates.acting import form_page, visible_person
from inmates.custody import incidents as incident_actions
from inmates.custody import separations as separation_actions
from inmates.custody.forms import conduct as forms
from inmates.custody.models import Incident, IncidentPerson, Separation
from inmates.custody.views.worklists import page_of
from inmates.people.models import Inmate


def _incidents(user):
    return Incident.objects.filter(facility__in=Facility.objects.visible_to(user)).select_related("facility", "unit")


@needs("inmates.view_record")
def incidents(request):
    """Incidents in the user's prisons, the newest first."""
    found = _incidents(request.user).prefetch_related("people__inmate").order_by("-happened_at", "-id")
    kind = request.GET.get("kind", "")
    if kind in Incident.Kind.values:
        found = found.filter(kind=kind)
    trail.viewed("incident_list", by=request.user)
    return render(
        request,
        "inmates/custody/incidents.html",
        {
            "page": page_of(request, found),
            "kinds": Incident.Kind.choices,
            "kind": kind,
            "may_record": request.user.can("inmates.record_incident"),
        },
    )


@needs("inmates.record_incident")
def new_incident(request):
    """What happened, and who took part."""
    form = forms.IncidentForm(
        request.POST or None, user=request.user, initial={"number_1": request.GET.get("number", "")}
    )
    return form_page(
        request,
        form=form,
        act=lambda form: incident_actions.record(form.incident(), people=form.people, by=request.user),
        heading=_("Record an incident"),
        back=lambda incident: reverse("inmates:incident", args=[incident.uuid]),
        cancel_url=reverse("inmates:incidents"),
        names={"people": "number_1"},
        said=_("Incident recorded."),
    )


@needs("inmates.view_record")
def incident(request, uuid):
    """One incident with its people, what was decided for each, and the appeals."""
    found = get_object_or_404(_incidents(request.user).select_related("recorded_by"), uuid=uuid)
    trail.viewed("incident", by=request.user, facility=found.facility, obj=found)
    user = request.user
    decides = user.can("inmates.decide_discipline", at=found.facility)
    return render(
        request,
        "inmates/custody/incident.html",
        {
            "incident": found,
            "people": [
                {
                    "part": part,
                    "decide": decides and not part.outcome and found.recorded_by_id != user.pk,
                    "appeal": user.can("inmates.record_incident", at=found.facility)
                    and bool(part.outcome)
                    and part.appealed_on is None,
                    "answer": decides
                    and part.appealed_on is not None
                    and part.appeal_decided_by_id is None
                    and part.decided_by_id != user.pk,
                }
                for part in found.people.select_related("inmate", "decided_by", "appeal_decided_by").order_by("id")
            ],
        },
    )


def _part(request, uuid, pk):
    found = get_object_or_404(_incidents(request.user), uuid=uuid)
    return get_object_or_404(IncidentPerson.objects.select_related("inmate", "incident"), pk=pk, incident=found)


def _discipline(request, uuid, pk, form, act, title, said):
    part = _part(request, uuid, pk)
    return form_page(
        request,
        form=form,
        act=lambda form: act(part, form.cleaned_data),
        heading=f"{title}: {part.inmate.name}",
        lead_text=str(part.incident),
        back=reverse("inmates:incident", args=[uuid]),
        said=said,
    )


@needs("inmates.decide_discipline")
def decide(request, uuid, pk):
    """The outcome for one person."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.DecideForm(request.POST or None),
        lambda part, found: incident_actions.decide(
            part, outcome=found["outcome"], reason=found["outcome_reason"], by=request.user
        ),
        _("Disciplinary outcome"),
        _("Decided."),
    )


@needs("inmates.record_incident")
def appeal(request, uuid, pk):
    """An appeal against the outcome."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.OnForm(request.POST or None),
        lambda part, found: incident_actions.appeal(part, on=found["on"], by=request.user),
        _("Appeal against a disciplinary outcome"),
        _("Appeal recorded."),
    )


@needs("inmates.decide_discipline")
def answer(request, uuid, pk):
    """The answer to the appeal."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.AnswerForm(request.POST or None),
        lambda part, found: incident_actions.answer_appeal(part, answer=found["answer"], by=request.user),
        _("Answer the appeal"),
        _("Answered."),
    )


@needs("inmates.view_record")
def separations(request):
    """Separations that run, those past what was authorised first."""
    found = (
        Separation.objects.filter(ended_on=None, inmate__in=Inmate.objects.visible_to(request.user))
        .select_related("inmate", "facility")
        .order_by("authorised_until", "id")
    )
    trail.viewed("separation_list", by=request.user)
    page = page_of(request, found)
    return render(request, "inmates/custody/separations.html", {"page": page, "today": clock.today()})


@needs("inmates.authorise_separation")
def separate(request, uuid):
    """Authorise a separation."""
    inmate = visible_person(request, uuid)
    return form_page(
        request,
        form=forms.SeparateForm(request.POST or None, initial={"starts_on": clock.today()}),
        act=lambda form: separation_actions.authorise(inmate, by=request.user, **form.cleaned_data),
        heading=_("Authorise a separation: %(name)s") % {"name": inmate.name},
        lead_text=_(
            "22 hours or more without meaningful contact is solitary confinement. Family contact is never removed."
        ),
        back=lambda made: reverse("inmates:separation", args=[uuid, made.pk]),
        cancel_url=reverse("inmates:tab_conduct", args=[uuid]),
        said=_("Authorised."),
        danger=True,
    )


def _separation(request, uuid, pk):
    inmate = visible_person(request, uuid)
    return inmate, get_object_or_404(inmate.separations.select_related("authorised_by", "facility"), pk=pk)


@needs("inmates.view_record")
def separation(request, uuid, pk):
    """One separation: the countdown, and a sheet for each day, with the days still missing."""
    inmate, found = _separation(request, uuid, pk)
    trail.viewed("separation", by=request.user, inmate=inmate, obj=found)
    today = clock.today()
    last = found.ended_on or today
    sheets = {sheet.day: sheet for sheet in found.days.all()}
    days = [found.began_on + timedelta(days=n) for n in range(min((last - found.began_on).days + 1, 200))]
    running = separation_actions.days_in_a_row(inmate, found.began_on, last, but=found.pk)
    user = request.user
    return render(
        request,
        "inmates/custody/separation.html",
        {
            "inmate": inmate,
            "separation": found,
            "days": [(n, day, sheets.get(day)) for n, day in enumerate(days, 1)],
            "running": running,
            "most": separation_actions.MOST,
            "may_record": user.can("inmates.record_separation", at=found.facility),
            "may_prolong": user.can("inmates.authorise_separation", at=found.facility) and found.ended_on is None,
        },
    )


def _act(request, uuid, pk, form, act, title, said):
    inmate, found = _separation(request, uuid, pk)
    return form_page(
        request,
        form=form,
        act=lambda form: act(found, by=request.user, **form.cleaned_data),
        heading=f"{title}: {inmate.name}",
        back=reverse("inmates:separation", args=[uuid, pk]),
        said=said,
    )


@needs("inmates.authorise_separation")
def prolong(request, uuid, pk):
    """A later last day."""
    form = forms.ProlongForm(request.POST or None)
    return _act(request, uuid, pk, form, separation_actions.prolong, _("Prolong the separation"), _("Prolonged."))


@needs("inmates.record_separation")
def record_day(request, uuid, pk):
    """One day's facts."""
    day = request.GET.get("day", "")
    form = forms.SeparationDayForm(request.POST or None, initial={"day": day or clock.today()})
    return _act(request, uuid, pk, form, separation_actions.record_day, _("A day of separation"), _("Day recorded."))


@needs("inmates.record_separation")
def end(request, uuid, pk):
    """The last day as it was."""
    form = forms.OnForm(request.POST or None)
    return _act(request, uuid, pk, form, separation_actions.end, _("End the separation"), _("Ended."))
