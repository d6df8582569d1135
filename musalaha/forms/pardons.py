"""Forms of pardons: one person's, and a whole list's."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from config import clock
from core.templatetags.display import number
from documents.scans import ScanField
from inmates.sentences.models import Fine, Pardon, PardonInstrument
from musalaha.forms.fields import day_field
from musalaha.forms.pardon_files import sentence_label

SUBJECT_CASE = "case"


class InstrumentForm(forms.Form):
    """The royal decision: its reference, date and occasion."""

    reference = forms.CharField(label=_("Instrument reference"), max_length=120)
    dated_on = day_field(_("Date of the instrument"), initial=clock.today)
    occasion = forms.CharField(label=_("Occasion"), max_length=120, required=False)
    scan = ScanField(label=_("Scan of the instrument (PDF, PNG or JPEG)"))

    def clean_dated_on(self):
        day = self.cleaned_data["dated_on"]
        if day and day > clock.today():
            raise ValidationError(_("The instrument's date lies in the future."))
        return day

    @property
    def instrument(self):
        """The instrument as the actions take it."""
        return {name: self.cleaned_data[name] for name in ("reference", "dated_on", "occasion", "scan")}


class FineChoice(forms.ModelChoiceField):
    """One of a person's fines, with what is left of it and its case."""

    def label_from_instance(self, fine):
        """Fine, what is left, case."""
        left = _("Fine of %(amount)s dirhams, %(left)s left") % {
            "amount": number(fine.amount),
            "left": number(fine.remaining),
        }
        return f"{left} · {fine.case}"


class WhichFineForm(forms.Form):
    """Which of the fines of a case a pardon touches."""

    def __init__(self, *args, fines, **options):
        super().__init__(*args, **options)
        self.fields["of_fine"] = FineChoice(fines, label=_("Fine"), empty_label=None, widget=forms.RadioSelect)


class PardonForm(InstrumentForm):
    """What an instrument grants one person: for one sentence or prosecution, prison and fine each."""

    subject = forms.ChoiceField(label=_("Sentence or prosecution"))
    requester = forms.ChoiceField(label=_("Requested by"), choices=PardonInstrument.Requester.choices)
    prison = forms.ChoiceField(label=_("Prison term"), choices=Pardon.TermEffect.choices, initial="remainder")
    years = forms.IntegerField(label=_("Years"), min_value=0, max_value=99, required=False)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=999, required=False)
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=9999, required=False)
    counted_from = day_field(
        _("New term counted from"), required=False, help_text=_("For a commutation, if the instrument states it.")
    )
    fine = forms.ChoiceField(label=_("Fine"), choices=Pardon.FineEffect.choices)
    of_fine = FineChoice(
        label=_("Which fine"),
        queryset=Fine.objects.none(),
        required=False,
        help_text=_("Where none is recorded, the prison's records office records it before this pardon is verified."),
    )
    fine_reduced_to = forms.DecimalField(
        label=_("Fine reduced to (dirhams)"), min_value=0, max_digits=12, decimal_places=2, required=False
    )
    condition = forms.CharField(label=_("Condition"), max_length=300, required=False)

    def __init__(self, *args, inmate, **kwargs):
        super().__init__(*args, **kwargs)
        self.inmate = inmate
        sentences = inmate.sentences.standing().select_related("case")
        self.subjects = {f"sentence-{sentence.pk}": {"sentence": sentence} for sentence in sentences}
        open_cases = inmate.cases.filter(state="open")
        self.subjects |= {f"{SUBJECT_CASE}-{case.pk}": {"case": case} for case in open_cases}
        labels = [(f"sentence-{one.pk}", sentence_label(one)) for one in sentences]
        labels += [(f"{SUBJECT_CASE}-{case.pk}", _("Prosecution %(case)s") % {"case": case}) for case in open_cases]
        self.fields["subject"].choices = labels
        self.fields["of_fine"].queryset = Fine.objects.filter(case__inmate=inmate).select_related("case").order_by("pk")

    def clean(self):
        data = super().clean()
        prison, subject = data.get("prison"), data.get("subject", "")
        for part in ("years", "months", "days"):
            data[part] = data.get(part) or 0
        has_term = data["years"] or data["months"] or data["days"]
        if prison in (Pardon.TermEffect.REDUCED, Pardon.TermEffect.COMMUTED) and not has_term:
            self.add_error("years", _("State by how much, or to what term, in years, months or days."))
        if prison not in (Pardon.TermEffect.REDUCED, Pardon.TermEffect.COMMUTED) and has_term:
            self.add_error("years", _("Only a reduction or a commutation states a term."))
        if prison == Pardon.TermEffect.KEPT and data.get("fine") == Pardon.FineEffect.KEPT:
            self.add_error("prison", _("A pardon grants something: the prison term or the fine."))
        if data.get("fine") == Pardon.FineEffect.REDUCED and data.get("fine_reduced_to") is None:
            self.add_error("fine_reduced_to", _("State the fine that remains."))
        self._clean_fine(data, subject)
        if subject.startswith(SUBJECT_CASE) and prison != Pardon.TermEffect.PROSECUTION:
            self.add_error("prison", _("Before a judgment, only the prosecution can be ended."))
        if subject.startswith("sentence") and prison == Pardon.TermEffect.PROSECUTION:
            self.add_error("prison", _("There is a judgment: the prosecution is over."))
        return data

    def _clean_fine(self, data, subject):
        """A pardon that touches a fine names it, where one is recorded in the case."""
        kept = data.get("fine") == Pardon.FineEffect.KEPT
        if kept and data.get("of_fine"):
            self.add_error("of_fine", _("The fine is kept: name none."))
        if kept or data.get("of_fine") or subject not in self.subjects:
            return
        of = self.subjects[subject]
        case = of["case"] if "case" in of else of["sentence"].case
        if case.fines.exists():
            self.add_error("of_fine", _("Name the fine."))

    def build(self):
        """The unsaved pardon."""
        data = self.cleaned_data
        names = ("requester", "prison", "years", "months", "days", "counted_from", "fine", "of_fine", "condition")
        fields = {name: data[name] for name in names}
        if data["fine"] == Pardon.FineEffect.REDUCED:
            fields["fine_reduced_to"] = data["fine_reduced_to"]
        return Pardon(inmate=self.inmate, **self.subjects[data["subject"]], **fields)


class BatchLine(forms.Form):
    """One file's outcome in a list: granted as a whole, reduced, refused, or still pending."""

    OUTCOMES = [
        ("", _("Pending")),
        ("remainder", _("Remainder remitted")),
        ("reduced", _("Reduced")),
        ("refused", _("Refused")),
    ]
    outcome = forms.ChoiceField(label=_("Outcome"), choices=OUTCOMES, required=False)
    years = forms.IntegerField(label=_("Years"), min_value=0, max_value=99, required=False)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=999, required=False)

    def clean(self):
        data = super().clean()
        if data.get("outcome") == "reduced" and not (data.get("years") or data.get("months")):
            self.add_error("years", _("State by how much."))
        return data

    @property
    def grants(self):
        """Whether the outcome of a valid line is a pardon."""
        return self.cleaned_data["outcome"] not in ("", "refused")

    def build(self, file):
        """The unsaved pardon of this line."""
        data = self.cleaned_data
        reduced = data["outcome"] == "reduced"
        return Pardon(
            inmate=file.inmate,
            sentence=file.sentence,
            requester=file.requester,
            prison=data["outcome"],
            years=(data.get("years") or 0) if reduced else 0,
            months=(data.get("months") or 0) if reduced else 0,
        )


class OccasionForm(InstrumentForm):
    """The outcomes of an occasion's files: a line for each open one, and the instrument that grants the pardons.

    Files without a pardon need no instrument. `lines` goes by file.
    """

    def __init__(self, *args, files, **kwargs):
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.lines = {file: BatchLine(data, prefix=f"file-{file.uuid}") for file in files}
        self.fields["occasion"].disabled = True
        if self.is_bound:
            needed = any(line.is_valid() and line.grants for line in self.lines.values())
            self.fields["reference"].required = self.fields["dated_on"].required = needed

    def is_valid(self):
        """Whether the instrument and all lines are."""
        return all([super().is_valid(), *(line.is_valid() for line in self.lines.values())])

    def clean(self):
        data = super().clean()
        if all(line.is_valid() for line in self.lines.values()) and not (self.granted or self.refused):
            raise ValidationError(_("Choose the outcome of at least one line."))
        return data

    @property
    def granted(self):
        """Pairs of a file and the unsaved pardon of its line."""
        return [(file, line.build(file)) for file, line in self.lines.items() if line.grants]

    @property
    def refused(self):
        """Files for which no pardon was granted."""
        return [file for file, line in self.lines.items() if line.cleaned_data["outcome"] == "refused"]
