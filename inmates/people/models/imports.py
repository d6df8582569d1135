"""Registers read and waiting, and registers imported."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config import clock
from core.fields import EncryptedJSONField
from documents.models import StoredFile
from facilities.models import Facility


class PendingImport(models.Model):
    """A register uploaded and not yet confirmed: its uploader's alone, nothing in it counts. Confirmed or given up, it goes.

    `columns` names the field of each column of the file, "" for one that is not read.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    facility = models.ForeignKey(Facility, verbose_name=_("prison"), on_delete=models.PROTECT, related_name="+")
    file = models.OneToOneField(StoredFile, on_delete=models.PROTECT, related_name="+")
    columns = models.JSONField(default=list)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("pending import")
        verbose_name_plural = _("pending imports")
        default_permissions = ()

    def __str__(self):
        return str(self.uuid)


class ImportBatchQuerySet(models.QuerySet):
    """Reading imports."""

    def visible_to(self, user):
        """Imports into the user's prisons (all with national scope)."""
        return self if user.sees_nation else self.filter(facility_id__in=user.facility_ids)


class ImportBatch(models.Model):
    """One imported register: what came in, from which file, by whom. The same file twice imports nothing twice.

    `rest` is the file of the rows that stayed out, each with its reason.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(default=clock.now)
    rows = models.PositiveIntegerField()
    imported = models.PositiveIntegerField()
    report = EncryptedJSONField(default=dict)
    rest = models.OneToOneField(StoredFile, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("register import")
        verbose_name_plural = _("register imports")
        default_permissions = ()

    def __str__(self):
        return f"{self.file_name} ({self.imported}/{self.rows})"
