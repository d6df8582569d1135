"""Alerts to a prison or an office: acknowledged, never erased."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from facilities.models import Facility
from inmates.people.models.identity import Inmate

USER = settings.AUTH_USER_MODEL


@tracked
class Alert(models.Model):
    """Something that an audience must know at once: a separation past its fifteenth day, a release overdue. Never erased."""

    class Kind(models.TextChoices):
        SEPARATION_BREACH = "separation_breach", _("Separation past 15 days")
        RELEASE_OVERDUE = "release_overdue", _("Release overdue")
        ORDER_EXPIRED = "order_expired", _("Detention order expired")
        ORDER_EXPIRING = "order_expiring", _("Detention order about to expire")
        NO_TITLE = "no_title", _("Held without a title")
        RELEASE_DATE = "release_date", _("Release date to be settled")
        RELEASE_DISPUTED = "release_disputed", _("Released on a written order against our record")
        RELEASE_UNPROVEN = "release_unproven", _("No scan of the release order after a day")
        PARDON_UNVERIFIED = "pardon_unverified", _("Unverified pardon that would free somebody")
        REVIEW_OVERDUE = "review_overdue", _("Review long overdue")
        OUTING_OVERDUE = "outing_overdue", _("Not back in time")
        KEEP_APART = "keep_apart", _("Two people who must not meet were put together")

    class Audience(models.TextChoices):
        PRISON = "prison", _("The prison")
        REVIEWERS = "reviewers", _("Reviewers")
        NATIONAL = "national", _("National office and inspectors")

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="alerts")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("alert"), max_length=18, choices=Kind.choices)
    audience = models.CharField(_("for"), max_length=10, choices=Audience.choices)
    raised_on = models.DateField(default=clock.today)
    raised_at = models.DateTimeField(default=clock.now)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    acknowledged_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["inmate", "kind", "audience", "reference"], name="alert_once")]

    def __str__(self):
        return self.get_kind_display()
