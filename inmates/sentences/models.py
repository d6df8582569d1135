"""Cases, sentences and what changes them. The rules of release dates stand in `calculation.py` (DOMAIN 5)."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.history import tracked
from config import clock
from inmates.people.models import Inmate


@tracked
class Offence(models.Model):
    """An article of law, with the range of the prison term it carries. A new wording is a new row."""

    law = models.CharField(_("law"), max_length=120)
    article = models.CharField(_("article"), max_length=40)
    label = models.CharField(_("offence"), max_length=200)
    label_fr = models.CharField(_("offence in French"), max_length=200, blank=True)
    label_ar = models.CharField(_("offence in Arabic"), max_length=200, blank=True)
    min_years = models.PositiveSmallIntegerField(_("least term in years"), null=True, blank=True)
    max_years = models.PositiveSmallIntegerField(_("greatest term in years"), null=True, blank=True)
    terrorism = models.BooleanField(_("terrorism"), default=True)
    valid_from = models.DateField(_("in force from"), null=True, blank=True)
    valid_until = models.DateField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("offence")
        verbose_name_plural = _("offences")
        ordering = ["law", "article"]
        constraints = [
            models.UniqueConstraint(fields=["law", "article", "valid_from"], name="offence_once"),
            models.CheckConstraint(
                condition=Q(min_years=None) | Q(max_years=None) | Q(max_years__gte=F("min_years")), name="offence_range"
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """Article and label in the reader's language."""
        from django.utils.translation import get_language

        label = {"fr": self.label_fr, "ar": self.label_ar}.get((get_language() or "")[:2]) or self.label
        return f"{self.article} · {label}"


@tracked
class Case(models.Model):
    """A prosecution (*dossier pénal*). While it is open with remand ordered, it holds the person."""

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        CONVICTED = "convicted", _("Convicted")
        ACQUITTED = "acquitted", _("Acquitted")
        DROPPED = "dropped", _("Dropped")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="cases")
    court = models.CharField(_("court"), max_length=120, blank=True)
    number = models.CharField(_("case number"), max_length=60, blank=True)
    offences = models.ManyToManyField(Offence, verbose_name=_("offences"), blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    on_remand = models.BooleanField(_("remand ordered"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state="open") | Q(on_remand=False), name="case_closed_holds_nobody")
        ]

    def __str__(self):
        return self.number or str(_("Case without a number"))


class SentenceQuerySet(models.QuerySet):
    """Reading sentences."""

    def standing(self):
        """Sentences that count: not quashed on appeal."""
        return self.filter(quashed_on=None)


@tracked
class Sentence(models.Model):
    """What a court pronounced. Years, months and days as pronounced; life and death have no term.

    `starts_on` is the first day of the stretch of custody that ran unbroken to the final judgment, or the day detained
    under it (DOMAIN 5, rule 1). `relation` says how it stands to the person's other sentences, by a named decision.
    """

    class Kind(models.TextChoices):
        TERM = "term", _("Fixed term")
        LIFE = "life", _("Life")
        DEATH = "death", _("Death")

    class Relation(models.TextChoices):
        CONFUSED = "confused", _("Confused with the severest")
        CUMULATED = "cumulated", _("Cumulated")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sentences")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="sentences")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.TERM)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    starts_on = models.DateField(_("counted from"))
    pronounced_on = models.DateField(_("pronounced on"), null=True, blank=True)
    final_on = models.DateField(_("final on"), null=True, blank=True)
    appealed_on = models.DateField(_("appealed on"), null=True, blank=True)
    quashed_on = models.DateField(_("quashed on"), null=True, blank=True)
    relation = models.CharField(_("relation to other sentences"), max_length=10, choices=Relation.choices, blank=True)
    relation_decision = models.CharField(_("decision that says so"), max_length=200, blank=True)
    range_acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = SentenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("sentence")
        verbose_name_plural = _("sentences")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="term") | Q(years__gt=0) | Q(months__gt=0) | Q(days__gt=0),
                name="sentence_term_is_some_time",
            ),
            models.CheckConstraint(
                condition=Q(kind="term") | Q(years=0, months=0, days=0), name="sentence_life_has_no_term"
            ),
            models.CheckConstraint(
                condition=Q(relation="") | ~Q(relation_decision=""), name="sentence_relation_by_decision"
            ),
        ]

    def __str__(self):
        return self.term_in_words

    @property
    def term_in_words(self):
        """'5 years and 6 months', 'Life', 'Death', in the reader's language."""
        if self.kind != self.Kind.TERM:
            return self.get_kind_display()
        from inmates.sentences.calculation import Term, in_words

        return in_words(Term(self.years, self.months, self.days))


@tracked
class Fine(models.Model):
    """A fine of a case, in dirhams; a royal pardon may remit or reduce it apart from prison."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="fines")
    amount = models.DecimalField(_("amount in dirhams"), max_digits=12, decimal_places=2)
    remaining = models.DecimalField(_("remaining in dirhams"), max_digits=12, decimal_places=2)

    class Meta:
        verbose_name = _("fine")
        verbose_name_plural = _("fines")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(remaining__gte=0) & Q(remaining__lte=F("amount")), name="fine_remaining_within_amount"
            )
        ]

    def __str__(self):
        return f"{self.remaining} / {self.amount}"


@tracked
class RemandPeriod(models.Model):
    """Time held before judgment, apart from the stretch a sentence is counted from: `[first day, day after last)`."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="remand_periods")
    first_day = models.DateField(_("first day"))
    day_after_last = models.DateField(_("day after the last"))

    class Meta:
        verbose_name = _("remand period")
        verbose_name_plural = _("remand periods")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(day_after_last__gte=F("first_day")), name="remand_not_reversed")
        ]

    def __str__(self):
        return f"[{self.first_day}, {self.day_after_last})"


@tracked
class PardonInstrument(models.Model):
    """The royal decision that grants pardons, for one or many people: its reference and date."""

    class Requester(models.TextChoices):
        OWN_MOTION = "own_motion", _("Own motion")
        INMATE = "inmate", _("Inmate")
        FAMILY = "family", _("Family")
        PROSECUTION = "prosecution", _("Prosecution")
        PRISON_SERVICE = "prison_service", _("Prison service")

    reference = models.CharField(_("reference"), max_length=120)
    dated_on = models.DateField(_("date"))
    occasion = models.CharField(_("occasion"), max_length=120, blank=True)
    document = models.ForeignKey(
        "documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name = _("pardon instrument")
        verbose_name_plural = _("pardon instruments")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["reference", "dated_on"], name="instrument_once"),
            models.CheckConstraint(condition=~Q(reference=""), name="instrument_has_a_reference"),
        ]

    def __str__(self):
        return f"{self.reference} ({self.dated_on:%Y-%m-%d})"


class PardonQuerySet(models.QuerySet):
    """Reading pardons."""

    def visible_to(self, user):
        """Pardons of people whose record the user may open."""
        return self.filter(inmate__in=Inmate.objects.visible_to(user))

    def in_force(self):
        """Verified and not superseded."""
        return self.filter(state=Pardon.State.VERIFIED)

    def awaiting(self):
        """Recorded by one person and not yet verified by another."""
        return self.filter(state=Pardon.State.RECORDED)


@tracked
class Pardon(models.Model):
    """What an instrument grants one person for one sentence, or for one prosecution before any sentence.

    Recorded by one person, verified by another against the instrument; then immutable: a mistake is superseded.
    The conviction stands; other sentences are untouched (Dahir 1-57-387).
    """

    class State(models.TextChoices):
        RECORDED = "recorded", _("Awaiting verification")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Not confirmed by the instrument")
        SUPERSEDED = "superseded", _("Superseded")

    MOVES = {
        State.RECORDED: {State.VERIFIED, State.REJECTED},
        State.VERIFIED: {State.SUPERSEDED},
    }

    class Prison(models.TextChoices):
        """What happens to the prison term."""

        KEPT = "kept", _("Kept")
        REMAINDER = "remainder", _("Remainder remitted")
        REDUCED = "reduced", _("Reduced")
        COMMUTED = "commuted", _("Commuted to a fixed term")
        TO_LIFE = "to_life", _("Death commuted to life")
        PROSECUTION = "prosecution", _("Prosecution ended")

    class FineEffect(models.TextChoices):
        KEPT = "kept", _("Kept")
        REMITTED = "remitted", _("Remitted")
        REDUCED = "reduced", _("Reduced")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    instrument = models.ForeignKey(PardonInstrument, on_delete=models.PROTECT, related_name="pardons")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="pardons")
    sentence = models.ForeignKey(Sentence, null=True, blank=True, on_delete=models.PROTECT, related_name="pardons")
    case = models.ForeignKey(Case, null=True, blank=True, on_delete=models.PROTECT, related_name="pardons")
    requester = models.CharField(
        _("requested by"),
        max_length=16,
        choices=PardonInstrument.Requester.choices,
        default=PardonInstrument.Requester.OWN_MOTION,
    )
    prison = models.CharField(_("prison term"), max_length=12, choices=Prison.choices)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    counted_from = models.DateField(_("new term counted from"), null=True, blank=True)
    fine = models.CharField(_("fine"), max_length=9, choices=FineEffect.choices, default=FineEffect.KEPT)
    fine_reduced_to = models.DecimalField(
        _("fine reduced to (dirhams)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    condition = models.CharField(_("condition"), max_length=300, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.RECORDED)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    verified_at = models.DateTimeField(null=True)
    rejected_reason = models.CharField(_("why not confirmed"), max_length=300, blank=True)
    superseded_by = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="supersedes"
    )
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        help_text=_("The pardon that this one supersedes once it is verified."),
    )

    objects = PardonQuerySet.as_manager()

    class Meta:
        verbose_name = _("pardon")
        verbose_name_plural = _("pardons")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by=None) | ~Q(verified_by=F("recorded_by")), name="pardon_verified_by_another"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["recorded"]) | Q(verified_by__isnull=False, verified_at__isnull=False),
                name="pardon_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(sentence__isnull=False) | Q(case__isnull=False), name="pardon_attaches_to_something"
            ),
            models.CheckConstraint(
                condition=Q(prison="prosecution") | Q(sentence__isnull=False),
                name="pardon_of_a_term_names_the_sentence",
            ),
            models.CheckConstraint(
                condition=~Q(prison__in=["reduced", "commuted"]) | Q(years__gt=0) | Q(months__gt=0) | Q(days__gt=0),
                name="pardon_states_its_term",
            ),
            models.CheckConstraint(condition=~Q(prison="kept") | ~Q(fine="kept"), name="pardon_grants_something"),
            models.CheckConstraint(
                condition=~Q(fine="reduced") | Q(fine_reduced_to__isnull=False), name="pardon_states_the_fine"
            ),
            models.UniqueConstraint(
                fields=["instrument", "sentence", "state"],
                condition=Q(state__in=["recorded", "verified"], sentence__isnull=False),
                name="pardon_once_a_sentence_and_instrument",
            ),
            models.UniqueConstraint(
                fields=["instrument", "case", "state"],
                condition=Q(state__in=["recorded", "verified"], sentence=None),
                name="pardon_once_a_case_and_instrument",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="pardon_corrects_another"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="pardon_immutable",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                func="""
                    IF TG_OP = 'DELETE' THEN
                        RAISE EXCEPTION 'pardon: a recorded pardon is never deleted' USING ERRCODE = 'check_violation';
                    END IF;
                    IF OLD.state <> 'recorded' AND NOT (
                        OLD.state = 'verified' AND NEW.state = 'superseded' AND NEW.superseded_by_id IS NOT NULL
                        AND to_jsonb(NEW) - 'state' - 'superseded_by_id' = to_jsonb(OLD) - 'state' - 'superseded_by_id'
                    ) AND NOT (
                        to_jsonb(NEW) - 'inmate_id' = to_jsonb(OLD) - 'inmate_id' AND EXISTS (
                            SELECT 1 FROM inmates_inmate WHERE id = OLD.inmate_id AND merged_into_id = NEW.inmate_id)
                    ) AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
                        RAISE EXCEPTION 'pardon: a verified pardon is superseded, never changed' USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self):
        return f"{self.get_prison_display()} · {self.instrument}"

    @property
    def partial(self):
        """Whether only part was granted: the prison term is not remitted as a whole."""
        return self.prison not in (self.Prison.REMAINDER, self.Prison.PROSECUTION)


@tracked
class Adjustment(models.Model):
    """What changes a sentence after judgment: pardon, automatic reduction, correction. Superseded, never deleted."""

    class Kind(models.TextChoices):
        REMAINDER = "remainder", _("Remainder remitted")
        REDUCTION = "reduction", _("Reduction")
        COMMUTATION = "commutation", _("Commutation")
        TO_LIFE = "to_life", _("Death commuted to life")

    class Source(models.TextChoices):
        PARDON = "pardon", _("Royal pardon")
        AUTOMATIC = "automatic", _("Automatic reduction (Law 03-23)")
        CORRECTION = "correction", _("Correction")

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    pardon = models.OneToOneField(Pardon, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustment")
    decided_on = models.DateField(_("decided on"))
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    counted_from = models.DateField(_("counted from"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        default_permissions = ()
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="pardon") | Q(pardon__isnull=False), name="adjustment_pardon_has_an_instrument"
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


@tracked
class ReleaseComputation(models.Model):
    """One calculation of a person's release date: the old date, the new one, the steps and why it was made again."""

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="release_computations")
    made_at = models.DateTimeField(default=clock.now)
    made_on = models.DateField(default=clock.today)
    before = models.DateField(null=True)
    on = models.DateField(null=True)
    basis = models.CharField(max_length=10, choices=Inmate.ReleaseBasis.choices)
    steps = models.JSONField(default=list)
    cause = models.CharField(max_length=60)

    class Meta:
        verbose_name = _("release calculation")
        verbose_name_plural = _("release calculations")
        default_permissions = ()
        ordering = ["-id"]

    def __str__(self):
        return f"{self.before} -> {self.on}"


@tracked
class Settlement(models.Model):
    """A release date that the rules do not give, entered by a person with reasons (DOMAIN 5, rule 8)."""

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="settlements")
    release_on = models.DateField(_("release date"))
    reasons = models.TextField(_("reasons"))
    source = models.CharField(_("who was asked, and the answer's reference"), max_length=200)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("settled release date")
        verbose_name_plural = _("settled release dates")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate"], condition=Q(ended_at=None), name="settlement_one_in_force"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(source=""), name="settlement_has_reasons"),
        ]

    def __str__(self):
        return str(self.release_on)
