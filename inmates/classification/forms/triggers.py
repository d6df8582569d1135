"""Forms of what moves the next review."""

from django import forms
from django.utils.translation import gettext_lazy as _

from config import clock
from inmates.classification.forms.fields import WRITING
from inmates.people.forms.fields import DayField


class PostponeForm(forms.Form):
    """Until when and why."""

    until = DayField(label=_("Put off until"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=forms.TextInput(attrs=WRITING))


class TriggerForm(forms.Form):
    """New information that asks for an earlier review."""

    happened_on = DayField(label=_("Known since"), initial=clock.today)
