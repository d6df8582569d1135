"""Proposing a step, deciding it, telling the person of it."""

from datetime import timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock, say_more, transition
from inmates.custody.models import SeparateGround
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Task
from inmates.people.telling import language_for, why_not_told
from inmates.separate import in_force, sayings
from inmates.separate.models import GroundReview, SeparateStep

Kind, State = SeparateStep.Kind, SeparateStep.State
TRUSTED_TO_THE_OFFENCES = (
    SeparateGround.CHARGE,
    SeparateGround.CONVICTION,
)  # what a court says needs no reasons of ours


@transaction.atomic
def propose(inmate, *, ground, reasons="", destination="", by):
    """Propose that somebody belongs in the separate system on a ground, or leaves it for a cause and for an ordinary prison.

    Radicalisation and exits take reasons, an exit the name of the prison. Raises InvalidTransition while a step waits, or for
    an exit of somebody whom no ground holds.
    """
    inmate = lock(inmate)
    by.require("inmates.propose_separate", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    ensure(
        not inmate.separate_steps.waiting().exists(),
        _("A step of this person waits for a decision already."),
    )
    leaves, reasons, destination = ground in SeparateStep.Cause.values, reasons.strip(), destination.strip()
    errors = {}
    if not leaves and ground not in SeparateGround.values:
        errors["ground"] = _("Choose a ground.")
    if ground not in TRUSTED_TO_THE_OFFENCES and (message := say_more(reasons)):
        errors["reasons"] = message
    if leaves and not destination:
        errors["destination"] = _("Name the ordinary prison.")
    if not leaves and ground in TRUSTED_TO_THE_OFFENCES and in_force.still_stands(inmate, ground) is False:
        errors["ground"] = _("No offence of terrorism is recorded: record it on the case first.")
    if errors:
        raise ValidationError(errors)
    if leaves:
        now = in_force.standing(inmate)
        ensure(now is not None and now.kind == Kind.IN, _("No ground holds this person in the separate system."))
    step = SeparateStep.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        kind=Kind.OUT if leaves else Kind.IN,
        ground=ground,
        reasons=reasons,
        destination=destination if leaves else "",
        proposed_by=by,
    )
    trail.record("separate.proposed", by=by, inmate=inmate, obj=step, detail={"step": step.kind})
    return step


@transaction.atomic
def decide(step, *, effective_on=None, answer="", by):
    """Decide a step: from `effective_on` (today) on it counts. The decider is never the proposer.

    An exit and a ground of radicalisation take reasons of the decider's own. The person is to be told within three days; an exit
    asks for the transfer. Raises PermissionDenied, InvalidTransition or ValidationError.
    """
    inmate, step = lock(step, "inmate")
    transition(step, State.DECIDED, by=by)
    _of_the_stay(inmate, step)
    today, answer = clock.today(), answer.strip()
    step.effective_on = effective_on or today
    errors = {}
    if step.effective_on < today:
        errors["effective_on"] = _("A decision cannot take effect before the day it is made.")
    if step.ground not in TRUSTED_TO_THE_OFFENCES and (message := say_more(answer)):
        errors["answer"] = message
    if errors:
        raise ValidationError(errors)
    step.answer, step.language = answer, language_for(inmate)
    step.notice_due_on = today + timedelta(days=settings.POLICY["notice_days"])
    step.save()
    detail = {"step": step.kind, "effective": step.effective_on.isoformat()}
    trail.record("separate.decided", by=by, inmate=inmate, obj=step, detail=detail)
    asked = [Task.Kind.SEPARATE_GROUND, *([Task.Kind.SEPARATE_EXIT] if step.kind == Kind.IN else [])]
    for task in inmate.tasks.open().filter(kind__in=asked):
        task.done_at, task.done_by, task.done_note = clock.now(), by, sayings.DECIDED.mark
        task.save()
    if step.kind == Kind.OUT:
        due_on = step.effective_on + timedelta(days=settings.POLICY["separate_exit_days"])
        said = sayings.GOES_TO(prison=step.destination)
        raise_task(inmate, kind=Task.Kind.SEPARATE_EXIT, due_on=due_on, said=said, by=by)
    return step


@transaction.atomic
def decide_many(steps, *, by):
    """Decide several admissions at once, all or none: those alone whose ground a recorded offence bears.

    Raises what `decide` raises, ValidationError for a step that is to be read by itself.
    """
    decided = []
    for step in sorted(steps, key=lambda step: (step.inmate_id, step.pk)):  # people are locked in one order
        if step.ground not in TRUSTED_TO_THE_OFFENCES or not in_force.still_stands(step.inmate, step.ground):
            raise ValidationError(_("%(name)s: this one is to be read by itself.") % {"name": step.inmate.name})
        decided.append(decide(step, by=by))
    return decided


@transaction.atomic
def refuse(step, *, answer, by):
    """Do not follow a proposal, with reasons. Raises PermissionDenied for the proposer."""
    inmate, step = lock(step, "inmate")
    transition(step, State.REFUSED, by=by)
    _of_the_stay(inmate, step)
    if message := say_more(answer):
        raise ValidationError({"answer": message})
    step.answer = answer.strip()
    step.save()
    trail.record("separate.refused", by=by, inmate=inmate, obj=step, detail={"step": step.kind})
    return step


@transaction.atomic
def withdraw(step, *, by):
    """Take back what one proposed oneself."""
    inmate, step = lock(step, "inmate")
    if step.proposed_by_id != by.pk:
        raise PermissionDenied(_("Whoever proposed it withdraws it."))
    transition(step, State.WITHDRAWN, by=by)
    step.save()
    trail.record("separate.withdrawn", by=by, inmate=inmate, obj=step, detail={"step": step.kind})
    return step


@transaction.atomic
def serve(step, *, served_on, how, language, interpreter="", refused_to_sign=False, by):
    """Record that the person was told of a decision. Raises InvalidTransition the second time."""
    inmate, step = lock(step, "inmate")
    by.require("inmates.serve_notice", at=inmate.facility)
    ensure(
        step.state == State.DECIDED and step.origin == SeparateStep.Origin.PROPOSAL, _("Nothing is to be told of it.")
    )
    ensure(step.served_on is None, _("The notice was served already."))
    _of_the_stay(inmate, step)
    errors = why_not_told(
        inmate,
        decided_on=step.decided_on,
        served_on=served_on,
        how=how,
        language=language,
        interpreter=interpreter,
    )
    if errors:
        raise ValidationError(errors)
    step.served_on, step.served_by, step.how, step.language = served_on, by, how, language
    step.interpreter, step.refused_to_sign = interpreter.strip(), refused_to_sign
    step.save()
    trail.record("separate.served", by=by, inmate=inmate, obj=step, detail={"how": how, "language": language})
    return step


@transaction.atomic
def review_ground(inmate, *, stands, by):
    """Keep what whoever decides the tier of the (locked) person finds of the ground; gone, a task asks for the exit.

    Raises InvalidTransition where no ground holds.
    """
    step = in_force.standing(inmate)
    ensure(step is not None and step.kind == Kind.IN, _("No ground holds this person in the separate system."))
    review = GroundReview.objects.create(step=step, stands=stands, reviewed_by=by)
    trail.record("separate.reviewed", by=by, inmate=inmate, obj=step, detail={"stands": stands})
    if not stands:
        ask_for_the_ground(inmate, sayings.FOUND_GONE(), by=by)
    return review


def ask_for_the_ground(inmate, said, *, by=None):
    """A task to settle on what ground somebody is held in the separate system, or that they leave it."""
    due_on = clock.today() + timedelta(days=settings.POLICY["separate_ground_days"])
    return raise_task(inmate, kind=Task.Kind.SEPARATE_GROUND, due_on=due_on, said=said, by=by)


def check_charges(inmate, *, by=None):
    """Ask what becomes of somebody whose charge or conviction is no longer one of terrorism; returns the task, or None."""
    step = in_force.standing(inmate) if inmate.held else None
    if step is None or step.kind == Kind.OUT or in_force.still_stands(inmate, step.ground) is not False:
        return None
    return ask_for_the_ground(inmate, sayings.CHARGE_CHANGED(), by=by)


def _of_the_stay(inmate, step):
    ensure(inmate.held, _("This person is not in custody: nothing was changed."))
    ensure(step.admission.released_at is None, _("This decision was made during a stay that has ended."))
