"""What changes a sentence afterwards: pardons and other adjustments; and the release date that follows."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit import signed_context
from audit.history import tracked
from config import clock
from core.workflow import Step, paired_stamps
from inmates.people.models import Annullable, Inmate, standing_rows
from inmates.sentences.models.fines import Fine
from inmates.sentences.models.judgments import Case, Sentence
from inmates.terms import Term, in_words


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

    def may_be_read_by(self, user):
        """Whether all the people whom it pardons are in the user's scope: its scan names them all."""
        with signed_context.beyond("papers"):
            return not self.pardons.exclude(inmate__in=Inmate.objects.in_scope_of(user)).exists()

    @property
    def scan_may_be_replaced(self):
        """Whether no pardon was verified against its scan yet."""
        with signed_context.beyond("papers"):
            return self.document_id is None or not self.pardons.filter(state=Pardon.State.VERIFIED).exists()


class PardonQuerySet(models.QuerySet):
    """Reading pardons."""

    def visible_to(self, user):
        """Pardons of people whom the user has to do with: restricted records too, since a pardon may free somebody today."""
        return self.filter(inmate__in=Inmate.objects.in_scope_of(user))

    def in_force(self):
        """Verified and not superseded."""
        return self.filter(state=Pardon.State.VERIFIED)

    def without_its_fine(self):
        """Those that touch a fine which nobody has named yet."""
        return self.exclude(fine=Pardon.FineEffect.KEPT).filter(of_fine=None)

    def awaiting(self):
        """Recorded by one person and not yet verified by another."""
        return self.filter(state=Pardon.State.RECORDED)


@tracked
class Pardon(models.Model):
    """What an instrument grants one person for one sentence, or for one prosecution before any sentence.

    Recorded by one person, verified by another against the instrument; then immutable: a mistake is superseded, and what
    was never pardoned at all (a namesake's) taken back by a correction that neither of the two confirms. What it says of a
    fine waits for the fine: `of_fine` is put once, then or later, with what was left of it before, `fine_before`.
    The conviction stands; other sentences are untouched (Dahir 1-57-387).
    """

    class State(models.TextChoices):
        RECORDED = "recorded", _("Awaiting verification")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Not confirmed by the instrument")
        SUPERSEDED = "superseded", _("Superseded")
        TAKEN_BACK = "taken_back", _("Verified by mistake, taken back")

    CHECK = Step(
        "inmates.verify_pardon",
        stamp="verified",
        not_by={"recorded_by": _("You recorded this pardon: somebody else must verify it.")},
    )
    TRANSITIONS = {
        (State.RECORDED, State.VERIFIED): CHECK,
        (State.RECORDED, State.REJECTED): CHECK,
        (State.VERIFIED, State.SUPERSEDED): Step(None),  # when the pardon that corrects it is verified
        (State.VERIFIED, State.TAKEN_BACK): Step(None),  # by a correction that a second person confirms
    }

    class TermEffect(models.TextChoices):
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
    prison = models.CharField(_("prison term"), max_length=12, choices=TermEffect.choices)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    counted_from = models.DateField(_("new term counted from"), null=True, blank=True)
    fine = models.CharField(_("fine"), max_length=9, choices=FineEffect.choices, default=FineEffect.KEPT)
    fine_reduced_to = models.DecimalField(
        _("fine reduced to (dirhams)"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    of_fine = models.ForeignKey(
        Fine,
        verbose_name=_("which fine"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pardons",
        help_text=_("A pardon of a fine alone is verified against it."),
    )
    fine_before = models.DecimalField(max_digits=12, decimal_places=2, null=True, editable=False)
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
            *paired_stamps("pardon", [("verified_at", "verified_by")]),
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
            models.CheckConstraint(
                condition=Q(of_fine=None) | ~Q(fine="kept"), name="pardon_names_only_a_fine_it_touches"
            ),
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
                        (OLD.state, NEW.state) IN (('verified', 'taken_back'), ('taken_back', 'verified'))
                        AND to_jsonb(NEW) - 'state' = to_jsonb(OLD) - 'state'
                    ) AND NOT (
                        OLD.state = 'verified' AND OLD.of_fine_id IS NULL AND NEW.of_fine_id IS NOT NULL
                        AND to_jsonb(NEW) - 'of_fine_id' - 'fine_before'
                            = to_jsonb(OLD) - 'of_fine_id' - 'fine_before'
                    ) AND NOT (
                        to_jsonb(NEW) - 'inmate_id' = to_jsonb(OLD) - 'inmate_id' AND EXISTS (
                            SELECT 1 FROM inmates_inmate WHERE id = OLD.inmate_id AND merged_into_id = NEW.inmate_id)
                    ) AND to_jsonb(NEW) <> to_jsonb(OLD) THEN
                        RAISE EXCEPTION 'pardon: a verified pardon is superseded, never changed'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="pardon_of_a_fine_names_it",
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "fine", "of_fine_id"),
                when=pgtrigger.Before,
                condition=pgtrigger.Q(new__state="verified") & ~pgtrigger.Q(new__fine="kept"),
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        IF OLD.state <> 'recorded' AND NEW.of_fine_id IS NOT DISTINCT FROM OLD.of_fine_id THEN
                            RETURN NEW;
                        END IF;
                    END IF;
                    IF NEW.of_fine_id IS NULL AND NEW.prison <> 'kept' THEN
                        RETURN NEW;  -- what it says of the prison term does not wait for the fine
                    END IF;
                    IF NOT EXISTS (
                        SELECT 1 FROM inmates_fine JOIN inmates_case ON inmates_case.id = inmates_fine.case_id
                        WHERE inmates_fine.id = NEW.of_fine_id AND inmates_case.inmate_id = NEW.inmate_id
                    ) THEN
                        RAISE EXCEPTION 'pardon: of a fine, it is verified against a fine of this person'
                            USING ERRCODE = 'check_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
        ]

    def __str__(self):
        return f"{self.get_prison_display()} · {self.instrument}"

    @property
    def partial(self):
        """Whether only part was granted: the prison term is not remitted as a whole."""
        return self.prison not in (self.TermEffect.REMAINDER, self.TermEffect.PROSECUTION)

    @property
    def prosecution(self):
        """The case that it concerns: its own, or that of its sentence."""
        return self.case or self.sentence.case

    def fine_among(self, fines):
        """Of the fines of its prosecution the one that it touches: the one named, or the only one; None where it is not known."""
        meant = [fine for fine in fines if self.of_fine_id in (None, fine.pk)]
        return meant[0] if len(meant) == 1 else None


@tracked
class Adjustment(Annullable):
    """What changes a sentence after judgment: pardon, automatic reduction, correction. Superseded, never deleted.

    All but a pardon rest on a decision of their own, `reference`: the committee's for an automatic reduction, the court's
    that put a term right; `document` is its scan. They count for nothing before a second person has confirmed them, or the
    officer in charge let them take effect on paper on the day.
    """

    class Kind(models.TextChoices):
        REMAINDER = "remainder", _("Remainder remitted")
        REDUCTION = "reduction", _("Reduction")
        COMMUTATION = "commutation", _("Commutation")
        TO_LIFE = "to_life", _("Death commuted to life")

    class Source(models.TextChoices):
        PARDON = "pardon", _("Royal pardon")
        AUTOMATIC = "automatic", _("Automatic reduction (Law 03-23)")
        CORRECTION = "correction", _("Correction by a court's decision")

    sentence = models.ForeignKey(Sentence, on_delete=models.PROTECT, related_name="adjustments")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    source = models.CharField(_("source"), max_length=10, choices=Source.choices)
    pardon = models.OneToOneField(Pardon, null=True, blank=True, on_delete=models.PROTECT, related_name="adjustment")
    decided_on = models.DateField(_("decided on"))
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    counted_from = models.DateField(_("counted from"), null=True, blank=True)
    reference = models.CharField(_("reference of the decision"), max_length=120, blank=True)
    document = models.ForeignKey(
        "documents.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(default=clock.now)
    superseded_at = models.DateTimeField(null=True, blank=True)
    superseded_reason = models.CharField(max_length=300, blank=True)

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("adjustment")
        verbose_name_plural = _("adjustments")
        default_permissions = ()
        ordering = ["decided_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(source="pardon") | Q(pardon__isnull=False), name="adjustment_pardon_has_an_instrument"
            ),
            models.CheckConstraint(
                condition=Q(source="pardon") | ~Q(reference=""), name="adjustment_rests_on_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(source="pardon") | Q(kind="reduction"),
                name="adjustment_only_a_pardon_does_more_than_reduce",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["reduction", "commutation"]) | Q(years__gt=0) | Q(months__gt=0) | Q(days__gt=0),
                name="adjustment_states_its_term",
            ),
        ]

    def __str__(self):
        return self.get_kind_display()

    @property
    def by_how_much(self):
        """The term it takes away, or gives instead."""
        return Term(self.years, self.months, self.days)

    @property
    def by_how_much_in_words(self):
        """The same in the reader's language; empty where it states none."""
        return in_words(self.by_how_much) if self.by_how_much else ""


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
    """A release date that the rules do not give, entered by a person with reasons (rule 8 of `calculation.py`).

    It ends with its ground: at the next judgment, quashing, relation, pardon of the term or merge; `ended_why` is the
    cause, as a `ReleaseComputation` names it. For a day after the latest end by the rules, the prosecutor answers in
    writing: `answer` is the reference of that answer, empty while it is waited for.
    """

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="settlements")
    release_on = models.DateField(_("release date"))
    reasons = models.TextField(_("reasons"))
    source = models.CharField(_("who was asked, and the answer's reference"), max_length=200)
    answer = models.CharField(_("the prosecutor's written answer"), max_length=120, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=60, blank=True)

    class Meta:
        verbose_name = _("settled release date")
        verbose_name_plural = _("settled release dates")
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(fields=["inmate"], condition=Q(ended_at=None), name="settlement_one_in_force"),
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(source=""), name="settlement_has_reasons"),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=False) | Q(ended_why=""), name="settlement_in_force_has_no_end"
            ),
        ]

    def __str__(self):
        return str(self.release_on)
