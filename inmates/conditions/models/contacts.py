"""Visits and calls."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from facilities.models import Facility
from inmates.conditions.models.no_communication import NoCommunication
from inmates.people.models import Annullable, Inmate, standing_rows

USER = settings.AUTH_USER_MODEL


@tracked
class Contact(Annullable):
    """A visit or call that took place; `despite` is the judge's order that it went against, if it did."""

    class Kind(models.TextChoices):
        VISIT = "visit", _("Family visit")
        CALL = "call", _("Call")
        LAWYER = "lawyer", _("Lawyer")
        CONSULAR = "consular", _("Consular visit")
        INSPECTION = "inspection", _("Human-rights visit")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="contacts")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    on = models.DateField(_("day"), default=clock.today)
    minutes = models.PositiveSmallIntegerField(_("minutes"), null=True, blank=True)
    person = models.CharField(_("who"), max_length=120, blank=True)
    relation = models.CharField(_("relation"), max_length=60, blank=True)
    despite = models.ForeignKey(
        NoCommunication, null=True, blank=True, on_delete=models.PROTECT, related_name="contacts", editable=False
    )
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("visit or call")
        verbose_name_plural = _("visits and calls")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(despite=None) | Q(kind__in=["visit", "call"]), name="contact_order_never_against_counsel"
            )
        ]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.on}"
