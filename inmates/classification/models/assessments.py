"""Assessments: domains, ratings, evidence, and the tier proposed."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.fields import EncryptedJSONField, EncryptedTextField
from facilities.models import Tier
from inmates.custody.models import Admission
from inmates.people.models import Inmate

USER = settings.AUTH_USER_MODEL


class AssessmentQuerySet(models.QuerySet):
    """Reading assessments."""

    def visible_to(self, user):
        """Assessments of people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def drafts(self):
        """Assessments being written: neither submitted nor given up."""
        return self.filter(submitted_at=None, ended_at=None)

    def submitted(self):
        """Assessments handed in, newest first."""
        return self.exclude(submitted_at=None).order_by("-submitted_at", "-id")


@tracked
class Assessment(models.Model):
    """A structured professional judgement: findings by domain, the tier they suggest, the tier proposed, and why."""

    TOOL_VERSION = "2"  # 2: implicated in recruitment or finance is never tier 3; a fighter under no definition

    class Cause(models.TextChoices):
        FIRST = "first", _("First assessment")
        PERIODIC = "periodic", _("Periodic review")
        INCIDENT = "incident", _("After a serious incident")
        INFORMATION = "information", _("New information")
        GRADUATION = "graduation", _("After graduation")
        APPEAL = "appeal", _("Sent back on appeal")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="assessments")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="assessments")
    qualification = models.CharField(_("assessor's qualification"), max_length=120, blank=True)
    tool_version = models.CharField(_("version of the tool"), max_length=10, default=TOOL_VERSION)
    cause = models.CharField(_("cause"), max_length=12, choices=Cause.choices, default=Cause.PERIODIC)
    suggested_tier = models.PositiveSmallIntegerField(
        _("suggested tier"), choices=Tier.choices, null=True, editable=False
    )
    suggestion = EncryptedJSONField(_("what led to the suggestion"), default=list, editable=False)
    proposed_tier = models.PositiveSmallIntegerField(_("proposed tier"), choices=Tier.choices, null=True, blank=True)
    reasons = EncryptedTextField(_("reasons for the proposal"), blank=True)
    difference_reason = EncryptedTextField(_("why other than suggested"), blank=True)
    nothing_known = models.BooleanField(_("every domain rated as not known"), default=False, editable=False)
    rests_on = EncryptedTextField(_("on what the proposal rests"), blank=True)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    saved_at = models.DateTimeField(default=clock.now, editable=False)
    saved_in = models.CharField(max_length=36, blank=True, editable=False)  # the window of the browser that saved last
    submitted_at = models.DateTimeField(null=True, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)
    ended_reason = models.CharField(_("why given up"), max_length=300, blank=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["id", "assessor"], name="assessment_with_assessor"),
            models.UniqueConstraint(
                fields=["inmate"], condition=Q(submitted_at=None, ended_at=None), name="assessment_one_draft"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | (Q(submitted_at=None) & ~Q(ended_reason="")),
                name="assessment_given_up_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | (Q(proposed_tier__isnull=False) & ~Q(reasons="")),
                name="assessment_submitted_with_proposal",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None)
                | Q(suggested_tier=None)
                | Q(proposed_tier=F("suggested_tier"))
                | ~Q(difference_reason=""),
                name="assessment_says_why_it_differs",
            ),
            models.CheckConstraint(
                condition=Q(submitted_at=None) | Q(nothing_known=False) | Q(proposed_tier=Tier.TWO) | ~Q(rests_on=""),
                name="assessment_of_nothing_known_says_on_what",
            ),
        ]

    def __str__(self):
        return f"{self.inmate} · {timezone.localdate(self.started_at):%Y-%m-%d}"


@tracked
class Finding(models.Model):
    """What an assessment found in one domain. 'Not known' is a rating of its own and never counts as zero."""

    class Domain(models.TextChoices):
        IDEOLOGY = "ideology", _("Beliefs and ideology")
        GROUP_ROLE = "group_role", _("Role in the group")
        FINANCE = "finance", _("Finance")
        RECRUITMENT = "recruitment", _("Recruitment and indoctrination")
        VIOLENCE = "violence", _("Violence and capability")
        CONDUCT = "conduct", _("Conduct in custody")
        RECONCILIATION = "reconciliation", _("Signs of reconciliation")
        FAMILY = "family", _("Protective: family")
        WORK = "work", _("Protective: work and training")
        REMORSE = "remorse", _("Protective: remorse")
        ENGAGEMENT = "engagement", _("Protective: engagement")

    class Rating(models.TextChoices):
        """How much of a risk is seen; for reconciliation and protective factors, how much of that."""

        NOT_KNOWN = "not_known", _("Not known")
        NONE = "none", _("None seen")
        SOME = "some", _("Some")
        MARKED = "marked", _("Marked")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="findings")
    domain = models.CharField(_("domain"), max_length=16, choices=Domain.choices)
    rating = EncryptedTextField(_("rating"), max_length=10, choices=Rating.choices, default=Rating.NOT_KNOWN)
    established = models.BooleanField(
        _("established"),
        default=False,
        help_text=_("By a final conviction or by conduct in custody, not by a charge or an interview alone."),
    )
    evidence = EncryptedTextField(_("evidence"), blank=True)
    source = EncryptedTextField(_("source"), max_length=160, blank=True)
    observed_on = models.DateField(_("date of the evidence"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["assessment", "domain"], name="finding_once_a_domain")]

    def __str__(self):
        return f"{self.get_domain_display()}: {self.get_rating_display()}"

    @property
    def seen(self):
        """Whether something of it is seen at all, established or not."""
        return self.rating in (self.Rating.SOME, self.Rating.MARKED)
