"""Detention orders after the admission: added, extended before they expire, lifted."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from documents.scans import attach
from inmates.custody import sayings
from inmates.custody.actions.unlawful_custody import settle_if_held, tell_if_free
from inmates.custody.holds import NAMES_NO_CASE
from inmates.custody.models import DetentionOrder
from inmates.sentences.models import Case

Kind = DetentionOrder.Kind


@transaction.atomic
def add_order(inmate, *, order, scan=None, by):
    """Record one more order (an unsaved `DetentionOrder`) under which a person in custody is held, with its scan.

    An order of remand that names no case is of the only one under way; of several somebody says which.
    """
    inmate = lock(inmate)
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(inmate.admissions.open().exists(), _("This person is not in custody."))
    order.inmate = inmate
    if order.case_id and order.case.inmate_id != inmate.pk:
        raise ValidationError({"case": _("This case is another person's.")})
    if order.issued_on and order.issued_on > clock.today():
        raise ValidationError({"issued_on": _("This day lies in the future.")})
    if order.kind == Kind.REMAND and order.case is None:
        order.case = _only_case_under_way(inmate)
    order.full_clean()
    order.save()
    attach(order, scan, by=by)
    trail.record("order.added", by=by, inmate=inmate, obj=order, detail={"kind": order.kind})
    settle_if_held(inmate)
    return order


def _only_case_under_way(inmate):
    """The case of an order of remand that names none; None while no case is under way."""
    cases = list(inmate.cases.filter(state=Case.State.OPEN)[:2])
    if len(cases) > 1:
        raise ValidationError({"case": _("Several cases are under way: choose the one in which remand is ordered.")})
    return cases[0] if cases else None


@transaction.atomic
def attach_scan(order, *, scan, by):
    """Attach the scan of an order, also of one that was lifted."""
    inmate, order = lock(order, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    attach(order, scan, by=by)
    trail.record("order.scan_attached", by=by, inmate=inmate, obj=order)
    return order


@transaction.atomic
def extend_order(order, *, until, reference, by):
    """Move the last day of an order in force, by a decision with a reference of its own, kept as the order's newest.

    A remand order that had no last day is given one.
    """
    inmate, order = _in_force(order, by)
    ensure(
        order.expires_on is None or order.expires_on >= clock.today(),
        _("This order has run out and holds nobody: record the new order that the court gave."),
    )
    if order.expires_on is None and order.kind != Kind.REMAND:
        raise ValidationError({"until": _("This order has no last day: lift it where it ends.")})
    if order.expires_on is not None and until <= order.expires_on:
        raise ValidationError({"until": _("The new last day must be later than the old one.")})
    if until < clock.today():
        raise ValidationError(
            {"until": _("This day has passed: lift the order, or enter the new one that the court gave.")}
        )
    if not reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the decision.")})
    before, order.expires_on, order.reference = order.expires_on, until, reference
    order.full_clean()
    order.save()
    detail = {"from": before.isoformat() if before else "", "to": until.isoformat()}
    trail.record("order.extended", by=by, inmate=inmate, obj=order, detail=detail)
    return order


@transaction.atomic
def lift_order(order, *, on, reason, by):
    """Record that an order holds nobody any longer from a day on, and why. Where nothing else holds, that is told at once."""
    inmate, order = _in_force(order, by)
    if not order.issued_on <= on <= clock.today():
        raise ValidationError({"on": _("The day lies between the order and today.")})
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    order.lifted_on, order.lifted_reason = on, reason
    order.save()
    trail.record("order.lifted", by=by, inmate=inmate, obj=order)
    tell_if_free(inmate, by=by)
    return order


def keep_with_its_case(inmate):
    """An order of admission that names no case is of the one that ended since, where none is under way any longer.

    Called before one more case is recorded: an order given before, whose own case has ended, supports no later one. Where a
    case of this stay ended in a sentence that stands it is left as it is: the judgment is what holds.
    """
    stay = inmate.admissions.open().select_related("order__case").first()
    if stay is None or stay.order.kind in (Kind.CIVIL, Kind.REGISTER):
        return
    order, cases = stay.order, list(inmate.cases.order_by("closed_on", "pk"))
    began = timezone.localdate(stay.admitted_at)
    ended = [case for case in cases if case.closed_on and case.closed_on >= began]
    nameless = order.case is None or order.case.annulled_at is not None
    goes_on = any(case.state == Case.State.OPEN for case in cases) or any(
        one.case in ended for one in inmate.sentences.standing()
    )
    if nameless and ended and not goes_on:
        order.case = ended[-1]
        order.save()


def end_with_remand(case, was_on_remand, reference, *, by):
    """A judge has ended remand in a case: its orders hold nobody any longer, and neither does the one of the admission.

    That one stays where it is of another case, or where it is of none and remand is ordered in another. Called inside the
    act that ends remand, which asks for its own permission and tells of whom nothing holds.
    """
    inmate = case.inmate
    unlifted = inmate.detention_orders.unlifted().exclude(kind=Kind.CIVIL).select_for_update(of=("self",))
    ended = list(unlifted.filter(case=case))
    if was_on_remand:
        ended += nameless_beside(case)
    for order in ended:
        order.lifted_on = max(clock.today(), order.issued_on)
        order.lifted_reason = reference.strip()[:200] or sayings.REMAND_ENDED.mark
        order.save()
        trail.record("order.lifted", by=by, inmate=inmate, obj=order)


def nameless_beside(case):
    """The warrant of the admission that names no case, of the stay that goes on: none while another case is on remand."""
    inmate = case.inmate
    if inmate.cases.filter(state=Case.State.OPEN, on_remand=True).exclude(pk=case.pk).exists():
        return []
    unlifted = inmate.detention_orders.unlifted().select_for_update(of=("self",))
    nameless = unlifted.filter(NAMES_NO_CASE, kind__in=(Kind.REMAND, Kind.ARREST))
    return list(nameless.filter(admission__released_at=None, admission__isnull=False))


def _in_force(order, by):
    """An order not yet lifted and its person, both locked, for somebody who may change it here."""
    inmate, order = lock(order, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(order.lifted_on is None, _("This order was lifted already."))
    return inmate, order
