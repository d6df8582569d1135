"""Who may open the pages of incidents, discipline, separation, visits and orders against communication."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from config import clock
from inmates.conditions.actions import incidents, no_communication, separations
from inmates.conditions.models import Incident, IncidentPerson, NoCommunication
from tests.factories import UnitFactory, make_inmate, pdf
from tests.matrix import DIRECTOR, OFFICER, RECORDS, Route, person_page, person_with

RECORDS_OFFICE = frozenset({OFFICER})
BOTH = frozenset({OFFICER, DIRECTOR})


def build(world):
    """An incident, a separation by authority and one in an emergency, an order against communication."""
    officer, director = world.users[OFFICER], world.users[DIRECTOR]
    inmate, unit = world.inmate, world.unit
    today = clock.today()
    world.separated = make_inmate(unit, by=officer)
    world.incident = incidents.record(
        Incident(facility=inmate.facility, happened_at=clock.now(), kind="threat", account="Matrix"),
        people=[(inmate, IncidentPerson.Part.INVOLVED)],
        by=officer,
    )
    world.part = world.incident.people.get()
    world.separation = separations.authorise(
        world.separated,
        reason="Matrix",
        starts_on=today,
        until=today + timedelta(days=2),
        health_checked=True,
        by=director,
    )
    world.bar = separations.record_bar(
        world.separated, ground="disability", source="Dr Matrix", starts_on=today, by=officer
    )
    world.rushed = make_inmate(unit, by=officer)
    apart = UnitFactory(facility=inmate.facility, name="Apart", purpose="separation")
    world.emergency = separations.separate_in_emergency(
        world.rushed, unit=apart, why="Attacked by two others this morning.", by=officer
    )
    world.no_communication = no_communication.record(
        inmate,
        order=NoCommunication(
            authority="Rabat", reference="MATRIX-2", starts_on=today, until=today, reach="everybody", named=""
        ),
        scan=SimpleUploadedFile("order.pdf", pdf()),
        by=officer,
    )


def _part(world):
    return {"uuid": world.incident.uuid, "pk": world.part.pk}


def _separation(world):
    return {"uuid": world.separated.uuid, "pk": world.separation.pk}


def _emergency(world):
    return {"uuid": world.rushed.uuid, "pk": world.emergency.pk}


ROUTES = {
    "inmates:tab_conduct": person_page(RECORDS),
    "inmates:contact_new": person_page(RECORDS_OFFICE),
    "inmates:no_communication_new": person_page(RECORDS_OFFICE),
    "inmates:no_communication_lift": Route(RECORDS_OFFICE, args=person_with("no_communication"), scoped=True),
    "inmates:no_communication_scan": Route(RECORDS, args=person_with("no_communication"), scoped=True),
    "inmates:incidents": Route(RECORDS),
    "inmates:incident_new": Route(BOTH),
    "inmates:incident": Route(RECORDS, args=lambda world: {"uuid": world.incident.uuid}, scoped=True),
    "inmates:discipline_decide": Route(frozenset({DIRECTOR}), args=_part, scoped=True),
    "inmates:discipline_appeal": Route(BOTH, args=_part, scoped=True),
    "inmates:discipline_answer": Route(frozenset({DIRECTOR}), args=_part, scoped=True),
    "inmates:separations": Route(RECORDS),
    "inmates:separate": person_page(frozenset({DIRECTOR})),
    "inmates:separate_now": person_page(BOTH),
    "inmates:separation_authorise": Route(frozenset({DIRECTOR}), args=_emergency, scoped=True),
    "inmates:separation_bar_new": person_page(BOTH),
    "inmates:separation_bar_end": Route(
        BOTH, args=lambda world: {"uuid": world.separated.uuid, "pk": world.bar.pk}, scoped=True
    ),
    "inmates:separation": Route(RECORDS, args=_separation, scoped=True),
    "inmates:separation_prolong": Route(frozenset({DIRECTOR}), args=_separation, scoped=True),
    "inmates:separation_day": Route(BOTH, args=_separation, scoped=True),
    "inmates:separation_end": Route(BOTH, args=_separation, scoped=True),
}
