"""Roll counts: everybody counted, unit by unit, and signed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.workflow import paired_stamps
from facilities.models import Facility, Unit

USER = settings.AUTH_USER_MODEL


@tracked
class RollCount(models.Model):
    """A count of everybody in a prison at one moment. A difference is explained before it is signed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="roll_counts")
    counted_at = models.DateTimeField(default=clock.now)
    counted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(_("explanation of the difference"), max_length=300, blank=True)
    signed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("roll count")
        verbose_name_plural = _("roll counts")
        default_permissions = ()
        ordering = ["-counted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("counted_by")), name="roll_signed_by_another"
            ),
            *paired_stamps("roll", [("signed_at", "signed_by")]),
        ]

    def __str__(self):
        return f"{self.facility} · {timezone.localtime(self.counted_at):%Y-%m-%d %H:%M}"


@tracked
class RollCountLine(models.Model):
    """One unit's line of a roll count: placed less out, against counted."""

    count = models.ForeignKey(RollCount, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    placed = models.PositiveIntegerField()
    out = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(_("counted"))

    class Meta:
        verbose_name = _("line of a roll count")
        verbose_name_plural = _("lines of roll counts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["count", "unit"], name="roll_line_once")]

    def __str__(self):
        return f"{self.unit}: {self.counted}"

    @property
    def expected(self):
        """People who should be in the unit."""
        return self.placed - self.out

    @property
    def difference(self):
        """Counted less expected."""
        return self.counted - self.expected
