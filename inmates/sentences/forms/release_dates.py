"""The form of a settled release date."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inmates.people.forms.fields import DayField


class SettleForm(forms.Form):
    """A release date that the rules do not give, with reasons and the answer it rests on."""

    release_on = DayField(label=_("Release date"))
    source = forms.CharField(label=_("Who was asked, and the answer's reference"), max_length=200)
    reasons = forms.CharField(label=_("Reasons"), widget=forms.Textarea(attrs={"rows": 4, "dir": "auto"}))
    sooner = forms.BooleanField(label=_("The answer names a day before the earliest end by the rules"), required=False)
    later = forms.BooleanField(label=_("The answer names a day after the latest end by the rules"), required=False)
    answer = forms.CharField(
        label=_("Reference of the prosecutor's written answer"),
        max_length=120,
        required=False,
        help_text=_("For a day after the latest end: until it is recorded, every day past that end is told."),
    )
