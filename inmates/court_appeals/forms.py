"""Forms of the register of appeals: a declaration, its receipt, its sending, and the court's answer."""

from crispy_forms.layout import Fieldset
from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import columns, inside
from documents.scans import ScanField
from inmates.people.forms.fields import DayField, MomentField
from inmates.sentences.forms.judgments import TOTAL, RelationForm, SentenceForm
from inmates.sentences.forms.remand import endless_field
from inmates.sentences.models import CourtAppeal, Sentence

Kind, Party, Outcome = CourtAppeal.Kind, CourtAppeal.Party, CourtAppeal.Outcome


class JudgmentField(forms.ModelChoiceField):
    """A judgment by its term and count; of one that was set aside it is said that its end is what is appealed."""

    def label_from_instance(self, sentence):
        if sentence.stands:
            return sentence.which
        return _("%(term)s, set aside: what is appealed is how this count ended") % {"term": sentence.which}


class DeclareForm(forms.Form):
    """Who appeals, when, to which court; the number in the register where the person declares it in prison."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Kind.choices)
    party = forms.ChoiceField(label=_("Who appeals"), choices=Party.choices)
    judgment = JudgmentField(label=_("Against"), queryset=Sentence.objects.none(), required=False, empty_label="—")
    court = forms.CharField(label=_("Court appealed to"), max_length=120)
    at = MomentField(label=_("Declared at"))
    reference = forms.CharField(
        label=_("Number in the register of declarations"),
        max_length=60,
        required=False,
        help_text=_("Required where the person declares it here; for the prosecution, the reference of its notice."),
    )

    def __init__(self, *args, case, **options):
        super().__init__(*args, **options)
        open_to_it = case.appealable
        self.fields["judgment"].queryset = case.sentences.filter(pk__in=[one.pk for one in open_to_it])
        if len(open_to_it) < 2:
            del self.fields["judgment"]
        for name in ("court", "reference"):
            self.fields[name].widget.attrs["dir"] = "auto"


class ReceiptForm(forms.Form):
    """When the person received the receipt."""

    at = MomentField(label=_("Receipt given at"))


class SendForm(forms.Form):
    """When the declaration went to the court, and what proves it."""

    at = MomentField(label=_("Sent at"))
    proof = forms.CharField(
        label=_("Proof of sending"),
        max_length=120,
        help_text=_("Number of the slip, or who signed for it at the court."),
    )


class OutcomeForm(SentenceForm, RelationForm):
    """The court's answer: its ruling, the new term where there is one, the terms of a retrial."""

    HELD = (("", "—"), ("yes", _("Kept on remand")), ("no", _("Not kept on remand")))

    outcome = forms.ChoiceField(label=_("Outcome"), choices=[("", "—"), *Outcome.choices])
    on = DayField(label=_("Day of the ruling"))
    decision = forms.CharField(label=_("Reference of the ruling"), max_length=120)
    scan = ScanField(label=_("Scan of the ruling (PDF, PNG or JPEG)"))
    held = forms.ChoiceField(label=_("What the ruling says"), choices=HELD, required=False)
    until = DayField(label=_("Last day of the remand"), required=False, help_text=_("Empty where it names none."))
    endless = endless_field()

    def __init__(self, *args, appeal, **options):
        self.judgment = appeal.standing_judgment
        super().__init__(*args, **options)
        if not self.is_bound or self.data.get("held") != "yes" or self.data.get("until"):
            del self.fields["endless"]
            inside(self, *self.layout())
        if self.judgment is not None:
            self.initial.setdefault("relation", self.judgment.relation)
            self.initial.setdefault("relation_decision", self.judgment.relation_decision)
            self.initial.setdefault("acts_on", self.judgment.acts_on)
            for name in TOTAL:
                self.initial.setdefault(name, getattr(self.judgment, name) or None)

    def layout(self):
        """The ruling; the new term, with its start only where nothing stood before; the retrial."""
        apart = ["pronounced_on"]
        if self.judgment is not None:
            apart += ["starts_on", *(name for name in self.fields if name.startswith("remand_"))]
        for name in apart:
            self.fields.pop(name, None)
        asked = [name for name in ("endless",) if name in self.fields]
        term = [
            columns("sentence_kind", "years", "months", "days"),
            "range_acknowledged",
            self.parts(),
            columns("relation", "relation_decision", "acts_on"),
            columns(*TOTAL),
        ]
        if self.judgment is None:
            term += ["starts_on", *self.rows]
        return [
            Fieldset(str(_("Ruling")), columns("outcome", "on", "decision"), "scan"),
            Fieldset(str(_("Where a new term was pronounced")), *term),
            Fieldset(str(_("Where it was sent back for retrial")), columns("held", "until"), *asked),
        ]

    def clean(self):
        data = super().clean()
        outcome, kind = data.get("outcome"), data.get("sentence_kind")
        if outcome == Outcome.CHANGED and not kind and "sentence_kind" not in self.errors:
            self.add_error("sentence_kind", _("Enter the new sentence."))
        if outcome and outcome != Outcome.CHANGED and kind:
            self.add_error("sentence_kind", _("Only where a new term was pronounced: choose that outcome."))
        if outcome == Outcome.SENT_BACK and not data.get("held"):
            self.add_error("held", _("Say whether the ruling keeps the person on remand."))
        if outcome and outcome != Outcome.SENT_BACK and data.get("held"):
            self.add_error("held", _("Only where it was sent back for retrial: choose that outcome."))
        until = data.get("until")
        if until and data.get("held") != "yes":
            self.add_error("until", _("Only where the ruling keeps the person on remand."))
        elif until and data.get("on") and until < data["on"]:
            self.add_error("until", _("The end lies before the start."))
        if data.get("on") and data["on"] > clock.today():
            self.add_error("on", _("This day lies in the future."))
        return data

    def answer(self, *, by):
        """Arguments of `decide_appeal`."""
        data = self.cleaned_data
        changed = data["outcome"] == Outcome.CHANGED
        return {
            "outcome": data["outcome"],
            "on": data["on"],
            "decision": data["decision"],
            "sentence": self.sentence(by=by) if changed else None,
            "remand": self.remand() if changed else (),
            "held": data["held"] == "yes",
            "until": data["until"],
            "scan": data["scan"],
        }
