"""Tasks: what somebody has to settle about a person, by a day."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core import sayings
from facilities.models import Facility
from inmates.people.models.identity import Inmate
from inmates.people.models.restrictions import RestrictionStep
from inmates.people.participation import may_know_participation

USER = settings.AUTH_USER_MODEL


class TaskQuerySet(models.QuerySet):
    """Reading tasks."""

    def open(self):
        """Tasks not done."""
        return self.filter(done_at=None)

    def overdue(self, on):
        """Tasks not done that were due before `on`; never on the due day itself."""
        return self.open().filter(due_on__lt=on)

    def visible_to(self, user):
        """Tasks of the user's prisons (all with national scope)."""
        if not user.can("inmates.view_record"):
            return self.none()
        if not may_know_participation(user):
            self = self.exclude(kind__in=Task.ABOUT_PLACES)
        self = self.exclude(~Q(kind__in=Task.ON_DUTY) & Q(inmate__in=RestrictionStep.objects.closed_to(user)))
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
        EARLIER_CUSTODY = "earlier_custody", _("Earlier custody: say whether it counts as remand")
        NO_TITLE = "no_title", _("Held without a title: release, or record what holds")
        RELEASE_SCAN = "release_scan", _("Attach the scan of the release order")
        COURT_SCAN = "court_scan", _("Attach the scan of the decision that ended a case")
        COURT_ANSWER = "court_answer", _("Record the court's answer to an appeal still open")
        TERM_NOT_FINAL = "term_not_final", _("Pronounced term ends, judgment not final")
        FINE_MISSING = "fine_missing", _("A pardon waits for the fine")
        SEPARATE_GROUND = "separate_ground", _("Separate system: settle the ground")
        SEPARATE_EXIT = "separate_exit", _("Leaves the separate system: transfer out")
        NEW_INFORMATION = "new_information", _("New information")
        OTHER = "other", _("Other")

    # Kinds that holding or a release needs done, named for a restricted record or not; what they say of it is left out.
    ON_DUTY = (Kind.PLACEMENT, Kind.TERM_OVER, Kind.NO_TITLE, Kind.RELEASE_SCAN)
    ABOUT_PLACES = (Kind.PLACEMENT, Kind.RETURN_UNIT)  # why somebody is to be moved may tell of their part in a round

    inmate = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="tasks")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("task"), max_length=16, choices=Kind.choices)
    said = models.JSONField(
        _("detail"), default=list, blank=True, editable=False
    )  # sayings: what the system says of it
    note = models.CharField(_("note"), max_length=300, blank=True)  # what a person wrote
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
            models.CheckConstraint(condition=~Q(said=[]) | ~Q(note=""), name="task_says_something"),
            models.CheckConstraint(
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False), name="task_done_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["facility", "due_on"], condition=Q(done_at=None), name="task_open_by_prison")]

    def __str__(self):
        return self.get_kind_display()

    @property
    def text(self):
        """What is to be settled, in the reader's language, and what somebody noted; nothing of a record closed to the reader."""
        if self.inmate.closed:
            return ""
        return sayings.noted(self.said, self.note)

    @classmethod
    def kinds_for(cls, user):
        """The kinds of tasks that this user may read, as choices."""
        hidden = () if may_know_participation(user) else cls.ABOUT_PLACES
        return [(value, label) for value, label in cls.Kind.choices if value not in hidden]
