"""Incidents, the disciplinary outcome for each person in them, and the appeal against it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, left_to_another, lock
from inmates.conditions import hooks
from inmates.conditions.models import IncidentPerson
from inmates.people.models import Inmate


@transaction.atomic
def record(incident, *, people, by):
    """Store an incident (an unsaved `Incident`) with `people`, pairs of an inmate and their part in it.

    The rooms above hear of it through `hooks.after_incident`.
    """
    by.require("inmates.record_incident", at=incident.facility)
    if incident.happened_at > clock.now():
        raise ValidationError({"happened_at": _("This moment lies in the future.")})
    if incident.unit_id and incident.unit.facility_id != incident.facility_id:
        raise ValidationError({"unit": _("This unit is in another prison.")})
    if not people:
        raise ValidationError({"people": _("Name at least one person.")})
    incident.recorded_by = by
    incident.full_clean()
    incident.save()
    parts = {inmate.pk: part for inmate, part in people}
    for inmate in Inmate.objects.filter(pk__in=parts):
        if inmate.facility_id != incident.facility_id:
            raise ValidationError({"people": _("%(number)s is not in this prison.") % {"number": inmate}})
        IncidentPerson.objects.create(incident=incident, inmate=inmate, part=parts[inmate.pk])
        detail = {"kind": incident.kind, "severity": incident.severity, "part": parts[inmate.pk]}
        trail.record("incident.recorded", by=by, inmate=inmate, obj=incident, detail=detail)
    for react in hooks.after_incident:
        react(incident, by=by)
    return incident


@transaction.atomic
def decide(person, *, outcome, reason, by):
    """Decide what follows for one person (an `IncidentPerson`), never by whoever recorded the incident.

    The rooms above hear of it through `hooks.after_discipline`.
    """
    person = lock(person)
    by.require("inmates.decide_discipline", at=person.incident.facility)
    own = _("You recorded this incident: somebody else decides.")
    if refusal := left_to_another(by, person.incident.recorded_by_id, own=own):
        raise PermissionDenied(refusal)
    ensure(not person.outcome, _("This was decided already."))
    if outcome not in IncidentPerson.Outcome.values:
        raise ValidationError({"outcome": _("Choose an outcome.")})
    if not reason.strip():
        raise ValidationError({"outcome_reason": _("Give the reasons.")})
    person.outcome, person.outcome_reason = outcome, reason
    person.decided_by, person.decided_on = by, clock.today()
    person.save()
    trail.record("discipline.decided", by=by, inmate=person.inmate, obj=person, detail={"outcome": outcome})
    for react in hooks.after_discipline:
        react(person, by=by)
    return person


@transaction.atomic
def appeal(person, *, on, by):
    """Record that the person appeals against the disciplinary outcome."""
    person = lock(person)
    by.require("inmates.record_incident", at=person.incident.facility)
    ensure(bool(person.outcome), _("Nothing was decided yet."))
    ensure(person.appealed_on is None, _("An appeal is recorded already."))
    if not person.decided_on <= on <= clock.today():
        raise ValidationError({"on": _("The day lies between the decision and today.")})
    person.appealed_on = on
    person.save()
    trail.record("discipline.appealed", by=by, inmate=person.inmate, obj=person)
    return person


@transaction.atomic
def answer_appeal(person, *, answer, by):
    """Answer the appeal: somebody other than whoever decided."""
    person = lock(person)
    by.require("inmates.decide_discipline", at=person.incident.facility)
    own = _("Somebody else must answer an appeal against your decision.")
    if refusal := left_to_another(by, person.decided_by_id, own=own):
        raise PermissionDenied(refusal)
    ensure(person.appealed_on is not None and person.appeal_decided_by_id is None, _("No appeal waits for an answer."))
    if not answer.strip():
        raise ValidationError({"answer": _("Give the reasons.")})
    person.appeal_outcome, person.appeal_decided_by = answer, by
    person.save()
    trail.record("discipline.appeal_answered", by=by, inmate=person.inmate, obj=person)
    return person
