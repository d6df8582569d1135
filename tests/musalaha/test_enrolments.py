"""Enrolments: withdrawal, removal and graduation count against nobody."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from audit.models import Event
from config import clock
from core.sayings import words
from core.workflow import InvalidTransition
from facilities.models import Regime
from inmates.classification.models import ReviewTrigger
from inmates.custody.actions import releases
from inmates.people.models import Inmate, Task
from musalaha.actions import applications, cohorts, enrolments, pardon_files, sessions
from musalaha.actions import enrolments as enrolment_actions
from musalaha.actions import sessions as session_actions
from musalaha.models import Enrolment
from tests import factories
from tests.musalaha.conftest import mark, past, refused


def test_a_withdrawal_changes_nothing_else(running, coordinator, officer, unit, apply):
    enrolment = running.enrolments.first()
    inmate = enrolment.inmate
    file = pardon_files.open_pardon_file(
        inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="Throne Day", by=coordinator
    )
    regime = Regime.objects.filter(tier=inmate.tier).values().get()
    columns = ("tier", "tier_since", "next_review_on", "release_on", "release_basis", "legal_status", "status")
    before = [
        Inmate.objects.filter(pk=inmate.pk).values(*columns).get(),
        file.__class__.objects.values().get(pk=file.pk),
    ]
    enrolment_actions.withdraw(enrolment, by=officer)
    after = [
        Inmate.objects.filter(pk=inmate.pk).values(*columns).get(),
        file.__class__.objects.values().get(pk=file.pk),
    ]
    assert after == before
    assert Regime.objects.filter(tier=inmate.tier).values().get() == regime
    inmate = Inmate.objects.get(pk=inmate.pk)
    assert inmate.unit == unit
    assert not inmate.incident_parts.exists()
    assert not inmate.tasks.exists()
    assert not inmate.alerts.exists()
    again = apply(inmate)
    assert all(rule["met"] for rule in again.eligibility)
    with pytest.raises(InvalidTransition):
        enrolment_actions.withdraw(enrolment, by=officer)


def test_where_the_earlier_unit_is_full_a_return_task_has_a_date(running, officer, unit):
    unit.working_capacity = 1
    unit.save()
    factories.make_inmate(unit, by=officer)
    enrolment = running.enrolments.first()
    enrolment_actions.withdraw(enrolment, by=officer)
    task = Task.objects.get(inmate=enrolment.inmate)
    assert (task.kind, task.due_on) == ("return_unit", clock.today() + timedelta(days=7))


def test_removal_needs_two_people_and_a_third_answers_the_appeal(running, coordinator, coordinator2, director, officer):
    enrolment = running.enrolments.first()
    with pytest.raises(ValidationError):
        enrolment_actions.propose_removal(enrolment, code="bad manners", by=coordinator)
    enrolment_actions.propose_removal(enrolment, code="disruption", by=coordinator)
    with pytest.raises(PermissionDenied):
        enrolment_actions.confirm_removal(enrolment, by=coordinator)
    enrolment = enrolment_actions.confirm_removal(enrolment, by=director)
    assert (enrolment.outcome, enrolment.removal_confirmed_by) == ("removed", director)
    with pytest.raises(InvalidTransition):
        enrolment_actions.answer_removal_appeal(enrolment, answer="x", set_aside=True, by=coordinator2)
    enrolment_actions.appeal_removal(enrolment, by=officer)
    assert (
        Event.objects.filter(verb="removal.appealed", actor_id=officer.pk, inmate_id=enrolment.inmate_id).count() == 1
    )
    for involved in (coordinator, director):
        with pytest.raises(InvalidTransition):
            enrolment_actions.answer_removal_appeal(enrolment, answer="x", set_aside=True, by=involved)
    enrolment = enrolment_actions.answer_removal_appeal(enrolment, answer="Not proven", set_aside=True, by=coordinator2)
    enrolment.refresh_from_db()
    assert (enrolment.outcome, enrolment.ended_on, enrolment.application.state) == ("", None, "enrolled")


def test_a_dropped_removal(running, coordinator, director):
    enrolment = running.enrolments.first()
    enrolment_actions.propose_removal(enrolment, code="safety", by=coordinator)
    assert enrolment_actions.drop_removal(enrolment, by=director).removal_code == ""
    with pytest.raises(InvalidTransition):
        enrolment_actions.confirm_removal(enrolment, by=director)


def test_graduation_brings_the_review_forward_and_asks_for_its_requirements(running, coordinator):
    enrolment = running.enrolments.first()
    with pytest.raises(ValidationError, match="final report"):
        enrolment_actions.graduate(enrolment, by=coordinator)
    sessions.add_note(enrolment, kind="final", text="Good", by=coordinator)
    enrolment_actions.graduate(enrolment, by=coordinator)
    inmate = Inmate.objects.get(pk=enrolment.inmate_id)
    trigger = ReviewTrigger.objects.get(inmate=inmate, cause="graduation")
    assert trigger.due_on == clock.today() + timedelta(days=14)
    assert not inmate.tier_decisions.exists()  # graduation decides nothing on the tier, and grants nothing
    assert not inmate.pardons.exists()
    assert inmate.release_on == enrolment.inmate.release_on


def test_released_without_the_wish_to_finish_outside_does_not_graduate(person, apply, cohort, coordinator, officer):
    inmate = person(days_ago=700, years=2)
    applications.accept(apply(inmate, finish_outside=True), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    Inmate.objects.filter(pk=inmate.pk).update(release_on=clock.today())
    releases.release(inmate, ground="term_served", by=officer)
    Enrolment.objects.filter(inmate=inmate).update(finishes_outside=False)
    with pytest.raises(InvalidTransition):
        enrolment_actions.graduate(Enrolment.objects.get(inmate=inmate), exceptions="x", by=coordinator)


def test_each_step_of_a_removal_is_for_its_own_people_in_its_time(
    running, coordinator, coordinator2, director, director2, officer, officer2, inspector
):
    enrolment = running.enrolments.first()
    for user in (inspector, officer2):
        with pytest.raises(PermissionDenied):
            enrolment_actions.propose_removal(enrolment, code="safety", by=user)
        with pytest.raises(PermissionDenied):
            enrolment_actions.withdraw(enrolment, by=user)
    for act in (enrolment_actions.drop_removal, enrolment_actions.confirm_removal):
        with pytest.raises(InvalidTransition, match="No removal"):
            act(enrolment, by=director)
    with pytest.raises(InvalidTransition, match="not removed"):
        enrolment_actions.appeal_removal(enrolment, by=officer)
    enrolment_actions.propose_removal(enrolment, code="safety", reason="Threats", by=coordinator)
    with pytest.raises(InvalidTransition, match="proposed already"):
        enrolment_actions.propose_removal(enrolment, code="safety", by=coordinator)
    for act in (enrolment_actions.drop_removal, enrolment_actions.confirm_removal):
        with pytest.raises(PermissionDenied):
            act(enrolment, by=director2)
    refused(
        "on",
        lambda **f: enrolment_actions.confirm_removal(enrolment, by=director, **f),
        on=clock.today() - timedelta(days=1),
    )
    enrolment_actions.confirm_removal(enrolment, by=director)
    enrolment.refresh_from_db()
    assert (enrolment.outcome_reason, enrolment.ended_on) == ("Threats", clock.today())
    with pytest.raises(PermissionDenied):
        enrolment_actions.appeal_removal(enrolment, by=officer2)
    refused(
        "on",
        lambda **f: enrolment_actions.appeal_removal(enrolment, by=officer, **f),
        on=clock.today() - timedelta(days=1),
    )
    enrolment_actions.appeal_removal(enrolment, by=officer)
    with pytest.raises(InvalidTransition, match="recorded already"):
        enrolment_actions.appeal_removal(enrolment, by=officer)
    with pytest.raises(PermissionDenied):
        enrolment_actions.answer_removal_appeal(enrolment, answer="x", set_aside=True, by=director2)
    refused(
        "answer",
        lambda **f: enrolment_actions.answer_removal_appeal(enrolment, set_aside=True, by=coordinator2, **f),
        answer=" ",
    )
    enrolment_actions.answer_removal_appeal(enrolment, answer="Proven", set_aside=False, by=coordinator2)
    enrolment.refresh_from_db()
    assert (enrolment.outcome, enrolment.removal_appeal_answer, enrolment.removal_appeal_answered_by) == (
        "removed",
        "Proven",
        coordinator2,
    )
    with pytest.raises(InvalidTransition, match="answered already"):
        enrolment_actions.answer_removal_appeal(enrolment, answer="x", set_aside=True, by=coordinator2)


def test_a_removal_set_aside_after_the_round_no_longer_counts_as_one(
    running, coordinator, coordinator2, director, officer
):
    enrolment = running.enrolments.first()
    enrolment_actions.propose_removal(enrolment, code="safety", by=coordinator)
    enrolment_actions.confirm_removal(enrolment, by=director)
    enrolment_actions.appeal_removal(enrolment, by=officer)
    cohorts.complete_cohort(running, close_rest=True, by=coordinator)
    enrolment_actions.answer_removal_appeal(enrolment, answer="Not proven", set_aside=True, by=coordinator2)
    enrolment.refresh_from_db()
    assert (enrolment.outcome, words(enrolment.outcome_reason)) == (
        "not_completed",
        "The removal was set aside on appeal.",
    )
    assert not Task.objects.filter(inmate=enrolment.inmate, kind="placement").exists()


def test_a_removal_set_aside_in_time_asks_for_the_place_back(running, coordinator, coordinator2, director, officer):
    enrolment = running.enrolments.first()
    enrolment_actions.propose_removal(enrolment, code="safety", by=coordinator)
    enrolment_actions.confirm_removal(enrolment, by=director)
    enrolment_actions.appeal_removal(enrolment, by=officer)
    enrolment_actions.answer_removal_appeal(enrolment, answer="Not proven", set_aside=True, by=coordinator2)
    assert Task.objects.get(inmate=enrolment.inmate, kind="placement").due_on == clock.today()
    enrolment.application.refresh_from_db()
    assert enrolment.application.closed_on is None


def test_graduation_is_of_a_running_round_by_coordinators(running, coordinator, officer, director):
    one, two, _three = running.enrolments.order_by("pk")
    with pytest.raises(PermissionDenied):
        enrolment_actions.graduate(one, exceptions="x", by=officer)
    enrolment_actions.propose_removal(one, code="safety", by=coordinator)
    refused(
        "on",
        lambda **f: enrolment_actions.graduate(one, exceptions="x", by=coordinator, **f),
        on=running.starts_on - timedelta(days=1),
    )
    first = enrolment_actions.graduate(one, exceptions="x", by=coordinator)
    second = enrolment_actions.graduate(two, exceptions="x", by=coordinator)
    one.refresh_from_db()
    assert (first.issued_on, first.issued_by) == (clock.today(), coordinator)
    assert (first.number[:7], second.number[:7]) == ("M03-001", "M03-002")
    assert (one.removal_code, one.removal_proposed_by, one.ended_on) == ("", None, clock.today())
    with pytest.raises(InvalidTransition):
        enrolment_actions.graduate(one, exceptions="x", by=coordinator)
    cohorts.complete_cohort(running, close_rest=True, by=coordinator)
    Enrolment.objects.filter(pk=one.pk).update(outcome="released", finishes_outside=True)
    with pytest.raises(InvalidTransition, match="not running"):
        enrolment_actions.graduate(one, exceptions="x", by=coordinator)


def test_graduation_needs_attendance_in_each_strand(running, coordinator):
    for n in (1, 2):
        mark(past(running, days=n), coordinator, p0="absent", p1="present")
    for enrolment in running.enrolments.all():
        session_actions.add_note(enrolment, kind="final", text="x", by=coordinator)
    one, two = running.enrolments.order_by("pk")[:2]
    with pytest.raises(ValidationError, match="Human rights"):
        enrolments.graduate(one, by=coordinator)
    assert enrolments.graduate(two, by=coordinator).exceptions == ""
    assert enrolments.graduate(one, exceptions="Was in hospital", by=coordinator).exceptions == "Was in hospital"


def test_a_removal_brings_back_to_the_earlier_unit(running, coordinator, director, unit):
    enrolment = running.enrolments.first()
    enrolment_actions.propose_removal(enrolment, code="safety", by=coordinator)
    enrolment_actions.confirm_removal(enrolment, by=director)
    assert Inmate.objects.get(pk=enrolment.inmate_id).unit == unit


def test_everybody_who_meets_the_requirements_graduates_at_once(running, coordinator, officer):
    one, two, three = running.enrolments.order_by("pk")
    for enrolment in (one, two):
        session_actions.add_note(enrolment, kind="final", text="Good", by=coordinator)
    with pytest.raises(PermissionDenied):
        enrolment_actions.graduate_everybody(running, by=officer)
    client = Client()
    client.force_login(coordinator)
    page = client.post(reverse("musalaha:graduate_all", args=[3]), follow=True)
    assert "2 people graduated" in page.content.decode()
    assert set(running.enrolments.filter(outcome="graduated")) == {one, two}
    three.refresh_from_db()
    assert three.ended_on is None
