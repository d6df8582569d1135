"""The inmate's own application and part in a round, and what is written about it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from documents.models import StoredFile
from facilities.models import Facility, Unit
from inmates.people.models import Inmate
from musalaha.models.rounds import Cohort, Strand

USER = settings.AUTH_USER_MODEL


class ApplicationQuerySet(models.QuerySet):
    """Reading applications. Assessors and reviewers never see them."""

    def visible_to(self, user):
        """Applications of people whose record the user may open, for those who may see the programme."""
        if not user.can("musalaha.view_programme"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Applications that still wait or stand."""
        return self.filter(state__in=Application.LIVE)


@tracked
class Application(models.Model):
    """The inmate's own request to join. Only the inmate asks; staff record it, with a signature or a witness."""

    class State(models.TextChoices):
        RECORDED = "recorded", _("Recorded")
        WAITING = "waiting", _("Waiting list")
        ACCEPTED = "accepted", _("Accepted")
        DECLINED = "declined", _("Declined")
        TAKEN_BACK = "taken_back", _("Taken back by the inmate")
        ENROLLED = "enrolled", _("Enrolled")
        CLOSED = "closed", _("Closed")

    LIVE = ("recorded", "waiting", "accepted", "enrolled")
    MOVES = {
        State.RECORDED: {State.WAITING, State.ACCEPTED, State.DECLINED, State.TAKEN_BACK, State.CLOSED},
        State.WAITING: {State.ACCEPTED, State.DECLINED, State.TAKEN_BACK, State.CLOSED},
        State.ACCEPTED: {State.WAITING, State.ENROLLED, State.TAKEN_BACK, State.CLOSED},
        State.ENROLLED: {State.CLOSED},
        State.CLOSED: {State.ENROLLED},  # only when a removal is set aside on appeal
    }

    class Channel(models.TextChoices):
        STAFF = "staff", _("Recorded by staff")
        LETTER = "letter", _("Letter from the inmate")
        CNDH = "cndh", _("Through the human-rights council (CNDH)")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="applications")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", verbose_name=_("prison"))
    asked_on = models.DateField(_("asked on"))
    statement = models.TextField(_("statement, in the inmate's words"))
    dictated = models.BooleanField(_("dictated"), default=False)
    channel = models.CharField(_("channel"), max_length=6, choices=Channel.choices, default=Channel.STAFF)
    consent_version = models.CharField(_("version of the consent form"), max_length=10, default="1")
    consent_language = models.CharField(
        _("language of the consent form"), max_length=2, choices=settings.LANGUAGES, default="ar"
    )
    signed = models.BooleanField(_("signed by the inmate"), default=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    finish_outside = models.BooleanField(_("wishes to finish outside if released in mid-round"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECORDED)
    cohort = models.ForeignKey(Cohort, null=True, blank=True, on_delete=models.PROTECT, related_name="applications")
    eligibility = models.JSONField(_("eligibility when last checked"), default=list)
    checked_on = models.DateField(null=True)
    exception_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    exception_on = models.DateField(null=True)
    exception_reason = models.TextField(_("reasons of the exception"), blank=True)
    exception_asked_on = models.DateField(null=True)
    exception_request = models.CharField(_("why an exception is asked for"), max_length=300, blank=True)
    exception_answer = models.CharField(_("why the exception was not granted"), max_length=300, blank=True)
    decision_reason = models.CharField(_("reason"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"],
                condition=Q(state__in=["recorded", "waiting", "accepted", "enrolled"]),
                name="application_one_live",
            ),
            models.CheckConstraint(condition=Q(signed=True) | ~Q(witness=""), name="application_signed_or_witnessed"),
            models.CheckConstraint(condition=~Q(statement=""), name="application_has_a_statement"),
            models.CheckConstraint(
                condition=~Q(state="declined") | ~Q(decision_reason=""), name="application_declined_with_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["accepted", "enrolled"]) | Q(cohort__isnull=False, decided_by__isnull=False),
                name="application_accepted_into_a_round",
            ),
            models.CheckConstraint(
                condition=Q(exception_by=None) | ~Q(exception_reason=""), name="application_exception_has_reasons"
            ),
        ]
        indexes = [
            models.Index(fields=["asked_on"], condition=Q(state__in=["recorded", "waiting"]), name="application_queue")
        ]

    def __str__(self):
        return f"{self.inmate} · {self.asked_on}"


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
    """A person's part in one round. `earlier_unit` is the unit to return to."""

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
    text = models.TextField(_("text"))
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
