"""Appeals and cassations declared against judgments: the registry's (*greffe*) register, and what the courts answered."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from core.workflow import paired_stamps
from documents.models import StoredFile
from facilities.models import Facility
from inmates.people.models import Annullable, Inmate, standing_rows
from inmates.sentences.models.judgments import Case, Sentence

USER = settings.AUTH_USER_MODEL


def sending_time():
    """How long a declaration of the person may stay in the prison before it is sent to the court."""
    return timedelta(hours=settings.POLICY["appeal_sending_hours"])


class CourtAppealQuerySet(models.QuerySet):
    """Reading appeals to a court."""

    def visible_to(self, user):
        """Appeals of people whose record the user may open."""
        return self.filter(case__inmate__in=Inmate.objects.visible_to(user), case__annulled_at=None)

    def open(self):
        """Appeals that no court has answered yet."""
        return self.filter(outcome="", case__annulled_at=None)

    def about(self, judgment):
        """Appeals about a judgment: against it, against one before or after it on its count, or against none that is named.

        All of them where no judgment is named.
        """
        return self.filter(Q(judgment=None) | Q(judgment__count=judgment.count)) if judgment else self

    def to_send(self):
        """Declarations of the person that have not gone to the court yet."""
        return self.open().filter(by_person_at__isnull=False, sent_at=None)

    def overdue(self, now):
        """Declarations that should have gone to the court by `now`."""
        return self.to_send().filter(by_person_at__lt=now - sending_time())


@tracked
class CourtAppeal(Annullable):
    """An appeal or a cassation in a case, by the person, the prosecution or both, until a court has answered it.

    One open a kind and judgment: whoever appeals second joins it. One number of the register may be of several in a case.
    `judgment` is the sentence appealed against; none where an acquittal is. `document` is the scan of the ruling.
    `retrial_`: how, when and by which decision what it sent back ended without prison while another count of the case
    stood. `noted_on` is the day of an appeal noted before this register was kept, by whom is not known.
    """

    class Kind(models.TextChoices):
        APPEAL = "appeal", _("Appeal to a court")
        CASSATION = "cassation", _("Cassation")

    class Party(models.TextChoices):
        PERSON = "person", _("The person convicted")
        PROSECUTION = "prosecution", _("The prosecution")
        BOTH = "both", _("Both")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Judgment confirmed")
        CHANGED = "changed", _("New term")
        QUASHED = "quashed", _("Acquitted, nothing stands")
        SENT_BACK = "sent_back", _("Quashed and sent back for retrial")
        NO_PRISON = "no_prison", _("Suspended term or fine only")
        DROPPED = "dropped", _("Withdrawn or inadmissible")

    class Retrial(models.TextChoices):
        ACQUITTED = "acquitted", _("Acquitted")
        DROPPED = "dropped", _("Dropped")
        CONVICTED = "convicted", _("Suspended term or fine only")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="court_appeals")
    judgment = models.ForeignKey(
        Sentence, null=True, blank=True, on_delete=models.PROTECT, related_name="court_appeals"
    )
    facility = models.ForeignKey(Facility, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    by_person_at = models.DateTimeField(_("declared by the person"), null=True, blank=True)
    by_prosecution_at = models.DateTimeField(_("declared by the prosecution"), null=True, blank=True)
    noted_on = models.DateField(null=True, blank=True)
    court = models.CharField(_("court appealed to"), max_length=120)
    last_day = models.DateField(_("last day to appeal"), null=True, blank=True)
    reference = models.CharField(_("number in the register of declarations"), max_length=60, blank=True)
    recorded_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    receipt_at = models.DateTimeField(_("receipt given"), null=True, blank=True)
    receipt_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(_("sent to the court"), null=True, blank=True)
    sent_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    proof = models.CharField(_("proof of sending"), max_length=120, blank=True)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision = models.CharField(_("reference of the ruling"), max_length=120, blank=True)
    outcome_by = models.ForeignKey(USER, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome_at = models.DateTimeField(null=True, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    retrial_outcome = models.CharField(_("end of the retrial"), max_length=10, choices=Retrial.choices, blank=True)
    retrial_ended_on = models.DateField(_("retrial ended on"), null=True, blank=True)
    retrial_decision = models.CharField(_("decision that ended the retrial"), max_length=120, blank=True)
    retrial_document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows(CourtAppealQuerySet)
    everything = CourtAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("appeal against a judgment")
        verbose_name_plural = _("appeals against judgments")
        default_permissions = ()
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind", "judgment"],
                condition=Q(outcome="", annulled_at=None),
                nulls_distinct=False,
                name="court_appeal_one_open",
            ),
            ExclusionConstraint(
                expressions=[("facility", "="), ("kind", "="), ("reference", "="), ("case", "<>")],
                condition=~Q(reference="") & Q(annulled_at=None),
                name="court_appeal_number_once_a_prison",
            ),
            models.CheckConstraint(
                condition=Q(by_person_at__isnull=False)
                | Q(by_prosecution_at__isnull=False)
                | Q(noted_on__isnull=False),
                name="court_appeal_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None, decision="", outcome_by=None)
                | (~Q(outcome="") & Q(decided_on__isnull=False, outcome_by__isnull=False) & ~Q(decision="")),
                name="court_appeal_outcome_by_a_ruling",
            ),
            models.CheckConstraint(
                condition=Q(retrial_outcome="", retrial_ended_on=None, retrial_decision="")
                | (
                    Q(outcome="sent_back", retrial_ended_on__isnull=False)
                    & ~Q(retrial_outcome="")
                    & ~Q(retrial_decision="")
                ),
                name="court_appeal_retrial_ended_by_a_decision",
            ),
            models.CheckConstraint(
                condition=Q(receipt_at=None, sent_at=None) | Q(by_person_at__isnull=False),
                name="court_appeal_receipt_is_the_persons",
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | ~Q(proof=""), name="court_appeal_sent_with_proof"),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(sent_at__gte=F("by_person_at")), name="court_appeal_sent_after"
            ),
            *paired_stamps(
                "court_appeal",
                [("receipt_at", "receipt_by"), ("sent_at", "sent_by"), ("outcome_at", "outcome_by")],
            ),
        ]
        indexes = [models.Index(fields=["by_person_at"], condition=Q(outcome=""), name="court_appeal_open")]

    def __str__(self):
        return f"{self.get_kind_display()} · {self.case}"

    @property
    def party(self):
        """Who appealed: a `Party`, or None where nobody wrote it down."""
        if self.by_person_at and self.by_prosecution_at:
            return self.Party.BOTH
        if self.by_person_at:
            return self.Party.PERSON
        return self.Party.PROSECUTION if self.by_prosecution_at else None

    @property
    def standing_judgment(self):
        """The sentence that an answer is about: the one appealed against, or what has taken its place by now.

        That is the sentence of an earlier answer, or the one entered again after an annulment. None where nothing stands
        of this count: an acquittal.
        """
        judgment = self.judgment
        if judgment is None or (judgment.stands and judgment.annulled_at is None):
            return judgment
        return self.case.sentences.standing().filter(count=judgment.count).first()

    @property
    def declared_on(self):
        """The day of the first declaration."""
        moments = [timezone.localdate(at) for at in (self.by_person_at, self.by_prosecution_at) if at]
        return min([*moments, *([self.noted_on] if self.noted_on else [])])

    @property
    def late(self):
        """Whether it was declared after the last day: recorded all the same, the court says whether it is admissible."""
        return self.last_day is not None and self.declared_on > self.last_day

    @property
    def to_send(self):
        """Whether it still has to go to the court."""
        return not self.outcome and self.by_person_at is not None and self.sent_at is None

    @property
    def send_by(self):
        """By when the person's declaration goes to the court."""
        return self.by_person_at and self.by_person_at + sending_time()

    @property
    def overdue(self):
        """Whether it should have gone to the court by now."""
        return self.to_send and self.send_by < clock.now()
