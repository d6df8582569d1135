"""Acts of classification, first half: assess, submit, return, decide. What follows a decision is in `effects.py`,
`notices.py` and `appeals.py`; all of it is offered here under one roof.
"""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.moments import Stale, move, need
from audit import trail
from config import clock
from facilities.models import Tier
from inmates.classification.appeals import decide_appeal, record_appeal, suspend
from inmates.classification.effects import apply_standing, check_effect, next_review_day, open_notice
from inmates.classification.models import Assessment, Finding, Review, ReviewTrigger, TierDecision
from inmates.classification.notices import serve_notice, withhold
from inmates.classification.reactions import (
    end_at_release,
    expect_first_assessment,
    postpone_review,
    review_after_incident,
    trigger_review,
)
from inmates.classification.suggestion import suggest
from inmates.people.models import Inmate

__all__ = [
    "cancel_review",
    "decide",
    "decide_appeal",
    "discard_assessment",
    "end_at_release",
    "expect_first_assessment",
    "import_decision",
    "import_decisions",
    "postpone_review",
    "record_appeal",
    "resubmit",
    "return_review",
    "review_after_incident",
    "save_assessment",
    "serve_notice",
    "start_assessment",
    "submit_assessment",
    "suspend",
    "trigger_review",
    "withhold",
]


def _locked(model, row):
    """The person of `row` and the row itself, both locked, the parent first."""
    inmate = Inmate.objects.select_for_update().get(pk=row.inmate_id)
    return inmate, model.objects.select_for_update().get(pk=row.pk)


def _in_custody(inmate):
    need(inmate.held, _("This person is not in custody: nothing was changed."))


@transaction.atomic
def start_assessment(inmate, *, cause=None, by):
    """Open a draft, or take up one's own again. Without a `cause` the register says why: a trigger, the first, the day.

    A draft of a colleague who no longer assesses here passes to whoever starts next. Raises WrongMoment while a
    colleague's draft or a review is open.
    """
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require("inmates.assess", at=inmate.facility)
    _in_custody(inmate)
    draft = Assessment.objects.drafts().select_related("assessor").filter(inmate=inmate).first()
    if draft is not None:
        if draft.assessor_id == by.pk:
            return draft
        need(
            not draft.assessor.can("inmates.assess", at=inmate.facility),
            _("%(name)s has an assessment of this person in hand.") % {"name": draft.assessor},
        )
        before = draft.assessor.username
        draft.assessor, draft.qualification, draft.saved_at = by, by.qualification, clock.now()
        draft.save()
        trail.record("assessment.taken_over", by=by, inmate=inmate, obj=draft, detail={"from": before})
        return draft
    need(
        not Review.objects.live().filter(inmate=inmate).exists(),
        _("A review of this person is open: it must be decided or cancelled first."),
    )
    draft = Assessment.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        assessor=by,
        qualification=by.qualification,
        cause=cause or _cause(inmate),
    )
    trail.record("assessment.started", by=by, inmate=inmate, obj=draft, detail={"cause": str(draft.cause)})
    return draft


def _cause(inmate):
    """Why the person is assessed now, as far as the register knows."""
    trigger = ReviewTrigger.objects.filter(
        inmate=inmate, answered_by=None, happened_on__gte=inmate.admitted_on
    ).order_by("due_on")
    first = trigger.first()
    if first is not None:
        return first.cause
    decided = TierDecision.objects.filter(inmate=inmate, decided_on__gte=inmate.admitted_on).exists()
    return Assessment.Cause.PERIODIC if decided else Assessment.Cause.FIRST


def _own_draft(assessment, by):
    """The draft, locked, if it is still this assessor's to write."""
    inmate, assessment = _locked(Assessment, assessment)
    by.require("inmates.assess", at=inmate.facility)
    if assessment.assessor_id != by.pk:
        raise PermissionDenied("another's assessment")
    need(assessment.submitted_at is None, _("This assessment was submitted: it can no longer be changed."))
    need(assessment.ended_at is None, _("This assessment was given up."))
    return inmate, assessment


@transaction.atomic
def save_assessment(
    assessment, *, findings, proposed_tier=None, reasons="", difference_reason="", expected=None, window="", by
):
    """Keep a draft as it stands, however unfinished, and work out the suggestion again.

    `findings`: `{domain: {rating, established, evidence, source, observed_on}}`; a domain left out is kept as it was.
    `expected`: the `saved_at` that the writer last saw, in `window`; raises Stale when another window has saved since.
    """
    _inmate, assessment = _own_draft(assessment, by)
    if expected is not None and expected != assessment.saved_at and not (window and window == assessment.saved_in):
        raise Stale
    rows = []
    for domain, given in findings.items():
        if domain not in Finding.Domain.values:
            raise ValidationError(_("There is no domain “%(name)s”.") % {"name": domain})
        values = {
            "rating": given.get("rating") or Finding.Rating.NOT_KNOWN,
            "established": bool(given.get("established")),
            "evidence": given.get("evidence") or "",
            "source": given.get("source") or "",
            "observed_on": given.get("observed_on"),
        }
        if values["rating"] not in Finding.Rating.values:
            raise ValidationError(_("There is no rating “%(name)s”.") % {"name": values["rating"]})
        rows.append(Finding(assessment=assessment, domain=domain, **values))
    Finding.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["assessment", "domain"],
        update_fields=["rating", "established", "evidence", "source", "observed_on"],
    )
    kept = {f.domain: {"rating": f.rating, "established": f.established} for f in assessment.findings.all()}
    suggestion = suggest(kept)
    assessment.suggested_tier, assessment.suggestion = suggestion.tier, suggestion.as_json()
    assessment.proposed_tier = proposed_tier
    assessment.reasons, assessment.difference_reason = reasons, difference_reason
    assessment.saved_at, assessment.saved_in = clock.now(), window
    assessment.save()
    return assessment


@transaction.atomic
def discard_assessment(assessment, *, reason, by):
    """Give a draft up, with a reason; what was written stays in the record."""
    inmate, assessment = _own_draft(assessment, by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the assessment is given up.")})
    assessment.ended_at, assessment.ended_reason = clock.now(), reason.strip()
    assessment.save()
    trail.record("assessment.given_up", by=by, inmate=inmate, obj=assessment)
    return assessment


def unfinished(assessment):
    """What still keeps a draft from being submitted: `{field name of the form: message}`."""
    errors = {}
    today = clock.today()
    for finding in assessment.findings.all():
        if finding.rating == Finding.Rating.NOT_KNOWN:
            continue
        if finding.rating != Finding.Rating.NONE and not finding.evidence.strip():
            errors[f"{finding.domain}_evidence"] = _("Write down the evidence, or rate it as not known.")
        if not finding.source.strip():
            errors[f"{finding.domain}_source"] = _("Say where this is known from.")
        if finding.observed_on is None:
            errors[f"{finding.domain}_observed_on"] = _("Give the day of the evidence.")
        elif finding.observed_on > today:
            errors[f"{finding.domain}_observed_on"] = _("This day lies in the future.")
    if assessment.proposed_tier is None:
        errors["proposed_tier"] = _("Propose a tier.")
    if not assessment.reasons.strip():
        errors["reasons"] = _("Give your reasons.")
    differs = assessment.suggested_tier is not None and assessment.proposed_tier != assessment.suggested_tier
    if differs and assessment.proposed_tier and not assessment.difference_reason.strip():
        errors["difference_reason"] = _("Your proposal is not the suggested tier: say why.")
    return errors


@transaction.atomic
def submit_assessment(assessment, *, by):
    """Hand a finished draft in: it is fixed from now on, and a review is open. ValidationError says what is missing."""
    inmate, assessment = _own_draft(assessment, by)
    _in_custody(inmate)
    need(not Review.objects.live().filter(inmate=inmate).exists(), _("A review of this person is open already."))
    errors = unfinished(assessment)
    if errors:
        raise ValidationError(errors)
    assessment.submitted_at = clock.now()
    assessment.save()
    review = Review.objects.create(
        inmate=inmate, assessment=assessment, assessor=by, submitted_at=assessment.submitted_at
    )
    trail.record(
        "review.submitted",
        by=by,
        inmate=inmate,
        obj=review,
        detail={"proposed": assessment.proposed_tier, "suggested": assessment.suggested_tier},
    )
    return review


def _as_reviewer(inmate, review, by):
    """Refuse whoever may not decide here, the assessor first of all."""
    by.require("inmates.decide_review", at=inmate.facility)
    if review.assessor_id == by.pk:
        raise PermissionDenied("own assessment")


@transaction.atomic
def return_review(review, *, questions, by):
    """Send a review back to its assessor with questions."""
    inmate, review = _locked(Review, review)
    _as_reviewer(inmate, review, by)
    move(review, Review.State.RETURNED)
    if not questions.strip():
        raise ValidationError({"questions": _("Ask the assessor something.")})
    review.questions, review.returned_by, review.answer = questions.strip(), by, ""
    review.save()
    trail.record("review.returned", by=by, inmate=inmate, obj=review)
    return review


@transaction.atomic
def resubmit(review, *, answer, by):
    """The assessor answers the questions; the review waits for a decision again."""
    inmate, review = _locked(Review, review)
    by.require("inmates.assess", at=inmate.facility)
    if review.assessor_id != by.pk:
        raise PermissionDenied("another's review")
    move(review, Review.State.SUBMITTED)
    if not answer.strip():
        raise ValidationError({"answer": _("Answer the questions.")})
    review.answer, review.submitted_at = answer.strip(), clock.now()
    review.save()
    trail.record("review.resubmitted", by=by, inmate=inmate, obj=review)
    return review


@transaction.atomic
def cancel_review(review, *, reason, by):
    """End a review without a decision: by a reviewer, or by its own assessor."""
    inmate, review = _locked(Review, review)
    if not (review.assessor_id == by.pk and by.can("inmates.assess", at=inmate.facility)):
        by.require("inmates.decide_review", at=inmate.facility)
    move(review, Review.State.CANCELLED)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the review is cancelled.")})
    review.cancelled_reason, review.cancelled_by = reason.strip(), by
    review.save()
    trail.record("review.cancelled", by=by, inmate=inmate, obj=review, detail={"reason": review.cancelled_reason})
    return review


@transaction.atomic
def decide(review, *, tier, reasons, effective_on=None, emergency="", by):
    """Give the person a tier. The decider is never the assessor; reasons are the decider's own.

    A stricter tier takes effect when its notice is served, not before `effective_on`, unless `emergency` says in
    writing why it cannot wait. Raises PermissionDenied, WrongMoment or ValidationError.
    """
    inmate, review = _locked(Review, review)
    _as_reviewer(inmate, review, by)
    move(review, Review.State.DECIDED)
    _in_custody(inmate)
    today = clock.today()
    effective_on = effective_on or today
    check_effect(inmate, tier=tier, reasons=reasons, effective_on=effective_on)
    now = clock.now()
    review.decided_by, review.decided_at = by, now
    review.save()
    decision = TierDecision.objects.create(
        inmate=inmate,
        review=review,
        assessor_id=review.assessor_id,
        decided_by=by,
        decided_on=today,
        before=inmate.tier,
        tier=tier,
        effective_on=effective_on,
        next_review_on=next_review_day(tier, today),
        reasons=reasons.strip(),
        emergency=emergency.strip() if inmate.tier is not None and tier < inmate.tier else "",
    )
    known_by = timezone.localdate(review.assessment.submitted_at)
    ReviewTrigger.objects.filter(inmate=inmate, answered_by=None, happened_on__lte=known_by).update(
        answered_by=decision
    )
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


def import_decision(inmate, *, tier, decided_on, reasons, assessor, decided_by, next_review_on, by=None):
    """One decision of a paper file; see `import_decisions`."""
    rows = [
        {
            "inmate": inmate,
            "tier": tier,
            "decided_on": decided_on,
            "reasons": reasons,
            "assessor": assessor,
            "decided_by": decided_by,
            "next_review_on": next_review_on,
        }
    ]
    return import_decisions(rows, by=by)[0]


@transaction.atomic
def import_decisions(rows, *, by=None):
    """Enter decisions of the time before this register, oldest first for each person; no notice is owed for them.

    `rows`: mappings with inmate, tier, decided_on, reasons, assessor, decided_by, next_review_on; `before` if known.
    Still two people, still reasons: the database refuses anything else.
    """
    rows = list(rows)
    if any(row["tier"] not in Tier.values for row in rows):
        raise ValidationError({"tier": _("Choose one of the three tiers.")})
    before = {}
    decisions = []
    for row in rows:
        inmate = row["inmate"]
        decisions.append(
            TierDecision(
                inmate=inmate,
                origin=TierDecision.Origin.IMPORT,
                assessor=row["assessor"],
                decided_by=row["decided_by"],
                decided_on=row["decided_on"],
                effective_on=row["decided_on"],
                before=row.get("before", before.get(inmate.pk)),
                tier=row["tier"],
                reasons=row["reasons"],
                next_review_on=row["next_review_on"],
            )
        )
        before[inmate.pk] = row["tier"]
    decisions = TierDecision.objects.bulk_create(decisions, batch_size=1000)
    for pk in before:
        apply_standing(Inmate.objects.select_for_update().get(pk=pk), by=by, quiet=True)
    trail.record("decisions.imported", by=by, detail={"count": len(decisions)})
    return decisions
