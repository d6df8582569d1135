"""Fines, and what was paid of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from inmates.people.models import Annullable, standing_rows
from inmates.sentences.models.judgments import Case


@tracked
class Fine(Annullable):
    """A fine of a case, in dirhams; a royal pardon may remit or reduce it apart from prison.

    `remaining` falls with each payment and each verified pardon that names the fine.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fines")
    amount = models.DecimalField(_("amount in dirhams"), max_digits=12, decimal_places=2)
    remaining = models.DecimalField(_("remaining in dirhams"), max_digits=12, decimal_places=2)
    imposed_on = models.DateField(_("day of the judgment"), null=True, blank=True)

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("fine")
        verbose_name_plural = _("fines")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(remaining__gte=0) & Q(remaining__lte=F("amount")), name="fine_remaining_within_amount"
            )
        ]

    def __str__(self):
        return f"{self.remaining} / {self.amount}"


@tracked
class FinePayment(Annullable):
    """What was paid of a fine, against a receipt. Put right or annulled, what is left of the fine follows."""

    fine = models.ForeignKey(Fine, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(_("amount in dirhams"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    receipt = models.CharField(_("receipt"), max_length=80)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("payment of a fine")
        verbose_name_plural = _("payments of fines")
        default_permissions = ()
        ordering = ["paid_on", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="fine_payment_is_some_money"),
            models.CheckConstraint(condition=~Q(receipt=""), name="fine_payment_has_a_receipt"),
        ]

    def __str__(self):
        return f"{self.amount} ({self.receipt})"
