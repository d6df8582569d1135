"""A judge's order of no communication: recorded from its paper, lifted by another; what it means for a visit or call."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from documents.scans import attach
from inmates.conditions.models import Contact, NoCommunication
from inmates.names.folding import plain

# Never counsel, by law. That consular and human-rights visits are not reached either is policy.
REACHED = {Contact.Kind.VISIT, Contact.Kind.CALL}


@transaction.atomic
def record(inmate, *, order, scan=None, by):
    """Record an order (an unsaved `NoCommunication`) as the judge wrote it."""
    inmate = lock(inmate)
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    order.inmate, order.recorded_by = inmate, by
    if order.until < order.starts_on:
        raise ValidationError({"until": _("The last day lies before the first.")})
    order.named = order.named.strip() if order.reach == NoCommunication.Reach.NAMED else ""
    if order.reach == NoCommunication.Reach.NAMED and not order.named:
        raise ValidationError({"named": _("Name those with whom communication is forbidden.")})
    order.full_clean(exclude=["lifted_by"])
    order.save()
    attach(order, scan, by=by)
    detail = {"from": order.starts_on.isoformat(), "until": order.until.isoformat(), "reach": order.reach}
    trail.record("no_communication.recorded", by=by, inmate=inmate, obj=order, detail=detail)
    return order


@transaction.atomic
def lift(order, *, on, reference, by):
    """Record that the order no longer runs from a day on, by a decision."""
    inmate, order = lock(order, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(order.lifted_on is None, _("This order was lifted already."))
    if not order.starts_on <= on <= min(order.until, clock.today()):
        raise ValidationError({"on": _("The day lies between the order's first day and today, and not after its end.")})
    if not reference.strip():
        raise ValidationError({"reference": _("Enter the reference of the decision.")})
    order.lifted_on, order.lifted_by, order.lifted_reference = on, by, reference.strip()
    order.save()
    trail.record("no_communication.lifted", by=by, inmate=inmate, obj=order)
    return order


def against(inmate, *, kind, on, person=""):
    """The order that a visit or call of a day goes against, None where it goes against none. Counsel always may come.

    Where an order names people, whoever shares a name with them is taken to be meant, and so is a visitor not named.
    """
    if kind not in REACHED:
        return None
    names = _words(person)
    for order in inmate.no_communications.in_force_on(on).order_by("reach", "-until"):
        if order.reach == NoCommunication.Reach.EVERYBODY or not names or names & _words(order.named):
            return order
    return None


def _words(names):
    """The words of names, as they are compared; short ones (ben, el, ou) tell nothing."""
    return {word for word in plain(names).split() if len(word) > 3}
