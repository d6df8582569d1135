"""Temporary absences (*extractions*): out to a court or a hospital, and back."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from facilities.models import Facility
from inmates.custody.models.stays import Admission
from inmates.people.models import Annullable, Inmate, standing_rows
from inmates.sentences.models import Case

USER = settings.AUTH_USER_MODEL


class OutingQuerySet(models.QuerySet):
    """Reading outings."""

    def planned(self):
        """Outings still to come."""
        return self.filter(left_at=None, cancelled_reason="")

    def to_court_on(self, day):
        """Productions in court on a day that were not cancelled, whether or not the person is back."""
        return self.filter(kind=Outing.Kind.COURT, planned_on=day, cancelled_reason="")

    def out(self):
        """Outings that run: the person has left and is not back."""
        return self.filter(left_at__isnull=False, back_at=None)

    def overdue(self, at):
        """Outings that run at a moment past the one the person was expected back."""
        return self.out().filter(due_back_at__lt=at)


@tracked
class Outing(Annullable):
    """Out of the prison and expected back: court, hospital, or on the road in a transfer. The placement stays.

    An escape entered by mistake is annulled.
    """

    class Kind(models.TextChoices):
        COURT = "court", _("Court")
        HOSPITAL = "hospital", _("Hospital")
        TRANSFER = "transfer", _("On the road")
        ESCAPE = "escape", _("Escaped")
        OTHER = "other", _("Other")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="outings")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="outings")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="outings")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    place = models.CharField(_("where"), max_length=120, blank=True)
    destination = models.ForeignKey(
        Facility,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("prison that the transfer leads to"),
    )
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    due_back_at = models.DateTimeField(_("due back at"), null=True, blank=True)
    back_at = models.DateTimeField(_("back at"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    cancelled_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows(OutingQuerySet)
    everything = OutingQuerySet.as_manager()

    class Meta:
        verbose_name = _("temporary absence")
        verbose_name_plural = _("temporary absences")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(left_at__isnull=False, back_at=None, annulled_at=None),
                name="outing_one_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(back_at=None) | Q(left_at__isnull=False, back_at__gt=F("left_at")),
                name="outing_back_after_leaving",
            ),
            models.CheckConstraint(
                condition=Q(destination=None) | Q(kind="transfer", place=""), name="outing_place_or_prison"
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_kind_display()}"

    @property
    def where(self):
        """The place as somebody wrote it, or the prison a transfer leads to, in the reader's language."""
        return self.destination.name if self.destination else self.place
