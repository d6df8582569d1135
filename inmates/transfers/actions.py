"""Transfers between prisons, step by step. Responsibility passes on arrival.

A national or urgent order stands for the sender's approval, and the receiver acknowledges it: nobody refuses it.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock, transition
from inmates.custody import sayings
from inmates.custody.actions.placements import open_placement
from inmates.custody.models import KeepApart, Outing, RegistrationNumber, Transfer
from inmates.custody.placement_rules import units_for
from inmates.people.actions.alerts import follow_to
from inmates.sentences.wording import day_in_words
from inmates.transfers import hooks

State = Transfer.State
ABOUT_THE_UNIT = {"closed", "full", "sex", "tier", "trial", "keep_apart"}  # shown already, for the unit that fits best


def objections(inmate, destination, *, reader=None):
    """Texts of what speaks against sending a person to a prison, to be read before it is confirmed."""
    texts = []
    if not destination.holds(inmate.sex):
        texts.append(_("This prison does not hold people of this sex."))
    units = units_for(inmate, destination, reader=reader)
    if not units:
        texts.append(_("This prison has no unit in use."))
    elif units[0][2]:
        texts.append(_("No unit fits without an exception: %(why)s") % {"why": " ".join(o.text for o in units[0][2])})
    if KeepApart.objects.open().of(inmate).exists():
        texts += sorted({o.text for _unit, _inside, against in units for o in against if o.code == "keep_apart"})
    texts += sorted({o.text for _unit, _inside, against in units for o in against if o.code not in ABOUT_THE_UNIT})
    for outing in inmate.outings.planned().filter(kind=Outing.Kind.COURT):
        if outing.planned_on and outing.planned_on >= clock.today():
            texts.append(_("Expected in court on %(day)s.") % {"day": day_in_words(outing.planned_on)})
    return texts


@transaction.atomic
def propose(inmate, *, destination, reason, note="", national=False, by):
    """Propose to send a person to another prison; a national order is approved by being given."""
    inmate = lock(inmate)
    by.require("inmates.order_transfer" if national else "inmates.propose_transfer", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    if destination.pk == inmate.facility_id:
        raise ValidationError({"destination": _("The person is in this prison already.")})
    if not destination.holds(inmate.sex):
        raise ValidationError({"destination": _("This prison does not hold people of this sex.")})
    if reason not in Transfer.Reason.values:
        raise ValidationError({"reason": _("Choose a reason.")})
    ensure(not inmate.transfers.live().exists(), _("A transfer of this person is under way already."))
    transfer = Transfer(
        inmate=inmate,
        origin=inmate.facility,
        destination=destination,
        reason=reason,
        note=note,
        national=national,
        state=State.APPROVED if national else State.PROPOSED,
        approved_at=clock.now() if national else None,
        proposed_by=by,
    )
    transfer.save()
    detail = {"to": destination.code, "reason": reason, "national": national}
    trail.record("transfer.proposed", by=by, inmate=inmate, obj=transfer, detail=detail)
    return transfer


@transaction.atomic
def propose_many(inmates, *, destination, reason, note="", by):
    """Propose one transfer for each of several people, all or none. Raises ValidationError that names who cannot go."""
    return [propose(inmate, destination=destination, reason=reason, note=note, by=by) for inmate in inmates]


@transaction.atomic
def approve(transfer, *, by):
    """The sender's director agrees; never the proposer."""
    inmate, transfer = lock(transfer, "inmate")
    transition(transfer, State.APPROVED, by=by)
    return _saved(transfer, inmate, "transfer.approved", by)


@transaction.atomic
def accept(transfer, *, unit=None, by):
    """The receiver agrees, or acknowledges a national order, and may say in which unit the person will live."""
    inmate, transfer = lock(transfer, "inmate")
    transition(transfer, State.ACCEPTED, by=by)
    if unit is not None and unit.facility_id != transfer.destination_id:
        raise ValidationError({"unit": _("This unit is in another prison.")})
    transfer.unit = unit
    return _saved(transfer, inmate, "transfer.acknowledged" if transfer.national else "transfer.accepted", by)


@transaction.atomic
def refuse(transfer, *, refusal, note="", by):
    """The sender's director, or then the receiver, says no, with a coded reason."""
    inmate, transfer = lock(transfer, "inmate")
    ensure(not transfer.national, _("A national or urgent order is acknowledged, not refused."))
    transition(transfer, State.REFUSED, by=by)
    return _ended(transfer, inmate, "transfer.refused", refusal, note, by)


@transaction.atomic
def cancel(transfer, *, refusal, note="", by):
    """The sender takes it back before the departure; a national order only by those who order such transfers."""
    inmate, transfer = lock(transfer, "inmate")
    transition(transfer, State.CANCELLED, by=by)
    return _ended(transfer, inmate, "transfer.cancelled", refusal, note, by)


@transaction.atomic
def depart(transfer, *, at=None, by):
    """The person is on the road; the file is kept as it stands. The sender answers for them until the arrival."""
    inmate, transfer = lock(transfer, "inmate")
    transition(transfer, State.DEPARTED, by=by)
    at = at or clock.now()
    ensure(inmate.held, _("This person is not in custody."))
    ensure(not inmate.outings.out().exists(), _("This person is out already."))
    if at > clock.now():
        raise ValidationError({"at": _("This moment lies in the future.")})
    transfer.departed_at, transfer.file_at_departure = at, file_of(inmate)
    Outing.objects.create(
        inmate=inmate,
        admission=inmate.admissions.open().get(),
        facility=transfer.origin,
        kind=Outing.Kind.TRANSFER,
        destination=transfer.destination,
        left_at=at,
        recorded_by=by,
    )
    return _saved(transfer, inmate, "transfer.departed", by)


@transaction.atomic
def arrive(transfer, *, unit, registration_number, at=None, exception_reason="", exception_until=None, by):
    """The receiver takes the person in: place, new registration number, responsibility and access."""
    inmate, transfer = lock(transfer, "inmate")
    transition(transfer, State.ARRIVED, by=by)
    at = at or clock.now()
    if unit.facility_id != transfer.destination_id:
        raise ValidationError({"unit": _("This unit is in another prison.")})
    if not transfer.departed_at < at <= clock.now():
        raise ValidationError({"at": _("The moment lies after the departure, and not in the future.")})
    if RegistrationNumber.objects.filter(facility=transfer.destination, number=registration_number).exists():
        raise ValidationError({"registration_number": _("This number is already used in this prison.")})
    admission = inmate.admissions.open().get()
    number = RegistrationNumber(
        facility=transfer.destination,
        number=registration_number,
        inmate=inmate,
        admission=admission,
        given_on=timezone.localdate(at),
    )
    number.full_clean()
    number.save()
    inmate.outings.filter(kind=Outing.Kind.TRANSFER, back_at=None).update(back_at=at)
    inmate.outings.planned().update(facility=transfer.destination)
    inmate.registration_number = registration_number
    open_placement(
        inmate,
        admission,
        unit,
        at=at,
        reason=sayings.TRANSFERRED.mark,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    inmate.tasks.open().update(facility=transfer.destination)
    follow_to(inmate, transfer.destination)
    transfer.arrived_at, transfer.unit = at, unit
    _saved(transfer, inmate, "transfer.arrived", by)
    for react in hooks.after_arrival:
        react(inmate, transfer, by=by)
    return transfer


def file_of(inmate):
    """The file as it stands, in plain values: what the sender keeps when the person leaves."""
    return {
        "name_latin": inmate.name_latin,
        "name_ar": inmate.name_ar,
        "registration_number": inmate.registration_number,
        "birth": inmate.birth_date.isoformat() if inmate.birth_date else "",
        "birth_precision": inmate.birth_precision,
        "cin": inmate.cin or "",
        "unit": inmate.unit.name if inmate.unit else "",
        "tier": inmate.tier,
        "legal_status": inmate.legal_status,
        "admitted_on": inmate.admitted_on.isoformat() if inmate.admitted_on else "",
        "release_on": inmate.release_on.isoformat() if inmate.release_on else "",
        "release_basis": inmate.release_basis,
        "orders": [order.reference for order in inmate.detention_orders.unlifted()],
        "cases": [case.number for case in inmate.cases.all()],
        "keep_apart": KeepApart.objects.open().of(inmate).count(),
    }


def _saved(transfer, inmate, verb, by):
    transfer.save()
    trail.record(verb, by=by, inmate=inmate, obj=transfer, facility=transfer.origin)
    return transfer


def _ended(transfer, inmate, verb, refusal, note, by):
    if refusal not in Transfer.Refusal.values:
        raise ValidationError({"refusal": _("Choose a reason.")})
    transfer.refusal, transfer.note = refusal, note or transfer.note
    return _saved(transfer, inmate, verb, by)
