"""The assessor's acts: begin, save, discard and submit an assessment."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.fields import kept_tokens
from core.workflow import StaleRecord, ensure, lock, say_more
from inmates.classification.models import Assessment, Finding, Review, ReviewTrigger, TierDecision
from inmates.classification.suggestion import RISKS, suggest

DANGERS = (*RISKS, Finding.Domain.CONDUCT)


@transaction.atomic
def start_assessment(inmate, *, cause=None, by):
    """Open a draft, or take up one's own again. Without a `cause` the register says why: a trigger, the first, the day.

    A draft of a colleague who no longer assesses here passes to whoever starts next. Raises InvalidTransition while a
    colleague's draft or a review is open.
    """
    inmate = lock(inmate)
    by.require("inmates.assess", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    draft = Assessment.objects.drafts().select_related("assessor").filter(inmate=inmate).first()
    if draft is not None:
        if draft.assessor_id == by.pk:
            return draft
        ensure(
            not draft.assessor.can("inmates.assess", at=inmate.facility),
            _("%(name)s has an assessment of this person in hand.") % {"name": draft.assessor},
        )
        before = draft.assessor.username
        draft.assessor, draft.qualification, draft.saved_at = by, by.qualification, clock.now()
        draft.save()
        trail.record("assessment.taken_over", by=by, inmate=inmate, obj=draft, detail={"from": before})
        return draft
    ensure(
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
    triggers = ReviewTrigger.objects.open().filter(inmate=inmate, happened_on__gte=inmate.admitted_on)
    first = triggers.order_by("due_on").first()
    if first is not None:
        return first.cause
    decided = TierDecision.objects.filter(admission__in=inmate.admissions.open()).exists()
    return Assessment.Cause.PERIODIC if decided else Assessment.Cause.FIRST


def _own_draft(assessment, by):
    """The draft, locked, if it is still this assessor's to write."""
    inmate, assessment = lock(assessment, "inmate")
    by.require("inmates.assess", at=inmate.facility)
    if assessment.assessor_id != by.pk:
        raise PermissionDenied("another's assessment")
    ensure(assessment.submitted_at is None, _("This assessment was submitted: it can no longer be changed."))
    ensure(assessment.ended_at is None, _("This assessment was given up."))
    return inmate, assessment


@transaction.atomic
def save_assessment(
    assessment,
    *,
    findings,
    proposed_tier=None,
    reasons="",
    difference_reason="",
    rests_on="",
    expected=None,
    window="",
    by,
):
    """Keep a draft as it stands, however unfinished, and work out the suggestion again.

    `findings`: `{domain: {rating, established, evidence, source, observed_on}}`; a domain left out is kept as it was.
    `expected`: the `saved_at` that the writer last saw, in `window`; raises StaleRecord when another window has saved since.
    """
    _inmate, assessment = _own_draft(assessment, by)
    if expected is not None and expected != assessment.saved_at and not (window and window == assessment.saved_in):
        raise StaleRecord
    rows, before = [], {finding.domain: finding for finding in assessment.findings.all()}
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
        values = kept_tokens(before.get(domain), values)
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
    assessment.reasons, assessment.difference_reason, assessment.rests_on = reasons, difference_reason, rests_on
    assessment.nothing_known = all(value["rating"] == Finding.Rating.NOT_KNOWN for value in kept.values())
    assessment.tool_version = Assessment.TOOL_VERSION
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
    elif message := say_more(assessment.reasons):
        errors["reasons"] = message
    if assessment.nothing_known and assessment.proposed_tier in (1, 3) and not assessment.rests_on.strip():
        errors["rests_on"] = _("Nothing is known in any domain: say on what this proposal rests.")
    if assessment.proposed_tier in (1, 2) and _only_alleged(assessment):
        errors["proposed_tier"] = _(
            "Not finally convicted, and nothing is established by conduct in custody: a charge alone grounds no tier 1 or 2."
        )
    differs = assessment.suggested_tier is not None and assessment.proposed_tier != assessment.suggested_tier
    if differs and assessment.proposed_tier and not assessment.difference_reason.strip():
        errors["difference_reason"] = _("Your proposal is not the suggested tier: say why.")
    return errors


def _only_alleged(assessment):
    """Whether dangers are seen in somebody not finally convicted, and not one of them is established: charges alone."""
    if not assessment.inmate.role_is_alleged:
        return False
    dangers = [finding for finding in assessment.findings.all() if finding.domain in DANGERS and finding.seen]
    return bool(dangers) and not any(finding.established for finding in dangers)


@transaction.atomic
def submit_assessment(assessment, *, by):
    """Hand a finished draft in: it is fixed from now on, and a review is open. ValidationError says what is missing."""
    inmate, assessment = _own_draft(assessment, by)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    ensure(not Review.objects.live().filter(inmate=inmate).exists(), _("A review of this person is open already."))
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
