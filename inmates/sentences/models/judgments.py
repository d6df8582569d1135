"""What courts said: cases, sentences, remand; and the days out of custody, which no sentence ran."""

import uuid
from operator import attrgetter

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.history import tracked
from documents.models import StoredFile
from inmates.people.models import Annullable, Inmate, standing_rows
from inmates.sentences.models.offences import Offence
from inmates.terms import Term, in_words

NOTHING_SUSPENDED = Q(suspended_years=0, suspended_months=0, suspended_days=0)
NOTHING_FIRM = Q(firm_years=0, firm_months=0, firm_days=0)
HALF_A_MONTH = Term(days=15).weight


def _plain(text):
    """A text without its spaces, in small letters."""
    return "".join(text.split()).casefold()


@tracked
class Case(Annullable):
    """A prosecution (*dossier pénal*). While it is open with remand ordered, it holds the person.

    `closing_reference` is the court's reference of the decision that ended it without a conviction that stands,
    `document` its scan.
    """

    class State(models.TextChoices):
        OPEN = "open", _("Under way")
        CONVICTED = "convicted", pgettext_lazy("end of a case", "Convicted")
        ACQUITTED = "acquitted", _("Acquitted")
        DROPPED = "dropped", _("Dropped")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="cases")
    court = models.CharField(_("court"), max_length=120, blank=True)
    number = models.CharField(_("case number"), max_length=60, blank=True)
    offences = models.ManyToManyField(Offence, verbose_name=_("offences"), blank=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    on_remand = models.BooleanField(_("remand ordered"), default=False)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    closing_reference = models.CharField(_("decision that ended it"), max_length=120, blank=True)
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        default_permissions = ()
        constraints = [
            models.CheckConstraint(condition=Q(state="open") | Q(on_remand=False), name="case_closed_holds_nobody")
        ]

    def __str__(self):
        return self.number or str(_("Case without a number"))

    @classmethod
    def of_number(cls, inmate, *, court, number):
        """The case of a person that has this court and number, however they are spaced; None without a number."""
        named = _plain(court), _plain(number)
        same = (case for case in inmate.cases.all() if (_plain(case.court), _plain(case.number)) == named)
        return next(same, None) if named[1] else None

    def offences_on(self, day):
        """Its offences as the law stood on a day, as stored where the day is not known; without those not in force."""
        offences = list(self.offences.all())
        if day is None:
            return offences
        return [version for offence in offences if (version := offence.on(day))]

    @property
    def open_to_appeal(self):
        """Whether something was judged in it that is not final: an acquittal, no prison term, or a sentence that stands."""
        if self.state == self.State.ACQUITTED:
            return True
        if self.state == self.State.CONVICTED and self.closing_reference and not self.sentences.all():
            return True
        return any(one.final_on is None for one in self.appealable)

    @property
    def may_end_without_prison(self):
        """Whether a decision may end it: under way, also where another count is final; or judged with nothing that is."""
        final = any(one.stands and one.final_on for one in self.sentences.all())
        return self.state == self.State.OPEN or (self.state == self.State.CONVICTED and not final)

    @property
    def appealable(self):
        """The judgments against which an appeal may be declared, of those that stand and of those that were set aside.

        Of a count on which nothing stands beside one that does, its last judgment: what is appealed is how it ended.
        """
        if self.state != self.State.CONVICTED:
            return []
        sentences = sorted(self.sentences.all(), key=attrgetter("pk"))
        standing = [one for one in sentences if one.stands]
        counts = {one.count for one in standing}
        set_aside = {one.count: one for one in sentences if standing and one.count not in counts}
        return [*standing, *set_aside.values()]

    @property
    def earlier(self):
        """Its sentences that do not stand any longer, in the order in which they were recorded."""
        return [sentence for sentence in self.sentences.all() if not sentence.stands]

    @property
    def several_counts(self):
        """Whether it was judged on more than one count."""
        return len({sentence.count for sentence in self.sentences.all()}) > 1


class SentenceQuerySet(models.QuerySet):
    """Reading sentences."""

    def standing(self):
        """Sentences that count: neither quashed nor replaced by a later judgment, in a case that is the person's."""
        return self.filter(quashed_on=None, replaced_on=None, case__annulled_at=None)


@tracked
class Sentence(Annullable):
    """What a court pronounced. Years, months and days as pronounced; life and death have no term.

    `starts_on` is the first day of the stretch of custody that ran unbroken to the final judgment, or the day detained
    under it (rule 1 of `calculation.py`). `relation` says how it stands to the person's other sentences, by a named decision.
    `earlier_custody` says why days in custody before the start do not count, `days_left_out` which `[first day, day after
    last)` that was said of (None: of those of before these were kept), `held_elsewhere` where somebody was held who
    is counted from before any custody on record.
    One sentence stands for each count of a case: a judgment on appeal is a new row that `replaces` the earlier one.
    `document` is the scan of the judgment, `final_document` that of the paper that says it is final.
    Of a partly suspended term the `suspended_` part is stored beside the whole; the `firm_` part, which is served, only
    where the one cannot be taken from the other (a year less 45 days) and the judgment says it. A term suspended in full
    is no sentence. `total_` is what is served in all where the court cumulated in part.
    """

    class Kind(models.TextChoices):
        TERM = "term", _("Fixed term")
        LIFE = "life", pgettext_lazy("penalty", "Life")
        DEATH = "death", pgettext_lazy("penalty", "Death")

    class Relation(models.TextChoices):
        CONFUSED = "confused", _("Confused with the severest")
        CUMULATED = "cumulated", _("Cumulated")
        PARTLY = "partly", _("Cumulated in part")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="sentences")
    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="sentences")
    kind = models.CharField(_("kind"), max_length=6, choices=Kind.choices, default=Kind.TERM)
    years = models.PositiveSmallIntegerField(_("years"), default=0)
    months = models.PositiveSmallIntegerField(_("months"), default=0)
    days = models.PositiveSmallIntegerField(_("days"), default=0)
    suspended_years = models.PositiveSmallIntegerField(_("suspended part: years"), blank=True, default=0)
    suspended_months = models.PositiveSmallIntegerField(_("suspended part: months"), blank=True, default=0)
    suspended_days = models.PositiveSmallIntegerField(_("suspended part: days"), blank=True, default=0)
    firm_years = models.PositiveSmallIntegerField(_("firm part: years"), blank=True, default=0)
    firm_months = models.PositiveSmallIntegerField(_("firm part: months"), blank=True, default=0)
    firm_days = models.PositiveSmallIntegerField(_("firm part: days"), blank=True, default=0)
    suspension_revoked_on = models.DateField(_("suspension revoked on"), null=True, blank=True)
    suspension_revoked_by = models.CharField(_("decision that revoked it"), max_length=120, blank=True)
    starts_on = models.DateField(_("counted from"))
    count = models.PositiveSmallIntegerField(pgettext_lazy("of a charge", "count"), default=1)
    pronounced_on = models.DateField(_("pronounced on"), null=True, blank=True)
    final_on = models.DateField(_("final on"), null=True, blank=True)
    final_reference = models.CharField(_("certificate or ruling that says so"), max_length=120, blank=True)
    quashed_on = models.DateField(_("quashed on"), null=True, blank=True)
    replaces = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by", verbose_name=_("replaces")
    )
    replaced_on = models.DateField(_("replaced on"), null=True, blank=True)
    earlier_custody = models.CharField(_("why earlier custody was left out"), max_length=300, blank=True)
    days_left_out = models.JSONField(null=True, blank=True, editable=False)
    held_elsewhere = models.CharField(_("where held before the custody on record"), max_length=300, blank=True)
    acts_on = models.DateField(_("day of the acts, the last of them"), null=True, blank=True)
    relation = models.CharField(_("relation to other sentences"), max_length=10, choices=Relation.choices, blank=True)
    relation_decision = models.CharField(_("decision that says so"), max_length=200, blank=True)
    total_years = models.PositiveSmallIntegerField(_("total stated: years"), blank=True, default=0)
    total_months = models.PositiveSmallIntegerField(_("total stated: months"), blank=True, default=0)
    total_days = models.PositiveSmallIntegerField(_("total stated: days"), blank=True, default=0)
    range_acknowledged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    final_document = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = standing_rows(SentenceQuerySet)
    everything = SentenceQuerySet.as_manager()

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
            models.UniqueConstraint(
                fields=["case", "count"],
                condition=Q(quashed_on=None, replaced_on=None, annulled_at=None),
                name="sentence_one_stands_a_count",
            ),
            models.CheckConstraint(
                condition=Q(quashed_on=None) | Q(replaced_on=None), name="sentence_quashed_or_replaced"
            ),
            models.CheckConstraint(
                condition=Q(final_reference="") | Q(final_on__isnull=False), name="sentence_final_paper_with_its_day"
            ),
            models.CheckConstraint(condition=~Q(replaces=F("id")), name="sentence_replaces_another"),
            models.CheckConstraint(
                condition=Q(kind="term") | (NOTHING_SUSPENDED & NOTHING_FIRM), name="sentence_of_life_is_not_suspended"
            ),
            models.CheckConstraint(
                condition=NOTHING_SUSPENDED
                | ~Q(suspended_years=F("years"), suspended_months=F("months"), suspended_days=F("days")),
                name="sentence_suspended_in_part",
            ),
            models.CheckConstraint(condition=NOTHING_FIRM | ~NOTHING_SUSPENDED, name="sentence_firm_beside_suspended"),
            models.CheckConstraint(
                condition=Q(suspension_revoked_on=None, suspension_revoked_by="")
                | (Q(suspension_revoked_on__isnull=False) & ~Q(suspension_revoked_by="") & ~NOTHING_SUSPENDED),
                name="sentence_revoked_by_decision",
            ),
            models.CheckConstraint(
                condition=Q(relation="partly") ^ Q(total_years=0, total_months=0, total_days=0),
                name="sentence_total_where_in_part",
            ),
        ]

    def __str__(self):
        return self.term_in_words

    @property
    def law_day(self):
        """The day whose law it applies: of the acts, else of the first judgment; None where neither is recorded."""
        return self.acts_on or (self.replaces.law_day if self.replaces_id else self.pronounced_on)

    @property
    def stands(self):
        """Whether it counts: neither quashed, replaced by a later judgment in the same case, nor annulled."""
        return self.quashed_on is None and self.replaced_on is None and self.annulled_at is None

    @property
    def pronounced(self):
        """The whole term."""
        return Term(self.years, self.months, self.days)

    @property
    def suspended(self):
        """The suspended part of the term; nought where nothing is suspended."""
        return Term(self.suspended_years, self.suspended_months, self.suspended_days)

    @property
    def partly_suspended(self):
        """Whether a part of the term is suspended."""
        return bool(self.suspended)

    @property
    def firm(self):
        """The part of the term that is served."""
        said = Term(self.firm_years, self.firm_months, self.firm_days)
        return said or self.pronounced.less(self.suspended) or self.pronounced

    @property
    def total(self):
        """What is served in all, as the court stated it, where it cumulated in part; else None."""
        return Term(self.total_years, self.total_months, self.total_days) or None

    @property
    def total_in_words(self):
        """The total stated, in the reader's language."""
        return in_words(self.total or Term())

    @property
    def term_in_words(self):
        """'5 years, of which 2 years suspended', 'Life', 'Death', in the reader's language."""
        if self.kind != self.Kind.TERM:
            return self.get_kind_display()
        if not self.partly_suspended:
            return in_words(self.pronounced)
        words = {"term": in_words(self.pronounced), "suspended": in_words(self.suspended)}
        return str(_("%(term)s, of which %(suspended)s suspended")) % words

    @property
    def which(self):
        """Which one of a person's sentences it is: its term, on which count where its case has several, and the case."""
        count = str(pgettext_lazy("of a charge", "count %(n)s")) % {"n": self.count}
        return " · ".join([self.term_in_words, *([count] if self.case.several_counts else []), str(self.case)])

    def clean(self):
        super().clean()
        if self.kind == self.Kind.TERM:
            said = Term(self.firm_years, self.firm_months, self.firm_days)
            check_parts(self.pronounced, self.suspended, said)
        elif self.partly_suspended:
            raise ValidationError({"suspended_years": _("Life and death sentences have no term.")})
        check_total(self.relation, self.total)


def check_parts(pronounced, suspended, firm):
    """Refuse parts of a term that do not make it up, at the field that is wrong.

    `firm` may be nought where the suspended part can be taken from the whole, months from months and days from days.
    Elsewhere the two parts make up the whole to within half a month (policy), since months have different lengths.
    """
    if not suspended:
        if firm:
            raise ValidationError({"firm_years": _("Only where a part of the term is suspended.")})
        return
    rest = pronounced.less(suspended)
    if suspended.weight >= pronounced.weight or rest == Term():
        message = _(
            "A term suspended in full holds nobody and is no sentence here: record at the case that it ended with a "
            "suspended term or a fine."
        )
        raise ValidationError({"suspended_years": message})
    if not firm and rest is None:
        message = _("Enter the firm part as the judgment says it: it cannot be worked out from the other two.")
        raise ValidationError({"firm_years": message})
    apart = abs(firm.weight + suspended.weight - pronounced.weight)
    if firm and (firm.weight != rest.weight if rest is not None else apart > HALF_A_MONTH):
        raise ValidationError({"firm_years": _("The firm and the suspended part do not make up the term.")})


def check_total(relation, total):
    """Refuse sentences cumulated in part without the total, and a total where they are not."""
    if relation == Sentence.Relation.PARTLY and not total:
        raise ValidationError({"total_years": _("Enter the total that the court stated.")})
    if relation != Sentence.Relation.PARTLY and total:
        raise ValidationError({"total_years": _("Only where the sentences are cumulated in part.")})


@tracked
class RemandPeriod(Annullable):
    """Time held before judgment, apart from the stretch a sentence is counted from: `[first day, day after last)`."""

    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="remand_periods")
    first_day = models.DateField(_("first day"))
    day_after_last = models.DateField(_("day after the last"))

    objects = standing_rows()
    everything = models.Manager()

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
class TimeAtLarge(Annullable):
    """Days out of custody, `[first day, day after last)`, in which a sentence did not run: a person settles its end.

    After an escape, between two stays at liberty, or after a transfer abroad. Whoever left because the term was served
    (`SERVED`) owes nothing more of what the release knew of the sentences: see `over_before`.
    """

    class Reason(models.TextChoices):
        ESCAPE = "escape", _("Escape")
        LIBERTY = "liberty", _("At liberty")
        ABROAD = "abroad", _("Transferred abroad")
        SERVED = "served", _("Term served")

    inmate = models.ForeignKey(Inmate, on_delete=models.PROTECT, related_name="times_at_large")
    first_day = models.DateField(_("first day"))
    day_after_last = models.DateField(_("day after the last"))
    reason = models.CharField(_("reason"), max_length=8, choices=Reason.choices, default=Reason.ESCAPE)

    objects = standing_rows()
    everything = models.Manager()

    class Meta:
        verbose_name = _("time out of custody")
        verbose_name_plural = _("times out of custody")
        default_permissions = ()
        ordering = ["first_day", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(day_after_last__gt=F("first_day")) | Q(reason="served", day_after_last__gte=F("first_day")),
                name="at_large_for_a_day",
            )
        ]

    def __str__(self):
        return f"[{self.first_day}, {self.day_after_last})"

    @property
    def days(self):
        """How many days."""
        return (self.day_after_last - self.first_day).days
