"""Visits and calls that took place."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.conditions.models import Contact


@transaction.atomic
def record(inmate, *, kind, on, minutes=None, person="", relation="", by):
    """Record a visit or call that took place. More than the regime promises is never refused: it is a floor."""
    inmate = lock(inmate)
    by.require("inmates.record_contact", at=inmate.facility)
    ensure(inmate.held, _("This person is not in custody."))
    if on > clock.today():
        raise ValidationError({"on": _("This day lies in the future.")})
    if inmate.admitted_on and on < inmate.admitted_on:
        raise ValidationError({"on": _("This day lies before the admission.")})
    contact = Contact.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        kind=kind,
        on=on,
        minutes=minutes,
        person=person,
        relation=relation,
        recorded_by=by,
    )
    trail.record("contact.recorded", by=by, inmate=inmate, obj=contact, detail={"kind": kind})
    return contact
