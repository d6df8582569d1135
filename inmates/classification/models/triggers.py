"""What brings a review forward, and what puts it off."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.workflow import paired_stamps
from inmates.classification.models.assessments import Assessment
from inmates.classification.models.decisions import TierDecision
from inmates.conditions.models import Incident
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


@tracked
class Postponement(models.Model):
    """A review put off: by whom, why, and until when. Never silent, never without a limit."""

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="postponements")
    due_on = models.DateField(_("was due on"))
    until = models.DateField(_("put off until"))
    reason = models.CharField(_("reason"), max_length=300)
    postponed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    postponed_on = models.DateField(default=clock.today)

    class Meta:
        verbose_name = _("postponed review")
        verbose_name_plural = _("postponed reviews")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("due_on")), name="postponement_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="postponement_has_a_reason"),
        ]

    def __str__(self):
        return str(self.until)


class ReviewTriggerQuerySet(models.QuerySet):
    """Reading what calls for an early review."""

    def open(self):
        """Triggers that no decision has answered, and that nothing has closed."""
        return self.filter(answered_by=None, closed_on=None)


@tracked
class ReviewTrigger(models.Model):
    """A reason to review earlier than planned: a serious incident, new information, graduation, an appeal."""

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="review_triggers")
    cause = models.CharField(_("cause"), max_length=12, choices=Assessment.Cause.choices)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(default=clock.today)
    due_on = models.DateField(_("due on"))
    answered_by = models.ForeignKey(TierDecision, null=True, on_delete=models.PROTECT, related_name="answers")
    # What happened was found not established: nothing calls for an early review any longer.
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReviewTriggerQuerySet.as_manager()

    class Meta:
        verbose_name = _("review trigger")
        verbose_name_plural = _("review triggers")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_by=None) | Q(closed_on=None), name="trigger_answered_or_closed"
            ),
            *paired_stamps("trigger", [("closed_on", "closed_by")]),
        ]

    def __str__(self):
        return f"{self.get_cause_display()} · {self.due_on}"
