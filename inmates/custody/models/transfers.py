"""Transfers (*transfèrements*) from prison to prison: proposed, approved, accepted, departed, arrived."""

import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.fields import PartlyEncryptedJSONField
from core.workflow import Step, live_states, paired_stamps
from facilities.models import Facility, Unit
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


class TransferQuerySet(models.QuerySet):
    """Reading transfers."""

    def visible_to(self, user):
        """Transfers from or to the user's prisons; a sender keeps its orders after the departure."""
        if not user.can("inmates.view_record"):
            return self.none()
        if user.sees_nation:
            return self
        return self.filter(Q(origin_id__in=user.facility_ids) | Q(destination_id__in=user.facility_ids))

    def live(self):
        """Transfers not yet ended."""
        return self.filter(state__in=Transfer.LIVE)


class TransferState(models.TextChoices):
    """State of a transfer."""

    PROPOSED = "proposed", _("Proposed")
    APPROVED = "approved", _("Approved by the sender")
    ACCEPTED = "accepted", _("Accepted by the receiver")
    DEPARTED = "departed", _("On the road")
    ARRIVED = "arrived", _("Arrived")
    REFUSED = "refused", _("Refused")
    CANCELLED = "cancelled", pgettext_lazy("of a transfer", "Cancelled")


@dataclass(frozen=True)
class PrisonsStep(Step):
    """A step of a transfer that prisons agree between them. Of a national order it belongs to others, or to nobody.

    national: the permission that opens it for a national or urgent order; empty: nobody takes it then.
    """

    national: str = ""

    def open_to(self, record, user):
        """Whether the user's roles and prison open this step of this transfer."""
        if record.national:
            return bool(self.national) and all(user.can(self.national, at=place) for place in self.places(record))
        return super().open_to(record, user)


_CANCELLATION = PrisonsStep(
    ("inmates.propose_transfer", "inmates.approve_transfer"),
    at="origin",
    stamp="ended",
    national="inmates.order_transfer",
)

TRANSFER_TRANSITIONS = {
    (TransferState.PROPOSED, TransferState.APPROVED): Step(
        "inmates.approve_transfer",
        at="origin",
        stamp="approved",
        not_by={"proposed_by": _("Somebody else must approve what you proposed.")},
    ),
    (TransferState.PROPOSED, TransferState.REFUSED): PrisonsStep(
        "inmates.approve_transfer", at="origin", stamp="ended"
    ),
    (TransferState.PROPOSED, TransferState.CANCELLED): _CANCELLATION,
    (TransferState.APPROVED, TransferState.ACCEPTED): Step(
        "inmates.accept_transfer", at="destination", stamp="accepted"
    ),
    (TransferState.APPROVED, TransferState.REFUSED): PrisonsStep(
        "inmates.accept_transfer", at="destination", stamp="ended"
    ),
    (TransferState.APPROVED, TransferState.CANCELLED): _CANCELLATION,
    (TransferState.ACCEPTED, TransferState.DEPARTED): Step("inmates.propose_transfer", at="origin"),
    (TransferState.ACCEPTED, TransferState.CANCELLED): _CANCELLATION,
    (TransferState.DEPARTED, TransferState.ARRIVED): Step("inmates.accept_transfer", at="destination", stamp="ended"),
    # A judge's written order, or a death, ends the road.
    (TransferState.DEPARTED, TransferState.CANCELLED): Step(None, stamp="ended"),
}


@tracked
class Transfer(models.Model):
    """A move (*transfèrement*) to another prison. Responsibility passes on arrival."""

    State = TransferState
    TRANSITIONS = TRANSFER_TRANSITIONS
    LIVE = live_states(TRANSITIONS)
    BEFORE_DEPARTURE = [state for state in LIVE if state != TransferState.DEPARTED]
    COMING = [TransferState.ACCEPTED, TransferState.DEPARTED]  # expected by the receiver
    LEAVING = [TransferState.APPROVED, TransferState.ACCEPTED]  # agreed by the sender, and not gone
    STOPPED = [TransferState.REFUSED, TransferState.CANCELLED]

    class Reason(models.TextChoices):
        CLASSIFICATION = "classification", _("Change of tier")
        CAPACITY = "capacity", _("Overcrowding")
        FAMILY = "family", _("Nearer to the family")
        SAFETY = "safety", _("Safety")
        COURT = "court", _("Nearer to the court")
        MEDICAL = "medical", _("Medical care")
        PROGRAMME = "programme", _("Musalaha round")
        RETURN = "return", _("Return")

    class Refusal(models.TextChoices):
        NO_PLACE = "no_place", _("No place")
        KEEP_APART = "keep_apart", _("Non-association")
        NO_UNIT = "no_unit", _("No unit fits")
        COURT_DATE = "court_date", _("Court date")
        MEDICAL = "medical", _("Medical reasons")
        NO_LONGER_NEEDED = "no_longer_needed", _("No longer needed")
        RELEASED = "released", _("Released in the meantime")

    STEPS = {  # the way of a transfer that nobody stops, and when each step was taken
        State.PROPOSED: "proposed_at",
        State.APPROVED: "approved_at",
        State.ACCEPTED: "accepted_at",
        State.DEPARTED: "departed_at",
        State.ARRIVED: "arrived_at",
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="transfers")
    origin = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="transfers_out", verbose_name=_("from"))
    destination = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="transfers_in", verbose_name=_("to")
    )
    reason = models.CharField(_("reason"), max_length=16, choices=Reason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    national = models.BooleanField(_("national or urgent order"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("unit on arrival")
    )
    proposed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    approved_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True)
    departed_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("why refused or cancelled"), max_length=16, choices=Refusal.choices, blank=True)
    file_at_departure = PartlyEncryptedJSONField(default=dict, blank=True)

    objects = TransferQuerySet.as_manager()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(state__in=live_states(TRANSFER_TRANSITIONS)),
                name="transfer_one_live",
            ),
            models.CheckConstraint(condition=~Q(origin=F("destination")), name="transfer_goes_elsewhere"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("proposed_by")), name="transfer_approved_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["refused", "cancelled"]) | ~Q(refusal=""), name="transfer_refusal_has_a_code"
            ),
            models.CheckConstraint(
                condition=~Q(state="departed") | Q(departed_at__isnull=False), name="transfer_departed_at_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="arrived") | Q(arrived_at__isnull=False), name="transfer_arrived_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(national=True, approved_at__isnull=False, approved_by=None)
                | Q(national=False, approved_at=None, approved_by=None)
                | Q(national=False, approved_at__isnull=False, approved_by__isnull=False),
                name="transfer_approved_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "refused", "cancelled"]) | Q(approved_at__isnull=False),
                name="transfer_approved_before_it_goes",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "departed", "arrived"]) | Q(accepted_at__isnull=False),
                name="transfer_accepted_before_it_goes",
            ),
            *paired_stamps("transfer", [("accepted_at", "accepted_by"), ("ended_at", "ended_by")]),
        ]

    def __str__(self):
        return f"{self.inmate}: {self.origin} → {self.destination}"
