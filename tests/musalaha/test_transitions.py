"""State machines of the programme: every state x state x role, from their tables."""

import copy
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition, live_states, next_states, transition
from musalaha.actions import applications, cohorts, pardon_files
from musalaha.models import Application, Cohort, PardonFile
from tests.application_rights import rewriting
from tests.factories import make_user

ELSEWHERE = " of another prison"
MACHINES = (Application, Cohort, PardonFile)


@pytest.fixture
def people(prison, other_prison):
    """One user a role, and those of another prison where the role is not national."""
    users = {}
    for role in sorted(roles.PERMISSIONS):
        users[role] = make_user(role, prison, username=f"here-{len(users)}")
        if role not in roles.NATIONAL:
            users[role + ELSEWHERE] = make_user(role, other_prison, username=f"away-{len(users)}")
    return users


@pytest.fixture
def records(running, person, apply, coordinator):
    """One record of each machine, in a running round or of the same prison."""
    application = applications.accept(apply(person()), cohort=running, by=coordinator)
    inmate = application.inmate
    file = pardon_files.open_pardon_file(
        inmate, sentence=inmate.sentences.get(), requester="inmate", occasion="x", by=coordinator
    )
    return {Application: application, Cohort: running, PardonFile: file}


def is_open(step, name):
    """Whether a role, here or elsewhere, has a permission that opens the step."""
    if name.endswith(ELSEWHERE):
        return False
    return any(permission in roles.PERMISSIONS[name] for permission in step.permissions)


def refusal(table, before, after, name):
    """The exception that the table demands of somebody who takes this step, or None."""
    step = table.get((before, after))
    if step and step.permission is None:  # nobody takes it
        step = None
    steps = [step] if step else [one for (_before, to), one in table.items() if to == after]
    if not any(is_open(one, name) for one in steps):
        return PermissionDenied
    return None if step else InvalidTransition


@pytest.mark.parametrize("model", MACHINES)
def test_each_step_for_each_role(records, people, model):
    day, table = clock.today() - timedelta(days=3), model.TRANSITIONS
    for before in model.State:
        for name, user in people.items():
            possible = {after for after in model.State if (before, after) in table}
            for after in model.State:
                record = copy.copy(records[model])
                record.state = before
                if error := refusal(table, before, after, name):
                    with pytest.raises(error):
                        transition(record, after, by=user, when=day)
                    assert record.state == before
                    continue
                step = transition(record, after, by=user, when=day)
                assert record.state == after
                if step.stamp:
                    assert getattr(record, f"{step.stamp}_by") == user
                    assert getattr(record, f"{step.stamp}_on") == day
            record.state = before
            assert next_states(record, user) == {to for to in possible if is_open(table[before, to], name)}


ACTS = {
    Application: {
        "accepted": lambda one, by: applications.accept(one, cohort=one.cohort, by=by),
        "waiting": lambda one, by: applications.put_on_waiting_list(one, by=by),
        "declined": lambda one, by: applications.decline(one, reason="R", by=by),
        "taken_back": lambda one, by: applications.take_back(one, by=by),
        "enrolled": lambda one, by: cohorts.join(one, by=by),
    },
    Cohort: {
        "open": lambda one, by: cohorts.open_cohort(one, by=by),
        "running": lambda one, by: cohorts.start_cohort(one, by=by),
        "completed": lambda one, by: cohorts.complete_cohort(one, close_rest=True, by=by),
        "cancelled": lambda one, by: cohorts.cancel_cohort(one, reason="R", by=by),
    },
    PardonFile: {
        "sent": lambda one, by: pardon_files.send_pardon_file(one, by=by),
        "refused": lambda one, by: pardon_files.close_pardon_file(one, refused=True, by=by),
        "closed": lambda one, by: pardon_files.close_pardon_file(one, refused=False, note="N", by=by),
    },
}
NEEDED = {  # columns that the constraints ask for in some state
    Application: {"decision_reason": "R"},
    Cohort: {"completed_on": clock.today, "cancelled_on": clock.today, "cancelled_reason": "R"},
    PardonFile: {},
}


@pytest.mark.parametrize(("model", "before"), [(model, state) for model in MACHINES for state in model.State])
def test_each_act_follows_the_table(records, people, model, before):
    record = records[model]
    with rewriting():
        model.objects.filter(pk=record.pk).update(
            state=before, **{name: value() if callable(value) else value for name, value in NEEDED[model].items()}
        )
    record = model.objects.get(pk=record.pk)
    for after, act in ACTS[model].items():
        for name, user in people.items():
            error = refusal(model.TRANSITIONS, before, model.State(after), name)
            step = model.TRANSITIONS.get((before, after))
            if error is not None:
                with pytest.raises(error):
                    act(record, user)
                assert model.objects.get(pk=record.pk).state == before
                continue
            with transaction.atomic():
                act(record, user)
                stored = model.objects.get(pk=record.pk)
                assert stored.state == after
                if step.stamp:
                    assert (stored.decided_by, stored.decided_on) == (user, clock.today())
                transaction.set_rollback(True)
    assert model.objects.get(pk=record.pk).state == before


def test_a_cancelled_round_leaves_the_stamps_of_those_who_had_a_place(records, cohort, coordinator, coordinator2):
    application = records[Application]
    cohorts.cancel_cohort(cohort, reason="No lecturers", by=coordinator2)
    application.refresh_from_db()
    assert (application.state, application.decided_by, application.decided_on) == (
        "waiting",
        coordinator,
        clock.today(),
    )


def test_live_states_are_those_that_something_follows():
    assert live_states(Cohort.TRANSITIONS) == list(Cohort.LIVE) == ["planned", "open", "running"]
    constraint = next(one for one in PardonFile._meta.constraints if one.name == "pardon_file_one_live")
    assert dict(constraint.condition.children)["state__in"] == PardonFile.LIVE == ["preparing", "sent"]


def test_a_stamp_has_its_person_and_its_day(records):
    application = Application.objects.filter(pk=records[Application].pk)
    for rows, half in (
        (application, {"decided_on": None}),
        (application, {"exception_on": clock.today()}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**half)
