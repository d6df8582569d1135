"""Rounds: planned, started together or not at all, completed, cancelled."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts import roles
from config import clock
from core.templatetags.display import moment_text
from core.workflow import InvalidTransition
from inmates.custody.actions import placements
from inmates.people.models import Inmate
from musalaha.actions import applications, cohorts
from musalaha.actions import enrolments as enrolment_actions
from musalaha.models import Cohort, Enrolment
from tests import factories
from tests.application_rights import rewriting
from tests.musalaha.conftest import refused


def test_two_months_by_default_and_month_ends(programme_unit, coordinator):
    from datetime import date

    fields = {"facility": programme_unit.facility, "unit": programme_unit, "capacity": 10, "by": coordinator}
    assert cohorts.plan_cohort(1, starts_on=date(2026, 12, 31), **fields).ends_on == date(2027, 2, 28)
    assert cohorts.plan_cohort(2, starts_on=date(2026, 1, 15), **fields).ends_on == date(2026, 3, 15)


def test_a_round_needs_a_programme_unit_with_room(unit, programme_unit, coordinator, officer):
    fields = {"facility": unit.facility, "starts_on": clock.today(), "by": coordinator}
    with pytest.raises(ValidationError) as refusal:
        cohorts.plan_cohort(1, unit=unit, capacity=5, **fields)
    assert "unit" in refusal.value.message_dict
    with pytest.raises(ValidationError) as refusal:
        cohorts.plan_cohort(1, unit=programme_unit, capacity=99, **fields)
    assert "capacity" in refusal.value.message_dict
    with pytest.raises(PermissionDenied):
        cohorts.plan_cohort(1, unit=programme_unit, capacity=5, **(fields | {"by": officer}))
    assert not Cohort.objects.exists()


def test_starting_moves_everybody_together(running, programme_unit):
    people = Inmate.objects.filter(enrolments__cohort=running)
    assert people.count() == 3
    assert {inmate.unit_id for inmate in people} == {programme_unit.pk}
    assert {enrolment.earlier_unit.name for enrolment in running.enrolments.all()} == {"A"}
    assert set(running.applications.values_list("state", flat=True)) == {"enrolled"}


def test_starting_says_who_cannot_and_moves_nobody(accepted, cohort, other_prison, coordinator, unit):
    fit, away = accepted(), accepted()
    Inmate.objects.filter(pk=away.inmate_id).update(facility=other_prison)
    with pytest.raises(ValidationError, match="a transfer to Salé 2 comes first"):
        cohorts.start_cohort(cohort, by=coordinator)
    fit.inmate.refresh_from_db()
    cohort.refresh_from_db()
    assert fit.inmate.unit == unit
    assert (cohort.state, cohort.started_on) == ("open", None)
    assert not Enrolment.objects.exists()


def test_eligibility_is_asked_again_at_the_start(accepted, cohort, coordinator, unit):
    application = accepted()
    Inmate.objects.filter(pk=application.inmate_id).update(legal_status="convicted_appeal")
    with pytest.raises(ValidationError, match="under appeal"):
        cohorts.start_cohort(cohort, by=coordinator)
    assert Inmate.objects.get(pk=application.inmate_id).unit == unit


def test_started_once(running, coordinator):
    with pytest.raises(InvalidTransition):
        cohorts.start_cohort(running, by=coordinator)
    assert running.enrolments.count() == 3


def test_no_round_of_nobody(cohort, coordinator):
    with pytest.raises(InvalidTransition, match="Nobody"):
        cohorts.start_cohort(cohort, by=coordinator)


def test_history_may_be_entered_but_not_the_future(accepted, cohort, coordinator, apply, person):
    day = clock.today() - timedelta(days=30)
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=day, ends_on=day + timedelta(days=61))
    application = apply(person(), asked_on=day - timedelta(days=5))
    applications.accept(application, cohort=cohort, on=day - timedelta(days=1), by=coordinator)
    with pytest.raises(ValidationError):
        cohorts.start_cohort(cohort, on=clock.today() + timedelta(days=1), by=coordinator)
    started = cohorts.start_cohort(cohort, on=day, by=coordinator)
    assert started.started_on == day
    placement = application.inmate.placements.current().get()
    assert placement.during.lower == clock.midnight(day) + timedelta(hours=8)


def test_late_joiner(running, person, apply, coordinator):
    application = applications.accept(apply(person()), cohort=running, by=coordinator)
    enrolment = cohorts.join(application, by=coordinator)
    assert Inmate.objects.get(pk=enrolment.inmate_id).unit == running.unit
    with pytest.raises(InvalidTransition):
        cohorts.join(application, by=coordinator)


def test_complete_once_everybody_is_settled(running, coordinator):
    with pytest.raises(InvalidTransition, match="Still taking part"):
        cohorts.complete_cohort(running, by=coordinator)
    enrolments = list(running.enrolments.all())
    certificate = enrolment_actions.graduate(enrolments[0], exceptions="Report follows", by=coordinator)
    assert certificate.number.startswith("M03-001-")
    cohort = cohorts.complete_cohort(running, close_rest=True, by=coordinator)
    assert cohort.state == "completed"
    assert sorted(cohort.enrolments.values_list("outcome", flat=True)) == [
        "graduated",
        "not_completed",
        "not_completed",
    ]
    assert set(Inmate.objects.values_list("unit__name", flat=True)) == {"A"}


def test_cancelled_with_a_reason_people_wait_for_another(accepted, cohort, coordinator):
    application = accepted()
    with pytest.raises(ValidationError):
        cohorts.cancel_cohort(cohort, reason="", by=coordinator)
    cohorts.cancel_cohort(cohort, reason="No lecturers", by=coordinator)
    application.refresh_from_db()
    assert (application.state, application.cohort) == ("waiting", None)


def test_extended_with_a_reason(running, coordinator):
    later = running.ends_on + timedelta(days=30)
    with pytest.raises(ValidationError):
        cohorts.extend_cohort(running, ends_on=later, reason="", by=coordinator)
    assert cohorts.extend_cohort(running, ends_on=later, reason="Ramadan", by=coordinator).ends_on == later


def test_a_round_that_cannot_be_is_not_planned(programme_unit, other_prison, coordinator):
    today = clock.today()
    fields = {"facility": programme_unit.facility, "unit": programme_unit, "capacity": 5, "starts_on": today}

    def plan(number=1, **wrong):
        return cohorts.plan_cohort(number, by=coordinator, **(fields | wrong))

    refused("unit", plan, unit=other_prison.units.get())
    refused("unit", plan, sex="F")
    refused("ends_on", plan, ends_on=today)
    cohort = plan(ends_on=today + timedelta(days=1), hours_planned={"rights": 3}, partners=["rabita"])
    assert (cohort.state, cohort.hours_planned, cohort.partners) == ("planned", {"rights": 3}, ["rabita"])
    refused("number", plan)
    assert Cohort.objects.count() == 1


def test_a_round_is_moved_on_by_coordinators_only(cohort, accepted, officer, coordinator):
    accepted()
    later = cohort.ends_on + timedelta(days=5)
    for act in (
        lambda by: cohorts.open_cohort(cohort, by=by),
        lambda by: cohorts.extend_cohort(cohort, ends_on=later, reason="R", by=by),
        lambda by: cohorts.start_cohort(cohort, by=by),
        lambda by: cohorts.complete_cohort(cohort, by=by),
        lambda by: cohorts.cancel_cohort(cohort, reason="R", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(officer)
    cohort.refresh_from_db()
    assert (cohort.state, cohort.opened_by, cohort.ends_on < later) == ("open", coordinator, True)


def test_an_end_is_moved_behind_the_start_while_the_round_is_not_over(running, coordinator):
    refused(
        "ends_on",
        lambda **f: cohorts.extend_cohort(running, reason="R", by=coordinator, **f),
        ends_on=running.started_on,
    )
    later = running.ends_on + timedelta(days=30)
    cohorts.extend_cohort(running, ends_on=later, reason="Ramadan", by=coordinator)
    running.refresh_from_db()
    assert (running.ends_on, running.extension_reason) == (later, "Ramadan")
    cohorts.cancel_cohort(running, reason="No lecturers", by=coordinator)
    with pytest.raises(InvalidTransition, match="over"):
        cohorts.extend_cohort(running, ends_on=later + timedelta(days=1), reason="R", by=coordinator)
    running.refresh_from_db()
    assert (running.cancelled_on, running.cancelled_reason) == (clock.today(), "No lecturers")


def test_no_start_before_somebody_asked_nor_after_the_planned_end(accepted, cohort, coordinator, person, apply):
    day = clock.today() - timedelta(days=30)
    accepted()
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=day, ends_on=day + timedelta(days=61))
    refused("on", lambda **f: cohorts.start_cohort(cohort, by=coordinator, **f), on=clock.today() - timedelta(days=1))
    Cohort.objects.filter(pk=cohort.pk).update(ends_on=clock.today())
    with pytest.raises(ValidationError, match="planned end has passed"):
        cohorts.start_cohort(cohort, by=coordinator)
    cohort.refresh_from_db()
    assert (cohort.state, cohort.started_on) == ("open", None)


def test_nobody_joins_before_the_start_nor_a_round_that_does_not_run(accepted, cohort, coordinator, person, apply):
    first = accepted()
    with pytest.raises(InvalidTransition, match="not running"):
        cohorts.join(first, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    later = applications.accept(apply(person()), cohort=cohort, by=coordinator)
    refused("on", lambda **f: cohorts.join(later, by=coordinator, **f), on=clock.today() - timedelta(days=1))
    stale = type(later).objects.get(pk=later.pk)
    applications.put_on_waiting_list(later, by=coordinator)
    with pytest.raises(InvalidTransition, match="no place"):
        cohorts.join(stale, by=coordinator)
    assert Enrolment.objects.count() == 1


def test_who_came_into_the_unit_later_than_the_start_is_named(accepted, cohort, coordinator):
    application = accepted()
    day = clock.today() - timedelta(days=3)
    Cohort.objects.filter(pk=cohort.pk).update(starts_on=day)
    with rewriting():
        type(application).objects.update(asked_on=day)
    placements.place(
        application.inmate,
        unit=cohort.facility.units.get(name="B"),
        at=factories.ago(1),
        by=factories.make_user(roles.OFFICER, cohort.facility),
    )
    since = application.inmate.placements.current().get().during.lower
    with pytest.raises(ValidationError, match=f"only since {moment_text(since)}"):
        cohorts.start_cohort(cohort, on=day, by=coordinator)


def test_a_round_ends_after_it_began_and_lets_go_of_what_was_to_come(running, accepted, coordinator):
    waiting = accepted()
    future = running.sessions.create(starts_at=factories.ago(-3), strand="rights", title="x")
    past = running.sessions.create(starts_at=factories.ago(3), strand="rights", title="x")
    refused(
        "on",
        lambda **f: cohorts.complete_cohort(running, close_rest=True, by=coordinator, **f),
        on=clock.today() - timedelta(days=1),
    )
    cohorts.complete_cohort(running, close_rest=True, by=coordinator)
    running.refresh_from_db()
    waiting.refresh_from_db()
    assert (running.completed_on, waiting.state, waiting.cohort) == (clock.today(), "waiting", None)
    assert list(running.sessions.all()) == [past]
    assert future not in running.sessions.all()
    ended = running.enrolments.values_list("ended_on", "application__state", "application__closed_on")
    assert set(ended) == {(clock.today(), "closed", clock.today())}
