"""Corrections: what was typed wrong, what is right, why and on what paper; entries for the wrong person; acts taken back."""

import uuid
from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from config import clock
from core.checks import ChecksTogether
from core.fields import PartlyEncryptedJSONField
from core.workflow import Step, live_states, paired_stamps
from facilities.models import Facility
from inmates.people.models.identity import Inmate
from inmates.people.models.restrictions import RestrictionStep

USER = settings.AUTH_USER_MODEL


class Annullable(ChecksTogether):
    """A record that may turn out to be another person's. Annulled, it stays stored and counts for nothing.

    The first manager of such a model leaves annulled rows out (`standing_rows`); `everything` is for who tells the past.
    """

    annulled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


def standing_rows(queryset=models.QuerySet):
    """A manager of the rows that were not annulled, with the reading methods of `queryset`."""

    class StandingRows(models.Manager.from_queryset(queryset)):
        def get_queryset(self):
            """Rows that count."""
            return super().get_queryset().filter(annulled_at=None)

    return StandingRows()


class CorrectionQuerySet(models.QuerySet):
    """Reading corrections."""

    def of_records_of(self, user):
        """Corrections of records the user may open."""
        whole = self.exclude(inmate__in=RestrictionStep.objects.closed_to(user))
        mine = Q(facility_id__in=user.facility_ids) | Q(inmate__in=Inmate.objects.visible_to(user))
        return whole if user.sees_nation else whole.filter(mine)

    def visible_to(self, user):
        """The same, and for who may confirm: those that wait, wherever they are, and those they have answered."""
        if user.sees_nation or not user.can("inmates.confirm_correction"):
            return self.of_records_of(user)
        answered = Q(state__in=Correction.LIVE) | Q(confirmed_by=user)
        whole = self.exclude(inmate__in=RestrictionStep.objects.closed_to(user))
        return self.of_records_of(user) | whole.filter(answered)

    def waiting(self):
        """Corrections that a second person has still to confirm."""
        return self.filter(state__in=Correction.LIVE)


@tracked
class Correction(models.Model):
    """One record put right. One that moves a release date or the ground of a tier waits for a second person.

    `others` is what taking an act back changes in other records, `[{"model", "pk", "changes"}]` in the order of writing.
    `not_by`: keys of users whose own act is taken back, and who do not confirm that. `days`: beside the release date, the
    days that it moves, `{code: [before, after]}`, each a list of `[name, day or None]` (see `corrections.days_of`).

    An `ENTRY` is a new record that counts for nothing (`annulled_at`) until it is in effect: a decision that shortens a
    term. Who made a correction may withdraw it while it waits.

    On a day that it moves, before or after, the officer in charge may let it take effect on paper (`DECIDED`), who is not
    who made it, and a second person confirms within 24 hours (policy: silence holds nobody). Refused after that, it is taken
    back; so is one that alone holds somebody and that nobody has confirmed in time (`lapsed`): it waits again, and is not
    decided on paper twice. `moves`, `days` and the release dates are worked out again while it waits; in effect, they stay.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a second person")
        DECIDED = "decided", _("In effect on paper, to be confirmed")
        DONE = "done", _("In effect")
        REFUSED = "refused", _("Not confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn by who entered it")

    class Kind(models.TextChoices):
        CHANGE = "change", pgettext_lazy("an entry put right", "Correction")
        ANNULMENT = "annulment", _("Annulment: another person's, or entered twice")
        TAKEN_BACK = "taken_back", _("Taking back of an act entered by mistake")
        ENTRY = "entry", _("Entry that shortens a term")

    CONFIRM = Step(
        "inmates.confirm_correction",
        stamp="confirmed",
        not_by={
            "made_by": _("You made this correction yourself: somebody else confirms it."),
            "decided_by": _("You decided on it on paper: somebody else confirms it."),
        },
        not_among={"not_by": _("What is taken back is your own act: somebody else confirms it.")},
    )
    TRANSITIONS = {
        (State.PROPOSED, State.DONE): CONFIRM,
        (State.PROPOSED, State.REFUSED): CONFIRM,
        (State.PROPOSED, State.WITHDRAWN): Step("inmates.view_record", own={"inmates.view_record": "made_by"}),
        (State.PROPOSED, State.DECIDED): Step(
            "inmates.decide_correction",
            at="place",
            stamp="decided",
            not_by={"made_by": _("You made this correction yourself: somebody else decides on it.")},
        ),
        (State.DECIDED, State.PROPOSED): Step(None, follows=True),
        (State.DECIDED, State.DONE): CONFIRM,
        (State.DECIDED, State.REFUSED): CONFIRM,
    }
    LIVE = live_states(TRANSITIONS)
    DATED = frozenset({"order_end", "possible_ends"})  # codes of `moves` that are days

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    inmate = models.ForeignKey(Inmate, null=True, on_delete=models.PROTECT, related_name="corrections")
    facility = models.ForeignKey(Facility, null=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.CHANGE)
    subject = models.CharField(_("what"), max_length=30)
    record = models.BigIntegerField()
    changes = PartlyEncryptedJSONField(default=dict, encoder=DjangoJSONEncoder)
    others = PartlyEncryptedJSONField(default=list, encoder=DjangoJSONEncoder)
    why = models.CharField(_("why"), max_length=300)
    paper = models.CharField(_("on what paper"), max_length=120)
    moves = models.JSONField(default=list)
    release_before = models.DateField(null=True)
    release_after = models.DateField(null=True)
    basis_before = models.CharField(max_length=12, blank=True)
    basis_after = models.CharField(max_length=12, blank=True)
    days = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    papers = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PROPOSED)
    made_by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=clock.now)
    not_by = ArrayField(models.BigIntegerField(), default=list)
    decided_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    decision_paper = models.CharField(_("paper of the decision"), max_length=120, blank=True)
    confirmed_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    refusal = models.CharField(_("why not"), max_length=300, blank=True)

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        ordering = ["-id"]
        default_permissions = ()
        permissions = [
            ("confirm_correction", "Can confirm a correction that moves a release date or the ground of a tier"),
            ("decide_correction", "Can let a correction take effect on paper on the day of a release"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "record"],
                condition=Q(state__in=["proposed", "decided"]),
                name="correction_one_open_a_record",
            ),
            models.CheckConstraint(condition=~Q(why="") & ~Q(paper=""), name="correction_says_why_and_on_what_paper"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None)
                | (~Q(confirmed_by=F("made_by")) & (Q(decided_by=None) | ~Q(confirmed_by=F("decided_by")))),
                name="correction_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(not_by__contains=[F("confirmed_by")]),
                name="correction_of_an_act_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(moves=[]) | Q(confirmed_by__isnull=False),
                name="correction_that_moves_is_confirmed",
            ),
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decision_paper=""), name="correction_decided_on_paper"
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | ~Q(refusal=""), name="correction_refused_with_reason"
            ),
            *paired_stamps("correction", [("decided_at", "decided_by"), ("confirmed_at", "confirmed_by")]),
        ]
        indexes = [
            models.Index(fields=["state"], condition=Q(state__in=["proposed", "decided"]), name="correction_waiting")
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.subject} {self.record}"

    def get_absolute_url(self):
        """Its page."""
        return reverse("inmates:correction", args=[self.uuid])

    @property
    def issued_before(self):
        """Papers handed out before it, as `corrections.printed` gives them; older rows kept no more than how many."""
        return self.papers if isinstance(self.papers, list) else []

    @property
    def papers_counted(self):
        """How many papers an older row counted without naming them."""
        return sum(self.papers.values()) if isinstance(self.papers, dict) else 0

    @property
    def place(self):
        """The prison that answers for it today: where the person is held, else where the record was corrected."""
        here = self.inmate and self.inmate.facility
        return here or self.facility

    @property
    def lapsed(self):
        """Whether it was in effect on paper and is no longer, since nobody confirmed it in time."""
        return self.state == self.State.PROPOSED and self.decided_at is not None

    @property
    def presses_today(self):
        """Whether somebody must decide now: a day that it moves has come, or it says what holds the person.

        Of an older row that kept no days nobody can say that none has come.
        """
        if "holds" in self.moves or self.DATED & set(self.moves) - self.days.keys():
            return True
        return self.first_date is not None and self.first_date <= clock.today()

    @property
    def moved_days(self):
        """The days that it moves, as they were and as they are: release dates, ends of orders, possible ends."""
        dates = {self.release_before, self.release_after} if "release_date" in self.moves else set()
        for before, after in self.days.values():
            differ = [pair for pair in before if pair not in after] + [pair for pair in after if pair not in before]
            dates |= {day and date.fromisoformat(day) for _name, day in differ}
        return sorted(dates - {None})

    @property
    def first_date(self):
        """The earliest of the days that it moves, or None."""
        return next(iter(self.moved_days), None)
