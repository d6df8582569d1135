"""Stored files. The room that owns a file decides who may have it; this room only keeps it safely."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock


@tracked
class StoredFile(models.Model):
    """An uploaded file, checked and renamed: its path never tells whose it is, its name is kept for the reader only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(_("file"), upload_to="%Y/%m")
    name = models.CharField(_("name"), max_length=200)
    content_type = models.CharField(_("type"), max_length=60)
    size = models.PositiveIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    stored_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        default_permissions = ()

    def __str__(self):
        return self.name
