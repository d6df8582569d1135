"""Applications: recorded once, answered at once, accepted while there is room."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from musalaha.actions import applications, cohorts
from musalaha.models import Application
from tests.musalaha.conftest import refused


def test_recorded_with_its_answer(person, apply, officer):
    application = apply(person())
    assert application.state == "recorded"
    assert application.recorded_by == officer
    assert all(rule["met"] for rule in application.eligibility)
    assert Event.objects.filter(verb="application.recorded", inmate_id=application.inmate_id).count() == 1


def test_asked_on_the_day_of_the_admission_and_not_the_day_before(person, apply):
    inmate = person()
    refused("asked_on", apply, inmate=inmate, asked_on=inmate.admitted_on - timedelta(days=1))
    assert apply(inmate, asked_on=inmate.admitted_on).asked_on == inmate.admitted_on


def test_one_live_application(person, apply):
    inmate = person()
    apply(inmate)
    with pytest.raises(InvalidTransition):
        apply(inmate)
    assert inmate.applications.count() == 1


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"statement": " "}, "statement"),
        ({"signed": False}, "witness"),
        ({"asked_on": clock.today() + timedelta(days=1)}, "asked_on"),
        ({"asked_on": clock.today() - timedelta(days=999)}, "asked_on"),
    ],
)
def test_bad_input_is_refused_at_its_field(person, apply, fields, field):
    with pytest.raises(ValidationError) as refusal:
        apply(person(), **fields)
    assert field in refusal.value.message_dict
    assert not Application.objects.exists()


def test_a_witness_stands_for_the_signature(person, apply):
    assert apply(person(), signed=False, witness="A. Idrissi").witness == "A. Idrissi"


@pytest.mark.parametrize("status", ["remand", "convicted_appeal"])
def test_nobody_without_a_final_conviction_by_staff_but_a_letter_waits(person, apply, status):
    inmate = person(legal_status=status)
    with pytest.raises(ValidationError, match="Not now"):
        apply(inmate)
    assert not inmate.applications.exists()
    assert apply(inmate, channel="letter").state == "waiting"


def test_only_an_officer_of_the_prison(person, apply, officer2, assessor, reviewer):
    inmate = person()
    for outsider in (officer2, assessor, reviewer):
        with pytest.raises(PermissionDenied):
            apply(inmate, by=outsider)
    assert not inmate.applications.exists()


def test_tier_1_needs_a_written_exception(person, apply, cohort, coordinator, appeals_officer, reviewer, assessor):
    application = apply(person(tier=1))
    with pytest.raises(ValidationError, match="Tier 1"):
        applications.accept(application, cohort=cohort, by=coordinator)
    for other in (coordinator, reviewer, assessor):  # a reviewer who answers would know who applied
        with pytest.raises(PermissionDenied):
            applications.grant_exception(application, reason="x", by=other)
    applications.ask_exception(application, why="Has written to the victims", by=coordinator)
    applications.grant_exception(application, reason="Engaged for a year", by=appeals_officer)
    assert applications.accept(application, cohort=cohort, by=coordinator).state == "accepted"


def test_a_refused_exception_may_be_asked_for_again(person, apply, coordinator, appeals_officer):
    application = apply(person(tier=1))
    with pytest.raises(InvalidTransition):
        applications.refuse_exception(application, reason="x", by=appeals_officer)
    applications.ask_exception(application, why="y", by=coordinator)
    application = applications.refuse_exception(application, reason="Too early", by=appeals_officer)
    assert (application.exception_answer, application.state) == ("Too early", "recorded")
    assert applications.ask_exception(application, why="z", by=coordinator).exception_asked_on == clock.today()


def test_the_last_place(accepted, person, apply, cohort, coordinator):
    cohort.capacity = 1
    cohort.save()
    accepted()
    second = apply(person())
    with pytest.raises(InvalidTransition, match="full"):
        applications.accept(second, cohort=cohort, by=coordinator)
    second.refresh_from_db()
    assert second.state == "recorded"
    assert applications.put_on_waiting_list(second, by=coordinator).state == "waiting"


def test_declined_with_a_reason_and_free_to_ask_again(person, apply, coordinator):
    inmate = person()
    application = apply(inmate)
    with pytest.raises(ValidationError):
        applications.decline(application, reason="", by=coordinator)
    assert applications.decline(application, reason="No place this time", by=coordinator).state == "declined"
    assert apply(inmate).state == "recorded"


def test_taken_back_without_a_reason(person, apply, officer, coordinator, cohort):
    application = apply(person())
    assert applications.take_back(application, by=officer).state == "taken_back"
    with pytest.raises(InvalidTransition):
        applications.accept(application, cohort=cohort, by=coordinator)


def test_assessors_and_reviewers_never_see_applications(person, apply, assessor, reviewer, officer, officer2):
    apply(person())
    assert Application.objects.visible_to(officer).count() == 1
    for other in (assessor, reviewer, officer2):
        assert not Application.objects.visible_to(other).exists()


def test_answers_are_the_coordinators_and_keep_who_when_and_why(person, apply, cohort, coordinator, officer, officer2):
    application = apply(person())
    for act in (
        lambda by: applications.accept(application, cohort=cohort, by=by),
        lambda by: applications.put_on_waiting_list(application, by=by),
        lambda by: applications.decline(application, reason="R", by=by),
        lambda by: applications.ask_exception(application, why="R", by=by),
    ):
        with pytest.raises(PermissionDenied):
            act(officer)
    with pytest.raises(PermissionDenied):
        applications.take_back(application, by=officer2)
    application.refresh_from_db()
    assert application.state == "recorded"
    applications.accept(application, cohort=cohort, by=coordinator)
    application.refresh_from_db()
    assert (application.cohort, application.decided_by, application.decided_on) == (cohort, coordinator, clock.today())
    applications.put_on_waiting_list(application, reason="Later", by=coordinator)
    application.refresh_from_db()
    assert (application.state, application.cohort, application.decision_reason) == ("waiting", None, "Later")
    applications.accept(application, cohort=cohort, by=coordinator)
    application.refresh_from_db()
    assert application.decision_reason == ""
    other = apply(person())
    refused("reason", lambda **f: applications.decline(other, by=coordinator, **f), reason=" ")
    applications.decline(other, reason="Short term", by=coordinator)
    other.refresh_from_db()
    assert (other.decision_reason, other.decided_by, other.decided_on, other.closed_on) == (
        "Short term",
        coordinator,
        clock.today(),
        clock.today(),
    )


def test_no_place_in_a_round_that_takes_nobody(person, apply, cohort, coordinator):
    application = apply(person())
    cohorts.cancel_cohort(cohort, reason="No lecturers", by=coordinator)
    with pytest.raises(InvalidTransition, match="no applicants"):
        applications.accept(application, cohort=cohort, by=coordinator)
    application.refresh_from_db()
    assert (application.state, application.cohort) == ("recorded", None)


def test_an_exception_is_asked_for_granted_and_refused_in_its_time(
    person, apply, coordinator, appeals_officer, officer
):
    milder, application = apply(person()), apply(person(tier=1))
    with pytest.raises(InvalidTransition, match="tier 1"):
        applications.ask_exception(milder, why="R", by=coordinator)
    refused("why", lambda **f: applications.ask_exception(application, by=coordinator, **f), why=" ")
    with pytest.raises(InvalidTransition, match="No exception is asked for"):
        applications.refuse_exception(application, reason="R", by=appeals_officer)
    applications.ask_exception(application, why="He asks", by=coordinator)
    application.refresh_from_db()
    assert (application.exception_asked_on, application.exception_request) == (clock.today(), "He asks")
    for act in (applications.grant_exception, applications.refuse_exception):
        with pytest.raises(PermissionDenied):
            act(application, reason="R", by=officer)
        refused("reason", lambda act=act, **f: act(application, by=appeals_officer, **f), reason=" ")
    applications.refuse_exception(application, reason="Not now", by=appeals_officer)
    application.refresh_from_db()
    assert (application.exception_asked_on, application.exception_answer) == (None, "Not now")
    applications.ask_exception(application, why="He asks again", by=coordinator)
    application.refresh_from_db()
    assert application.exception_answer == ""
    applications.grant_exception(application, reason="Changed", by=appeals_officer)
    application.refresh_from_db()
    assert (application.exception_by, application.exception_on, application.exception_reason) == (
        appeals_officer,
        clock.today(),
        "Changed",
    )
    assert all(rule["met"] for rule in application.eligibility)
    with pytest.raises(InvalidTransition, match="granted already"):
        applications.grant_exception(application, reason="Again", by=appeals_officer)


def test_nobody_applies_who_is_not_held(person, apply, officer):
    inmate = person()
    releases.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        apply(inmate)
    assert not Application.objects.exists()
