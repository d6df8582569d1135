"""Keep-apart duties, incidents, separation, the daily run and the proof of the register."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts import roles
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.conditions import daily as conditions_daily
from inmates.conditions.actions import incidents, separations
from inmates.conditions.models import Incident, Separation
from inmates.custody import daily, derived_columns, hooks
from inmates.custody.actions import keep_apart, outings, stays
from inmates.custody.models import KeepApart
from inmates.people.actions import alerts, tasks
from inmates.people.models import Alert, Inmate, Task
from tests.factories import make_inmate, make_user


@pytest.fixture
def other(unit, officer):
    """Somebody else in the same unit."""
    return make_inmate(unit, by=officer)


def days(n):
    return clock.today() + timedelta(days=n)


def test_a_pair_is_checked_at_every_placement_and_alerted_when_together(inmate, other, prison, officer, officer2):
    with pytest.raises(PermissionDenied):
        keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer2)
    duty = keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    assert Alert.objects.filter(kind="keep_apart").count() == 2
    with pytest.raises(InvalidTransition):
        keep_apart.open_pair(other, inmate, scope="unit", reason="Again", by=officer)
    stays.place(other, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError, match="Must not meet"):
        stays.place(inmate, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError):
        keep_apart.close(duty, reason="", by=officer)
    keep_apart.close(duty, reason="Reconciled", by=officer)
    assert stays.place(inmate, unit=prison.units.get(name="B"), by=officer).exceptions == []


def test_pairs_follow_from_a_group(inmate, other, unit, officer):
    third = make_inmate(unit, by=officer)
    keep_apart.open_group([other, third], name="Cell", reason="R", scope="unit", centre=inmate, by=officer)
    assert KeepApart.objects.open().count() == 2
    keep_apart.open_group([inmate, other, third], name="All", reason="R", scope="unit", by=officer)
    assert KeepApart.objects.open().count() == 3
    with pytest.raises(ValidationError):
        keep_apart.open_group([inmate], name="One", reason="R", scope="unit", by=officer)


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
    assert conditions_daily.run()["separation_breaches"] == 2
    assert conditions_daily.run()["separation_breaches"] == 0
    assert set(Alert.objects.values_list("audience", flat=True)) == {"national", "prison"}
    separations.end(separation, on=clock.today(), by=officer)
    with pytest.raises(InvalidTransition):
        separations.end(separation, on=clock.today(), by=officer)


def test_a_minor_is_never_separated(unit, officer, director):
    minor = make_inmate(unit, by=officer, birth_date=days(-17 * 365))
    with pytest.raises(ValidationError, match="minor"):
        authorise(minor, 0, 1, director)


def test_the_daily_run_alerts_once(unit, inmate, officer, inspector):
    make_inmate(unit, by=officer, days_ago=800, years=2)
    outing = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    now = clock.now()
    outings.leave(outing, at=now - timedelta(hours=3), due_back_at=now - timedelta(hours=1), by=officer)
    first = daily.run()
    assert (first["releases_overdue"], first["outings_overdue"]) == (2, 1)
    assert set(daily.run().values()) == {0}
    alert = alerts.waiting_for(inspector).get()
    alerts.acknowledge(alert, by=inspector)
    with pytest.raises(InvalidTransition):
        alerts.acknowledge(alert, by=inspector)


def test_an_exception_past_its_end_becomes_a_task(inmate, prison, officer):
    full = prison.units.get(name="B")
    full.working_capacity = 0
    full.save()
    placement = stays.place(
        inmate, unit=full, exception_reason="Night", exception_until=clock.today() + timedelta(days=1), by=officer
    )
    placement.exception_until = days(-1)
    placement.save()
    assert daily.run()["exceptions_ended"] == 1
    assert daily.run()["exceptions_ended"] == 0
    task = Task.objects.get(kind="placement")
    with pytest.raises(InvalidTransition):
        tasks.settle_task(task, note="", by=officer)
    assert tasks.settle_task(task, note="Moved", by=officer).done_by == officer


def test_the_register_agrees_after_every_act_and_tells_a_tampered_column(unit, inmate, other, officer, prison):
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    stays.release(served, ground="term_served", by=officer)
    stays.place(other, unit=prison.units.get(name="B"), by=officer)
    outings.record_escape(inmate, account="Gone", by=officer)
    assert list(derived_columns.disagreements()) == []
    Inmate.objects.filter(pk=other.pk).update(release_on=None, registration_number="1")
    assert [(row[0], row[1]) for row in derived_columns.disagreements()] == [
        (other.uuid, "registration_number"),
        (other.uuid, "release_on"),
    ]


def test_a_pair_is_two_people_and_has_a_reason(inmate, other, prison, officer, officer2):
    fields = {"scope": "unit", "by": officer}
    for second, reason, field in ((inmate, "Threats", "other"), (other, " ", "reason")):
        with pytest.raises(ValidationError) as refusal:
            keep_apart.open_pair(inmate, second, reason=reason, **fields)
        assert list(refusal.value.message_dict) == [field]
    duty = keep_apart.open_pair(other, inmate, reason="Threats", **fields)
    assert (duty.first, duty.second) == (inmate, other)
    with pytest.raises(PermissionDenied):
        keep_apart.close(duty, reason="Over", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        keep_apart.close(duty, reason=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reason"]
    keep_apart.close(duty, reason="Over", by=officer)
    duty.refresh_from_db()
    assert (duty.closed_on, duty.closed_by, duty.closed_reason) == (clock.today(), officer, "Over")
    with pytest.raises(InvalidTransition):
        keep_apart.close(duty, reason="Again", by=officer)


def test_a_pair_apart_already_alerts_nobody(inmate, other, prison, officer):
    stays.place(other, unit=prison.units.get(name="B"), by=officer)
    keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    assert not Alert.objects.exists()


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
    director.groups.add(*officer.groups.all())
    both = type(director).objects.get(pk=director.pk)
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat", "account": "Words"}
    part = incidents.record(Incident(**values), people=[(inmate, "author")], by=both).people.get()
    with pytest.raises(PermissionDenied, match="You recorded this incident"):
        incidents.decide(part, outcome="warning", reason="R", by=both)
    part.refresh_from_db()
    assert part.outcome == ""


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


def test_alerts_are_read_by_those_they_are_for(inmate, officer, officer2, assessor, reviewer, coordinator, sysadmin):
    def alert(audience, kind="separation_breach"):
        return Alert.objects.create(
            inmate=inmate, facility=inmate.facility, kind=kind, audience=audience, reference=f"{audience}-{kind}"
        )

    prison, national, reviewers = alert("prison"), alert("national"), alert("reviewers")
    overdue = alert("prison", kind="review_overdue")
    assert set(alerts.waiting_for(officer2)) == set(alerts.waiting_for(sysadmin)) == set()
    assert set(alerts.waiting_for(reviewer)) == {national, reviewers}
    assert set(alerts.waiting_for(coordinator)) == {national}
    assert set(alerts.waiting_for(assessor)) == {prison, overdue}
    may_see = officer.can("inmates.view_classification")
    assert set(alerts.waiting_for(officer)) == ({prison, overdue} if may_see else {prison})
    with pytest.raises(InvalidTransition):
        alerts.acknowledge(prison, by=officer2)
    alerts.acknowledge(prison, by=officer)
    prison.refresh_from_db()
    assert (prison.acknowledged_by, prison.acknowledged_at is None) == (officer, False)


def test_a_breach_is_told_once_and_its_day_is_kept(inmate, director):
    separation = authorise(inmate, -15, -1, director)
    assert separations.alert_breach(separation, today=clock.today()) == 2
    separation.refresh_from_db()
    assert separation.breach_alerted_on == clock.today()
    assert separations.alert_breach(separation, today=days(1)) == 0
    separation.refresh_from_db()
    assert separation.breach_alerted_on == clock.today()
    assert Event.objects.filter(verb="separation.breach").count() == 1


def test_both_people_of_a_pair_have_it_on_their_timeline(inmate, other, officer):
    duty = keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    keep_apart.close(duty, reason="Over", by=officer)
    for verb in ("keep_apart.opened", "keep_apart.closed"):
        assert set(Event.objects.filter(verb=verb).values_list("inmate_id", flat=True)) == {inmate.pk, other.pk}


def test_an_incident_is_told_to_the_rooms_above_with_its_people(inmate, prison, officer, monkeypatch):
    told = []
    monkeypatch.setattr(hooks, "after_incident", [lambda made, by: told.append((made, made.people.count(), by))])
    values = {"facility": prison, "happened_at": clock.now(), "kind": "threat"}
    with pytest.raises(ValidationError) as refusal:
        incidents.record(Incident(account="", **values), people=[(inmate, "author")], by=officer)
    assert list(refusal.value.message_dict) == ["account"]
    made = incidents.record(Incident(account="Words", **values), people=[(inmate, "author")], by=officer)
    assert told == [(made, 1, officer)]
