"""The reviewer's acts: decide, return, cancel; and the assessor's answer to questions."""

from dataclasses import asdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock, transition
from inmates.classification import in_force
from inmates.classification.actions.effects import apply_standing, check_effect, open_notice
from inmates.classification.models import Review, ReviewTrigger, TierDecision
from inmates.classification.review_days import next_review_day
from inmates.classification.tier_effects import effects
from inmates.separate import in_force as separate
from inmates.separate.actions.steps import review_ground


@transaction.atomic
def return_review(review, *, questions, by):
    """Send a review back to its assessor with questions."""
    inmate, review = lock(review, "inmate")
    transition(review, Review.State.RETURNED, by=by)
    if not questions.strip():
        raise ValidationError({"questions": _("Ask the assessor something.")})
    review.questions, review.returned_by, review.answer = questions.strip(), by, ""
    review.save()
    trail.record("review.returned", by=by, inmate=inmate, obj=review)
    return review


@transaction.atomic
def resubmit(review, *, answer, by):
    """The assessor answers the questions; the review waits for a decision again."""
    inmate, review = lock(review, "inmate")
    transition(review, Review.State.SUBMITTED, by=by)
    if not answer.strip():
        raise ValidationError({"answer": _("Answer the questions.")})
    review.answer, review.submitted_at = answer.strip(), clock.now()
    review.save()
    trail.record("review.resubmitted", by=by, inmate=inmate, obj=review)
    return review


@transaction.atomic
def cancel_review(review, *, reason, by):
    """End a review without a decision: by a reviewer, or by its own assessor."""
    inmate, review = lock(review, "inmate")
    transition(review, Review.State.CANCELLED, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the review is cancelled.")})
    review.cancelled_reason, review.cancelled_by = reason.strip(), by
    review.save()
    trail.record("review.cancelled", by=by, inmate=inmate, obj=review, detail={"reason": review.cancelled_reason})
    return review


@transaction.atomic
def decide(review, *, tier, reasons, effective_on=None, emergency="", ground_stands=None, by):
    """Give the person a tier. The decider is never the assessor; reasons are the decider's own.

    A stricter tier, and a first one, takes effect when its notice is served, not before `effective_on`, unless
    `emergency` says in writing why it cannot wait. Where a ground holds the person in the separate system, the decider says
    with the tier whether it still stands (`ground_stands`). What each tier meant is kept with the review as it was. Raises
    PermissionDenied, InvalidTransition or ValidationError.
    """
    inmate, review = lock(review, "inmate")
    transition(review, Review.State.DECIDED, by=by)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    today = clock.today()
    effective_on = effective_on or today
    check_effect(inmate, tier=tier, reasons=reasons, effective_on=effective_on)
    ground = separate.standing(inmate)
    if ground is not None and ground.kind == ground.Kind.IN:
        if ground_stands is None:
            raise ValidationError({"ground_stands": _("Say whether the ground still stands.")})
        review_ground(inmate, stands=ground_stands, by=by)
    before = in_force.standing(inmate).tier
    review.effects_then = [asdict(effect) for effect in effects(inmate)]
    review.save()
    decision = TierDecision.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        review=review,
        assessor_id=review.assessor_id,
        decided_by=by,
        decided_on=today,
        before=before,
        tier=tier,
        effective_on=effective_on,
        next_review_on=next_review_day(tier, today),
        reasons=reasons.strip(),
        emergency=emergency.strip() if before is None or tier < before else "",
    )
    known_by = timezone.localdate(review.assessment.submitted_at)
    ReviewTrigger.objects.open().filter(inmate=inmate, happened_on__lte=known_by).update(answered_by=decision)
    open_notice(decision, inmate)
    trail.record(
        "review.decided",
        by=by,
        inmate=inmate,
        obj=review,
        detail={"from": decision.before, "to": tier, "effective": effective_on.isoformat()},
    )
    apply_standing(inmate, by=by)
    return decision
