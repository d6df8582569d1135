"""What each act of this room writes on the trail: of whom, by whom, what."""

from datetime import timedelta

from accounts import roles
from audit.models import Event
from config import clock
from inmates.conditions.actions import contacts, incidents, separations
from inmates.conditions.models import Incident
from tests.factories import make_user


def days(n):
    return clock.today() + timedelta(days=n)


def written(inmate, prefix):
    """`[(verb, actor, detail), ...]` of a person, in order."""
    events = Event.objects.filter(inmate_id=inmate.pk, verb__startswith=prefix).order_by("pk")
    return list(events.values_list("verb", "actor_id", "detail"))


def test_a_visit(inmate, officer):
    contacts.record(inmate, kind="visit", on=clock.today(), by=officer)
    assert written(inmate, "contact.") == [("contact.recorded", officer.pk, {"kind": "visit", "despite_order": False})]


def test_a_separation(inmate, officer, director):
    separation = separations.authorise(
        inmate, reason="R", starts_on=days(-2), until=days(3), health_checked=True, by=director
    )
    separations.prolong(separation, until=days(4), reason="R", by=director)
    separations.record_day(separation, day=days(-1), hours_out=2, hours_contact=1, by=officer)
    separations.end(separation, on=days(0), by=officer)
    assert written(inmate, "separation.") == [
        ("separation.authorised", director.pk, {"from": days(-2).isoformat(), "until": days(3).isoformat()}),
        ("separation.prolonged", director.pk, {"until": days(4).isoformat()}),
        ("separation.day", officer.pk, {"day": days(-1).isoformat()}),
        ("separation.ended", officer.pk, {}),
    ]


def test_an_incident_and_its_discipline(inmate, prison, officer, director):
    third = make_user(roles.DIRECTOR, prison)
    values = {"happened_at": clock.now(), "kind": "threat", "severity": "minor", "account": "Words"}
    made = incidents.record(Incident(facility=prison, **values), people=[(inmate, "author")], by=officer)
    part = made.people.get()
    incidents.decide(part, outcome="warning", reason="R", by=director)
    incidents.appeal(part, on=clock.today(), by=officer)
    incidents.answer_appeal(part, answer="Upheld", by=third)
    assert written(inmate, "incident.") == [
        ("incident.recorded", officer.pk, {"kind": "threat", "severity": "minor", "part": "author"})
    ]
    assert written(inmate, "discipline.") == [
        ("discipline.decided", director.pk, {"outcome": "warning"}),
        ("discipline.appealed", officer.pk, {}),
        ("discipline.appeal_answered", third.pk, {}),
    ]
