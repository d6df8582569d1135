"""What somebody sent off when their session no longer took it: kept, encrypted, for them alone."""

import uuid
from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.users import User

LASTS = timedelta(days=7)
MOST = 20  # of one person; the oldest makes room
LARGEST = 500_000  # characters; more than any form of ours holds in text


class KeptFormQuerySet(models.QuerySet):
    """Reading kept forms."""

    def of(self, user):
        """Those of one person that still last, newest first."""
        return self.filter(user=user, kept_at__gt=timezone.now() - LASTS)


class KeptForm(models.Model):
    """A form that came when the screen was locked or the session over. Nothing of it was done; its writer sends it again.

    `sealed` is what was typed, encrypted (`core.encryption`): JSON of the fields in their order, and of the names of files.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(User, verbose_name=_("user"), on_delete=models.CASCADE, related_name="kept_forms")
    path = models.CharField(_("address"), max_length=500)
    sealed = models.TextField(_("what was typed"))
    kept_at = models.DateTimeField(_("kept at"), default=timezone.now)

    objects = KeptFormQuerySet.as_manager()

    class Meta:
        verbose_name = _("kept form")
        verbose_name_plural = _("kept forms")
        ordering = ["-kept_at", "-pk"]

    def __str__(self):
        return f"{self.user} · {self.path}"
