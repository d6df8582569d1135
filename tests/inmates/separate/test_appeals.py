"""Appeals against steps: in time, answered by a third, and by somebody who may know why an exit was decided."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.people.models import Inmate, Task
from inmates.separate import in_force
from inmates.separate.actions import appeals, leaving
from inmates.separate.models import SeparateAppeal
from tests import factories
from tests.inmates.separate.conftest import WHY, decided
from tests.security.statements import copied, every

SAID = "I was never there."


@pytest.fixture
def told(inmate, officer, director):
    """An admission decided and told."""
    return decided(inmate, officer=officer, director=director, served_by=officer)


def test_a_third_quashes_the_ground_and_a_task_asks_what_follows(inmate, told, officer, reviewer):
    appeal = appeals.record(told, made_on=clock.today(), grounds=SAID, by=officer)
    assert appeal.due_on == clock.today() + timedelta(days=15)
    appeals.answer(appeal, outcome="quashed", reasons=WHY, by=reviewer)
    assert in_force.standing(inmate) is None
    assert in_force.without_ground(Inmate.objects.all()).filter(pk=inmate.pk).exists()
    assert inmate.tasks.open().get().kind == Task.Kind.SEPARATE_GROUND
    with pytest.raises(InvalidTransition):
        appeals.answer(appeal, outcome="upheld", reasons=WHY, by=reviewer)


def test_upheld_the_ground_goes_on(inmate, told, officer, reviewer):
    appeal = appeals.record(told, made_on=clock.today(), grounds=SAID, by=officer)
    for wrong in ({"outcome": ""}, {"reasons": "No."}):
        with pytest.raises(ValidationError):
            appeals.answer(appeal, **({"outcome": "upheld", "reasons": WHY} | wrong), by=reviewer)
    appeals.answer(appeal, outcome="upheld", reasons=WHY, by=reviewer)
    assert in_force.standing(inmate) == told


def test_nobody_answers_who_took_part(inmate, told, officer, director, reviewer):
    appeal = appeals.record(told, made_on=clock.today(), grounds=SAID, by=officer)
    for user in (factories.also(officer, roles.REVIEWER), factories.also(director, roles.REVIEWER)):
        with pytest.raises(PermissionDenied):
            appeals.answer(appeal, outcome="upheld", reasons=WHY, by=user)
        with pytest.raises(IntegrityError), transaction.atomic():
            SeparateAppeal.objects.filter(pk=appeal.pk).update(
                outcome="upheld", reasons=WHY, decided_by=user, decided_on=clock.today()
            )


def test_an_exit_is_answered_by_who_may_know_of_the_programme(
    inmate, told, officer, director, reviewer, appeals_officer
):
    step = decided(inmate, officer=officer, director=director, ground="graduation", served_by=officer)
    appeal = appeals.record(step, made_on=clock.today(), grounds=SAID, by=officer)
    with pytest.raises(PermissionDenied):
        appeals.answer(appeal, outcome="quashed", reasons=WHY, by=reviewer)
    appeals.answer(appeal, outcome="quashed", reasons=WHY, by=appeals_officer)
    assert in_force.standing(inmate) == told  # the ground of before counts again
    assert not inmate.tasks.open().exists()
    with pytest.raises(InvalidTransition):
        leaving.leave(inmate, by=officer)


def test_an_admission_is_not_answered_by_the_programme(told, officer, appeals_officer):
    appeal = appeals.record(told, made_on=clock.today(), grounds=SAID, by=officer)
    with pytest.raises(PermissionDenied):
        appeals.answer(appeal, outcome="quashed", reasons=WHY, by=appeals_officer)


def test_it_is_in_time_within_fifteen_days_and_later_with_a_reason(told, officer, monkeypatch):
    with pytest.raises(ValidationError):
        appeals.record(told, made_on=clock.today() + timedelta(days=1), grounds=SAID, by=officer)
    last = appeals.last_day(told)
    assert last == told.served_on + timedelta(days=15)
    monkeypatch.setattr(clock, "today", lambda: last + timedelta(days=1))
    with pytest.raises(ValidationError) as refusal:
        appeals.record(told, made_on=last + timedelta(days=1), grounds=SAID, by=officer)
    assert set(refusal.value.message_dict) == {"late_reason"}
    for wrong in ({"grounds": ""}, {"signed": False}):
        with pytest.raises(ValidationError):
            appeals.record(told, **({"made_on": last, "grounds": SAID} | wrong), by=officer)
    appeals.record(told, made_on=last, grounds=SAID, by=officer)
    with pytest.raises(InvalidTransition):
        appeals.record(told, made_on=last, grounds=SAID, by=officer)


def test_before_the_notice_there_is_nothing_to_appeal_against(inmate, officer, director, assessor):
    step = decided(inmate, officer=officer, director=director)
    with pytest.raises(InvalidTransition):
        appeals.record(step, made_on=clock.today(), grounds=SAID, by=officer)
    with pytest.raises(PermissionDenied):
        appeals.record(step, made_on=clock.today(), grounds=SAID, by=assessor)


def test_sql_with_the_rights_of_the_application_is_refused(unit, told, officer, officer_too, director, reviewer):
    appeal = appeals.record(told, made_on=clock.today(), grounds=SAID, by=officer)
    other = decided(factories.make_inmate(unit, by=officer), officer=officer, director=director)
    table = "inmates_separateappeal"
    values = {"appeal": appeal.pk, "other": officer_too.pk, "step": other.pk}
    answered = "outcome = 'quashed', reasons = grounds, decided_on = current_date"
    statements = [
        f"UPDATE {table} SET {answered}, decided_by_id = proposer_id WHERE id = %(appeal)s",
        f"UPDATE {table} SET {answered}, decided_by_id = decider_id WHERE id = %(appeal)s",
        f"UPDATE {table} SET {answered} WHERE id = %(appeal)s",
        f"UPDATE {table} SET proposer_id = %(other)s WHERE id = %(appeal)s",
        f"UPDATE {table} SET grounds = '' WHERE id = %(appeal)s",
        f"UPDATE {table} SET due_on = due_on + 30 WHERE id = %(appeal)s",
        f"DELETE FROM {table} WHERE id = %(appeal)s",
        copied(table, appeal.pk, step_id=other.pk),  # nobody was told of that one
    ]
    assert every(statements, **values) == []
