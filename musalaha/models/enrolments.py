"""Enrolments: somebody's part in a round, notes on it, and the certificate."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from documents.models import StoredFile
from facilities.models import Unit
from inmates.people.models import Inmate
from musalaha.models.applications import Application
from musalaha.models.cohorts import Cohort, Strand

USER = settings.AUTH_USER_MODEL


class EnrolmentQuerySet(models.QuerySet):
    """Reading enrolments."""

    def visible_to(self, user):
        """Enrolments of people whose record the user may open, for those who may see the programme."""
        if not user.can("musalaha.view_programme"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def participating_on(self, day):
        """Enrolments that ran when `day` ended."""
        return self.filter(started_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def graduated_by(self, day):
        """Enrolments that ended in graduation on or before a day."""
        return self.filter(outcome=Enrolment.Outcome.GRADUATED, ended_on__lte=day)


@tracked
class Enrolment(models.Model):
    """A person's part in one round. `earlier_unit` is the unit to return to, `document` the scan of a withdrawal."""

    class Outcome(models.TextChoices):
        GRADUATED = "graduated", _("Graduated")
        WITHDREW = "withdrew", _("Withdrew")
        REMOVED = "removed", _("Removed")
        RELEASED = "released", _("Released before the end")
        NOT_COMPLETED = "not_completed", _("Not completed")
        CANCELLED = "cancelled", _("Round cancelled")

    class Removal(models.TextChoices):
        VIOLENCE = "violence", _("Violence")
        RECRUITMENT = "recruitment", _("Recruitment")
        DISRUPTION = "disruption", _("Repeated disruption")
        SAFETY = "safety", _("Safety of others")

    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="enrolments")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="enrolments")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="enrolment")
    started_on = models.DateField(_("started on"))
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    outcome = models.CharField(_("outcome"), max_length=14, choices=Outcome.choices, blank=True)
    outcome_reason = models.CharField(_("reason"), max_length=300, blank=True)
    earlier_unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="+")
    removal_code = models.CharField(_("ground of removal"), max_length=12, choices=Removal.choices, blank=True)
    removal_proposed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    removal_confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    removal_reason = models.CharField(_("what happened"), max_length=300, blank=True)
    removal_appealed_on = models.DateField(_("appeal against the removal"), null=True, blank=True)
    removal_appeal_answer = models.CharField(_("answer to the appeal"), max_length=300, blank=True)
    removal_appeal_answered_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    finishes_outside = models.BooleanField(_("finishes outside"), default=False)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["cohort", "inmate"], name="enrolment_once_a_round"),
            models.UniqueConstraint(fields=["inmate"], condition=Q(ended_on=None), name="enrolment_one_open"),
            models.CheckConstraint(
                condition=Q(ended_on=None, outcome="") | (Q(ended_on__isnull=False) & ~Q(outcome="")),
                name="enrolment_ends_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("started_on")), name="enrolment_ends_after_start"
            ),
            models.CheckConstraint(
                condition=~Q(outcome="removed")
                | (
                    Q(removal_proposed_by__isnull=False, removal_confirmed_by__isnull=False)
                    & ~Q(removal_code="")
                    & ~Q(removal_proposed_by=F("removal_confirmed_by"))
                ),
                name="enrolment_removed_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(removal_appeal_answered_by=None)
                | (
                    ~Q(removal_appeal_answered_by=F("removal_proposed_by"))
                    & ~Q(removal_appeal_answered_by=F("removal_confirmed_by"))
                    & ~Q(removal_appeal_answer="")
                ),
                name="enrolment_appeal_answered_by_a_third",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.cohort}"


@tracked
class ProgressNote(models.Model):
    """A note on a participant's progress; the inmate may read all of them."""

    class Kind(models.TextChoices):
        NOTE = "note", _("Note")
        MID_TERM = "mid_term", _("Mid-term report")
        FINAL = "final", _("Final report")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="notes")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.NOTE)
    strand = models.CharField(_("strand"), max_length=10, choices=Strand.choices, blank=True)
    text = EncryptedTextField(_("text"))
    written_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    written_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("progress note")
        verbose_name_plural = _("progress notes")
        default_permissions = ()
        ordering = ["-written_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(kind="final"), name="note_one_final_report")
        ]

    def __str__(self):
        return self.get_kind_display()


@tracked
class Certificate(models.Model):
    """Proof of graduation, with a number that can be checked."""

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="certificate")
    number = models.CharField(_("certificate number"), max_length=20, unique=True)
    issued_on = models.DateField(default=clock.today)
    issued_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    exceptions = models.CharField(_("requirement waived, and why"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        default_permissions = ()

    def __str__(self):
        return self.number
