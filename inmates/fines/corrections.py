"""What of fines may be corrected: the fine itself, and its payments."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from config import clock
from core.templatetags.display import day_text, number
from core.workflow import lock
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences.models import Fine, FinePayment, Pardon


def _of_a_fine(_stored, fine):
    if fine.amount <= 0:
        raise ValidationError({"amount": _("Enter the amount.")})
    if fine.imposed_on and fine.imposed_on > clock.today():
        raise ValidationError({"imposed_on": _("This day lies in the future.")})


def _of_a_payment(stored, payment):
    """What is left of the fine follows a payment put right; never more than the fine is paid."""
    _pay(payment, payment.amount - stored.amount)
    if payment.paid_on > clock.today():
        raise ValidationError({"paid_on": _("This day lies in the future.")})


def _payment_gone_or_back(payment, by):
    _pay(payment, payment.amount if payment.annulled_at is None else -payment.amount)


def _pay(payment, more):
    """So much more was paid of the fine, or less. What a pardon remitted stays remitted."""
    fine = lock(payment.fine)
    remitted = fine.pardons.in_force().filter(fine=Pardon.FineEffect.REMITTED).exists()
    left = 0 if remitted else fine.remaining - more
    if left < 0:
        raise ValidationError({"amount": _("More than nothing, and not more than is left.")})
    fine.remaining = min(left, fine.amount)
    fine.save()


def _paid(payment):
    amount = _("%(amount)s dirhams") % {"amount": number(payment.amount)}
    return " · ".join([amount, day_text(payment.paid_on), payment.receipt])


def register():
    """Put both among what may be corrected."""
    manage = "inmates.manage_sentences"
    corrections.register(
        Correctable(
            "fine",
            Fine,
            ("amount", "remaining", "imposed_on"),
            manage,
            person="case__inmate",
            annul=True,
            check=_of_a_fine,
            constraints={
                "fine_remaining_within_amount": (
                    "remaining",
                    _lazy("Not less than nothing, and not more than the fine."),
                )
            },
        ),
        Correctable(
            "payment",
            FinePayment,
            ("amount", "paid_on", "receipt"),
            manage,
            person="fine__case__inmate",
            annul=True,
            annulled=_payment_gone_or_back,
            check=_of_a_payment,
            describe=_paid,
        ),
    )
