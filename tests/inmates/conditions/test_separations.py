"""Separation: at most 15 days in a row are authorised, the facts are recorded, a breach is alerted once."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.conditions import daily
from inmates.conditions.actions import separations
from inmates.conditions.models import Separation
from inmates.custody.actions import outings
from inmates.people.models import Alert
from tests.factories import make_inmate


def days(n):
    return clock.today() + timedelta(days=n)


def authorise(inmate, first, last, director, **fields):
    fields.setdefault("health_checked", True)
    return separations.authorise(inmate, reason="R", starts_on=days(first), until=days(last), by=director, **fields)


def test_fifteen_days_may_be_authorised_and_no_more(inmate, director, officer):
    with pytest.raises(PermissionDenied):
        authorise(inmate, 0, 14, officer)
    with pytest.raises(ValidationError, match="at most 15"):
        authorise(inmate, 0, 15, director)
    with pytest.raises(ValidationError, match="doctor"):
        authorise(inmate, 0, 3, director, health_checked=False)
    separation = authorise(inmate, 0, 13, director)
    with pytest.raises(ValidationError):
        separations.prolong(separation, until=days(15), reason="R", by=director)
    assert separations.prolong(separation, until=days(14), reason="R", by=director).authorised_until == days(14)


def test_a_gap_shorter_than_fifteen_days_continues_the_count(inmate, director):
    first = authorise(inmate, -30, -21, director)
    separations.end(first, on=days(-21), by=director)
    with pytest.raises(ValidationError, match="at most 15"):
        authorise(inmate, -7, 0, director)
    assert authorise(inmate, -7, -3, director)


@pytest.mark.parametrize(("first", "last"), [(0, 14), (0, 15), (-7, 0), (-7, -3), (-5, -1), (-5, 9)])
def test_the_database_counts_as_the_page_does(inmate, director, first, last):
    earlier = authorise(inmate, -30, -21, director)
    separations.end(earlier, on=days(-21), by=director)
    allowed = separations.days_in_a_row(inmate, days(first), days(last)) <= 15
    row = {"inmate": inmate, "facility": inmate.facility, "reason": "R", "authorised_by": director}
    try:
        with transaction.atomic():
            Separation.objects.create(
                authorised_from=days(first), authorised_until=days(last), began_on=days(first), **row
            )
        stored = True
    except IntegrityError:
        stored = False
    assert stored == allowed


def test_facts_past_the_fifteenth_day_are_recorded_and_alarmed_once(inmate, director, officer):
    separation = authorise(inmate, -15, -1, director)
    separations.record_day(separation, day=clock.today(), hours_out=1, hours_contact=1, by=officer)
    with pytest.raises(ValidationError):
        separations.record_day(separation, day=days(1), hours_out=1, hours_contact=1, by=officer)
    assert daily.run()["separation_breaches"] == 2
    assert daily.run()["separation_breaches"] == 0
    assert set(Alert.objects.values_list("audience", flat=True)) == {"national", "prison"}
    separations.end(separation, on=clock.today(), by=officer)
    with pytest.raises(InvalidTransition):
        separations.end(separation, on=clock.today(), by=officer)


def test_a_minor_is_never_separated(unit, officer, director):
    minor = make_inmate(unit, by=officer, birth_date=days(-17 * 365))
    with pytest.raises(ValidationError, match="minor"):
        authorise(minor, 0, 1, director)


def test_each_step_of_a_separation_in_its_time(inmate, officer, officer2, director, director2):
    with pytest.raises(PermissionDenied):
        authorise(inmate, 0, 3, director2)
    with pytest.raises(ValidationError) as refusal:
        authorise(inmate, 0, -1, director)
    assert list(refusal.value.message_dict) == ["until"]
    with pytest.raises(ValidationError) as refusal:
        separations.authorise(inmate, reason=" ", starts_on=days(0), until=days(3), health_checked=True, by=director)
    assert list(refusal.value.message_dict) == ["reason"]
    running = authorise(inmate, -2, 3, director)
    with pytest.raises(InvalidTransition, match="separated already"):
        authorise(inmate, 4, 5, director)
    for until, reason, field in ((days(3), "R", "until"), (days(4), " ", "reason")):
        with pytest.raises(ValidationError) as refusal:
            separations.prolong(running, until=until, reason=reason, by=director)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        separations.prolong(running, until=days(4), reason="R", by=officer)
    facts = {"hours_out": 2, "hours_contact": 1}
    for day in (days(-3), days(1)):
        with pytest.raises(ValidationError) as refusal:
            separations.record_day(running, day=day, by=officer, **facts)
        assert list(refusal.value.message_dict) == ["day"]
    with pytest.raises(PermissionDenied):
        separations.record_day(running, day=days(-2), by=officer2, **facts)
    separations.record_day(running, day=days(-2), health_visit_by="Dr A", note="N", by=officer, **facts)
    separations.record_day(running, day=days(-2), hours_out=3, hours_contact=1, by=officer)
    assert running.days.values_list("hours_out", "recorded_by").get() == (3, officer.pk)
    for day in (days(-3), days(1)):
        with pytest.raises(ValidationError) as refusal:
            separations.end(running, on=day, by=officer)
        assert list(refusal.value.message_dict) == ["on"]
    with pytest.raises(PermissionDenied):
        separations.end(running, on=days(-1), by=officer2)
    separations.end(running, on=days(-1), by=officer)
    running.refresh_from_db()
    assert (running.ended_on, running.ended_by, running.authorised_until) == (days(-1), officer, days(3))
    with pytest.raises(ValidationError):
        separations.record_day(running, day=days(0), by=officer, **facts)
    with pytest.raises(InvalidTransition, match="has ended"):
        separations.prolong(running, until=days(4), reason="R", by=director)
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        authorise(inmate, 0, 1, director)


def test_an_end_has_its_day_and_its_person_or_neither(inmate, director):
    separation = authorise(inmate, 0, 3, director)
    for fields in ({"ended_by": director}, {"ended_on": days(0)}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Separation.objects.filter(pk=separation.pk).update(**fields)
    assert separations.end(separation, on=days(0), by=director).ended_by == director


def test_a_breach_is_told_once_and_its_day_is_kept(inmate, director):
    separation = authorise(inmate, -15, -1, director)
    assert separations.alert_breach(separation, today=clock.today()) == 2
    separation.refresh_from_db()
    assert separation.breach_alerted_on == clock.today()
    assert separations.alert_breach(separation, today=days(1)) == 0
    separation.refresh_from_db()
    assert separation.breach_alerted_on == clock.today()
    assert Event.objects.filter(verb="separation.breach").count() == 1
