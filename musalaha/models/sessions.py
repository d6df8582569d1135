"""Sessions of a round and who was there."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from musalaha.models.cohorts import Aim, Cohort, Strand
from musalaha.models.enrolments import Enrolment

USER = settings.AUTH_USER_MODEL


@tracked
class Session(models.Model):
    """One session (*séance*) of a round."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    strand = models.CharField(_("strand"), max_length=10, choices=Strand.choices)
    aim = models.CharField(_("aim"), max_length=7, choices=Aim.choices, default=Aim.TEXT)
    title = models.CharField(_("subject"), max_length=160, blank=True)
    number = models.PositiveSmallIntegerField(null=True, editable=False)  # the timetable's: which one of its strand
    facilitator = models.CharField(_("facilitator"), max_length=120, blank=True)
    organisation = models.CharField(pgettext_lazy("partner", "organisation"), max_length=120, blank=True)
    room = models.CharField(_("room"), max_length=60, blank=True)
    only_for = models.ForeignKey(
        Enrolment,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="own_sessions",
        verbose_name=_("one-to-one with"),
    )
    catch_up = models.BooleanField(
        _("catch-up"), default=False, help_text=_("Makes up for absences; nobody is counted absent from it.")
    )
    cancelled_reason = models.CharField(_("why cancelled"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        default_permissions = ()
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=10) & Q(minutes__lte=600), name="session_lasts_some_time"),
            models.CheckConstraint(condition=~Q(title="") | Q(number__isnull=False), name="session_has_a_subject"),
        ]

    def __str__(self):
        return f"{self.subject} · {timezone.localdate(self.starts_at):%Y-%m-%d}"

    def clean(self):
        """Refuse a session without a subject at its field, before the constraint does."""
        if self.number is None and not self.title.strip():
            raise ValidationError({"title": self._meta.get_field("title").error_messages["blank"]})

    @property
    def subject(self):
        """What it is about: as somebody wrote it, or the strand with its number in the reader's language."""
        return self.title or f"{self.get_strand_display()} {self.number}"


@tracked
class Attendance(models.Model):
    """Whether a participant was at a session, and why not."""

    class Mark(models.TextChoices):
        PRESENT = "present", _("Present")
        ABSENT = "absent", _("Absent")
        EXCUSED = "excused", _("Excused")

    class Reason(models.TextChoices):
        COURT = "court", _("Court")
        HEALTH = "health", _("Health")
        VISIT = "visit", _("Visit")
        NONE_GIVEN = "none_given", _("None given")
        OTHER = "other", _("Other")

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendances")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendances")
    mark = models.CharField(_("attendance"), max_length=8, choices=Mark.choices)
    reason = models.CharField(_("reason"), max_length=10, choices=Reason.choices, blank=True)
    engagement = EncryptedTextField(_("engagement note"), max_length=200, blank=True)
    marked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once")]

    def __str__(self):
        return self.get_mark_display()
