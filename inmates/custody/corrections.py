"""What of a stay may be corrected: orders, legal status, the number in a prison's register."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from config import clock
from core.templatetags.display import day_text
from inmates.custody import admissions_undone, release_days, taking_back
from inmates.custody.actions.legal_status import check_final, check_judgments
from inmates.custody.holds import Hold, holds
from inmates.custody.models import DetentionOrder, LegalStatusPeriod, RegistrationNumber
from inmates.people import corrections
from inmates.people.corrections import Correctable
from inmates.sentences import hooks as sentences


def _admitted_on(order):
    """The order of an admission is what the stay rests on: it is corrected, or goes with the admission itself."""
    if hasattr(order, "admission"):
        return _("The person was admitted on this order: correct it, record the release, or take the admission back.")
    return ""


def _status_now(period, by):
    """The period before ends where this one begins; the list's column follows the one that runs."""
    before = _before(period)
    if before is not None and before.ends_on != period.starts_on:
        before.ends_on = period.starts_on
        before.save()
    if period.ends_on is None and period.admission.released_at is None:
        period.inmate.legal_status = period.status
        period.inmate.save(update_fields=["legal_status"])


def _number_now(number, by):
    """The list's column follows the newest number of the latest stay."""
    newest = number.inmate.registration_numbers.order_by("admission__admitted_at", "id").last()
    number.inmate.registration_number = newest.number
    number.inmate.save(update_fields=["registration_number"])


def _before(period):
    """The legal status before this one in the same stay, or None."""
    earlier = period.admission.legal_statuses.exclude(pk=period.pk).filter(starts_on__lt=period.starts_on)
    return earlier.order_by("-starts_on").first()


def _final_elsewhere(stored, period):
    """Another status, or another day of the change: between the change before and the next one."""
    if period.status != stored.status:
        check_final(period.inmate, period.status)
        if stored.ends_on is None:
            check_judgments(period.inmate, period.status)
    if period.starts_on == stored.starts_on:
        return
    before = _before(stored)
    if before is None:
        message = _("The first one begins with the stay: put the day of the admission right.")
        raise ValidationError({"starts_on": message})
    ends = stored.ends_on or clock.today() + timedelta(days=1)
    if not before.starts_on < period.starts_on < ends:
        raise ValidationError({"starts_on": _("The day must lie between the change before and the next one.")})
    if period.starts_on < before.ends_on:  # the days are free before this one takes them
        before.ends_on = period.starts_on
        before.save()


def _cases_of(order):
    return order.inmate.cases.all()


def _order_as_entered(stored, order):
    """As when it was recorded: issued by today, of a case of this person, and in force on the day of the admission."""
    if order.issued_on > clock.today():
        raise ValidationError({"issued_on": _("This day lies in the future.")})
    if order.case_id is not None and not _cases_of(order).filter(pk=order.case_id).exists():
        raise ValidationError({"case": _("This case is another person's.")})
    stay = getattr(stored, "admission", None)
    if stay is not None and order.expires_on and order.expires_on < timezone.localdate(stay.admitted_at):
        raise ValidationError({"expires_on": _("The order had expired before the admission.")})


def _order_again(order, by):
    """What an order holds, and the legal status, follow its case."""
    sentences.judged(order.inmate, clock.today(), by=by, lost=True)


def _since(period):
    """A legal status with the day from which it holds."""
    return f"{period} · {day_text(period.starts_on)}"


def _holding(person):
    """What holds a person today; of sentences only whether one does, since their end is the release date."""
    held = holds(person)
    others = [(hold.kind, hold.case_id, hold.order_id) for hold in held if hold.kind != Hold.SENTENCE]
    return others, len(others) < len(held)


def _titles(person):
    """What holds a person today, each as a key; of sentences only whether one does."""
    others, sentenced = _holding(person)
    return {*others, *([Hold.SENTENCE] if sentenced else [])}


@dataclass(frozen=True)
class _End:
    """Until when an order holds that is not lifted; its reference only names it."""

    kind: str
    day: date | None
    reference: str = field(compare=False)


def _ends(person):
    """`{order: end}` of the orders that are not lifted."""
    return {
        order.pk: _End(order.kind, order.expires_on, order.reference)
        for order in person.detention_orders.unlifted().order_by("pk")
    }


def _ends_moved(before, after):
    """By reference, the last days of the orders of which it is another, or which come or go."""
    looks = [{pk: [end.reference, end.day] for pk, end in look.items()} for look in (before, after)]
    same = {pk for pk in before.keys() & after.keys() if before[pk].day == after[pk].day}
    return [[pair for pk, pair in look.items() if pk not in same] for look in looks]


def register():
    """Detention orders, legal statuses, registration numbers; and acts of custody that are taken back."""
    corrections.watched |= {"holds": _holding, "order_end": _ends}
    corrections.days_of |= {"order_end": _ends_moved}
    corrections.titles[:] = [_titles]
    corrections.papers |= {"release_paper": _lazy("Order to release"), "transfer_paper": _lazy("Transfer order")}
    manage = "inmates.manage_sentences"
    corrections.register(
        Correctable(
            "order",
            DetentionOrder,
            ("kind", "authority", "reference", "issued_on", "expires_on", "case"),
            manage,
            annul=True,
            refuse=_admitted_on,
            check=_order_as_entered,
            after=_order_again,
            choices={"case": _cases_of},
        ),
        Correctable(
            "legal_status",
            LegalStatusPeriod,
            ("status", "starts_on"),
            manage,
            after=_status_now,
            check=_final_elsewhere,
            describe=_since,
        ),
        Correctable("number", RegistrationNumber, ("number",), "inmates.admit", after=_number_now),
    )
    taking_back.register()
    admissions_undone.register()
    release_days.register()
