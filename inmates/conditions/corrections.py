"""What of the conditions of detention may be corrected: visits and calls, a person's part in an incident, the incident."""

from config import clock
from core.templatetags.display import day_text
from inmates.conditions.actions.protection import minor_on
from inmates.conditions.hooks import after_correction
from inmates.conditions.models import Contact, Incident, IncidentPerson
from inmates.people import corrections
from inmates.people.corrections import Correctable


def _of_incident(incident, by):
    for react in after_correction:
        react(incident, by=by)


def _of_part(part, by):
    _of_incident(part.incident, by)


def _in_it(incident):
    """The people in an incident."""
    return [part.inmate for part in incident.people.select_related("inmate").order_by("pk")]


def _day_of(contact):
    """A visit or call with its day and who it was with."""
    return " · ".join(filter(None, [contact.get_kind_display(), day_text(contact.on), contact.person]))


def _part_in(part):
    """A part with the incident it was in."""
    return f"{part.get_part_display()} · {part.incident.get_kind_display()} · {day_text(part.incident.happened_at)}"


def register():
    """Visits and calls, parts in incidents, incidents."""
    record = "inmates.record_incident"
    corrections.watched["minority"] = lambda person: minor_on(person, clock.today())
    corrections.register(
        Correctable(
            "contact",
            Contact,
            ("kind", "on", "minutes", "person", "relation"),
            "inmates.record_contact",
            annul=True,
            describe=_day_of,
        ),
        Correctable("part", IncidentPerson, ("part",), record, annul=True, after=_of_part, describe=_part_in),
        Correctable(
            "incident",
            Incident,
            ("kind", "severity", "happened_at", "location", "account", "measures"),
            record,
            person="",
            prison="facility",
            after=_of_incident,
            people=_in_it,
            of_place=("location",),
        ),
    )
