"""Worklists of conditions: incidents, and separations that run."""

from facilities.models import Facility
from inmates.conditions.models import Incident, Separation
from inmates.people.models import Inmate


def incidents_in_scope(user):
    """Incidents in the prisons of the user's scope."""
    return Incident.objects.filter(facility__in=Facility.objects.visible_to(user)).select_related("facility", "unit")


def separations_in_scope(user):
    """Separations that run, of people whose records the user may open, the earliest authorised end first."""
    return (
        Separation.objects.running()
        .filter(inmate__in=Inmate.objects.visible_to(user))
        .select_related("inmate", "facility")
        .order_by("authorised_until", "id")
    )
