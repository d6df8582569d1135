"""The form that ends a case without a conviction, and the second question of whoever ends a sentence with it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.scans import ScanField
from inmates.people.forms.fields import DayField
from inmates.sentences.actions.judgments import in_all
from inmates.sentences.actions.retrials import tried_again
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.models import Case, CourtAppeal


class CloseCaseForm(forms.Form):
    """How a prosecution ended without a prison term, by which decision of which day; what it ends is read."""

    state = forms.ChoiceField(
        label=_("How it ended"),
        choices=[
            ("", "—"),
            *((state.value, state.label) for state in (Case.State.ACQUITTED, Case.State.DROPPED)),
            (Case.State.CONVICTED.value, CourtAppeal.Outcome.NO_PRISON.label),
        ],
        help_text=_("A fine is recorded at the case afterwards; a suspended term in part is a sentence."),
    )
    reference = forms.CharField(label=_("Reference of the decision"), max_length=120)
    on = DayField(label=_("Day of the decision"))
    sentence_read = forms.BooleanField(required=False)
    scan = ScanField(label=_("Scan of the judgment (PDF, PNG or JPEG)"))

    def __init__(self, *args, case, **options):
        super().__init__(*args, **options)
        self.fields["reference"].widget.attrs["dir"] = "auto"
        again = tried_again(case)
        if again:
            self.fields["state"].help_text = _(
                "What is tried again ends; the sentence on the other count stands as it is."
            )
        label_sentence_read(self, [] if again else judgments_not_final().filter(case=case))


def label_sentence_read(form, standing):
    """The second question of whoever ends sentences that are not final: their terms are named; not asked where none stand."""
    if standing:
        label = _("I have read that a sentence of %(term)s stands, and the decision ends it")
        form.fields["sentence_read"].label = label % {"term": in_all(standing)}
        form.fields["sentence_read"].help_text = _("The national office is told.")
    else:
        del form.fields["sentence_read"]
