"""Steps of the separate system: proposed by one, decided by another, told, reviewed with the tier; what the database refuses."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from importlib import import_module
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, connections, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition, next_states
from inmates.classification.actions import reviews
from inmates.custody.actions import admissions
from inmates.custody.actions.releases import release
from inmates.custody.models import Admission, DetentionOrder
from inmates.duplicates.actions import merges
from inmates.people.actions import corrections
from inmates.people.models import Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import Case
from inmates.separate import daily, in_force
from inmates.separate.actions import appeals, leaving, steps
from inmates.separate.models import GroundReview, SeparateStep
from musalaha.aftercare.models import FollowUp
from tests import factories
from tests.inmates.classification.conftest import submitted
from tests.inmates.custody.test_taken_back import take_back
from tests.inmates.separate.conftest import WHY, decided, proposed
from tests.matrix.transitions import check_step
from tests.security.statements import copied, every, refused


def tasks(inmate):
    return set(inmate.tasks.open().values_list("kind", flat=True))


def red(user=None):
    return set(in_force.without_ground(Inmate.objects.all()).values_list("pk", flat=True))


# Two people


def test_one_proposes_and_another_decides(inmate, officer, director):
    assert red() == {inmate.pk}
    step = proposed(inmate, by=officer)
    assert red() == {inmate.pk}  # proposed is no ground
    with pytest.raises(PermissionDenied):
        steps.decide(step, by=officer)
    step = steps.decide(step, by=director)
    assert (step.state, step.effective_on, step.decided_by) == ("decided", clock.today(), director)
    assert step.notice_due_on == clock.today() + timedelta(days=3)
    assert red() == set()
    assert in_force.standing(inmate) == step


def test_nobody_decides_what_they_proposed_whatever_roles_they_hold(inmate, officer):
    both = factories.also(officer, roles.DIRECTOR)
    step = proposed(inmate, by=both)
    with pytest.raises(PermissionDenied):
        steps.decide(step, by=both)
    with pytest.raises(PermissionDenied):
        steps.refuse(step, answer=WHY, by=both)
    with pytest.raises(IntegrityError), transaction.atomic():
        SeparateStep.objects.filter(pk=step.pk).update(
            state="decided", decided_by=both, decided_on=clock.today(), effective_on=clock.today()
        )


def test_every_step_from_every_state_by_every_user(
    inmate, officer, officer_too, officer2, director, director2, reviewer, assessor, inspector
):
    step = proposed(inmate, by=officer)
    taken = 0
    for state in SeparateStep.State.values:
        step.state = state
        for to in SeparateStep.State.values:
            for user in (officer, officer_too, officer2, director, director2, reviewer, assessor, inspector):
                step.state = state
                if state == "proposed":
                    taken += check_step(step, to, user)
                else:
                    assert to not in next_states(step, user)
    assert taken == 3  # the director decides or refuses, the proposer withdraws


def test_a_ground_is_named_and_radicalisation_has_its_report(inmate, officer, director):
    for ground, reasons in (("", ""), ("suspicion", WHY), ("radicalised", ""), ("radicalised", "He prays.")):
        with pytest.raises(ValidationError):
            steps.propose(inmate, ground=ground, reasons=reasons, by=officer)
    step = steps.propose(inmate, ground="radicalised", reasons=WHY, by=officer)
    with pytest.raises(ValidationError):
        steps.decide(step, by=director)  # what no court said, the decider gives reasons for
    assert steps.decide(step, answer=WHY, by=director).ground == "radicalised"


def test_a_decision_is_not_backdated(inmate, officer, director):
    step = proposed(inmate, by=officer)
    with pytest.raises(ValidationError):
        steps.decide(step, effective_on=clock.today() - timedelta(days=1), by=director)
    later = clock.today() + timedelta(days=3)
    steps.decide(step, effective_on=later, by=director)
    assert red() == {inmate.pk}  # until then nothing holds
    assert SeparateStep.objects.counting(later).exists()


def test_one_step_waits_at_a_time_and_is_withdrawn_by_its_proposer(inmate, officer, officer_too):
    step = proposed(inmate, by=officer)
    with pytest.raises(InvalidTransition):
        proposed(inmate, by=officer_too)
    with pytest.raises(PermissionDenied):
        steps.withdraw(step, by=officer_too)
    steps.withdraw(step, by=officer)
    with pytest.raises(InvalidTransition):
        steps.withdraw(step, by=officer)
    proposed(inmate, by=officer_too)


def test_a_refusal_takes_reasons(inmate, officer, director):
    step = proposed(inmate, by=officer)
    with pytest.raises(ValidationError):
        steps.refuse(step, answer="No.", by=director)
    assert steps.refuse(step, answer=WHY, by=director).state == "refused"
    with pytest.raises(InvalidTransition):
        steps.decide(step, by=director)


def test_other_prisons_propose_and_decide_nothing(inmate, officer, officer2, director2):
    with pytest.raises(PermissionDenied):
        proposed(inmate, by=officer2)
    step = proposed(inmate, by=officer)
    with pytest.raises(PermissionDenied):
        steps.decide(step, by=director2)


def test_several_are_decided_at_once_where_the_offences_say_so(inmate, unit, officer, director, terrorism):
    other = factories.make_inmate(unit, by=officer)
    inmate.cases.get().offences.add(terrorism)
    sure, unsure = proposed(inmate, by=officer), proposed(other, by=officer)
    with pytest.raises(ValidationError):
        steps.decide_many([sure, unsure], by=director)
    assert SeparateStep.objects.filter(state="decided").count() == 0  # all or none
    with pytest.raises(PermissionDenied):
        steps.decide_many([sure], by=officer)
    assert [step.pk for step in steps.decide_many([sure], by=director)] == [sure.pk]


# Told


def test_the_person_is_told_once_and_in_a_language_of_theirs(inmate, officer, director):
    Inmate.objects.filter(pk=inmate.pk).update(languages=["tamazight"])
    step = decided(inmate, officer=officer, director=director)
    told = {"served_on": clock.today(), "how": "handed", "language": "ar"}
    with pytest.raises(ValidationError) as refusal:
        steps.serve(step, **told, by=officer)
    assert set(refusal.value.message_dict) == {"interpreter"}
    with pytest.raises(PermissionDenied):
        steps.serve(step, **told, interpreter="Fadma", by=director)
    step = steps.serve(step, **told, interpreter="Fadma", refused_to_sign=True, by=officer)
    assert step.refused_to_sign
    with pytest.raises(InvalidTransition):
        steps.serve(step, **told, interpreter="Fadma", by=officer)


# Charges that change


def test_a_charge_changed_to_an_ordinary_one_raises_a_task(inmate, officer, director, terrorism, forgery):
    case = inmate.cases.get()
    case.offences.add(terrorism)
    assert in_force.by_the_offences(inmate) == "conviction"
    decided(inmate, officer=officer, director=director)
    assert steps.check_charges(Inmate.objects.get(pk=inmate.pk)) is None
    case.offences.set([forgery])
    assert daily.run()["charges_changed"] == 1
    assert tasks(inmate) == {Task.Kind.SEPARATE_GROUND}
    assert daily.run()["charges_changed"] == 0  # asked once
    assert red() == set()  # the ground falls by a decision, not by itself
    with pytest.raises(ValidationError):
        proposed(inmate, by=officer)
    decided(inmate, officer=officer, director=director, ground="changed")
    assert tasks(inmate) == {Task.Kind.SEPARATE_EXIT}
    assert red() == {inmate.pk}


def test_the_end_of_the_case_of_terrorism_is_asked_about_at_once(unit, officer, director, terrorism, forgery):
    inmate = factories.make_inmate(unit, by=officer, legal_status="remand")
    inmate.cases.get().offences.add(terrorism)
    decided(inmate, officer=officer, director=director, ground="charge")
    other = sentences.open_case(inmate, court="Rabat", number="360/1", offences=[forgery], on_remand=True, by=officer)
    assert tasks(inmate) == set()
    case = inmate.cases.exclude(pk=other.pk).get()
    sentences.close_case(case, state=Case.State.DROPPED, on=clock.today(), reference="Non-lieu 7", by=officer)
    assert tasks(inmate) == {Task.Kind.SEPARATE_GROUND}


def test_a_case_without_offences_says_nothing(inmate, officer, director):
    decided(inmate, officer=officer, director=director)
    assert in_force.still_stands(inmate, "conviction") is None
    assert in_force.still_stands(inmate, "radicalised") is None
    assert daily.run()["charges_changed"] == 0


# Exit


def test_an_exit_names_its_cause_and_its_prison_and_allows_the_transfer(inmate, officer, director):
    with pytest.raises(InvalidTransition):
        proposed(inmate, ground="gone", by=officer)  # nothing holds yet
    decided(inmate, officer=officer, director=director)
    for wrong in ({"destination": ""}, {"reasons": "Yes."}):
        with pytest.raises(ValidationError):
            proposed(inmate, ground="gone", by=officer, **wrong)
    with pytest.raises(InvalidTransition):
        leaving.leave(inmate, by=officer)
    step = decided(inmate, officer=officer, director=director, ground="gone", served_by=officer)
    assert step.destination == "Aïn Borja"
    with pytest.raises(PermissionDenied):
        leaving.leave(inmate, by=factories.make_user(roles.ASSESSOR, inmate.facility))
    stay = leaving.leave(inmate, by=officer)
    assert (stay.ground, stay.left_for) == ("ordinary", "Aïn Borja")
    assert Inmate.objects.get(pk=inmate.pk).status == Inmate.Status.RELEASED
    assert tasks(inmate) == set()
    assert not FollowUp.objects.filter(admission=stay).exists()  # custody goes on: no contact after a release


def test_nobody_goes_to_an_ordinary_prison_by_a_plain_release(inmate, officer):
    with pytest.raises(ValidationError):
        release(inmate, ground="ordinary", by=officer)
    with pytest.raises(ValidationError):
        release(inmate, ground="judicial", reference="Ord. 1", left_for="Aïn Borja", by=officer)
    with pytest.raises(IntegrityError):
        release(inmate, ground="ordinary", left_for="Aïn Borja", by=officer)


def test_on_remand_somebody_stays_on_remand_elsewhere(unit, officer, director):
    inmate = factories.make_inmate(unit, by=officer, legal_status="remand")
    decided(inmate, officer=officer, director=director, ground="charge")
    decided(inmate, officer=officer, director=director, ground="gone")
    leaving.leave(inmate, by=officer)
    assert inmate.cases.get().on_remand


# With the tier


def test_the_reviewer_says_with_the_tier_whether_the_ground_stands(inmate, officer, director, assessor, reviewer):
    decided(inmate, officer=officer, director=director)
    review = submitted(inmate, assessor=assessor)
    given = {"tier": 2, "reasons": "As proposed, on the same grounds."}
    with pytest.raises(ValidationError) as refusal:
        reviews.decide(review, **given, by=reviewer)
    assert set(refusal.value.message_dict) == {"ground_stands"}
    reviews.decide(review, **given, ground_stands=False, by=reviewer)
    found = GroundReview.objects.get()
    assert (found.stands, found.reviewed_by) == (False, reviewer)
    assert Task.Kind.SEPARATE_GROUND in tasks(inmate)


# Without a ground


def test_who_is_held_without_a_ground_is_told_of_in_time(inmate, officer, director, unit):
    fresh = factories.make_inmate(unit, by=officer, days_ago=3)
    assert daily.run()["without_ground"] == 2
    assert daily.run()["without_ground"] == 0
    told = inmate.alerts.filter(kind="no_separate_ground")
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert set(fresh.alerts.values_list("audience", flat=True)) == {"prison"}  # the national office a week later
    decided(inmate, officer=officer, director=director)
    newest = factories.make_inmate(unit, by=officer, days_ago=2)
    assert daily.run()["without_ground"] == 0
    assert not newest.alerts.exists()


# What the register brought along


def test_a_ground_is_derived_where_an_offence_of_terrorism_is_on_record_and_nowhere_else(
    inmate, unit, officer, terrorism, forgery
):
    charged, ordinary = (
        factories.make_inmate(unit, by=officer, legal_status="remand"),
        factories.make_inmate(unit, by=officer),
    )
    inmate.cases.get().offences.add(terrorism, forgery)
    charged.cases.get().offences.add(terrorism)
    ordinary.cases.get().offences.add(forgery)
    with connection.cursor() as cursor:
        cursor.execute(import_module("inmates.migrations.0072_grounds_on_record").GROUNDS)
        cursor.execute(import_module("inmates.migrations.0072_grounds_on_record").GROUNDS)
    given = dict(SeparateStep.objects.values_list("inmate", "ground"))
    assert given == {inmate.pk: "conviction", charged.pk: "charge"}
    assert red() == {ordinary.pk}
    with pytest.raises(InvalidTransition):  # nothing is to be told of what was taken over
        steps.serve(inmate.separate_steps.get(), served_on=clock.today(), how="read", language="ar", by=officer)


# The database


def test_sql_with_the_rights_of_the_application_is_refused(inmate, unit, officer, officer_too, director, reviewer):
    waits = proposed(factories.make_inmate(unit, by=officer), by=officer)
    step = decided(inmate, officer=officer, director=director, served_by=officer)
    stay = Admission.objects.get(inmate=inmate)
    steps_, today = "inmates_separatestep", "current_date"
    values = {
        "waits": waits.pk, "step": step.pk, "other": officer_too.pk, "director": director.pk, "stay": stay.pk,
        "person": waits.inmate_id,
    }  # fmt: skip
    decide = f"decided_on = {today}, effective_on = {today}, notice_due_on = {today}"
    statements = [
        f"UPDATE {steps_} SET state = 'decided', {decide}, decided_by_id = proposed_by_id WHERE id = %(waits)s",
        f"UPDATE {steps_} SET state = 'decided', {decide} WHERE id = %(waits)s",
        f"UPDATE {steps_} SET ground = 'radicalised' WHERE id = %(waits)s",
        f"UPDATE {steps_} SET proposed_by_id = %(other)s WHERE id = %(waits)s",
        f"UPDATE {steps_} SET state = 'proposed' WHERE id = %(step)s",
        f"UPDATE {steps_} SET decided_by_id = %(other)s WHERE id = %(step)s",
        f"UPDATE {steps_} SET effective_on = effective_on - 1 WHERE id = %(step)s",
        f"UPDATE {steps_} SET served_on = NULL, served_by_id = NULL WHERE id = %(step)s",
        f"UPDATE {steps_} SET quashed_on = {today} WHERE id = %(step)s",
        f"UPDATE {steps_} SET inmate_id = %(person)s WHERE id = %(step)s",
        f"DELETE FROM {steps_} WHERE id = %(step)s",
        copied(steps_, step.pk),
        "UPDATE inmates_admission SET ground = 'ordinary', left_for = 'Aïn Borja', released_at = now(),"
        " released_by_id = %(other)s WHERE id = %(stay)s",
    ]
    assert every(statements, **values) == []
    lawful = f"UPDATE {steps_} SET state = 'decided', {decide}, decided_by_id = %(director)s WHERE id = %(waits)s"
    assert not refused(lawful, director, **values)


@pytest.mark.django_db(transaction=True)
def test_two_directors_at_once_decide_once(prison, unit, officer, director):
    inmate = factories.make_inmate(unit, by=officer)
    other = factories.make_user(roles.DIRECTOR, prison, username="director-too")
    step = proposed(inmate, by=officer)
    start = Barrier(2)

    def act(user):
        try:
            start.wait(10)
            steps.decide(step, by=user)
            return "decided"
        except InvalidTransition:
            return "late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, [director, other])) == ["decided", "late"]


@pytest.mark.django_db(transaction=True)
def test_leaving_and_the_answer_that_quashes_the_exit_do_not_pass_each_other(
    prison, unit, officer, director, appeals_officer
):
    inmate = factories.make_inmate(unit, by=officer)
    decided(inmate, officer=officer, director=director)
    step = decided(inmate, officer=officer, director=director, ground="gone", served_by=officer)
    appeal = appeals.record(step, made_on=clock.today(), grounds="I want to stay near my family.", by=officer)
    start = Barrier(2)

    def act(what):
        try:
            start.wait(10)
            if what == "leave":
                leaving.leave(inmate, by=officer)
            else:
                appeals.answer(appeal, outcome="quashed", reasons=WHY, by=appeals_officer)
            return what
        except InvalidTransition:
            return "late"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        done = sorted(pool.map(act, ["leave", "quash"]))
    assert done in (["late", "leave"], ["late", "quash"])


def test_what_waited_when_a_stay_ended_waits_no_longer(inmate, unit, officer, director):
    left = proposed(inmate, by=officer)
    release(inmate, ground="judicial", reference="Ord. 1", by=officer)
    with pytest.raises(InvalidTransition):
        steps.decide(left, by=director)
    assert not SeparateStep.objects.waiting().exists()
    order = DetentionOrder(kind="judgment", authority="Rabat", reference="J 2", issued_on=clock.today())
    admissions.admit(
        Inmate.objects.get(pk=inmate.pk),
        unit=unit,
        order=order,
        legal_status="convicted_final",
        registration_number="R-2",
        admitted_at=clock.now(),
        by=officer,
    )
    again = proposed(Inmate.objects.get(pk=inmate.pk), by=officer)
    assert again.admission_id != left.admission_id
    assert steps.decide(again, by=director).state == "decided"


def test_a_transfer_out_entered_by_mistake_is_taken_back_and_the_exit_still_stands(inmate, officer, director):
    decided(inmate, officer=officer, director=director)
    step = decided(inmate, officer=officer, director=director, ground="gone")
    stay = leaving.leave(inmate, by=officer)
    corrections.confirm(take_back("release", stay, officer), by=director)
    stay.refresh_from_db()
    assert (stay.ground, stay.left_for, stay.released_at) == ("", "", None)
    inmate.refresh_from_db()
    assert inmate.held
    assert in_force.standing(inmate) == step
    assert leaving.leave(inmate, by=officer).left_for == "Aïn Borja"


def test_two_records_made_one_keep_their_steps(inmate, unit, officer, director):
    decided(inmate, officer=officer, director=director)
    gone = factories.make_inmate(unit, by=officer, days_ago=900)
    proposed(gone, by=officer)
    release(gone, ground="judicial", reference="Ord. 1", at=factories.ago(500), by=officer)
    merges.approve(merges.propose(inmate, gone, reason="The same fingerprints.", by=officer), by=director)
    assert inmate.separate_steps.count() == 2
    assert red() == set()
