"""Searches kept for whoever made them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from config import clock
from core.fields import EncryptedTextField


class SavedSearch(models.Model):
    """A name search kept for its owner, so that the name itself never stands in an address: pages carry the token."""

    token = models.CharField(max_length=32, unique=True)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    text = EncryptedTextField(max_length=200)
    made_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("search")
        verbose_name_plural = _("searches")
        default_permissions = ()
        indexes = [models.Index(fields=["owner", "-made_at"], name="search_by_owner")]

    def __str__(self):
        return self.token
