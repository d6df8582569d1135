"""The tier: assessed by one person, decided by another, told to the inmate, open to appeal before a third.

That assessor, decider and appeal decider are three people is held by composite foreign keys: a decision carries its
review's assessor, an appeal its decision's assessor and decider, and check constraints compare them.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from documents.models import StoredFile
from facilities.models import Tier
from inmates.custody.models import Admission, Incident
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

    TOOL_VERSION = "1"

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
    suggestion = models.JSONField(_("what led to the suggestion"), default=list, editable=False)
    proposed_tier = models.PositiveSmallIntegerField(_("proposed tier"), choices=Tier.choices, null=True, blank=True)
    reasons = models.TextField(_("reasons for the proposal"), blank=True)
    difference_reason = models.TextField(_("why other than suggested"), blank=True)
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
        ]

    def __str__(self):
        return f"{self.inmate} · {self.started_at:%Y-%m-%d}"


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
    rating = models.CharField(_("rating"), max_length=10, choices=Rating.choices, default=Rating.NOT_KNOWN)
    established = models.BooleanField(
        _("established"),
        default=False,
        help_text=_("By a final conviction or by conduct in custody, not by a charge alone."),
    )
    evidence = models.TextField(_("evidence"), blank=True)
    source = models.CharField(_("source"), max_length=160, blank=True)
    observed_on = models.DateField(_("date of the evidence"), null=True, blank=True)

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["assessment", "domain"], name="finding_once_a_domain")]

    def __str__(self):
        return f"{self.get_domain_display()}: {self.get_rating_display()}"


class ReviewQuerySet(models.QuerySet):
    """Reading reviews."""

    def visible_to(self, user):
        """Reviews of people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Reviews that wait for somebody."""
        return self.filter(state__in=[Review.State.SUBMITTED, Review.State.RETURNED])


@tracked
class Review(models.Model):
    """One proposed tier and the decision on it. The decider is never the assessor."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Awaiting decision")
        RETURNED = "returned", _("Returned to assessor")
        DECIDED = "decided", _("Decided")
        CANCELLED = "cancelled", _("Cancelled")

    MOVES = {
        State.SUBMITTED: {State.RETURNED, State.DECIDED, State.CANCELLED},
        State.RETURNED: {State.SUBMITTED, State.CANCELLED},
    }

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="reviews")
    assessment = models.OneToOneField(Assessment, on_delete=models.PROTECT, related_name="review")
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.SUBMITTED)
    submitted_at = models.DateTimeField(default=clock.now)
    questions = models.TextField(_("questions to the assessor"), blank=True)
    returned_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    answer = models.TextField(_("answer to the questions"), blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
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
        ]
        indexes = [
            models.Index(fields=["submitted_at"], condition=Q(state__in=["submitted", "returned"]), name="review_queue")
        ]

    def __str__(self):
        return f"{self.inmate} · {self.get_state_display()}"


class TierDecisionQuerySet(models.QuerySet):
    """Reading tier decisions."""

    def visible_to(self, user):
        """Decisions on people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def in_force_on(self, day):
        """Each person's decision in force when `day` ended, one row a person (the same rule as `register.DERIVED`).

        A stricter one is in force from its notice on, save a written emergency; a suspended one is not.
        """
        suspended = Q(suspended_on__lte=day) & (Q(resumed_on=None) | Q(resumed_on__gt=day))
        milder = Q(before=None) | Q(tier__gte=F("before"))
        return (
            self.filter(effective_on__lte=day)
            .exclude(suspended)
            .filter(milder | ~Q(emergency="") | Q(origin="import") | Q(notice__served_on__lte=day))
            .order_by("inmate_id", "-effective_on", "-id")
            .distinct("inmate_id")
        )


@tracked
class TierDecision(models.Model):
    """A tier given to a person, with reasons, from a day on. Imported history has no review, but still two people."""

    class Origin(models.TextChoices):
        REVIEW = "review", _("Review")
        APPEAL = "appeal", _("Appeal")
        IMPORT = "import", _("Imported history")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="tier_decisions")
    review = models.OneToOneField(Review, null=True, on_delete=models.PROTECT, related_name="decision")
    origin = models.CharField(_("origin"), max_length=6, choices=Origin.choices, default=Origin.REVIEW)
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"), default=clock.today)
    before = models.PositiveSmallIntegerField(_("tier before"), choices=Tier.choices, null=True)
    tier = models.PositiveSmallIntegerField(_("tier"), choices=Tier.choices)
    effective_on = models.DateField(_("effective on"))
    next_review_on = models.DateField(_("next review"))
    reasons = models.TextField(_("reasons"))
    emergency = models.TextField(
        _("written emergency"), blank=True, help_text=_("Why a stricter tier must take effect before the notice.")
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
            models.CheckConstraint(condition=~Q(reasons__regex=r"^\s*$"), name="decision_has_reasons"),
            models.CheckConstraint(condition=Q(tier__in=[1, 2, 3]), name="decision_of_a_known_tier"),
            models.CheckConstraint(condition=Q(effective_on__gte=F("decided_on")), name="decision_not_backdated"),
            models.CheckConstraint(condition=Q(next_review_on__gt=F("decided_on")), name="decision_reviewed_again"),
            models.CheckConstraint(
                condition=~Q(origin="review") | Q(review__isnull=False), name="decision_comes_from_a_review"
            ),
            models.UniqueConstraint(fields=["id", "assessor", "decided_by"], name="decision_with_its_people"),
        ]
        indexes = [models.Index(fields=["inmate", "-effective_on", "-id"], name="decision_by_inmate")]

    def __str__(self):
        return f"{self.get_tier_display()} · {self.decided_on}"

    @property
    def stricter(self):
        """Whether the decision makes treatment stricter than before (a lower tier number)."""
        return self.before is not None and self.tier < self.before


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


@tracked
class ReviewTrigger(models.Model):
    """A reason to review earlier than planned: a serious incident, new information, graduation, an appeal."""

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="review_triggers")
    cause = models.CharField(_("cause"), max_length=12, choices=Assessment.Cause.choices)
    incident = models.ForeignKey(Incident, null=True, on_delete=models.PROTECT, related_name="+")
    happened_on = models.DateField(default=clock.today)
    due_on = models.DateField(_("due on"))
    answered_by = models.ForeignKey(TierDecision, null=True, on_delete=models.PROTECT, related_name="answers")

    class Meta:
        verbose_name = _("review trigger")
        verbose_name_plural = _("review triggers")
        default_permissions = ()

    def __str__(self):
        return f"{self.get_cause_display()} · {self.due_on}"


@tracked
class Notice(models.Model):
    """The decision told to the inmate (*notification*), in a language of theirs; what was withheld, by whom and why."""

    class How(models.TextChoices):
        READ_AND_HANDED = "read_and_handed", _("Read out and handed over")
        HANDED = "handed", _("Handed over")
        READ = "read", _("Read out")

    decision = models.OneToOneField(TierDecision, on_delete=models.PROTECT, related_name="notice")
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="ar")
    due_on = models.DateField(_("to be served by"))
    served_on = models.DateField(_("served on"), null=True, blank=True)
    served_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how"), max_length=16, choices=How.choices, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    refused_to_sign = models.BooleanField(_("refused to sign"), default=False)
    withheld = models.TextField(_("what is withheld"), blank=True)
    withheld_reason = models.TextField(_("why it is withheld"), blank=True)
    withheld_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

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
        ]

    def __str__(self):
        return f"{self.decision} · {self.served_on or '—'}"


class AppealQuerySet(models.QuerySet):
    """Reading appeals."""

    def visible_to(self, user):
        """Appeals of people whose record the user may open, for those who may see classification."""
        if not user.can("inmates.view_classification"):
            return self.none()
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def live(self):
        """Appeals not yet answered."""
        return self.filter(outcome="")


@tracked
class Appeal(models.Model):
    """The inmate's appeal (*recours*) against a tier decision, answered by a third person."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("Decision upheld")
        CHANGED = "changed", _("Decision changed")
        SENT_BACK = "sent_back", _("Sent back for a new assessment")
        LAPSED = "lapsed", _("Lapsed on release")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="appeals")
    decision = models.OneToOneField(TierDecision, on_delete=models.PROTECT, related_name="appeal")
    assessor = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    decider = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField(_("made on"))
    grounds = models.TextField(_("grounds, in the inmate's words"))
    signed = models.BooleanField(_("signed by the inmate"), default=True)
    witness = models.CharField(_("witness"), max_length=120, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    late_reason = models.CharField(_("why a late appeal is admitted"), max_length=300, blank=True)
    recorded_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    due_on = models.DateField(_("answer due on"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    reasons = models.TextField(_("reasons of the answer"), blank=True)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(null=True)
    new_decision = models.OneToOneField(TierDecision, null=True, on_delete=models.PROTECT, related_name="from_appeal")

    objects = AppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal")
        verbose_name_plural = _("appeals")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | (~Q(decided_by=F("assessor")) & ~Q(decided_by=F("decider"))),
                name="appeal_decided_by_a_third",
            ),
            models.CheckConstraint(
                condition=Q(outcome="")
                | Q(outcome="lapsed")
                | (Q(decided_by__isnull=False, decided_on__isnull=False) & ~Q(reasons="")),
                name="appeal_answered_with_reasons",
            ),
            models.CheckConstraint(condition=Q(signed=True) | ~Q(witness=""), name="appeal_signed_or_witnessed"),
            models.CheckConstraint(condition=~Q(grounds=""), name="appeal_has_grounds"),
        ]

    def __str__(self):
        return f"{self.inmate} · {self.made_on}"
