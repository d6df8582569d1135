"""A round from its plan to its end: together or not at all, and nothing counts against those who leave."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

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
