"""The person's appeal, answered by a third: neither the assessor nor the decider, in the database too."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock, say_more
from inmates.classification import in_force
from inmates.classification.actions.effects import apply_standing, open_notice
from inmates.classification.actions.triggers import trigger_review
from inmates.classification.models import Appeal, Assessment, TierDecision
from inmates.classification.review_days import next_review_day


def last_day(decision):
    """The last day on which an appeal is in time, or None before service."""
    notice = getattr(decision, "notice", None)
    if notice is None or notice.served_on is None:
        return None
    return notice.served_on + timedelta(days=settings.POLICY["appeal_days"])


def why_not_appealable(decision):
    """Why no appeal can be recorded now, in words; empty when one can."""
    if decision.origin == TierDecision.Origin.APPEAL:
        return _("The answer to an appeal is final within the service; the judge, CNDH and a lawyer remain.")
    if last_day(decision) is None:
        return _("The notice has not been served yet: the time for an appeal starts with it.")
    if Appeal.objects.filter(decision=decision).exists():
        return _("An appeal against this decision is recorded already.")
    if not decision.inmate.held:
        return _("This person is not in custody.")
    if decision.admission.released_at is not None:
        return _("This decision was made during a stay that has ended.")
    return ""


@transaction.atomic
def record_appeal(decision, *, made_on, grounds, signed=True, witness="", late_reason="", document=None, by):
    """Record the person's appeal, in their words, signed or before a witness.

    After the fifteenth day from service it is admitted with a reason only. Raises InvalidTransition before service.
    """
    inmate, decision = lock(decision, "inmate")
    by.require("inmates.record_appeal", at=inmate.facility)
    obstacle = why_not_appealable(decision)
    ensure(not obstacle, obstacle)
    errors = {}
    if made_on > clock.today():
        errors["made_on"] = _("This day lies in the future.")
    elif made_on < decision.notice.served_on:
        errors["made_on"] = _("This day lies before the notice was served.")
    elif made_on > last_day(decision) and not late_reason.strip():
        errors["late_reason"] = _("The time for an appeal is over: say why this one is admitted all the same.")
    if not grounds.strip():
        errors["grounds"] = _("Write down what the person says.")
    if not signed and not witness.strip():
        errors["witness"] = _("Without a signature a witness is needed.")
    if errors:
        raise ValidationError(errors)
    appeal = Appeal.objects.create(
        inmate=inmate,
        decision=decision,
        assessor_id=decision.assessor_id,
        decider_id=decision.decided_by_id,
        made_on=made_on,
        grounds=grounds.strip(),
        signed=signed,
        witness=witness.strip(),
        late_reason=late_reason.strip() if made_on > last_day(decision) else "",
        document=document,
        recorded_by=by,
        due_on=made_on + timedelta(days=settings.POLICY["appeal_answer_days"]),
    )
    trail.record("appeal.recorded", by=by, inmate=inmate, obj=appeal)
    return appeal


def _as_third(appeal, by):
    """Person, decision and open appeal, locked, for a third person only."""
    inmate, decision, appeal = lock(appeal, "inmate", "decision")
    by.require("inmates.decide_appeal", at=inmate.facility)
    if by.pk in (appeal.assessor_id, appeal.decider_id):
        raise PermissionDenied("own decision")
    ensure(appeal.outcome == "", _("This appeal was answered already: nothing was changed."))
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    return inmate, decision, appeal


@transaction.atomic
def suspend(appeal, *, by):
    """Put the decision on hold until the answer: the tier before it is in force meanwhile."""
    inmate, decision, appeal = _as_third(appeal, by)
    ensure(decision.suspended_on is None, _("The decision is suspended already."))
    decision.suspended_on, decision.suspended_by = clock.today(), by
    decision.save()
    trail.record("decision.suspended", by=by, inmate=inmate, obj=decision)
    apply_standing(inmate, by=by)
    return appeal


@transaction.atomic
def decide_appeal(appeal, *, outcome, reasons, tier=None, by):
    """Answer an appeal: uphold, change (a new decision, never a stricter tier), or send back for a new assessment."""
    inmate, decision, appeal = _as_third(appeal, by)
    errors = {}
    if outcome not in (Appeal.Outcome.UPHELD, Appeal.Outcome.CHANGED, Appeal.Outcome.SENT_BACK):
        errors["outcome"] = _("Choose an answer.")
    if not reasons.strip():
        errors["reasons"] = _("An answer needs written reasons.")
    elif message := say_more(reasons):
        errors["reasons"] = message
    if outcome == Appeal.Outcome.CHANGED:
        if tier not in (1, 2, 3) or tier == decision.tier:
            errors["tier"] = _("Choose another tier than the one appealed against.")
        elif tier < decision.tier:
            errors["tier"] = _("An appeal never makes things worse: choose a less strict tier, or send it back.")
    if errors:
        raise ValidationError(errors)
    today = clock.today()
    if outcome == Appeal.Outcome.UPHELD:
        if decision.suspended_on is not None:
            decision.resumed_on = today
    elif outcome == Appeal.Outcome.CHANGED:
        if decision.effective_on > today and decision.suspended_on is None:
            decision.suspended_on, decision.suspended_by = today, by
        appeal.new_decision = TierDecision.objects.create(
            inmate=inmate,
            admission_id=decision.admission_id,
            origin=TierDecision.Origin.APPEAL,
            assessor_id=decision.assessor_id,
            decided_by=by,
            decided_on=today,
            before=in_force.standing(inmate).tier or decision.tier,  # where a first decision is suspended, none stands
            tier=tier,
            effective_on=today,
            next_review_on=next_review_day(tier, today),
            reasons=reasons.strip(),
        )
        open_notice(appeal.new_decision, inmate)
    decision.save()
    appeal.outcome, appeal.reasons, appeal.decided_by, appeal.decided_on = outcome, reasons.strip(), by, today
    appeal.save()
    trail.record("appeal.decided", by=by, inmate=inmate, obj=appeal, detail={"outcome": str(outcome), "tier": tier})
    if outcome == Appeal.Outcome.SENT_BACK:
        trigger_review(inmate, cause=Assessment.Cause.APPEAL, by=by)
    else:
        apply_standing(inmate, by=by)
    return appeal
