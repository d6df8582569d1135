"""The register office's desk: roll counts, visits and calls, tasks, alerts."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from facilities.models import Facility, Unit
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


@tracked
class RollCount(models.Model):
    """A count of everybody in a prison at one moment. A difference is explained before it is signed."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="roll_counts")
    counted_at = models.DateTimeField(default=clock.now)
    counted_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    explanation = models.CharField(_("explanation of the difference"), max_length=300, blank=True)
    signed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("roll count")
        verbose_name_plural = _("roll counts")
        default_permissions = ()
        ordering = ["-counted_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(signed_by=None) | ~Q(signed_by=F("counted_by")), name="roll_signed_by_another"
            )
        ]

    def __str__(self):
        return f"{self.facility} · {self.counted_at:%Y-%m-%d %H:%M}"


@tracked
class RollCountLine(models.Model):
    """One unit's line of a roll count: placed less out, against counted."""

    count = models.ForeignKey(RollCount, on_delete=models.CASCADE, related_name="lines")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    placed = models.PositiveIntegerField()
    out = models.PositiveIntegerField()
    counted = models.PositiveIntegerField(_("counted"))

    class Meta:
        verbose_name = _("line of a roll count")
        verbose_name_plural = _("lines of roll counts")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["count", "unit"], name="roll_line_once")]

    def __str__(self):
        return f"{self.unit}: {self.counted}"

    @property
    def expected(self):
        """People who should be in the unit."""
        return self.placed - self.out

    @property
    def difference(self):
        """Counted less expected."""
        return self.counted - self.expected


@tracked
class Contact(models.Model):
    """A visit or call that took place."""

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
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("visit or call")
        verbose_name_plural = _("visits and calls")
        default_permissions = ()

    def __str__(self):
        return f"{self.get_kind_display()} · {self.on}"


class TaskQuerySet(models.QuerySet):
    """Reading tasks."""

    def open(self):
        """Tasks not done."""
        return self.filter(done_at=None)

    def visible_to(self, user):
        """Tasks of the user's prisons (all with national scope)."""
        if not user.can("inmates.view_record"):
            return self.none()
        if not user.can("musalaha.view_programme"):  # a return from a round is none of their business
            self = self.exclude(kind=Task.Kind.RETURN_UNIT)
        return self if user.sees_nation else self.filter(facility_id__in=user.facility_ids)


@tracked
class Task(models.Model):
    """Something to settle by a day: a placement that no longer fits, a date to be asked for, an offence to enter."""

    class Kind(models.TextChoices):
        PLACEMENT = "placement", _("Placement no longer fits")
        RETURN_UNIT = "return_unit", _("Return to the earlier unit")
        OFFENCE = "offence", _("Enter the offence")
        TERM_OVER = "term_over", _("Term already over: check at once")
        TERM_RANGE = "term_range", _("Term outside the offence's range")
        RELEASE_DATE = "release_date", _("Settle the release date")
        NEW_INFORMATION = "new_information", _("New information")
        OTHER = "other", _("Other")

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="tasks")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("task"), max_length=16, choices=Kind.choices)
    detail = models.CharField(_("detail"), max_length=300, blank=True)
    due_on = models.DateField(_("due on"))
    raised_at = models.DateTimeField(default=clock.now)
    raised_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    done_note = models.CharField(_("what was done"), max_length=300, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate", "kind"], condition=Q(done_at=None), name="task_one_open_a_kind"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False), name="task_done_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "due_on"], condition=Q(done_at=None), name="task_open_by_prison")]

    def __str__(self):
        return self.get_kind_display()


@tracked
class Alert(models.Model):
    """Something to be told at once: a separation past its fifteenth day, a release overdue. Never erased."""

    class Kind(models.TextChoices):
        SEPARATION_BREACH = "separation_breach", _("Separation past 15 days")
        RELEASE_OVERDUE = "release_overdue", _("Release overdue")
        ORDER_EXPIRED = "order_expired", _("Detention order expired")
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
