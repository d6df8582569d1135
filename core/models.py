"""What no subject owns: the forms that were sent, the service's own runs."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

USER = settings.AUTH_USER_MODEL


class SentForm(models.Model):
    """A form that was sent: sent again (a button pressed twice), it does nothing.

    `digest` covers the address, the fields and the form's own token, which is new with every page; `location` is where
    the first sending led.
    """

    digest = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(USER, on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now, db_index=True)
    location = models.CharField(max_length=500, blank=True)

    class Meta:
        db_table = "accounts_sentform"  # where it stood before this room was made
        verbose_name = _("form sent")
        verbose_name_plural = _("forms sent")
        default_permissions = ()

    def __str__(self):
        return self.digest[:12]


class Run(models.Model):
    """The last run of one of the service's own jobs (`daily`, `backup`): when it began and ended, and what failed in it.

    `ended_at` is empty while it runs, and stays so where it was killed; `failed` names the parts that did not work.
    """

    name = models.CharField(max_length=30, unique=True)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)  # the last time that nothing in it failed
    failed = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("run of the service")
        verbose_name_plural = _("runs of the service")
        default_permissions = ()

    def __str__(self):
        return self.name
