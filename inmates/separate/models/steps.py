"""Steps into the separate system and out of it, with the notice of each; and what was found of a ground with the tier."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.fields import EncryptedTextField
from core.workflow import Step, live_states, paired_stamps
from inmates.custody.models import Admission, SeparateGround
from inmates.people.models import Inmate
from inmates.people.telling import How

USER = settings.AUTH_USER_MODEL


class StepState(models.TextChoices):
    """State of a step."""

    PROPOSED = "proposed", pgettext_lazy("of the separate system", "Awaiting decision")
    DECIDED = "decided", pgettext_lazy("of the separate system", "Decided")
    REFUSED = "refused", pgettext_lazy("of the separate system", "Refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("of the separate system", "Withdrawn")


_DECISION = Step(
    "inmates.decide_separate",
    at="inmate.facility",
    stamp="decided",
    not_by={"proposed_by": _("You proposed it: somebody else decides.")},
)
STEP_TRANSITIONS = {
    (StepState.PROPOSED, StepState.DECIDED): _DECISION,
    (StepState.PROPOSED, StepState.REFUSED): _DECISION,
    (StepState.PROPOSED, StepState.WITHDRAWN): Step(
        "inmates.propose_separate", at="inmate.facility", own={"inmates.propose_separate": "proposed_by"}
    ),
}


class SeparateStepQuerySet(models.QuerySet):
    """Reading steps."""

    def visible_to(self, user):
        """Steps about people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def of_running_stays(self):
        """Steps of stays that go on: of one that has ended nothing is decided, told or answered any longer."""
        return self.filter(admission__released_at=None, admission__annulled_at=None)

    def waiting(self):
        """Steps that nobody has decided, of stays that go on."""
        return self.of_running_stays().filter(state=StepState.PROPOSED)

    def counting(self, day):
        """Decisions that count when `day` ends: in effect by then, and not quashed on appeal by then."""
        decided = self.filter(state=StepState.DECIDED, effective_on__lte=day)
        return decided.filter(Q(quashed_on=None) | Q(quashed_on__gt=day))

    def to_serve(self):
        """Decisions of which the person has yet to be told."""
        mine = self.of_running_stays().filter(state=StepState.DECIDED, origin=SeparateStep.Origin.PROPOSAL)
        return mine.filter(served_on=None, quashed_on=None)

    def overdue(self, on):
        """Of decisions to be told, those that were to be told before `on`; never on the due day itself."""
        return self.filter(notice_due_on__lt=on)


@tracked
class SeparateStep(models.Model):
    """Somebody's admission to the separate system on a ground, or exit from it: proposed by one, decided by another.

    It belongs to the stay in which it was proposed. `reasons` are the proposer's (of radicalisation the report), `answer` the
    decider's. `destination` names the ordinary prison to which an exit leads. What a register brought along (`import`) names
    nobody and was told to nobody here.
    """

    State, TRANSITIONS = StepState, STEP_TRANSITIONS
    LIVE = live_states(TRANSITIONS)

    class Kind(models.TextChoices):
        IN = "in", _("Admission to the separate system")
        OUT = "out", _("Exit from the separate system")

    class Cause(models.TextChoices):
        """Why somebody leaves; a release needs none of them."""

        CHANGED = "changed", _("Charge changed to an ordinary one")
        GONE = "gone", _("The ground is gone")
        GRADUATION = "graduation", _("After graduation, by decision")

    class Origin(models.TextChoices):
        PROPOSAL = "proposal", _("Proposal")
        IMPORT = "import", _("Imported history")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="separate_steps")
    admission = models.ForeignKey(Admission, on_delete=models.PROTECT, related_name="separate_steps", db_index=False)
    kind = models.CharField(_("step"), max_length=3, choices=Kind.choices)
    ground = models.CharField(_("ground"), max_length=11, choices=[*SeparateGround.choices, *Cause.choices])
    origin = models.CharField(_("origin"), max_length=8, choices=Origin.choices, default=Origin.PROPOSAL)
    reasons = EncryptedTextField(_("reasons"), blank=True)
    destination = models.CharField(_("ordinary prison"), max_length=120, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=StepState.choices, default=StepState.PROPOSED)
    proposed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    proposed_on = models.DateField(_("proposed on"), default=clock.today)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_on = models.DateField(_("decided on"), null=True)
    answer = EncryptedTextField(_("reasons of the decision"), blank=True)
    effective_on = models.DateField(_("effective on"), null=True)
    notice_due_on = models.DateField(_("to be told by"), null=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, default="ar")
    served_on = models.DateField(_("served on"), null=True)
    served_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(_("how"), max_length=16, choices=How.choices, blank=True)
    interpreter = models.CharField(_("interpreter"), max_length=120, blank=True)
    refused_to_sign = models.BooleanField(_("refused to sign"), default=False)
    quashed_on = models.DateField(_("quashed on"), null=True)

    objects = SeparateStepQuerySet.as_manager()

    class Meta:
        verbose_name = _("step of the separate system")
        verbose_name_plural = _("steps of the separate system")
        default_permissions = ()
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="in", ground__in=["charge", "conviction", "radicalised"], destination="")
                | Q(kind="out", ground__in=["changed", "gone", "graduation"]) & ~Q(destination="") & ~Q(reasons=""),
                name="separate_ground_of_its_kind",
            ),
            models.CheckConstraint(
                condition=~Q(ground="radicalised") | ~Q(reasons=""), name="separate_radicalised_on_a_report"
            ),
            models.CheckConstraint(
                condition=Q(origin="proposal", proposed_by__isnull=False)
                | Q(origin="import", kind="in", state="decided", proposed_by=None, decided_by=None, served_on=None)
                & ~Q(ground="radicalised"),
                name="separate_proposed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")), name="separate_decided_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "withdrawn"], decided_on=None)
                | Q(state__in=["decided", "refused"], decided_on__isnull=False, decided_by__isnull=False)
                | Q(state="decided", origin="import", decided_on__isnull=False),
                name="separate_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(state="decided", effective_on__isnull=False, effective_on__gte=F("decided_on"))
                | ~Q(state="decided") & Q(effective_on=None, served_on=None, quashed_on=None, notice_due_on=None),
                name="separate_effective_once_decided",
            ),
            models.CheckConstraint(condition=~Q(state="refused") | ~Q(answer=""), name="separate_refused_with_reasons"),
            models.CheckConstraint(
                condition=Q(served_on=None) | ~Q(how="") & Q(served_on__gte=F("decided_on")),
                name="separate_told_somehow",
            ),
            *paired_stamps("separate", [("served_on", "served_by")]),
            models.UniqueConstraint(
                fields=["admission"], condition=Q(state__in=["proposed"]), name="separate_one_open"
            ),
        ]
        indexes = [models.Index(fields=["admission", "-effective_on", "-id"], name="separate_by_stay")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.get_state_display()}"


@tracked
class GroundReview(models.Model):
    """What whoever decided the tier found of the ground on the same day: whether it still stands."""

    step = models.ForeignKey(SeparateStep, on_delete=models.PROTECT, related_name="reviews")
    stands = models.BooleanField(_("the ground still stands"))
    reviewed_on = models.DateField(_("reviewed on"), default=clock.today)
    reviewed_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("review of a ground")
        verbose_name_plural = _("reviews of a ground")
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self):
        return f"{self.step} · {self.reviewed_on}"
