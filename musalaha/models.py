"""Musalaha: rounds, the inmate's own applications, enrolments, sessions, graduation, and what comes after release."""

import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from documents.models import StoredFile
from facilities.models import Facility, Sex, Unit
from inmates.custody.models import Admission
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon, PardonInstrument, Sentence

USER = settings.AUTH_USER_MODEL


class Strand(models.TextChoices):
    """The four strands of the programme (DOMAIN 1)."""

    RELIGION = "religion", _("Religious lectures and discourse")
    RIGHTS = "rights", _("Human rights and law")
    PSYCHOLOGY = "psychology", _("Psychological support")
    VOCATION = "vocation", _("Vocational and theoretical training")


class Aim(models.TextChoices):
    """The three aims of reconciliation."""

    SELF = "self", _("Reconciliation with oneself")
    TEXT = "text", _("Reconciliation with the religious text")
    SOCIETY = "society", _("Reconciliation with society")


class CohortQuerySet(models.QuerySet):
    """Reading rounds."""

    def completed_by(self, day):
        """Rounds completed on or before a day."""
        return self.filter(completed_on__lte=day)

    def running_on(self, day):
        """Rounds started on or before a day and not completed or cancelled by then."""
        return (
            self.filter(started_on__lte=day)
            .filter(Q(completed_on=None) | Q(completed_on__gt=day))
            .filter(Q(cancelled_on=None) | Q(cancelled_on__gt=day))
        )


@tracked
class Cohort(models.Model):
    """One round (*édition*): where, when, for how many. `starts_on` and `ends_on` are planned, `started_on` and
    `completed_on` happened.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open to applicants")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.PLANNED: {State.OPEN, State.CANCELLED},
        State.OPEN: {State.RUNNING, State.CANCELLED},
        State.RUNNING: {State.COMPLETED, State.CANCELLED},
    }

    number = models.PositiveIntegerField(_("round number"), unique=True)
    facility = models.ForeignKey(
        Facility, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("host prison")
    )
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="cohorts", verbose_name=_("programme unit"))
    sex = models.CharField(_("for"), max_length=1, choices=Sex.choices, default=Sex.MALE)
    starts_on = models.DateField(_("planned start"))
    ends_on = models.DateField(_("planned end"))
    capacity = models.PositiveSmallIntegerField(_("places"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PLANNED)
    started_on = models.DateField(_("started on"), null=True, blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    cancelled_on = models.DateField(_("cancelled on"), null=True, blank=True)
    cancelled_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)
    extension_reason = models.CharField(_("why extended"), max_length=300, blank=True)
    partners = ArrayField(
        models.CharField(max_length=120), verbose_name=_("partner organisations"), default=list, blank=True
    )
    hours_planned = models.JSONField(_("hours by strand"), default=dict, blank=True)
    min_attendance = models.PositiveSmallIntegerField(
        _("least attendance to graduate, per cent of each strand"), default=75
    )
    opened_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = CohortQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        ordering = ["-number"]
        default_permissions = ()
        permissions = [
            ("view_programme", "Can see the programme"),
            ("record_application", "Can record an inmate's application"),
            ("manage_rounds", "Can plan and run rounds"),
            ("select", "Can select applicants"),
            ("grant_exception", "Can grant a written exception"),
            ("record_attendance", "Can record attendance"),
            ("withdraw", "Can record a withdrawal"),
            ("propose_removal", "Can propose a removal"),
            ("confirm_removal", "Can confirm a removal"),
            ("graduate", "Can graduate participants"),
            ("manage_pardon_files", "Can prepare pardon files"),
            ("record_follow_up", "Can record follow-up"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gt=F("starts_on")), name="cohort_ends_after_start"),
            models.CheckConstraint(condition=Q(capacity__gte=1), name="cohort_has_places"),
            models.CheckConstraint(
                condition=Q(completed_on=None) | Q(completed_on__gte=F("started_on")),
                name="cohort_completed_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "completed"]) | Q(started_on__isnull=False),
                name="cohort_running_has_started",
            ),
            models.CheckConstraint(
                condition=~Q(state="completed") | Q(completed_on__isnull=False), name="cohort_completed_on_a_day"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | (Q(cancelled_on__isnull=False) & ~Q(cancelled_reason="")),
                name="cohort_cancelled_with_reason",
            ),
            models.CheckConstraint(condition=Q(min_attendance__lte=100), name="cohort_attendance_is_a_share"),
        ]

    def __str__(self):
        return str(_("Round %(number)s") % {"number": self.number})

    def get_absolute_url(self):
        """The round's page."""
        return reverse("musalaha:cohort", args=[self.number])


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
class Session(models.Model):
    """One session (*séance*) of a round."""

    cohort = models.ForeignKey(Cohort, on_delete=models.CASCADE, related_name="sessions")
    starts_at = models.DateTimeField(_("starts at"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=120)
    strand = models.CharField(_("strand"), max_length=10, choices=Strand.choices)
    aim = models.CharField(_("aim"), max_length=7, choices=Aim.choices, default=Aim.TEXT)
    title = models.CharField(_("subject"), max_length=160)
    facilitator = models.CharField(_("facilitator"), max_length=120, blank=True)
    organisation = models.CharField(_("organisation"), max_length=120, blank=True)
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
            models.CheckConstraint(condition=Q(minutes__gte=10) & Q(minutes__lte=600), name="session_lasts_some_time")
        ]

    def __str__(self):
        return f"{self.title} · {self.starts_at:%Y-%m-%d}"


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
    engagement = models.CharField(_("engagement note"), max_length=200, blank=True)
    marked_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    marked_at = models.DateTimeField(default=clock.now)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["session", "enrolment"], name="attendance_once")]

    def __str__(self):
        return self.get_mark_display()


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


class PardonFileQuerySet(models.QuerySet):
    """Reading pardon files."""

    def visible_to(self, user):
        """Files of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))


@tracked
class PardonFile(models.Model):
    """The case put together for a pardon. It grants nothing; its outcome is a `Pardon` recorded from an instrument."""

    class State(models.TextChoices):
        PREPARING = "preparing", _("In preparation")
        SENT = "sent", _("Sent")
        GRANTED = "granted", _("Granted")
        REFUSED = "refused", _("Refused")
        CLOSED = "closed", _("Closed")

    MOVES = {
        State.PREPARING: {State.SENT, State.GRANTED, State.CLOSED},
        State.SENT: {State.GRANTED, State.REFUSED, State.CLOSED},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="pardon_files")
    sentence = models.ForeignKey(Sentence, null=True, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(
        Enrolment, null=True, blank=True, on_delete=models.PROTECT, related_name="pardon_files"
    )
    requester = models.CharField(_("requested by"), max_length=16, choices=PardonInstrument.Requester.choices)
    occasion = models.CharField(_("occasion"), max_length=120)
    opinion = models.TextField(_("opinion"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PREPARING)
    pardon = models.OneToOneField(Pardon, null=True, blank=True, on_delete=models.PROTECT, related_name="file")
    opened_on = models.DateField(default=clock.today)
    opened_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    sent_on = models.DateField(_("sent on"), null=True)
    closed_on = models.DateField(null=True)
    closing_note = models.CharField(_("answer"), max_length=300, blank=True)

    objects = PardonFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("pardon file")
        verbose_name_plural = _("pardon files")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate", "sentence"], condition=Q(state__in=["preparing", "sent"]), name="pardon_file_one_live"
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.occasion}"


@tracked
class FollowUp(models.Model):
    """A contact with somebody after release, due some months on; on the stay that ended, so that non-graduates have
    them too.
    """

    class Contact(models.TextChoices):
        MET = "met", _("Met")
        PHONE = "phone", _("By phone")
        FAMILY = "family", _("Through the family")
        NOT_FOUND = "not_found", _("Not found")
        DECLINED = "declined", _("Did not wish contact")

    class Known(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        NOT_KNOWN = "not_known", _("Not known")

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="follow_ups")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="follow_ups")
    months = models.PositiveSmallIntegerField(_("months after release"))
    due_on = models.DateField(_("due on"))
    done_on = models.DateField(_("done on"), null=True, blank=True)
    contact = models.CharField(_("contact"), max_length=10, choices=Contact.choices, blank=True)
    housing = models.CharField(_("housing"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    work = models.CharField(_("work"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    training = models.CharField(_("training"), max_length=9, choices=Known.choices, default=Known.NOT_KNOWN)
    support = models.CharField(_("support given"), max_length=300, blank=True)
    lost = models.BooleanField(_("lost to follow-up"), default=False)
    note = models.TextField(_("note"), blank=True)
    recorded_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        default_permissions = ()
        ordering = ["due_on"]
        constraints = [
            models.UniqueConstraint(fields=["admission", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(done_on=None) | (~Q(contact="") & Q(recorded_by__isnull=False)),
                name="follow_up_done_somehow",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.months}"


@tracked
class Reconviction(models.Model):
    """A final conviction for an act after release. Allegations never stand here (DOMAIN 2)."""

    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="reconvictions")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="reconvictions")
    act_on = models.DateField(_("date of the act"))
    final_on = models.DateField(_("conviction final on"))
    terrorism = models.BooleanField(_("terrorism"))
    source = models.CharField(_("source: court, number"), max_length=200)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("reconviction")
        verbose_name_plural = _("reconvictions")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(final_on__gte=F("act_on")), name="reconviction_final_after_the_act"),
            models.CheckConstraint(condition=~Q(source=""), name="reconviction_has_a_source"),
            models.UniqueConstraint(fields=["inmate", "act_on", "source"], name="reconviction_once"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.final_on}"
