"""The form that opens a record of another prison in an emergency."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import text_area
from facilities.models import Facility


class EmergencyForm(forms.Form):
    """A whole number, and why it cannot wait."""

    number = forms.CharField(
        label=_("Registration number or CIN"),
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "auto", "autofocus": True}),
        help_text=_("The whole number: half of one finds nobody."),
    )
    prison = forms.ModelChoiceField(
        label=_("Prison that gave the number"), queryset=Facility.objects.all(), required=False, empty_label="—"
    )
    reason = forms.CharField(
        label=_("Why it cannot wait"),
        max_length=300,
        widget=text_area(3),
        help_text=_("At least 20 characters. Your director, the national office and the inspectors read it at once."),
    )
