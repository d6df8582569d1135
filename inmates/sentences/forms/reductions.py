"""The form of what shortens a term: a reduction decided on paper."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import columns, inside
from documents.scans import ScanField
from inmates.people.forms.fields import DayField
from inmates.sentences.models import Adjustment

Source = Adjustment.Source


class ReductionForm(forms.Form):
    """By how much a decision shortens a term. `confirmed` is asked where it is open whether the law reaches it."""

    source = forms.ChoiceField(
        label=_("Decided as"),
        choices=[(one.value, one.label) for one in (Source.AUTOMATIC, Source.CORRECTION)],
        help_text=_("Automatic reductions are decided by the committee under the judge of sentences."),
    )
    decided_on = DayField(label=_("Decided on"))
    reference = forms.CharField(label=_("Reference of the decision"), max_length=120)
    years = forms.IntegerField(label=_("Years"), min_value=0, max_value=99, required=False)
    months = forms.IntegerField(label=_("Months"), min_value=0, max_value=999, required=False)
    days = forms.IntegerField(label=_("Days"), min_value=0, max_value=9999, required=False)
    confirmed = forms.BooleanField(
        label=_("The committee decided it for this sentence, and I have the decision before me"),
        required=False,
        help_text=_(
            "Whether automatic reductions (Law 03-23) reach terrorism is to be checked: nothing is reduced by itself."
        ),
    )
    beyond = forms.BooleanField(
        label=_("The decision grants more, or earlier, than the law is reported to allow, and says so"), required=False
    )

    scan = ScanField(label=_("Scan of the decision (PDF, PNG or JPEG)"))

    def __init__(self, *args, reach_is_open, **options):
        super().__init__(*args, **options)
        if not reach_is_open:
            del self.fields["confirmed"]
        inside(
            self,
            "source",
            columns("decided_on", "reference"),
            columns("years", "months", "days"),
            *(name for name in ("confirmed", "beyond", "scan") if name in self.fields),
        )

    def clean(self):
        data = super().clean()
        for part in ("years", "months", "days"):
            data[part] = data.get(part) or 0
        return data
