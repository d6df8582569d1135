"""Forms of a judge's order of no communication."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from core.forms import text_area
from documents.scans import ScanField
from inmates.conditions.models import NoCommunication
from inmates.people.forms.fields import DayField


class NoCommunicationForm(forms.Form):
    """The order as the judge wrote it."""

    authority = forms.CharField(label=_("Issued by"), max_length=120)
    reference = forms.CharField(label=_("Reference"), max_length=80)
    starts_on = DayField(label=_("From"))
    until = DayField(label=_("Until"), help_text=_("The last day on which it holds."))
    reach = forms.ChoiceField(
        label=_("With whom"),
        choices=NoCommunication.Reach.choices,
        help_text=_("Such an order never stands against counsel."),
    )
    named = forms.CharField(label=_("Their names"), max_length=300, required=False, widget=text_area(2))
    scan = ScanField()

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.initial.setdefault("starts_on", clock.today())


class LiftNoCommunicationForm(forms.Form):
    """Day from which the order no longer runs, and the decision that says so."""

    on = DayField(label=_("Lifted on"))
    reference = forms.CharField(label=_("Reference of the decision"), max_length=120)
