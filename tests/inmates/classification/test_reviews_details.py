"""Reviews and notices in detail: what an act gives back and keeps, and from which day a tier counts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.classification import in_force
from inmates.classification.actions import notices, reviews
from inmates.classification.models import Review, TierDecision
from inmates.people.models import Inmate
from tests.inmates.classification.conftest import decided

pytestmark = pytest.mark.django_db


def test_an_answer_is_kept_and_waits_anew(inmate, review, assessor, reviewer, settings):
    reviews.return_review(review, questions=" Which letters? ", by=reviewer)
    asked = Review.objects.get()
    assert (asked.questions, asked.returned_by, asked.answer) == ("Which letters?", reviewer, "")
    with pytest.raises(ValidationError):
        reviews.resubmit(review, answer=" ", by=assessor)
    given = reviews.resubmit(review, answer=" Those of May. ", by=assessor)
    assert (given.pk, given.state, given.answer) == (review.pk, "submitted", "Those of May.")
    answered = Review.objects.get()
    assert (answered.answer, answered.questions) == ("Those of May.", "Which letters?")
    assert answered.submitted_at > review.submitted_at
    verbs = Event.objects.filter(inmate_id=inmate.pk, verb__startswith="review.").order_by("pk")
    assert list(verbs.values_list("verb", "actor_id")) == [
        ("review.submitted", assessor.pk),
        ("review.returned", reviewer.pk),
        ("review.resubmitted", assessor.pk),
    ]


def test_a_cancelled_review_says_why_and_by_whom(inmate, review, assessor):
    ended = reviews.cancel_review(review, reason=" Twice. ", by=assessor)
    assert (ended.pk, ended.state) == (review.pk, "cancelled")
    kept = Review.objects.get()
    assert (kept.cancelled_reason, kept.cancelled_by) == ("Twice.", assessor)
    assert Event.objects.get(verb="review.cancelled", inmate_id=inmate.pk).detail == {"reason": "Twice."}


def test_nobody_is_classified_while_out_of_custody(inmate, review, reviewer):
    Inmate.objects.filter(pk=inmate.pk).update(status=Inmate.Status.RELEASED)
    with pytest.raises(InvalidTransition, match="not in custody"):
        reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer)
    assert not TierDecision.objects.exists()
    Inmate.objects.filter(pk=inmate.pk).update(status=Inmate.Status.IN_CUSTODY)
    assert reviews.decide(review, tier=2, reasons="As proposed, on the same grounds.", by=reviewer).tier == 2


@pytest.mark.parametrize(
    ("emergency", "planned_in", "counts_from"),
    [("", 0, 3), ("", 3, 3), ("", 5, 5), ("Attack planned for tonight.", 0, 0)],
)
def test_a_stricter_tier_counts_from_its_notice_unless_it_was_planned_later_or_could_not_wait(
    inmate, decision, assessor, reviewer, officer, settings, emergency, planned_in, counts_from
):
    decided_on = clock.today()
    stricter = decided(
        inmate,
        tier=1,
        assessor=assessor,
        reviewer=reviewer,
        emergency=emergency,
        effective_on=decided_on + timedelta(days=planned_in),
    )
    settings.TODAY = served_on = decided_on + timedelta(days=3)
    given = {"how": "read", "language": "ar", "by": officer}
    notices.serve_notice(stricter.notice, served_on=served_on, **given)
    with pytest.raises(InvalidTransition, match="served already"):
        notices.serve_notice(stricter.notice, served_on=served_on, **given)
    stricter.refresh_from_db()
    day = decided_on + timedelta(days=counts_from)
    assert stricter.effective_on == day
    assert (in_force.standing(inmate, day).tier, in_force.standing(inmate, day).tier_since) == (1, day)
    assert Event.objects.filter(verb="notice.served", inmate_id=inmate.pk).count() == 2


def test_a_milder_tier_counts_from_its_decision_whenever_it_is_told(
    inmate, decision, assessor, reviewer, officer, settings
):
    milder = decided(inmate, tier=3, assessor=assessor, reviewer=reviewer)
    settings.TODAY = milder.decided_on + timedelta(days=3)
    notices.serve_notice(milder.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    milder.refresh_from_db()
    assert milder.effective_on == milder.decided_on
