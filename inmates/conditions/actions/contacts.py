"""Visits and calls that took place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.conditions.actions.no_communication import against
from inmates.conditions.models import Contact


@transaction.atomic
def record(inmate, *, kind, on, minutes=None, person="", relation="", despite_order=False, by):
    """Record a visit or call that took place. More than the regime promises is never refused: it is a floor.

    One that a judge's order forbids is recorded as a fact, once it is confirmed (`despite_order`), and says so.
    """
    inmate = lock(inmate)
    by.require("inmates.record_contact", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    if on > clock.today():
        raise ValidationError({"on": _("This day lies in the future.")})
    if inmate.admitted_on and on < inmate.admitted_on:
        raise ValidationError({"on": _("This day lies before the admission.")})
    order = against(inmate, kind=kind, on=on, person=person)
    if order is not None and not despite_order:
        text = _("A judge forbids it: %(order)s Only if it took place all the same, confirm that below.")
        raise ValidationError({"kind": text % {"order": order.text}})
    contact = Contact.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        kind=kind,
        on=on,
        minutes=minutes,
        person=person,
        relation=relation,
        despite=order,
        recorded_by=by,
    )
    trail.record(
        "contact.recorded", by=by, inmate=inmate, obj=contact, detail={"kind": kind, "despite_order": order is not None}
    )
    return contact
