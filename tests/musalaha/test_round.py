"""A round from its plan to its end: together or not at all, and nothing counts against those who leave."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from facilities.models import Regime
from inmates.classification.models import ReviewTrigger
from inmates.custody.actions import stays as custody
from inmates.people.models import Inmate, Task
from musalaha.actions import applications, cohorts, pardon_files, sessions
from musalaha.actions import enrolments as enrolment_actions
from musalaha.models import Cohort, Enrolment
from tests import factories


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


def test_a_move_out_of_a_running_round_says_so(running, officer, prison):
    inmate = running.enrolments.first().inmate
    with pytest.raises(ValidationError, match="Takes part in round 3"):
        custody.place(inmate, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError, match="Round 3 runs in this unit"):
        custody.place(factories.make_inmate(prison.units.get(name="B"), by=officer), unit=running.unit, by=officer)


def test_released_in_mid_round_and_finishing_outside(person, apply, cohort, coordinator, officer):
    inmate = person(days_ago=700, years=2)
    applications.accept(apply(inmate, finish_outside=True), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    Inmate.objects.filter(pk=inmate.pk).update(release_on=clock.today())
    custody.release(inmate, ground="term_served", by=officer)
    enrolment = Enrolment.objects.get(inmate=inmate)
    assert (enrolment.outcome, enrolment.finishes_outside, enrolment.application.state) == ("released", True, "closed")
    assert inmate.follow_ups.count() == 6
    with pytest.raises(ValidationError):
        enrolment_actions.graduate(enrolment, by=coordinator)
    enrolment_actions.graduate(enrolment, exceptions="A suivi les séances restantes à l'extérieur.", by=coordinator)
    enrolment.refresh_from_db()
    assert (enrolment.outcome, enrolment.certificate.issued_on) == ("graduated", clock.today())


def test_released_without_the_wish_to_finish_outside_does_not_graduate(person, apply, cohort, coordinator, officer):
    inmate = person(days_ago=700, years=2)
    applications.accept(apply(inmate, finish_outside=True), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    Inmate.objects.filter(pk=inmate.pk).update(release_on=clock.today())
    custody.release(inmate, ground="term_served", by=officer)
    Enrolment.objects.filter(inmate=inmate).update(finishes_outside=False)
    with pytest.raises(InvalidTransition):
        enrolment_actions.graduate(Enrolment.objects.get(inmate=inmate), exceptions="x", by=coordinator)


def refused(field, act, **fields):
    """The act is refused at this field."""
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


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
    type(application).objects.update(asked_on=day)
    custody.place(
        application.inmate,
        unit=cohort.facility.units.get(name="B"),
        at=clock.now() - timedelta(days=1),
        by=factories.make_user(roles.OFFICER, cohort.facility),
    )
    since = timezone.localtime(application.inmate.placements.current().get().during.lower)
    with pytest.raises(ValidationError, match=f"only since {since:%Y-%m-%d %H:%M}"):
        cohorts.start_cohort(cohort, on=day, by=coordinator)


def test_a_round_ends_after_it_began_and_lets_go_of_what_was_to_come(running, accepted, coordinator):
    waiting = accepted()
    future = running.sessions.create(starts_at=clock.now() + timedelta(days=3), strand="rights", title="x")
    past = running.sessions.create(starts_at=clock.now() - timedelta(days=3), strand="rights", title="x")
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
    assert (enrolment.outcome, enrolment.outcome_reason) == ("not_completed", "The removal was set aside on appeal.")
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
