"""Records of another prison that were opened in an emergency: for an hour, with a reason, and never in silence."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from facilities.models import Facility
from inmates.people.models.identity import Inmate

LASTS = timedelta(hours=1)
LEAST_REASON = 20  # characters


class EmergencyAccessQuerySet(models.QuerySet):
    """Reading who opened what."""

    def open_to(self, user, now):
        """Those of this user that still last."""
        return self.filter(user=user, opened_at__lte=now, closes_at__gt=now)


@tracked
class EmergencyAccess(models.Model):
    """Somebody opened a record outside of their scope: whose, why, until when, and from which prison they did."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="emergency_accesses")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")  # of the user
    reason = models.CharField(_("reason"), max_length=300)
    opened_at = models.DateTimeField(_("opened at"), default=clock.now)
    closes_at = models.DateTimeField(_("open until"))

    objects = EmergencyAccessQuerySet.as_manager()

    class Meta:
        verbose_name = _("record opened in an emergency")
        verbose_name_plural = _("records opened in an emergency")
        default_permissions = ()
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closes_at__gt=F("opened_at")) & Q(closes_at__lte=F("opened_at") + LASTS),
                name="emergency_access_lasts_an_hour",
            ),
            models.CheckConstraint(
                condition=Q(reason__regex=rf"\S.{{{LEAST_REASON - 2},}}\S"), name="emergency_access_says_why"
            ),
        ]
        indexes = [models.Index(fields=["user", "closes_at"], name="emergency_access_of_user")]

    def __str__(self):
        return f"{self.user} · {self.inmate_id}"
