"""Incidents, and discipline: decided by another, appealed to a third."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.conditions import hooks
from inmates.conditions.actions import incidents
from inmates.conditions.models import Incident, IncidentPerson
from tests.factories import also, make_inmate, make_user


def test_discipline_is_decided_by_another_and_appealed_to_a_third(inmate, prison, officer, director):
    made = incidents.record(
        Incident(facility=prison, happened_at=clock.now(), kind="violence", severity="serious", account="A blow"),
        people=[(inmate, "author")],
        by=officer,
    )
    part = made.people.get()
    with pytest.raises(PermissionDenied):
        incidents.decide(part, outcome="warning", reason="R", by=officer)
    with pytest.raises(ValidationError):
        incidents.decide(part, outcome="warning", reason="", by=director)
    with pytest.raises(InvalidTransition):
        incidents.appeal(part, on=clock.today(), by=officer)
    incidents.decide(part, outcome="warning", reason="R", by=director)
    incidents.appeal(part, on=clock.today(), by=officer)
    with pytest.raises(PermissionDenied):
        incidents.answer_appeal(part, answer="Upheld", by=director)
    with pytest.raises(InvalidTransition):
        incidents.decide(part, outcome="none", reason="R", by=director)


def test_an_incident_needs_people_of_that_prison_and_a_past_moment(inmate, prison, other_prison, officer, officer2):
    stranger = make_inmate(other_prison.units.get(), by=officer2)
    values = {"facility": prison, "kind": "threat", "account": "Words"}
    for people, at in (([], 0), ([(stranger, "author")], 0), ([(inmate, "author")], 1)):
        with pytest.raises(ValidationError):
            incidents.record(
                Incident(happened_at=clock.now() + timedelta(hours=at), **values), people=people, by=officer
            )
    assert not Incident.objects.exists()


def days(n):
    return clock.today() + timedelta(days=n)


def test_each_step_of_discipline_in_its_time(inmate, prison, other_prison, officer, officer2, director, director2):
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat", "account": "Words"}
    with pytest.raises(PermissionDenied):
        incidents.record(Incident(**values), people=[(inmate, "author")], by=officer2)
    with pytest.raises(ValidationError) as refusal:
        incidents.record(Incident(unit=other_prison.units.get(), **values), people=[(inmate, "author")], by=officer)
    assert list(refusal.value.message_dict) == ["unit"]
    made = incidents.record(Incident(**values), people=[(inmate, "author")], by=officer)
    part = made.people.get()
    assert (made.recorded_by, part.part) == (officer, "author")
    with pytest.raises(PermissionDenied):
        incidents.decide(part, outcome="warning", reason="R", by=director2)
    for outcome, reason, field in (("exile", "R", "outcome"), ("warning", " ", "outcome_reason")):
        with pytest.raises(ValidationError) as refusal:
            incidents.decide(part, outcome=outcome, reason=reason, by=director)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(InvalidTransition, match="No appeal waits"):
        incidents.answer_appeal(part, answer="Upheld", by=director)
    incidents.decide(part, outcome="warning", reason="R", by=director)
    part.refresh_from_db()
    assert (part.outcome, part.outcome_reason, part.decided_by, part.decided_on) == (
        "warning",
        "R",
        director,
        clock.today(),
    )
    with pytest.raises(PermissionDenied):
        incidents.appeal(part, on=clock.today(), by=officer2)
    for day in (days(-1), days(1)):
        with pytest.raises(ValidationError) as refusal:
            incidents.appeal(part, on=day, by=officer)
        assert list(refusal.value.message_dict) == ["on"]
    incidents.appeal(part, on=clock.today(), by=officer)
    with pytest.raises(InvalidTransition, match="recorded already"):
        incidents.appeal(part, on=clock.today(), by=officer)
    third = make_user(roles.DIRECTOR, prison)
    with pytest.raises(PermissionDenied):
        incidents.answer_appeal(part, answer="Upheld", by=director2)
    with pytest.raises(ValidationError) as refusal:
        incidents.answer_appeal(part, answer=" ", by=third)
    assert list(refusal.value.message_dict) == ["answer"]
    incidents.answer_appeal(part, answer="Upheld", by=third)
    part.refresh_from_db()
    assert (part.appealed_on, part.appeal_outcome, part.appeal_decided_by) == (clock.today(), "Upheld", third)
    with pytest.raises(InvalidTransition, match="No appeal waits"):
        incidents.answer_appeal(part, answer="Changed", by=third)


def test_whoever_recorded_an_incident_does_not_decide_it(inmate, prison, officer, director):
    also(director, roles.OFFICER)
    both = type(director).objects.get(pk=director.pk)
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat", "account": "Words"}
    part = incidents.record(Incident(**values), people=[(inmate, "author")], by=both).people.get()
    with pytest.raises(PermissionDenied, match="You recorded this incident"):
        incidents.decide(part, outcome="warning", reason="R", by=both)
    part.refresh_from_db()
    assert part.outcome == ""


def test_an_incident_stands_or_falls_with_what_follows_it(inmate, prison, officer, monkeypatch):
    def fail(incident, *, by):
        assert incident.people.get().inmate == inmate
        raise ZeroDivisionError

    monkeypatch.setattr(hooks, "after_incident", [fail])
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat", "account": "Words"}
    with pytest.raises(ZeroDivisionError):
        incidents.record(Incident(**values), people=[(inmate, "author")], by=officer)
    assert not Incident.objects.exists()
    monkeypatch.setattr(hooks, "after_incident", [])
    assert incidents.record(Incident(**values), people=[(inmate, "author")], by=officer).people.count() == 1


def test_a_decision_has_its_day_and_its_person_or_neither(inmate, prison, officer, director):
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat", "account": "Words"}
    part = incidents.record(Incident(**values), people=[(inmate, "author")], by=officer).people.get()
    for fields in ({"decided_by": director}, {"decided_on": clock.today()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            IncidentPerson.objects.filter(pk=part.pk).update(**fields)
    assert incidents.decide(part, outcome="none", reason="R", by=director).decided_by == director


def test_an_incident_is_told_to_the_rooms_above_with_its_people(inmate, prison, officer, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "after_incident", [lambda made, by: told.append((made, made.people.count(), by))])
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat"}
    with pytest.raises(ValidationError) as refusal:
        incidents.record(Incident(account="", **values), people=[(inmate, "author")], by=officer)
    assert list(refusal.value.message_dict) == ["account"]
    made = incidents.record(Incident(account="Words", **values), people=[(inmate, "author")], by=officer)
    assert told == [(made, 1, officer)]
