"""From assessment to decision: what takes effect, when, and what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import roles
from accounts.models import User
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition, StaleRecord
from facilities.models import Regime
from inmates.classification import in_force
from inmates.classification.actions import assessments, imported_decisions, notices, reviews
from inmates.classification.models import Assessment, Review, TierDecision
from inmates.people.models import Inmate
from tests.factories import also, make_inmate, make_user
from tests.inmates.classification.conftest import decided, finding, findings_for, submitted

pytestmark = pytest.mark.django_db


def test_first_assessment_is_due_14_days_after_admission(inmate):
    assert inmate.next_review_on == inmate.admitted_on + timedelta(days=14)
    assert inmate.tier is None


def test_a_decision_gives_the_tier_and_the_next_review(inmate, review, reviewer, officer):
    decision = reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer)
    inmate.refresh_from_db()
    assert inmate.tier is None  # a first decision counts as stricter than none: it waits for its notice
    notices.serve_notice(decision.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.tier_since) == (2, clock.today())
    assert inmate.next_review_on == clock.today() + timedelta(days=90)
    assert decision.notice.due_on == clock.today() + timedelta(days=3)
    assert decision.assessor_id == review.assessor_id
    assert Event.objects.filter(verb="review.decided", inmate_id=inmate.pk).count() == 1
    assert list(in_force.disagreements()) == []


def test_the_assessor_never_decides(inmate, review, assessor, reviewer):
    both = make_user(roles.REVIEWER, username="both")
    for user in (assessor, make_user(roles.INSPECTOR), make_user(roles.OFFICER)):
        with pytest.raises(PermissionDenied):
            reviews.decide(review, tier=2, reasons="Mine.", by=user)
    also(assessor, roles.REVIEWER)
    assessor.national = True
    assessor.save()
    with pytest.raises(PermissionDenied, match="yourself"):
        reviews.decide(review, tier=2, reasons="Mine.", by=User.objects.get(pk=assessor.pk))
    reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=both)


@pytest.mark.parametrize("reasons", ["", "  \n\t ", "Nineteen characters", "Spaces       count once"[:22]])
def test_no_decision_without_reasons(review, reviewer, reasons):
    with pytest.raises(ValidationError) as refused:
        reviews.decide(review, tier=2, reasons=reasons, by=reviewer)
    assert "reasons" in refused.value.message_dict
    review.refresh_from_db()
    assert review.state == "submitted"


def test_bad_tier_and_backdating_are_refused_at_their_fields(review, reviewer):
    with pytest.raises(ValidationError) as refused:
        reviews.decide(
            review,
            tier=4,
            reasons="As proposed, on the same grounds.",
            effective_on=clock.today() - timedelta(days=1),
            by=reviewer,
        )
    assert set(refused.value.message_dict) == {"tier", "effective_on"}


def test_deciding_twice_changes_nothing(review, reviewer, reviewer2):
    reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer)
    with pytest.raises(InvalidTransition):
        reviews.decide(review, tier=1, reasons="Again.", by=reviewer2)
    assert TierDecision.objects.count() == 1


def test_a_returned_review_is_answered_before_it_is_decided(review, assessor, reviewer):
    with pytest.raises(ValidationError):
        reviews.return_review(review, questions=" ", by=reviewer)
    reviews.return_review(review, questions="Which letters?", by=reviewer)
    with pytest.raises(InvalidTransition):
        reviews.decide(review, tier=2, reasons="x", by=reviewer)
    with pytest.raises(PermissionDenied):
        reviews.resubmit(review, answer="Those of May.", by=reviewer)
    reviews.resubmit(review, answer="Those of May.", by=assessor)
    reviews.decide(review, tier=2, reasons="The questions are answered.", by=reviewer)
    assert TierDecision.objects.get().tier == 2


def test_a_stricter_tier_waits_for_its_notice(inmate, decision, assessor, reviewer, officer):
    stricter = decided(inmate, tier=1, assessor=assessor, reviewer=reviewer)
    inmate.refresh_from_db()
    assert inmate.tier == 2
    assert not TierDecision.objects.in_force_on(clock.today()).filter(pk=stricter.pk).exists()
    with pytest.raises(InvalidTransition, match="notice"):
        decided(inmate, tier=2, assessor=assessor, reviewer=reviewer)
    notices.serve_notice(stricter.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    inmate.refresh_from_db()
    assert inmate.tier == 1
    assert list(in_force.disagreements()) == []


def test_a_written_emergency_does_not_wait(inmate, decision, assessor, reviewer):
    decided(inmate, tier=1, assessor=assessor, reviewer=reviewer, emergency="Attack planned for tonight.")
    inmate.refresh_from_db()
    assert inmate.tier == 1


def test_a_milder_tier_holds_at_once(inmate, decision, assessor, reviewer):
    decided(inmate, tier=3, assessor=assessor, reviewer=reviewer)
    inmate.refresh_from_db()
    assert inmate.tier == 3


def test_a_place_that_no_longer_fits_becomes_a_task(inmate, unit, assessor, reviewer, officer):
    unit.tiers = [0, 3]
    unit.save()
    decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    task = inmate.tasks.open().get(kind="placement")
    assert task.due_on == clock.today() + timedelta(days=7)
    decided(inmate, tier=3, assessor=assessor, reviewer=reviewer)
    assert not inmate.tasks.open().filter(kind="placement").exists()


def test_an_unfinished_assessment_says_what_is_missing(inmate, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    assessments.save_assessment(
        draft,
        findings={"finance": finding("marked", evidence="", source=""), "violence": {"rating": "not_known"}},
        proposed_tier=2,
        by=assessor,
    )
    with pytest.raises(ValidationError) as refused:
        assessments.submit_assessment(draft, by=assessor)
    assert set(refused.value.message_dict) == {"finance_evidence", "finance_source", "reasons", "difference_reason"}
    draft.refresh_from_db()
    assert draft.suggested_tier == 1
    assert draft.submitted_at is None


def test_a_different_proposal_needs_a_reason_and_the_same_one_does_not(inmate, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    common = {"findings": findings_for(1), "reasons": "Found in letters and accounts.", "by": assessor}
    assessments.save_assessment(draft, proposed_tier=2, difference_reason="Old facts, ten quiet years.", **common)
    assert assessments.submit_assessment(draft, by=assessor).assessment.proposed_tier == 2


def test_one_draft_a_person_and_one_window(inmate, prison, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    assert draft.qualification == assessor.qualification
    assert assessments.start_assessment(inmate, by=assessor) == draft
    other = make_user(roles.ASSESSOR, prison)
    with pytest.raises(InvalidTransition):
        assessments.start_assessment(inmate, by=other)
    with pytest.raises(PermissionDenied):
        assessments.save_assessment(draft, findings={}, by=other)
    seen = draft.saved_at
    assessments.save_assessment(draft, findings={}, expected=seen, by=assessor)
    with pytest.raises(StaleRecord):
        assessments.save_assessment(draft, findings={}, expected=seen, by=assessor)


def test_an_assessor_whose_posting_ended_writes_no_more(inmate, prison, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    assessor.postings.update(ends_on=clock.today())
    gone = User.objects.get(pk=assessor.pk)
    for act in (
        lambda: assessments.save_assessment(draft, findings={}, by=gone),
        lambda: assessments.submit_assessment(draft, by=gone),
    ):
        with pytest.raises(PermissionDenied):
            act()
    successor = make_user(roles.ASSESSOR, prison, qualification="Psychologist")
    taken = assessments.start_assessment(inmate, by=successor)
    assert (taken.pk, taken.assessor, taken.qualification) == (draft.pk, successor, "Psychologist")


def test_a_draft_is_given_up_with_a_reason(inmate, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    with pytest.raises(ValidationError):
        assessments.discard_assessment(draft, reason=" ", by=assessor)
    assessments.discard_assessment(draft, reason="Wrong person.", by=assessor)
    assert assessments.start_assessment(inmate, by=assessor) != draft
    assert Assessment.objects.count() == 2


def test_cancelling_needs_a_reason(review, officer, reviewer):
    with pytest.raises(PermissionDenied):
        reviews.cancel_review(review, reason="x", by=officer)
    with pytest.raises(ValidationError):
        reviews.cancel_review(review, reason="", by=reviewer)
    reviews.cancel_review(review, reason="Duplicate.", by=reviewer)
    with pytest.raises(InvalidTransition):
        reviews.cancel_review(review, reason="Again.", by=reviewer)


def test_imported_history_counts_and_still_needs_two_people(inmate, assessor, reviewer):
    day = clock.today() - timedelta(days=100)
    given = {"decided_on": day, "reasons": "Paper file.", "next_review_on": day + timedelta(days=90)}
    with pytest.raises(IntegrityError), transaction.atomic():
        imported_decisions.import_decision(inmate, tier=3, assessor=reviewer, decided_by=reviewer, **given)
    imported_decisions.import_decision(inmate, tier=3, assessor=assessor, decided_by=reviewer, **given)
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.tier_since, inmate.next_review_on) == (3, day, day + timedelta(days=90))


def test_tier_since_is_the_start_of_the_unbroken_stretch(inmate, assessor, reviewer):
    first = clock.today() - timedelta(days=180)
    for days, tier in ((0, 1), (60, 2), (120, 2)):
        day = first + timedelta(days=days)
        imported_decisions.import_decision(
            inmate,
            tier=tier,
            decided_on=day,
            reasons="Paper file.",
            assessor=assessor,
            decided_by=reviewer,
            next_review_on=day + timedelta(days=90),
        )
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.tier_since) == (2, first + timedelta(days=60))


def test_a_review_follows_a_transferred_person(inmate, review, other_prison, reviewer, assessor):
    Inmate.objects.filter(pk=inmate.pk).update(facility=other_prison, unit=other_prison.units.get())
    local = make_user(roles.ASSESSOR, other_prison)
    assert Review.objects.visible_to(local).get() == review
    assert not Review.objects.visible_to(assessor).exists()
    reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer)


def test_no_second_assessment_while_a_review_is_open(inmate, review, assessor):
    with pytest.raises(InvalidTransition):
        assessments.start_assessment(inmate, by=assessor)
    assert not Assessment.objects.drafts().exists()


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_a_first_decision_waits_for_its_notice_or_a_written_emergency(unit, officer, assessor, reviewer, tier):
    waits, rushed = make_inmate(unit, by=officer), make_inmate(unit, by=officer)
    decision = decided(waits, tier=tier, assessor=assessor, reviewer=reviewer)
    decided(rushed, tier=tier, assessor=assessor, reviewer=reviewer, emergency="Attack planned for tonight.")
    waits.refresh_from_db()
    rushed.refresh_from_db()
    assert (waits.tier, rushed.tier) == (None, tier)
    notices.serve_notice(decision.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    waits.refresh_from_db()
    assert (waits.tier, waits.tier_since) == (tier, clock.today())
    assert list(in_force.disagreements()) == []


@pytest.mark.parametrize("tier", [1, 2, 3])
def test_where_nothing_is_known_a_proposal_says_on_what_it_rests(inmate, assessor, tier):
    draft = assessments.start_assessment(inmate, by=assessor)
    given = {
        "findings": {},
        "proposed_tier": tier,
        "reasons": "Nothing is known so far of this person.",
        "by": assessor,
    }
    assessments.save_assessment(draft, **given)
    if tier == 2:
        assert assessments.submit_assessment(draft, by=assessor).state == "submitted"
        return
    with pytest.raises(ValidationError) as refused:
        assessments.submit_assessment(draft, by=assessor)
    assert set(refused.value.message_dict) == {"rests_on"}
    with pytest.raises(IntegrityError, match="says_on_what"), transaction.atomic():
        Assessment.objects.filter(pk=draft.pk).update(submitted_at=clock.now())
    assessments.save_assessment(draft, **given, rests_on="A letter of the service, not yet confirmed.")
    assert assessments.submit_assessment(draft, by=assessor).state == "submitted"


def test_reasons_of_few_words_are_asked_for_again(inmate, assessor):
    draft = assessments.start_assessment(inmate, by=assessor)
    given = {"findings": findings_for(2), "proposed_tier": 2, "by": assessor}
    assessments.save_assessment(draft, reasons="Nineteen characters", **given)
    with pytest.raises(ValidationError, match="at least 20"):
        assessments.submit_assessment(draft, by=assessor)
    assessments.save_assessment(draft, reasons="Twenty characters it", **given)
    assert assessments.submit_assessment(draft, by=assessor)


@pytest.mark.parametrize(("tier", "refusal"), [(1, True), (2, True), (3, False)])
def test_a_charge_alone_grounds_no_tier_of_the_untried(unit, officer, assessor, tier, refusal):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    draft = assessments.start_assessment(untried, by=assessor)
    given = {"proposed_tier": tier, "reasons": "As the prosecution describes it.", "by": assessor}
    charged = finding("marked", established=False, source="Charge")
    assessments.save_assessment(draft, findings={"recruitment": charged}, **given)
    if not refusal:
        assert assessments.submit_assessment(draft, by=assessor)
        return
    with pytest.raises(ValidationError, match="charge alone"):
        assessments.submit_assessment(draft, by=assessor)
    seen = finding("some", evidence="Threatened a cellmate.", source="Register of incidents")
    assessments.save_assessment(draft, findings={"conduct": seen}, **given)
    assert assessments.submit_assessment(draft, by=assessor)


def test_a_decided_review_stays_as_it_was(inmate, unit, prison, officer, assessor, reviewer, client):
    first = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    second = decided(inmate, tier=3, assessor=assessor, reviewer=reviewer, served_by=officer)
    unit.tiers = [1]
    unit.save()
    Regime.objects.update(visits_per_month=9)
    decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    client.force_login(reviewer)
    for decision, before, earlier in ((first, None, []), (second, 2, [first])):
        shown = client.get(reverse("inmates:review", args=[decision.review.uuid])).context
        effects = shown["effects"]
        assert shown["before"] == before
        assert list(shown["history"]) == earlier
        assert [effect["visits"] for effect in effects] == [3, 4, 5]
        assert all(effect["fits"] for effect in effects)
    open_review = submitted(inmate, tier=2, assessor=assessor)
    shown = client.get(reverse("inmates:review", args=[open_review.uuid])).context
    assert [effect.visits for effect in shown["effects"]] == [9, 9, 9]
    assert [effect.fits for effect in shown["effects"]] == [True, False, False]
    assert len(shown["history"]) == 3
