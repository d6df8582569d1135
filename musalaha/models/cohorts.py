"""Rounds of the programme, its strands and its aims."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import signed_context
from audit.history import tracked
from core.workflow import Step, live_states
from facilities.models import Facility, Sex, Unit

USER = settings.AUTH_USER_MODEL
MANAGE = Step("musalaha.manage_rounds", at="facility")


class Strand(models.TextChoices):
    """The four strands of the programme."""

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

    def live(self):
        """Rounds planned, open or running."""
        return self.filter(state__in=Cohort.LIVE)

    def overdue(self, on):
        """Rounds that run past the planned end."""
        return self.filter(state=Cohort.State.RUNNING, ends_on__lt=on)

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
    """One round (*édition*): its unit, days and places.

    `starts_on` and `ends_on` are planned; `started_on` and `completed_on` happened.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open to applicants")
        RUNNING = "running", _("Running")
        COMPLETED = "completed", _("Completed")
        CANCELLED = "cancelled", pgettext_lazy("of a round", "Cancelled")

    TRANSITIONS = {
        (State.PLANNED, State.OPEN): MANAGE,
        (State.PLANNED, State.CANCELLED): MANAGE,
        (State.OPEN, State.RUNNING): MANAGE,
        (State.OPEN, State.CANCELLED): MANAGE,
        (State.RUNNING, State.COMPLETED): MANAGE,
        (State.RUNNING, State.CANCELLED): MANAGE,
    }
    LIVE = live_states(TRANSITIONS)
    TAKES_APPLICANTS = (State.OPEN, State.RUNNING)

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

    @signed_context.beyond("figures")
    def places_taken(self):
        """How many places are given, to people of every prison."""
        return self.applications.with_a_place().count()
