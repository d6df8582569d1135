"""The person's appeal against a step, answered by a third: neither the proposer nor the decider, in the database too."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock, say_more
from inmates.people.models import Task
from inmates.separate import sayings
from inmates.separate.actions.steps import ask_for_the_ground
from inmates.separate.models import SeparateAppeal, SeparateStep

Kind, Outcome = SeparateStep.Kind, SeparateAppeal.Outcome

# Who answers: exits may follow a graduation, of which reviewers never learn.
ANSWERED_BY = {Kind.IN: "inmates.decide_appeal", Kind.OUT: "inmates.answer_exit_appeal"}


def last_day(step):
    """The last day on which an appeal is in time, or None before service."""
    return step.served_on and step.served_on + timedelta(days=settings.POLICY["appeal_days"])


def why_not_appealable(step):
    """Why no appeal can be recorded now, in words; empty when one can."""
    if last_day(step) is None:
        return _("The notice has not been served yet: the time for an appeal starts with it.")
    if SeparateAppeal.objects.filter(step=step).exists():
        return _("An appeal against this decision is recorded already.")
    if not step.inmate.held or step.admission.released_at is not None:
        return _("This decision was made during a stay that has ended.")
    return ""


@transaction.atomic
def record(step, *, made_on, grounds, signed=True, witness="", late_reason="", by):
    """Record the person's appeal, in their words, signed or before a witness.

    After the fifteenth day from service it is admitted with a reason only. Raises InvalidTransition before service.
    """
    inmate, step = lock(step, "inmate")
    by.require("inmates.record_appeal", at=inmate.facility)
    obstacle = why_not_appealable(step)
    ensure(not obstacle, obstacle)
    late = made_on > last_day(step)
    errors = {}
    if made_on > clock.today():
        errors["made_on"] = _("This day lies in the future.")
    elif made_on < step.served_on:
        errors["made_on"] = _("This day lies before the notice was served.")
    elif late and not late_reason.strip():
        errors["late_reason"] = _("The time for an appeal is over: say why this one is admitted all the same.")
    if not grounds.strip():
        errors["grounds"] = _("Write down what the person says.")
    if not signed and not witness.strip():
        errors["witness"] = _("Without a signature a witness is needed.")
    if errors:
        raise ValidationError(errors)
    appeal = SeparateAppeal.objects.create(
        step=step,
        proposer_id=step.proposed_by_id,
        decider_id=step.decided_by_id,
        made_on=made_on,
        grounds=grounds.strip(),
        signed=signed,
        witness=witness.strip(),
        late_reason=late_reason.strip() if late else "",
        recorded_by=by,
        due_on=made_on + timedelta(days=settings.POLICY["appeal_answer_days"]),
    )
    trail.record("separate.appealed", by=by, inmate=inmate, obj=step)
    return appeal


@transaction.atomic
def answer(appeal, *, outcome, reasons, by):
    """Answer an appeal: the step is upheld, or quashed from today on.

    Without the ground somebody is on the list of those without one, and a task asks what becomes of them; with an exit that
    is quashed the ground of before counts again.
    """
    step = appeal.step
    inmate, step = lock(step, "inmate")
    appeal = lock(appeal)
    by.require(ANSWERED_BY[step.kind], at=inmate.facility)
    if by.pk in (appeal.proposer_id, appeal.decider_id):
        raise PermissionDenied("own decision")
    ensure(appeal.outcome == "", _("This appeal was answered already: nothing was changed."))
    ensure(inmate.held and step.admission.released_at is None, _("This person is not in custody: nothing was changed."))
    errors = {}
    if outcome not in Outcome.values:
        errors["outcome"] = _("Choose an answer.")
    if message := say_more(reasons):
        errors["reasons"] = message
    if errors:
        raise ValidationError(errors)
    today = clock.today()
    appeal.outcome, appeal.reasons, appeal.decided_by, appeal.decided_on = outcome, reasons.strip(), by, today
    appeal.save()
    if outcome == Outcome.QUASHED:
        step.quashed_on = max(today, step.effective_on)
        step.save()
        if step.kind == Kind.IN:
            ask_for_the_ground(inmate, sayings.QUASHED(), by=by)
        else:
            for task in inmate.tasks.open().filter(kind=Task.Kind.SEPARATE_EXIT):
                task.done_at, task.done_by, task.done_note = clock.now(), by, sayings.DECIDED.mark
                task.save()
    trail.record("separate.appeal_answered", by=by, inmate=inmate, obj=step, detail={"outcome": str(outcome)})
    return appeal
