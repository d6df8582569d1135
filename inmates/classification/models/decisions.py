"""Tier decisions and the notice of each."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import paired_stamps
from facilities.models import Tier
from inmates.classification.in_force import DecisionOn
from inmates.classification.models.reviews import Review
from inmates.custody.derived_columns import StayOn
from inmates.custody.models import Admission
from inmates.people.models import Inmate
from inmates.people.telling import How

USER = settings.AUTH_USER_MODEL


class TierDecisionQuerySet(models.QuerySet):
    """Reading tier decisions."""

    def visible_to(self, user):
        """Decisions on people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def in_force_on(self, day):
        """Each person's decision that held when `day` ended, one at most a person; see `in_force.py`."""
        return self.filter(admission=StayOn("inmate_id", day), pk=DecisionOn("admission_id", day))


@tracked
class TierDecision(models.Model):
    """A tier given to a person, with reasons, from a day on. Imported history has no review, but still two people."""

    class Origin(models.TextChoices):
        REVIEW = "review", _("Review")
        APPEAL = "appeal", _("Appeal")
        IMPORT = "import", _("Imported history")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="tier_decisions")
    # The stay in which it was decided, and in which alone it holds. Only history rows of before this column have none.
    admission = models.ForeignKey(
        Admission, null=True, on_delete=models.PROTECT, related_name="tier_decisions", db_index=False
    )
    review = models.OneToOneField(Review, null=True, on_delete=models.PROTECT, related_name="decision")
    origin = models.CharField(_("origin"), max_length=6, choices=Origin.choices, default=Origin.REVIEW)
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"), default=clock.today)
    before = models.PositiveSmallIntegerField(_("tier before"), choices=Tier.choices, null=True)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    effective_on = models.DateField(_("effective on"))
    next_review_on = models.DateField(_("next review"))
    reasons = EncryptedTextField(_("reasons"))
    emergency = EncryptedTextField(
        _("written emergency"), blank=True, help_text=_("Why the tier must take effect before the notice.")
    )
    suspended_on = models.DateField(null=True)
    suspended_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    resumed_on = models.DateField(null=True)

    objects = TierDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("tier decision")
        verbose_name_plural = _("tier decisions")
        default_permissions = ()
        ordering = ["-effective_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(decided_by=F("assessor")), name="decision_not_by_its_assessor"),
            models.CheckConstraint(condition=Q(admission__isnull=False), name="decision_within_a_stay"),
            models.CheckConstraint(condition=~Q(reasons=""), name="decision_has_reasons"),
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="decision_of_a_known_tier"),
            models.CheckConstraint(condition=Q(effective_on__gte=F("decided_on")), name="decision_not_backdated"),
            models.CheckConstraint(condition=Q(next_review_on__gt=F("decided_on")), name="decision_reviewed_again"),
            models.CheckConstraint(
                condition=~Q(origin="review") | Q(review__isnull=False), name="decision_comes_from_a_review"
            ),
            models.UniqueConstraint(fields=["id", "assessor", "decided_by"], name="decision_with_its_people"),
            *paired_stamps("decision", [("suspended_on", "suspended_by")]),
        ]
        indexes = [models.Index(fields=["admission", "-effective_on", "-id"], name="decision_by_stay")]

    def __str__(self):
        return f"{self.get_tier_display()} · {self.decided_on}"

    @property
    def stricter(self):
        """Whether treatment becomes stricter than before (a lower tier number); a first decision counts as stricter."""
        return self.before is None or self.tier < self.before

    @property
    def waits_for_notice(self):
        """Whether it takes effect only when the person is told, and nobody has told them yet."""
        return self.stricter and not self.emergency and self.notice.served_on is None


class NoticeQuerySet(models.QuerySet):
    """Reading notices."""

    def to_serve(self):
        """Notices the person has yet to be told: of a decision not taken back, in the stay that runs."""
        return self.filter(served_on=None, decision__suspended_on=None, decision__admission__released_at=None)

    def overdue(self, on):
        """Notices to serve that were due before `on`; never on the due day itself."""
        return self.to_serve().filter(due_on__lt=on)


@tracked
class Notice(models.Model):
    """The decision told to the inmate (*notification*), in a language of theirs; what was withheld, by whom and why."""

    How = How

    decision = models.OneToOneField(TierDecision, on_delete=models.PROTECT, related_name="notice")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="ar")
    due_on = models.DateField(_("to be served by"))
    served_on = models.DateField(_("served on"), null=True, blank=True)
    served_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how"), max_length=16, choices=How.choices, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    refused_to_sign = models.BooleanField(_("refused to sign"), default=False)
    withheld = EncryptedTextField(_("what is withheld"), blank=True)
    withheld_reason = EncryptedTextField(_("why it is withheld"), blank=True)
    withheld_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(served_on=None) | (Q(served_by__isnull=False) & ~Q(how="")),
                name="notice_served_by_somebody_somehow",
            ),
            models.CheckConstraint(
                condition=Q(withheld="") | (~Q(withheld_reason="") & Q(withheld_by__isnull=False)),
                name="notice_withholding_has_a_reason",
            ),
            *paired_stamps("notice", [("served_on", "served_by")]),
        ]

    def __str__(self):
        return f"{self.decision} · {self.served_on or '—'}"
