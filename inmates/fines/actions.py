"""Fines: recorded from the judgment, paid against a receipt."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.sentences import hooks
from inmates.sentences.actions.pardons import apply_waiting_pardon
from inmates.sentences.models import Case, Fine, FinePayment


@transaction.atomic
def record_fine(case, *, amount, imposed_on, by):
    """Record a fine that a court imposed in a case, in dirhams."""
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(
        case.state not in (Case.State.ACQUITTED, Case.State.DROPPED),
        _("This case ended without a conviction: it brings no fine."),
    )
    if amount <= 0:
        raise ValidationError({"amount": _("Enter the amount.")})
    if imposed_on > clock.today():
        raise ValidationError({"imposed_on": _("This day lies in the future.")})
    fine = Fine.objects.create(case=case, amount=amount, remaining=amount, imposed_on=imposed_on)
    apply_waiting_pardon(fine, by=by)
    trail.record("fine.recorded", by=by, inmate=inmate, obj=fine, detail={"amount": str(amount)})
    hooks.something_lost(inmate, by=by)
    return fine


@transaction.atomic
def pay_fine(fine, *, amount, paid_on, receipt, by):
    """Record what was paid of a fine, against a receipt: never more than is left."""
    inmate = lock(fine.case.inmate)
    _case, fine = lock(fine, "case")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(fine.annulled_at is None, _("This record was annulled."))
    ensure(fine.remaining > 0, _("Nothing is left of this fine."))
    if not 0 < amount <= fine.remaining:
        raise ValidationError({"amount": _("More than nothing, and not more than is left.")})
    if paid_on > clock.today() or (fine.imposed_on and paid_on < fine.imposed_on):
        raise ValidationError({"paid_on": _("The day lies between the judgment and today.")})
    if not receipt.strip():
        raise ValidationError({"receipt": _("Enter the number of the receipt.")})
    payment = FinePayment.objects.create(
        fine=fine, amount=amount, paid_on=paid_on, receipt=receipt.strip(), recorded_by=by
    )
    fine.remaining -= amount
    fine.save()
    trail.record("fine.paid", by=by, inmate=inmate, obj=payment, detail={"amount": str(amount)})
    hooks.something_lost(inmate, by=by)
    return payment
