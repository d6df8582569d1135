"""Reviews: a proposed tier, and the decision on it."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import Step, live_states, paired_stamps
from inmates.classification.models.assessments import Assessment
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


class ReviewQuerySet(models.QuerySet):
    """Reading reviews."""

    def visible_to(self, user):
        """Reviews of people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Reviews that wait for somebody."""
        return self.filter(state__in=Review.LIVE)


@tracked
class Review(models.Model):
    """One proposed tier and the decision on it. The decider is never the assessor."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Awaiting decision")
        RETURNED = "returned", _("Returned to assessor")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Cancelled")

    # The assessor answers and may withdraw their own review; whoever decides on it is somebody else.
    ANOTHER = {"assessor": _("You assessed this person yourself: another reviewer decides.")}
    CANCEL = Step(
        ("inmates.decide_review", "inmates.assess"),
        at="inmate.facility",
        own={"inmates.assess": "assessor"},
        follows=True,  # from a release
    )
    TRANSITIONS = {
        (State.SUBMITTED, State.RETURNED): Step("inmates.decide_review", at="inmate.facility", not_by=ANOTHER),
        (State.SUBMITTED, State.DECIDED): Step(
            "inmates.decide_review", at="inmate.facility", stamp="decided", not_by=ANOTHER
        ),
        (State.SUBMITTED, State.CANCELLED): CANCEL,
        (State.RETURNED, State.SUBMITTED): Step(
            "inmates.assess", at="inmate.facility", own={"inmates.assess": "assessor"}
        ),
        (State.RETURNED, State.CANCELLED): CANCEL,
    }
    LIVE = live_states(TRANSITIONS)

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="reviews")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="review")
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField(default=clock.now)
    questions = EncryptedTextField(_("questions to the assessor"), blank=True)
    returned_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answer = EncryptedTextField(_("answer to the questions"), blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    effects_then = models.JSONField(default=list, editable=False)  # what each tier meant when it was decided
    cancelled_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)
    cancelled_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["inmate"], condition=Q(state__in=["submitted", "returned"]), name="review_one_open"
            ),
            models.UniqueConstraint(fields=["id", "assessor"], name="review_with_assessor"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("assessor")), name="review_decided_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="decided") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="review_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(questions=""), name="review_returned_with_questions"
            ),
            models.CheckConstraint(
                condition=~Q(state="cancelled") | ~Q(cancelled_reason=""), name="review_cancelled_with_reason"
            ),
            *paired_stamps("review", [("decided_at", "decided_by")]),
        ]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state__in=["submitted", "returned"]), name="review_queue")
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_state_display()}"
