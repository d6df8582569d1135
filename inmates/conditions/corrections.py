"""What of the conditions of detention may be corrected: visits and calls, a person's part in an incident, the incident."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config import clock
from core.templatetags.display import day_text
from inmates.conditions.actions.protection import minor_on
from inmates.conditions.hooks import after_correction
from inmates.conditions.models import Contact, Incident, IncidentPerson, NoCommunication
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


def _lifting_undone(order):
    return [(order, {"lifted_on": None, "lifted_by": None, "lifted_reference": ""})]


def _lifting_foretold(order):
    if order.until < clock.today():
        return [_("It has run out since.")]
    return [_("The order runs again: %(order)s") % {"order": order.text}]


def _days_of(order):
    """An order of no communication with its days."""
    return f"{order.reference} · {day_text(order.starts_on)} – {day_text(order.until)}"


def register():
    """Visits and calls, parts in incidents, incidents, orders of no communication and their lifting."""
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
        Correctable(
            "no_communication",
            NoCommunication,
            ("authority", "reference", "starts_on", "until", "reach", "named"),
            "inmates.manage_sentences",
            annul=True,
            describe=_days_of,
        ),
        Correctable(
            "no_communication_lifted",
            NoCommunication,
            (),
            "inmates.manage_sentences",
            name=gettext_lazy("lifting of an order of no communication"),
            undo=_lifting_undone,
            describe=_days_of,
            foretold=_lifting_foretold,
            among=(("lifted_on__isnull", False),),
        ),
    )
