"""Admission, placement and release: the three acts that say where a person is and until when."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.moments import WrongMoment, need
from audit import trail
from config import clock
from facilities.models import Unit
from inmates.custody import hooks
from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, Placement, RegistrationNumber, Task
from inmates.custody.rules import misfits
from inmates.people.models import Inmate
from inmates.sentences.actions import recompute
from inmates.sentences.models import Case


@transaction.atomic
def admit(
    inmate,
    *,
    unit,
    order,
    legal_status,
    registration_number,
    admitted_at,
    exception_reason="",
    exception_until=None,
    by,
):
    """Admit a stored person on a detention order (an unsaved `DetentionOrder`) into a unit.

    A valid order is enough: a full or unfitting place needs a reason and an end, but never refuses. Raises
    ValidationError on bad data, WrongMoment when the person is in custody already.
    """
    facility = unit.facility
    by.require("inmates.admit", at=facility)
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    need(not inmate.admissions.open().exists(), _("This person is in custody already: use a transfer."))
    if admitted_at > clock.now():
        raise ValidationError({"admitted_at": _("The admission lies in the future.")})
    if inmate.birth_date and inmate.birth_date >= timezone.localdate(admitted_at):
        raise ValidationError({"birth_date": _("Born after the admission.")})
    if RegistrationNumber.objects.filter(facility=facility, number=registration_number).exists():
        raise ValidationError({"registration_number": _("This number is already used in this prison.")})
    order.inmate = inmate
    order.full_clean()
    order.save()
    admission = Admission(inmate=inmate, facility=facility, order=order, admitted_at=admitted_at, admitted_by=by)
    admission.full_clean()
    admission.save()
    admitted_on = timezone.localdate(admitted_at)
    number = RegistrationNumber(
        facility=facility, number=registration_number, inmate=inmate, admission=admission, given_on=admitted_on
    )
    number.full_clean()
    number.save()
    LegalStatusPeriod.objects.create(admission=admission, inmate=inmate, status=legal_status, starts_on=admitted_on)
    inmate.status = Inmate.Status.IN_CUSTODY
    inmate.legal_status = legal_status
    inmate.registration_number = registration_number
    inmate.admitted_on = admitted_on
    inmate.facility = facility
    _put(
        inmate,
        admission,
        unit,
        at=admitted_at,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    trail.record(
        "inmate.admitted", by=by, inmate=inmate, obj=admission, detail={"order": order.kind, "unit": unit.name}
    )
    recompute(inmate, cause="admission", by=by)
    return admission


def _put(inmate, admission, unit, *, at, reason="", exception_reason="", exception_until=None, by):
    """Close the running placement and open one in `unit`, counted under the unit's lock. Returns the placement."""
    unit = Unit.objects.select_for_update().select_related("facility").get(pk=unit.pk)
    against = misfits(inmate, unit)
    if against and not (exception_reason.strip() and exception_until):
        raise ValidationError(
            {
                "unit": [misfit.text for misfit in against]
                + [_("Give a reason and an end date to place the person here all the same.")]
            }
        )
    if against and exception_until <= clock.today():
        raise ValidationError({"exception_until": _("The end of the exception must lie in the future.")})
    running = Placement.objects.current().filter(inmate=inmate).first()
    if running is not None:
        running.during = DateTimeTZRange(running.during.lower, at, "[)")
        running.save()
    placement = Placement.objects.create(
        admission=admission,
        inmate=inmate,
        facility=unit.facility,
        unit=unit,
        during=DateTimeTZRange(at, None, "[)"),
        reason=reason,
        exceptions=[misfit.code for misfit in against],
        exception_reason=exception_reason if against else "",
        exception_until=exception_until if against else None,
        placed_by=by,
    )
    inmate.facility, inmate.unit = unit.facility, unit
    inmate.save()
    return placement


@transaction.atomic
def place(
    inmate, *, unit, reason="", exception_reason="", exception_until=None, at=None, by, permission="inmates.place"
):
    """Move a person inside their prison, from `at` (now) on. Raises ValidationError when rules stand against it."""
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require(permission, at=inmate.facility)
    admission = inmate.admissions.open().first()
    need(admission is not None, _("This person is not in custody."))
    need(unit.facility_id == inmate.facility_id, _("The unit is in another prison: use a transfer."))
    need(unit.pk != inmate.unit_id, _("The person is in this unit already."))
    before = inmate.unit.name
    placement = _put(
        inmate,
        admission,
        unit,
        at=at or clock.now(),
        reason=reason,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    trail.record(
        "inmate.moved",
        by=by,
        inmate=inmate,
        obj=placement,
        detail={"from": before, "to": unit.name, "exceptions": placement.exceptions},
    )
    return placement


@transaction.atomic
def change_legal_status(inmate, *, status, on, by, permission="inmates.manage_sentences"):
    """Record on what ground the person is held from `on`. On the day of an earlier change it replaces that change."""
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require(permission, at=inmate.facility)
    admission = inmate.admissions.open().first()
    need(admission is not None, _("This person is not in custody."))
    current = admission.legal_statuses.get(ends_on=None)
    if current.status == status:
        return current
    need(current.starts_on <= on <= clock.today(), _("The day must lie between the last change and today."))
    if current.starts_on == on:
        current.status = status
        current.save()
        period = current
    else:
        current.ends_on = on
        current.save()
        period = LegalStatusPeriod.objects.create(admission=admission, inmate=inmate, status=status, starts_on=on)
    before, inmate.legal_status = inmate.legal_status, status
    inmate.save(update_fields=["legal_status"])
    trail.record("legal_status.changed", by=by, inmate=inmate, obj=period, detail={"from": before, "to": status})
    return period


def still_held_by(inmate, *, day=None):
    """What holds a person besides a served or pardoned sentence, as texts: other orders, remand in a case, sentences that run on."""
    day = day or clock.today()
    texts = []
    for case in Case.objects.filter(inmate=inmate, state=Case.State.OPEN, on_remand=True):
        texts.append(_("On remand in case %(number)s.") % {"number": case.number or "—"})
    if inmate.release_basis in (Inmate.ReleaseBasis.LIFE, Inmate.ReleaseBasis.DEATH, Inmate.ReleaseBasis.UNSETTLED):
        texts.append(inmate.get_release_basis_display())
    elif inmate.release_on and inmate.release_on > day:
        texts.append(_("A sentence runs until %(date)s.") % {"date": inmate.release_on.isoformat()})
    orders = inmate.detention_orders.filter(lifted_on=None).filter(Q(expires_on=None) | Q(expires_on__gte=day))
    for order in orders.exclude(kind__in=[DetentionOrder.Kind.JUDGMENT, DetentionOrder.Kind.REGISTER]):
        if order.case_id is None or order.case.state == Case.State.OPEN or order.kind == DetentionOrder.Kind.CIVIL:
            texts.append(_("Detention order %(reference)s still holds.") % {"reference": order.reference})
    return texts


# Grounds that end custody by themselves, whatever sentence is left.
GROUNDS_BEFORE_TERM = {
    Admission.Ground.PROVISIONAL,
    Admission.Ground.CONDITIONAL,
    Admission.Ground.ABROAD,
    Admission.Ground.DEATH,
    Admission.Ground.ACQUITTAL,
}


@transaction.atomic
def release(inmate, *, ground, reference="", at=None, by):
    """End a stay in custody on a ground. Raises WrongMoment while something else still holds the person.

    Rooms above are told through `hooks.after_release`, in the same transaction.
    """
    inmate = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require("inmates.release", at=inmate.facility)
    admission = Admission.objects.select_for_update().filter(inmate=inmate, released_at=None).first()
    need(admission is not None, _("This person is not in custody: nothing was changed."))
    at = at or clock.now()
    if ground not in (Admission.Ground.DEATH, Admission.Ground.ABROAD):
        holding = still_held_by(inmate, day=timezone.localdate(at))
        if ground in GROUNDS_BEFORE_TERM:
            need(reference.strip(), _("This ground needs the reference of its decision."))
            holding = [text for text in holding if not _own_hold(inmate, text)]
        if holding:
            raise WrongMoment(_("Cannot be released: %(reasons)s") % {"reasons": " ".join(holding)})
    admission.released_at, admission.released_by, admission.ground, admission.release_reference = (
        at,
        by,
        ground,
        reference,
    )
    admission.full_clean()
    admission.save()
    for placement in Placement.objects.current().filter(admission=admission):
        placement.during = DateTimeTZRange(placement.during.lower, at, "[)")
        placement.save()
    day = timezone.localdate(at)
    for period in admission.legal_statuses.filter(ends_on=None):
        period.ends_on = max(day, period.starts_on)
        if period.ends_on > period.starts_on:
            period.save()
    inmate.outings.filter(left_at=None, back_at=None, cancelled_reason="").update(cancelled_reason=_("Released"))
    inmate.detention_orders.filter(lifted_on=None).update(lifted_on=day, lifted_reason=admission.get_ground_display())
    inmate.tasks.open().exclude(kind=Task.Kind.OFFENCE).update(done_at=clock.now(), done_note=_("Released"))
    inmate.status = Inmate.Status.DECEASED if ground == Admission.Ground.DEATH else Inmate.Status.RELEASED
    inmate.unit = None
    inmate.next_review_on = None
    inmate.save()
    for react in hooks.after_release:
        react(inmate, admission, by=by)
    trail.record("inmate.released", by=by, inmate=inmate, obj=admission, detail={"ground": ground})
    return admission


def _own_hold(inmate, text):
    """Provisional or conditional release and acquittal lift the hold of the sentence or remand they are about."""
    return not text.startswith(_("Detention order %(reference)s still holds.").split("%", 1)[0])


@transaction.atomic
def raise_task(inmate, *, kind, due_on, detail="", by=None):
    """Put something on somebody's list; an open task of the same kind is kept and its earlier due day wins."""
    task = Task.objects.select_for_update().filter(inmate=inmate, kind=kind, done_at=None).first()
    if task is not None:
        task.due_on, task.detail = min(task.due_on, due_on), detail or task.detail
        task.save()
        return task
    return Task.objects.create(
        inmate=inmate, facility=inmate.facility, kind=kind, due_on=due_on, detail=detail[:300], raised_by=by
    )


@transaction.atomic
def settle_task(task, *, note, by):
    """Close a task and say what was done."""
    task = Task.objects.select_for_update().get(pk=task.pk)
    by.require("inmates.settle_task", at=task.facility)
    need(task.done_at is None, _("This task is done already."))
    need(note.strip(), _("Say what was done."))
    task.done_at, task.done_by, task.done_note = clock.now(), by, note
    task.save()
    trail.record("task.settled", by=by, inmate=task.inmate, obj=task, detail={"kind": task.kind})
    return task
