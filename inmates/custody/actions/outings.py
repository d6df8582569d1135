"""Out and back: court, hospital, and those who did not come back. The placement stays, save after an escape."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.custody import sayings
from inmates.custody.actions.legal_status import change_legal_status
from inmates.custody.actions.placements import end_placement, open_placement
from inmates.custody.actions.unlawful_custody import tell_if_free
from inmates.custody.models import Outing
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences

PLANNED_KINDS = (Outing.Kind.COURT, Outing.Kind.HOSPITAL, Outing.Kind.OTHER)


@transaction.atomic
def plan(inmate, *, kind, planned_on, place, case=None, by):
    """Plan an outing for a day: a production in court, a hospital appointment."""
    inmate = lock(inmate)
    by.require("inmates.record_outing", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    if kind not in PLANNED_KINDS:
        raise ValidationError({"kind": _("This kind of temporary absence is not planned here.")})
    if planned_on < clock.today():
        raise ValidationError({"planned_on": _("This day is past.")})
    if case is not None and case.inmate_id != inmate.pk:
        raise ValidationError({"case": _("This case is another person's.")})
    outing = Outing.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        facility=inmate.facility,
        kind=kind,
        planned_on=planned_on,
        place=place,
        case=case,
        recorded_by=by,
    )
    trail.record("outing.planned", by=by, inmate=inmate, obj=outing, detail={"kind": kind})
    return outing


@transaction.atomic
def leave(outing, *, at=None, due_back_at=None, by):
    """The person has left the prison and is expected back."""
    inmate, outing = lock(outing, "inmate")
    by.require("inmates.record_outing", at=inmate.facility)
    at = at or clock.now()
    ensure(outing.left_at is None and not outing.cancelled_reason, _("This absence is not waiting any longer."))
    ensure(inmate.held, _("This person is not in custody."))
    ensure(not inmate.outings.out().exists(), _("This person is out already."))
    if at > clock.now():
        raise ValidationError({"at": _("This moment lies in the future.")})
    if due_back_at and due_back_at <= at:
        raise ValidationError({"due_back_at": _("Back before leaving: check the times.")})
    outing.left_at, outing.due_back_at = at, due_back_at
    outing.save()
    trail.record("outing.left", by=by, inmate=inmate, obj=outing, detail={"kind": outing.kind})
    return outing


@transaction.atomic
def back(outing, *, at=None, outcome="", legal_status="", by):
    """The person is back. What a hearing decided may change the legal status from that day on."""
    inmate, outing = lock(outing, "inmate")
    by.require("inmates.record_outing", at=inmate.facility)
    at = at or clock.now()
    ensure(outing.left_at is not None and outing.back_at is None, _("This person is not out."))
    ensure(outing.kind != Outing.Kind.TRANSFER, _("A transfer ends with its arrival."))
    ensure(outing.kind != Outing.Kind.ESCAPE, _("Record the return with a place."))
    if not outing.left_at < at <= clock.now():
        raise ValidationError({"at": _("The moment lies after the leaving, and not in the future.")})
    outing.back_at, outing.outcome = at, outcome
    outing.save()
    trail.record("outing.back", by=by, inmate=inmate, obj=outing)
    if legal_status and legal_status != inmate.legal_status:
        change_legal_status(inmate, status=legal_status, on=clock.today(), by=by)
    return outing


@transaction.atomic
def cancel(outing, *, reason, by):
    """Take a planned outing off the list, with the reason."""
    inmate, outing = lock(outing, "inmate")
    by.require("inmates.record_outing", at=inmate.facility)
    ensure(outing.left_at is None and not outing.cancelled_reason, _("This absence is not waiting any longer."))
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    outing.cancelled_reason = reason
    outing.save()
    trail.record("outing.cancelled", by=by, inmate=inmate, obj=outing)
    return outing


@transaction.atomic
def record_escape(inmate, *, account, at=None, by):
    """The person escaped, or did not come back: on the register still, but not held. The place becomes free."""
    inmate = lock(inmate)
    by.require("inmates.record_outing", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    at = at or clock.now()
    if at > clock.now():
        raise ValidationError({"at": _("This moment lies in the future.")})
    if not account.strip():
        raise ValidationError({"account": _("Say what happened.")})
    for outing in inmate.outings.select_for_update().out():
        ensure(outing.kind != Outing.Kind.TRANSFER, _("The person is on the road: record the arrival first."))
        ensure(outing.left_at < at, _("The person left later than that."))
        outing.back_at, outing.outcome = at, sayings.DID_NOT_COME_BACK.mark
        outing.save()
    end_placement(inmate, at=at)
    outing = Outing.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        facility=inmate.facility,
        kind=Outing.Kind.ESCAPE,
        left_at=at,
        outcome=account[:200],
        recorded_by=by,
    )
    inmate.status, inmate.unit = Inmate.Status.ABSENT, None
    inmate.save()
    trail.record("inmate.escaped", by=by, inmate=inmate, obj=outing)
    return outing


@transaction.atomic
def record_return(inmate, *, unit, at=None, exception_reason="", exception_until=None, by):
    """An absent person is held again, in a unit of the same prison; the stay goes on."""
    inmate = lock(inmate)
    by.require("inmates.record_outing", at=inmate.facility)
    ensure(inmate.status == Inmate.Status.ABSENT, _("This person is not absent."))
    ensure(unit.facility_id == inmate.facility_id, _("The unit is in another prison: use a transfer."))
    at = at or clock.now()
    outing = inmate.outings.select_for_update().get(kind=Outing.Kind.ESCAPE, back_at=None)
    if not outing.left_at < at <= clock.now():
        raise ValidationError({"at": _("The moment lies after the leaving, and not in the future.")})
    outing.back_at = at
    outing.save()
    inmate.status = Inmate.Status.IN_CUSTODY
    open_placement(
        inmate,
        outing.admission,
        unit,
        at=at,
        reason=sayings.RETURNED.mark,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    trail.record("inmate.returned", by=by, inmate=inmate, obj=outing)
    away, back = timezone.localdate(outing.left_at), timezone.localdate(at)
    sentences.interrupt(inmate, first_day=away, day_after_last=back, by=by)
    tell_if_free(Inmate.objects.get(pk=inmate.pk), by=by)  # what held may have ended meanwhile
    return outing
