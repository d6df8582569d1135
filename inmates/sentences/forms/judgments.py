"""Forms of cases and sentences. They also stand inside the admission form."""

from datetime import timedelta

from crispy_forms.layout import Fieldset
from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from config import clock
from core.forms import columns, inside, text_area
from documents.scans import ScanField
from inmates.people.forms.fields import DayField
from inmates.sentences.forms.earlier_custody import EarlierCustodyForm, held_elsewhere_field
from inmates.sentences.known_custody import first_known_custody, unbroken_since
from inmates.sentences.models import Case, Offence, Sentence
from inmates.sentences.models.judgments import check_parts, check_total
from inmates.sentences.wording import day_in_words
from inmates.terms import Term

REMAND_ROWS = 3
UNITS = {"years": 99, "months": 99, "days": 999}
SUSPENDED = [f"suspended_{unit}" for unit in UNITS]
FIRM = [f"firm_{unit}" for unit in UNITS]
TOTAL = [f"total_{unit}" for unit in UNITS]


def _length(names):
    """Fields for a length of time, called as the sentence's own."""
    return {
        name: forms.IntegerField(
            label=capfirst(Sentence._meta.get_field(name).verbose_name), min_value=0, max_value=most, required=False
        )
        for name, most in zip(names, UNITS.values(), strict=True)
    }


def term_of(data, part=""):
    """The `Term` in the fields of one part."""
    return Term(*(data.get(f"{part}_{unit}" if part else unit) or 0 for unit in UNITS))


def add_refusals(form, error):
    """Put each message of a refusal of the record at the form's field of the same name."""
    for name, messages in error.error_dict.items():
        form.add_error(name, messages)


class CaseForm(forms.Form):
    """A prosecution. Inside the admission form it may stay empty."""

    court = forms.CharField(label=_("Court"), max_length=120, required=False)
    number = forms.CharField(label=_("Case number"), max_length=60, required=False)
    offences = forms.ModelMultipleChoiceField(label=_("Offences"), queryset=Offence.objects.none(), required=False)

    def __init__(self, *args, required=False, **options):
        super().__init__(*args, **options)
        self.fields["offences"].queryset = Offence.objects.in_force_on(clock.today())
        self.fields["offences"].widget.attrs["size"] = 5
        self.fields["court"].required = required
        for name in ("court", "number"):
            self.fields[name].widget.attrs["dir"] = "auto"
        inside(self, Fieldset(str(_("Case")), columns("court", "number"), "offences"))

    @property
    def filled(self):
        """Whether anything was entered."""
        return any(self.cleaned_data.get(name) for name in ("court", "number", "offences"))

    def values(self):
        """Arguments for `actions.open_case`."""
        return {
            "court": self.cleaned_data["court"],
            "number": self.cleaned_data["number"],
            "offences": list(self.cleaned_data["offences"]),
        }


class NewCaseForm(CaseForm):
    """A prosecution on its own page, with whether remand was ordered in it."""

    on_remand = forms.BooleanField(label=_("Remand is ordered in this case"), required=False)

    def __init__(self, *args, **options):
        super().__init__(*args, required=True, **options)
        inside(self, columns("court", "number"), "offences", "on_remand")


class SentenceForm(forms.Form):
    """What a court pronounced, with the time held before. Inside the admission form it may stay empty."""

    sentence_kind = forms.ChoiceField(label=_("Sentence"), required=False)
    years = forms.IntegerField(label=_("Years"), min_value=0, max_value=99, required=False)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=99, required=False)
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=999, required=False)
    starts_on = DayField(
        label=_("Counted from"),
        required=False,
        help_text=_("First day of the custody that ran unbroken to the final judgment."),
    )
    pronounced_on = DayField(label=_("Pronounced on"), required=False)
    range_acknowledged = forms.BooleanField(
        label=_("The term lies outside the offence's range, and the court pronounced it so"), required=False
    )
    earlier_custody = forms.CharField(
        label=_("Why days in custody before it do not count"), max_length=300, required=False, widget=text_area(2)
    )
    held_elsewhere = held_elsewhere_field(required=False)

    def __init__(self, *args, required=False, **options):
        self.asked = set()
        super().__init__(*args, **options)
        empty = [] if required else [("", _("None yet"))]
        self.fields["sentence_kind"].choices = [*empty, *Sentence.Kind.choices]
        self.fields["sentence_kind"].required = required
        self.fields |= _length(SUSPENDED) | _length(FIRM)
        self.fields["suspended_years"].help_text = _("Of the term, what is suspended (sursis).")
        self.fields["firm_years"].help_text = _(
            "As the judgment says it, where it cannot be worked out: a year less 45 days."
        )
        rows = []
        for n in range(1, REMAND_ROWS + 1):
            self.fields[f"remand_from_{n}"] = DayField(label=_("Held before: first day"), required=False)
            self.fields[f"remand_to_{n}"] = DayField(label=_("Last day"), required=False)
            rows.append(columns(f"remand_from_{n}", f"remand_to_{n}"))
        self.rows = rows
        inside(self, *self.layout())

    def layout(self):
        """The term, its days, then the time held before."""
        return [
            Fieldset(
                str(_("Sentence")),
                columns("sentence_kind", "years", "months", "days"),
                columns(*(name for name in ("starts_on", "pronounced_on") if name in self.fields)),
                *self.asked_of_the_start(),
                "range_acknowledged",
            ),
            self.parts(),
            Fieldset(str(_("Remand apart from that stretch")), *self.rows),
        ]

    def asked_of_the_start(self):
        """The second questions about the day it is counted from, where they were asked."""
        return [name for name in ("earlier_custody", "held_elsewhere") if name in self.asked]

    def ask(self, name, message):
        """Ask a second question, at its field: refused until it is answered, and asked once it was."""
        self.asked.add(name)
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)
        inside(self, *self.layout())

    def ask_about_running(self, since, start):
        """Of days in custody that run into the sentence and are to count for nothing."""
        text = _(
            "Custody has run unbroken since %(day)s: count from there, enter the days until %(start)s as remand, or say why not."
        )
        self.ask("earlier_custody", text % {"day": day_in_words(since), "start": day_in_words(start)})

    def ask_where(self, inmate, *, admitted_on=None):
        """Of a sentence that is counted from before any custody on record."""
        start = self.cleaned_data.get("starts_on")
        if start and (first := first_known_custody(inmate, start, admitted_on=admitted_on)):
            text = _(
                "Custody is on record from %(first)s only: say where the person was held from %(start)s, and on what paper."
            )
            self.ask("held_elsewhere", text % {"first": day_in_words(first), "start": day_in_words(start)})

    @staticmethod
    def parts():
        """The parts of a partly suspended term."""
        return Fieldset(str(_("Where a part of the term is suspended")), columns(*SUSPENDED), columns(*FIRM))

    @property
    def filled(self):
        """Whether a sentence was entered."""
        return bool(self.cleaned_data.get("sentence_kind"))

    def clean(self):
        data = super().clean()
        kind = data.get("sentence_kind")
        term, suspended, firm = term_of(data), term_of(data, "suspended"), term_of(data, "firm")
        numbers_fit = not {"years", "months", "days", *SUSPENDED, *FIRM} & set(self.errors)
        if kind == Sentence.Kind.TERM and numbers_fit and not term:
            self.add_error("years", _("Enter the term."))
        elif kind == Sentence.Kind.TERM and numbers_fit:
            try:
                check_parts(term, suspended, firm)
            except ValidationError as error:
                add_refusals(self, error)
        if kind and kind != Sentence.Kind.TERM and (term or suspended or firm):
            self.add_error("years", _("Life and death sentences have no term."))
        if not kind and (term or suspended or firm):
            self.add_error("sentence_kind", _("Choose the kind of sentence."))
        if kind and "starts_on" in self.fields and "starts_on" not in self.errors and not data.get("starts_on"):
            self.add_error("starts_on", _("Enter the day it is counted from."))
        today = clock.today()
        for name in ("starts_on", "pronounced_on"):
            if data.get(name) and data[name] > today:
                self.add_error(name, _("This day lies in the future."))
        for n in range(1, REMAND_ROWS + 1):
            first, last = data.get(f"remand_from_{n}"), data.get(f"remand_to_{n}")
            if {f"remand_from_{n}", f"remand_to_{n}"} & set(self.errors):
                continue
            if bool(first) != bool(last):
                self.add_error(f"remand_to_{n}", _("Both days are needed."))
            elif first and last < first:
                self.add_error(f"remand_to_{n}", _("The last day lies before the first."))
            elif first and data.get("starts_on") and last >= data["starts_on"]:
                message = _(
                    "From the day it is counted from the sentence itself runs: remand ends with the day before."
                )
                self.add_error(f"remand_to_{n}", message)
        return data

    def sentence(self, *, by):
        """The unsaved sentence, without case and person."""
        data = self.cleaned_data
        parts = {name: data.get(name) or 0 for name in ("years", "months", "days", *SUSPENDED, *TOTAL)}
        if term_of(data).less(term_of(data, "suspended")) is None:
            parts |= {name: data.get(name) or 0 for name in FIRM}
        return Sentence(
            kind=data["sentence_kind"],
            **parts,
            starts_on=data.get("starts_on"),
            pronounced_on=data.get("pronounced_on"),
            relation=data.get("relation", ""),
            relation_decision=data.get("relation_decision", ""),
            acts_on=data.get("acts_on"),
            range_acknowledged_by=by if data.get("range_acknowledged") else None,
            earlier_custody=data.get("earlier_custody", ""),
            held_elsewhere=data.get("held_elsewhere", ""),
        )

    def typed_remand(self):
        """Pairs `[first day, day after last)` of the rows."""
        pairs = [
            (self.cleaned_data.get(f"remand_from_{n}"), self.cleaned_data.get(f"remand_to_{n}"))
            for n in range(1, REMAND_ROWS + 1)
        ]
        return [(first, last + timedelta(days=1)) for first, last in pairs if first and last]

    def remand(self):
        """Pairs `[first day, day after last)` that count as remand."""
        return self.typed_remand()


class TotalForm(forms.Form):
    """The total that a court stated, where it cumulated sentences in part."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields |= _length(TOTAL)
        self.fields["total_years"].help_text = _("Where they are cumulated in part: what is served in all.")

    def clean(self):
        data = super().clean()
        if not {*TOTAL, "relation"} & set(self.errors):
            try:
                check_total(data.get("relation", ""), term_of(data, "total"))
            except ValidationError as error:
                add_refusals(self, error)
        return data

    def related(self):
        """The relation and its total, as the acts take them."""
        return {"relation": self.cleaned_data["relation"], "total": term_of(self.cleaned_data, "total")}


class RelationForm(TotalForm):
    """How a sentence stands to the person's others: nothing is assumed."""

    relation = forms.ChoiceField(
        label=_("Relation to other sentences"),
        required=False,
        choices=[("", _("Nothing recorded")), *Sentence.Relation.choices],
        help_text=_("Where there are several and nothing is recorded, no release date is computed."),
    )
    relation_decision = forms.CharField(label=_("Decision that says so"), max_length=200, required=False)
    acts_on = DayField(
        label=_("Day of the acts"),
        required=False,
        help_text=_("The last of them. Where all came before the first final conviction, the earlier end is presumed."),
    )

    def clean(self):
        data = super().clean()
        if data.get("relation") and not data.get("relation_decision"):
            self.add_error("relation_decision", _("Name the decision that says so."))
        if data.get("acts_on") and data["acts_on"] > clock.today():
            self.add_error("acts_on", _("This day lies in the future."))
        return data


class RevocationForm(forms.Form):
    """The ruling that revoked the suspended part of a term."""

    on = DayField(label=_("Day of the ruling"))
    decision = forms.CharField(label=_("Reference of the ruling"), max_length=120)


class RelationAnswerForm(TotalForm):
    """What the prosecutor answered in writing on how the sentences stand to each other."""

    relation = forms.ChoiceField(label=_("The answer says"), choices=Sentence.Relation.choices)
    reference = forms.CharField(label=_("Reference of the answer"), max_length=120)
    on = DayField(label=_("Day of the answer"))


class NewSentenceForm(EarlierCustodyForm, SentenceForm, RelationForm):
    """A sentence in a case already recorded."""

    case = forms.ModelChoiceField(label=_("Case"), queryset=Case.objects.none())
    count = forms.IntegerField(
        label=pgettext_lazy("of a charge", "Count"),
        min_value=1,
        max_value=99,
        required=False,
        initial=1,
        help_text=_("1, or its number where one case brought several terms for several counts."),
    )

    offences = forms.ModelMultipleChoiceField(
        label=_("Convicted of"),
        queryset=Offence.objects.none(),
        required=False,
        help_text=_(
            "Beside what the case names. Each article as it stood on the day of the acts, else of the judgment."
        ),
    )
    scan = ScanField(label=_("Scan of the judgment (PDF, PNG or JPEG)"))

    field_order = ["case", "count", "sentence_kind"]

    def __init__(self, *args, inmate, **options):
        super().__init__(*args, inmate=inmate, required=True, **options)
        inside(self, *self.layout())  # once more, with the earlier stays
        self._offer_offences()
        self.initial.setdefault("starts_on", unbroken_since(inmate))
        self.fields["case"].queryset = inmate.cases.exclude(state__in=[Case.State.ACQUITTED, Case.State.DROPPED])

    def _offer_offences(self):
        """The articles as they stood on the day typed, as the law stands today while none is.

        Whoever chose another version of an article has chosen the article: the version of the day takes its place.
        """
        day = self._day("acts_on") or self._day("pronounced_on") or clock.today()
        field = self.fields["offences"]
        field.queryset, field.widget.attrs["size"] = Offence.objects.in_force_on(day), 5
        if self.is_bound and hasattr(self.data, "getlist"):
            name = self.add_prefix("offences")
            chosen = self.data.getlist(name)
            versions = {str(one.pk): one.on(day) for one in Offence.objects.all() if str(one.pk) in chosen}
            self.data = self.data.copy()
            self.data.setlist(name, [str(versions[pk].pk) if versions.get(pk) else pk for pk in chosen])
            field.error_messages["invalid_choice"] = _("An article chosen here was not in force on that day.")

    def _day(self, name):
        """A day as it was typed into one of the fields; None where it is no day."""
        try:
            return self.fields[name].clean(self.data.get(self.add_prefix(name), "")) if self.is_bound else None
        except forms.ValidationError:
            return None

    def clean(self):
        data = super().clean()
        self.ask_where(self.inmate)
        return data

    def ask_why(self, start, remand=()):
        """Also of the days in custody between the unbroken stretch and a later start."""
        if start is not None and (left := super().ask_why(start, self.typed_remand())):
            self.ask_about_running(left[0].first_day, start)

    def asked_of_the_start(self):
        """The reason stands with the stays where some are offered."""
        return [name for name in super().asked_of_the_start() if name not in self.stays]

    def layout(self):
        """With its case and its relation; that it is final is said later, on its paper."""
        earlier = [Fieldset(str(_("Earlier stays, counted as remand")), *self.stays)] if self.stays else []
        return [
            columns("case", "count"),
            *super().layout(),
            *earlier,
            columns("relation", "relation_decision", "acts_on"),
            columns(*TOTAL),
            "offences",
            "scan",
        ]

    def sentence(self, *, by):
        """The unsaved sentence, without its person."""
        sentence = super().sentence(by=by)
        sentence.case, sentence.count = self.cleaned_data["case"], self.cleaned_data["count"] or 1
        return sentence

    def remand(self):
        """Pairs `[first day, day after last)`: what was typed and the earlier stays that are ticked."""
        return [*super().remand(), *self.counted()]


class FinalForm(forms.Form):
    """From which day a judgment is final, and the paper of the court that says so."""

    on = DayField(label=_("Final on"))
    reference = forms.CharField(
        label=_("Certificate or ruling"),
        max_length=120,
        help_text=_("Certificate that nobody appealed, or the ruling that ended the appeals: its reference."),
    )
    scan = ScanField()
