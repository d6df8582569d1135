"""Pages of incidents and discipline."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from core.action_pages import action_form
from core.addresses import page_of
from core.permissions import requires
from inmates.conditions.actions import incidents as incident_actions
from inmates.conditions.forms import incidents as forms
from inmates.conditions.models import Incident, IncidentPerson
from inmates.conditions.worklists import incidents_in_scope
from inmates.people.need_to_know import may_read_health
from inmates.people.participation import may_know_participation
from inmates.people.visible import named


@requires("inmates.view_record")
def incidents(request):
    """Incidents in the user's prisons, the newest first."""
    listed = incidents_in_scope(request.user).prefetch_related("people__inmate").order_by("-happened_at", "-id")
    kind = request.GET.get("kind", "")
    if kind in Incident.Kind.values:
        listed = listed.filter(kind=kind)
    trail.viewed("incident_list", by=request.user)
    return render(
        request,
        "inmates/conditions/incidents/incidents.html",
        {
            "page": page_of(request, listed),
            "kinds": Incident.Kind.choices,
            "kind": kind,
            "may_record": request.user.can("inmates.record_incident"),
            "may_know_unit": may_know_participation(request.user),
        },
    )


@requires("inmates.record_incident")
def new_incident(request):
    """New incident with the people in it."""
    form = forms.IncidentForm(
        request.POST or None, user=request.user, initial={"number_1": request.GET.get("number", "")}
    )
    return action_form(
        request,
        form=form,
        act=lambda form: incident_actions.record(form.incident(), people=form.people, by=request.user),
        heading=_("Record an incident"),
        back=lambda incident: reverse("inmates:incident", args=[incident.uuid]),
        cancel_url=reverse("inmates:incidents"),
        names={"people": "number_1"},
        success_message=_("Incident recorded."),
    )


@requires("inmates.view_record")
def incident(request, uuid):
    """One incident with its people, what was decided for each, and the appeals."""
    incident = get_object_or_404(incidents_in_scope(request.user).select_related("recorded_by"), uuid=uuid)
    trail.viewed("incident", by=request.user, facility=incident.facility, obj=incident)
    user = request.user
    decides = user.can("inmates.decide_discipline", at=incident.facility)
    return render(
        request,
        "inmates/conditions/incidents/incident.html",
        {
            "incident": incident,
            "may_read_account": not incident.of_health or may_read_health(user),
            "may_know_unit": may_know_participation(user),
            "may_correct": user.can("inmates.record_incident", at=incident.facility),
            "people": [
                {
                    "part": part,
                    "decide": decides and not part.outcome and incident.recorded_by_id not in user.one_side,
                    "appeal": user.can("inmates.record_incident", at=incident.facility)
                    and bool(part.outcome)
                    and part.appealed_on is None,
                    "answer": decides
                    and part.appealed_on is not None
                    and part.appeal_decided_by_id is None
                    and part.decided_by_id not in user.one_side,
                }
                for part in incident.people.select_related("inmate", "decided_by", "appeal_decided_by").order_by("id")
            ],
        },
    )


def _part(request, uuid, pk):
    incident = get_object_or_404(incidents_in_scope(request.user), uuid=uuid)
    return get_object_or_404(IncidentPerson.objects.select_related("inmate", "incident"), pk=pk, incident=incident)


def _discipline(request, uuid, pk, form, act, title, success_message):
    part = _part(request, uuid, pk)
    return action_form(
        request,
        form=form,
        act=lambda form: act(part, form.cleaned_data),
        heading=named(title, part.inmate),
        lead_text=str(part.incident),
        back=reverse("inmates:incident", args=[uuid]),
        success_message=success_message,
    )


@requires("inmates.decide_discipline")
def decide(request, uuid, pk):
    """Disciplinary outcome for one person."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.DecideForm(request.POST or None),
        lambda part, sent: incident_actions.decide(
            part, outcome=sent["outcome"], reason=sent["outcome_reason"], by=request.user
        ),
        _("Disciplinary outcome"),
        _("Decided."),
    )


@requires("inmates.record_incident")
def appeal(request, uuid, pk):
    """Appeal against an outcome."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.OnForm(request.POST or None),
        lambda part, sent: incident_actions.appeal(part, on=sent["on"], by=request.user),
        _("Appeal against a disciplinary outcome"),
        _("Appeal recorded."),
    )


@requires("inmates.decide_discipline")
def answer(request, uuid, pk):
    """Answer to an appeal."""
    return _discipline(
        request,
        uuid,
        pk,
        forms.AnswerForm(request.POST or None),
        lambda part, sent: incident_actions.answer_appeal(part, answer=sent["answer"], by=request.user),
        _("Answer the appeal"),
        _("Answered."),
    )
