"""Conditions of detention: what happened, separation with its limits, visits and calls."""

from inmates.conditions.models.contacts import Contact
from inmates.conditions.models.incidents import Incident, IncidentPerson
from inmates.conditions.models.no_communication import NoCommunication
from inmates.conditions.models.separations import MOST_DAYS, Separation, SeparationBar, SeparationDay

__all__ = [
    "MOST_DAYS",
    "Contact",
    "Incident",
    "IncidentPerson",
    "NoCommunication",
    "Separation",
    "SeparationBar",
    "SeparationDay",
]
