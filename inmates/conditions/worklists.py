"""Worklists of conditions: incidents, and separations that run."""

from django.db.models import Exists, OuterRef, Q

from facilities.models import Facility
from inmates.conditions.models import Incident, IncidentPerson, Separation
from inmates.people.models import Inmate, RestrictionStep


def incidents_in_scope(user):
    """Incidents in the prisons of the user's scope: of people with a restricted record, for who is named or wrote it down."""
    closed = IncidentPerson.objects.filter(incident=OuterRef("pk"), inmate__in=RestrictionStep.objects.closed_to(user))
    incidents = Incident.objects.filter(facility__in=Facility.objects.visible_to(user))
    return incidents.filter(~Exists(closed) | Q(recorded_by=user)).select_related("facility", "unit")


def separations_in_scope(user):
    """Separations that run, of people whom the user has to do with, the earliest authorised end first."""
    return (
        Separation.objects.running()
        .filter(inmate__in=Inmate.objects.in_scope_of(user))
        .select_related("inmate", "facility")
        .order_by("authorised_until", "id")
    )
