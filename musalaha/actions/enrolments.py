"""Withdrawal, removal and graduation: the ways out of a round.

The earlier unit is restored, and nothing counts against anybody.
"""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import signed_context, trail
from core.sayings import read
from core.workflow import InvalidTransition, ensure, follow, left_to_another, lock
from documents.scans import attach
from inmates.classification.actions.triggers import trigger_review
from inmates.classification.models import Assessment
from inmates.custody.actions import placements
from inmates.custody.placement_rules import placement_objections
from inmates.custody.sayings import OTHER_PRISON
from inmates.people.actions import tasks
from inmates.people.models import Inmate, Task
from musalaha import days
from musalaha.attendance import shortfalls
from musalaha.models import Application, Certificate, Cohort, Enrolment
from musalaha.numbering import certificate_number
from musalaha.sayings import BACK_TO_ROUND, BACK_TO_UNIT, REMOVAL_SET_ASIDE

Outcome = Enrolment.Outcome
RETURN_DAYS = 7
RELATED = ("cohort", "application", "earlier_unit")


def _lock_running(enrolment):
    """The person and the enrolment, locked. Raises InvalidTransition when the part in the round is over."""
    inmate, enrolment = lock(enrolment, "inmate", related=RELATED)
    ensure(enrolment.ended_on is None, _("This person's part in the round is over already."))
    return inmate, enrolment


def _day(enrolment, on):
    """The day of an act, not before the person took part."""
    day = days.given(on)
    if day < enrolment.started_on:
        raise ValidationError({"on": _("Before the person took part.")})
    return day


def end(enrolment, *, outcome, day, reason="", by):
    """End somebody's part in a round and bring them back to the unit they came from.

    A consequence, without a permission check: called by other acts of the programme and by the hooks, in the
    transaction of the act that was permitted.
    """
    enrolment.outcome, enrolment.ended_on, enrolment.outcome_reason = outcome, day, reason
    enrolment.save()
    application = lock(enrolment.application)
    if application.state == Application.State.ENROLLED:
        follow(application, Application.State.CLOSED)
        application.closed_on = day
        application.save()
    if outcome != Outcome.RELEASED:
        _return(enrolment, day, by)


def _return(enrolment, day, by):
    """Restore the earlier unit; where that cannot be, a return task with a date, and no worse regime meanwhile."""
    inmate, unit = Inmate.objects.select_related("unit").get(pk=enrolment.inmate_id), enrolment.earlier_unit
    if not inmate.held or unit is None or inmate.unit_id == unit.pk:
        return
    if inmate.unit_id != enrolment.cohort.unit_id:
        return  # moved elsewhere meanwhile, for reasons of custody
    why = [said for objection in placement_objections(inmate, unit) for said in objection.said]
    try:
        with transaction.atomic():
            if unit.facility_id != inmate.facility_id:
                why = OTHER_PRISON(prison=unit.facility)
                raise InvalidTransition(read(why))
            placements.place_by_another_act(inmate, unit=unit, at=days.moment_of(day, days.EVENING), by=by)
    except (ValidationError, InvalidTransition):
        tasks.raise_task(
            inmate,
            kind=Task.Kind.RETURN_UNIT,
            due_on=day + timedelta(days=RETURN_DAYS),
            said=BACK_TO_UNIT(unit=unit, prison=unit.facility, why=why),
            by=by,
        )


@transaction.atomic
def withdraw(enrolment, *, reason="", on=None, scan=None, by):
    """Record that the participant leaves: at any time, for any reason or none.

    Tier, regime, later rounds and pardon file stay as they are.
    """
    inmate, enrolment = _lock_running(enrolment)
    by.require("musalaha.withdraw", at=inmate.facility)
    end(enrolment, outcome=Outcome.WITHDREW, day=_day(enrolment, on), reason=reason, by=by)
    attach(enrolment, scan, by=by)
    trail.record("enrolment.withdrawn", by=by, inmate=inmate, obj=enrolment)
    return enrolment


@transaction.atomic
def attach_withdrawal_scan(enrolment, *, scan, by):
    """Attach the scan of what somebody signed when they left the round."""
    inmate, enrolment = lock(enrolment, "inmate", related=RELATED)
    by.require("musalaha.withdraw", at=inmate.facility)
    ensure(enrolment.outcome == Outcome.WITHDREW, _("This person did not withdraw."))
    attach(enrolment, scan, by=by)
    trail.record("enrolment.scan_attached", by=by, inmate=inmate, obj=enrolment)
    return enrolment


@transaction.atomic
def propose_removal(enrolment, *, code, reason="", by):
    """Propose that somebody leave, on a coded ground; nothing happens before a second person signs."""
    inmate, enrolment = _lock_running(enrolment)
    by.require("musalaha.propose_removal", at=inmate.facility)
    if code not in Enrolment.Removal.values:
        raise ValidationError({"code": _("Choose a ground.")})
    ensure(not enrolment.removal_code, _("A removal is proposed already."))
    enrolment.removal_code, enrolment.removal_proposed_by, enrolment.removal_reason = code, by, reason
    enrolment.save()
    trail.record("removal.proposed", by=by, inmate=inmate, obj=enrolment, detail={"ground": code})
    return enrolment


@transaction.atomic
def drop_removal(enrolment, *, by):
    """Drop a proposed removal, by the second person or by whoever proposed it: the participant stays."""
    inmate, enrolment = _lock_running(enrolment)
    own = by.pk == enrolment.removal_proposed_by_id
    by.require("musalaha.propose_removal" if own else "musalaha.confirm_removal", at=inmate.facility)
    ensure(enrolment.removal_code, _("No removal is proposed."))
    enrolment.removal_code, enrolment.removal_proposed_by, enrolment.removal_reason = "", None, ""
    enrolment.save()
    trail.record("removal.dropped", by=by, inmate=inmate, obj=enrolment)
    return enrolment


@transaction.atomic
def confirm_removal(enrolment, *, on=None, by):
    """Sign a proposed removal: the participant leaves the round, and is told how to appeal."""
    inmate, enrolment = _lock_running(enrolment)
    by.require("musalaha.confirm_removal", at=inmate.facility)
    ensure(enrolment.removal_code, _("No removal is proposed."))
    own = _("You proposed this removal: somebody else must sign.")
    if refusal := left_to_another(by, enrolment.removal_proposed_by_id, own=own):
        raise InvalidTransition(refusal)
    enrolment.removal_confirmed_by = by
    end(
        enrolment,
        outcome=Outcome.REMOVED,
        day=_day(enrolment, on),
        reason=enrolment.removal_reason,
        by=by,
    )
    trail.record("removal.confirmed", by=by, inmate=inmate, obj=enrolment)
    return enrolment


@transaction.atomic
def appeal_removal(enrolment, *, on=None, by):
    """Record that the person appeals against the removal."""
    inmate, enrolment = lock(enrolment, "inmate", related=RELATED)
    by.require("musalaha.withdraw", at=inmate.facility)
    ensure(enrolment.outcome == Outcome.REMOVED, _("This person was not removed."))
    ensure(enrolment.removal_appealed_on is None, _("An appeal is recorded already."))
    day = days.given(on)
    if day < enrolment.ended_on:
        raise ValidationError({"on": _("Before the removal.")})
    enrolment.removal_appealed_on = day
    enrolment.save()
    trail.record("removal.appealed", by=by, inmate=inmate, obj=enrolment)
    return enrolment


@transaction.atomic
def answer_removal_appeal(enrolment, *, answer, set_aside, on=None, by):
    """Answer an appeal against a removal, as a third person.

    A removal set aside reopens the place while the round runs; afterwards it no longer counts as one.
    """
    cohort, inmate, enrolment = lock(enrolment, "cohort", "inmate", related=RELATED)
    if not by.can("musalaha.manage_rounds", at=inmate.facility):
        by.require("musalaha.confirm_removal", at=inmate.facility)
    ensure(enrolment.removal_appealed_on is not None, _("No appeal is recorded."))
    ensure(enrolment.removal_appeal_answered_by_id is None, _("The appeal was answered already."))
    taken = enrolment.removal_proposed_by_id, enrolment.removal_confirmed_by_id
    if refusal := left_to_another(by, *taken, own=_("Somebody who took no part in the removal must answer.")):
        raise InvalidTransition(refusal)
    if not answer.strip():
        raise ValidationError({"answer": _("Give the reasons of the answer.")})
    enrolment.removal_appeal_answer, enrolment.removal_appeal_answered_by = answer, by
    if set_aside:
        _set_aside(enrolment, cohort, days.given(on))
    enrolment.save()
    trail.record("removal.appeal_answered", by=by, inmate=inmate, obj=enrolment, detail={"set_aside": set_aside})
    return enrolment


def _set_aside(enrolment, cohort, day):
    """Give the place back while the round runs; afterwards turn the removal into "not completed"."""
    inmate = enrolment.inmate
    if cohort.state == Cohort.State.RUNNING and inmate.held and not inmate.applications.live().exists():
        application = lock(enrolment.application)
        follow(application, Application.State.ENROLLED)
        application.closed_on = None
        application.save()
        enrolment.outcome, enrolment.ended_on, enrolment.outcome_reason = "", None, ""
        tasks.raise_task(
            inmate,
            kind=Task.Kind.PLACEMENT,
            due_on=day,
            said=BACK_TO_ROUND(number=cohort.number, unit=cohort.unit),
        )
    else:
        enrolment.outcome = Outcome.NOT_COMPLETED
        enrolment.outcome_reason = REMOVAL_SET_ASIDE.mark


@transaction.atomic
def graduate(enrolment, *, on=None, exceptions="", by):
    """Give a participant who meets the requirements the certificate; a requirement not met needs an exception with its
    reason.

    Graduation grants nothing by itself: it brings the tier review forward and allows a pardon file. Who was released in
    mid-round and finishes outside graduates with the others.
    """
    cohort, inmate, enrolment = lock(enrolment, "cohort", "inmate", related=RELATED)
    outside = enrolment.outcome == Outcome.RELEASED and enrolment.finishes_outside
    ensure(enrolment.ended_on is None or outside, _("This person's part in the round is over already."))
    by.require("musalaha.graduate", at=inmate.facility)
    ensure(cohort.state == Cohort.State.RUNNING, _("This round is not running."))
    day = _day(enrolment, on)
    missing = shortfalls(enrolment, day)
    if missing and not exceptions.strip():
        raise ValidationError(
            {"exceptions": [*missing, _("Give the reason for an exception to graduate all the same.")]}
        )
    enrolment.removal_code, enrolment.removal_proposed_by, enrolment.removal_reason = "", None, ""
    end(enrolment, outcome=Outcome.GRADUATED, day=day, by=by)
    with signed_context.beyond("figures"):
        sequence = Certificate.objects.filter(enrolment__cohort=cohort).count() + 1
    certificate = Certificate.objects.create(
        enrolment=enrolment,
        number=certificate_number(cohort.number, sequence),
        issued_on=day,
        issued_by=by,
        exceptions=exceptions if missing else "",
    )
    if inmate.held:
        trigger_review(inmate, cause=Assessment.Cause.GRADUATION, happened_on=day, by=by)
    trail.record(
        "enrolment.graduated",
        by=by,
        inmate=inmate,
        obj=enrolment,
        detail={"certificate": certificate.number, "exceptions": bool(missing)},
    )
    return certificate


@transaction.atomic
def graduate_everybody(cohort, *, by):
    """Graduate each participant of a round who meets the requirements; the others stay for a decision of their own.

    Returns the certificates, and a sentence for each who could not graduate all the same.
    """
    certificates, refusals = [], []
    running = cohort.enrolments.filter(ended_on=None).select_related("inmate", "cohort").order_by("inmate__sort_key")
    for enrolment in running:
        if shortfalls(enrolment):
            continue
        try:
            certificates.append(graduate(enrolment, by=by))
        except ValidationError as error:
            refusals.append(f"{enrolment.inmate.name}: {' '.join(error.messages)}")
    return certificates, refusals
