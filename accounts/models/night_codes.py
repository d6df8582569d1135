"""A prison's sealed code: what stands in for somebody's second factor, once, for one shift."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models.changes import AccountChange
from accounts.models.users import User
from audit.history import tracked
from config import clock
from facilities.models import Facility


class NightCodeQuerySet(models.QuerySet):
    """Reading night codes."""

    def in_safes(self):
        """The newest of each prison, printed and not used: the ones that open something."""
        newest = self.order_by("facility_id", "-made_at", "-pk").distinct("facility_id")
        return self.filter(pk__in=newest.values("pk"), used_at=None).exclude(printed_at=None)

    def unseen(self):
        """Those that were used, and of which nobody of the national office has said that they know."""
        return self.exclude(used_at=None).filter(seen_at=None)

    def visible_to(self, user):
        """Those of the prisons in scope; administrators, who make them, see all."""
        if user.sees_nation or user.can("accounts.ask_change"):
            return self
        return self.filter(facility_id__in=user.facility_ids)


@tracked
class NightCode(models.Model):
    """A code for one prison, made by two administrators, printed once and kept sealed in the prison's safe.

    Somebody who serves there and lost their key signs in with it for one shift (`NIGHT_CODE_LASTS`); it is spent at once,
    and the national office is told. The code itself is stored nowhere (`accounts/actions/night_codes.py`). The database
    makes the row (`accounts_make_change`) and lets each of the moments be written once.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    change = models.OneToOneField(
        AccountChange, verbose_name=_("change"), on_delete=models.PROTECT, related_name="night_code"
    )
    facility = models.ForeignKey(Facility, verbose_name=_("prison"), on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("made at"), default=clock.now)
    printed_at = models.DateTimeField(_("printed at"), null=True, blank=True)
    used_by = models.ForeignKey(
        User, verbose_name=_("used by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    used_at = models.DateTimeField(_("used at"), null=True, blank=True)
    seen_by = models.ForeignKey(
        User, verbose_name=_("acknowledged by"), null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    seen_at = models.DateTimeField(_("acknowledged at"), null=True, blank=True)

    objects = NightCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("night code")
        verbose_name_plural = _("night codes")
        ordering = ["-made_at", "-pk"]
        permissions = [("acknowledge_nightcode", "Can acknowledge that a night code was used")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at=None, used_by=None)
                | Q(used_at__isnull=False, used_by__isnull=False, printed_at__isnull=False),
                name="night_code_used_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(seen_at=None, seen_by=None)
                | Q(seen_at__isnull=False, seen_by__isnull=False, used_at__isnull=False),
                name="night_code_seen_by_and_when",
            ),
            models.CheckConstraint(
                condition=Q(seen_by=None) | ~Q(seen_by=F("used_by")), name="night_code_seen_by_another"
            ),
        ]

    def __str__(self):
        return f"{self.facility} · {self.pk}"
