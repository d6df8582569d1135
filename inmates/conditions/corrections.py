"""What of the conditions of detention may be corrected: visits and calls, a person's part in an incident, the incident."""

from inmates.conditions.models import Contact, Incident, IncidentPerson
from inmates.people import corrections
from inmates.people.corrections import Correctable


def register():
    """Visits and calls, parts in incidents, incidents."""
    record = "inmates.record_incident"
    corrections.register(
        Correctable(
            "contact", Contact, ("kind", "on", "minutes", "person", "relation"), "inmates.record_contact", annul=True
        ),
        Correctable("part", IncidentPerson, ("part",), record, annul=True),
        Correctable(
            "incident",
            Incident,
            ("kind", "severity", "happened_at", "location", "account", "measures"),
            record,
            person="",
            prison="facility",
        ),
    )
