"""The same person twice: possible duplicates and merges by two people."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.workflow import Step, paired_stamps
from inmates.people.models.identity import Inmate
from inmates.people.models.restrictions import RestrictionStep


class PossibleDuplicateQuerySet(models.QuerySet):
    """Reading possible duplicates."""

    def visible_to(self, user):
        """Pairs of which the user may open one record at least; of the other, the identity card alone may show."""
        mine = Inmate.objects.visible_to(user).values("pk")
        merged = Inmate.objects.exclude(merged_into=None)  # asked so that the half elsewhere may be out of sight
        whole = self.exclude(Exists(merged.filter(pk=OuterRef("first")))).exclude(
            Exists(merged.filter(pk=OuterRef("second")))
        )
        return whole if user.sees_nation else whole.filter(Q(first__in=mine) | Q(second__in=mine))

    def open(self):
        """Pairs that nobody has settled."""
        return self.filter(state="open")


@tracked
class PossibleDuplicate(models.Model):
    """Two records that may be one person. Nothing is merged by itself: a person says same or someone else, and stands by it."""

    class State(models.TextChoices):
        OPEN = "open", _("To be settled")
        SOMEONE_ELSE = "someone_else", _("Someone else")
        SAME = "same", _("Same person")

    first = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(Inmate, on_delete=models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(_("score"))
    reasons = models.JSONField(_("reasons"), default=list)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField(default=clock.now)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True)

    objects = PossibleDuplicateQuerySet.as_manager()

    class Meta:
        verbose_name = _("possible duplicate")
        verbose_name_plural = _("possible duplicates")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_ordered"),
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(
                condition=Q(state="open") | Q(settled_by__isnull=False, settled_at__isnull=False),
                name="duplicate_settled_by_somebody",
            ),
            *paired_stamps("duplicate", [("settled_at", "settled_by")]),
        ]

    def __str__(self):
        return f"{self.first_id} / {self.second_id}"


class MergeProposalQuerySet(models.QuerySet):
    """Reading merge proposals."""

    def visible_to(self, user):
        """Proposals about records of which the user may open one, before or after the merge."""
        if not user.can("inmates.view_record"):
            return self.none()
        closed = RestrictionStep.objects.closed_to(user)
        self = self.exclude(keep__in=closed).exclude(absorb__in=closed)
        if user.sees_nation:
            return self
        here = Inmate.objects.filter(facility__in=user.facility_ids)
        return self.filter(Q(keep__in=here) | Q(absorb__in=here))

    def waiting(self):
        """Proposals that nobody has decided."""
        return self.filter(state="proposed")


@tracked
class MergeProposal(models.Model):
    """A proposal that two records are one person. The approver is never the proposer."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Awaiting approval")
        MERGED = "merged", _("Merged")
        REJECTED = "rejected", _("Rejected")

    DECIDE = Step(
        "inmates.approve_merge",
        at=("keep.facility", "absorb.facility"),
        stamp="decided",
        not_by={"proposed_by": _("You proposed it: somebody else decides.")},
    )
    TRANSITIONS = {(State.PROPOSED, State.MERGED): DECIDE, (State.PROPOSED, State.REJECTED): DECIDE}

    keep = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="merges_kept")
    absorb = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="merges_absorbed")
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=clock.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    report = models.JSONField(default=dict)

    objects = MergeProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge proposal")
        verbose_name_plural = _("merge proposals")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=~Q(keep=F("absorb")), name="merge_of_two"),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="merge_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed") | Q(decided_by__isnull=False, decided_at__isnull=False),
                name="merge_decided_by_somebody",
            ),
            *paired_stamps("merge", [("decided_at", "decided_by")]),
            models.UniqueConstraint(
                fields=["absorb"], condition=Q(state__in=["proposed", "merged"]), name="merge_once"
            ),
        ]

    def __str__(self):
        return f"{self.absorb_id} -> {self.keep_id}"
