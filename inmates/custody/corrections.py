"""What of a stay may be corrected: orders, legal status, the number in a prison's register."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from core.templatetags.display import day_text
from inmates.custody import admissions_undone, taking_back
from inmates.custody.actions.legal_status import check_final
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder, LegalStatusPeriod, RegistrationNumber
from inmates.people import corrections
from inmates.people.corrections import Correctable


def _admitted_on(order):
    """The order of an admission is what the stay rests on: it is corrected, or goes with the admission itself."""
    if hasattr(order, "admission"):
        return _("The person was admitted on this order: correct it, record the release, or take the admission back.")
    return ""


def _status_now(period, by):
    """The list's column follows the period that runs."""
    if period.ends_on is None and period.admission.released_at is None:
        period.inmate.legal_status = period.status
        period.inmate.save(update_fields=["legal_status"])


def _number_now(number, by):
    """The list's column follows the newest number."""
    newest = number.inmate.registration_numbers.order_by("id").last()
    number.inmate.registration_number = newest.number
    number.inmate.save(update_fields=["registration_number"])


def _final_elsewhere(stored, period):
    check_final(period.inmate, period.status)


def _since(period):
    """A legal status with the day from which it holds."""
    return f"{period} · {day_text(period.starts_on)}"


def _holding(person):
    """What holds a person today; of sentences only whether one does, since their end is the release date."""
    held = holds(person)
    others = [(hold.kind, hold.case_id, hold.order_id) for hold in held if hold.kind != Hold.SENTENCE]
    return others, len(others) < len(held)


def _ends(person):
    """Until when each order holds that is not lifted."""
    return list(person.detention_orders.unlifted().order_by("pk").values_list("pk", "kind", "expires_on"))


def register():
    """Detention orders, legal statuses, registration numbers; and acts of custody that are taken back."""
    corrections.watched |= {"holds": _holding, "order_end": _ends}
    corrections.papers |= {"release_paper": _lazy("Order to release"), "transfer_paper": _lazy("Transfer order")}
    manage = "inmates.manage_sentences"
    corrections.register(
        Correctable(
            "order",
            DetentionOrder,
            ("kind", "authority", "reference", "issued_on", "expires_on"),
            manage,
            annul=True,
            refuse=_admitted_on,
        ),
        Correctable(
            "legal_status",
            LegalStatusPeriod,
            ("status",),
            manage,
            after=_status_now,
            check=_final_elsewhere,
            describe=_since,
        ),
        Correctable("number", RegistrationNumber, ("number",), "inmates.admit", after=_number_now),
    )
    taking_back.register()
    admissions_undone.register()
