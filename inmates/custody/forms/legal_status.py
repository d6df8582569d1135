"""The form of a change of legal status."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from inmates.people.forms.fields import DayField
from inmates.people.models import LegalStatus


class LegalStatusForm(forms.Form):
    """Legal status from a day on."""

    status = forms.ChoiceField(label=_("Legal status"), choices=LegalStatus.choices)
    on = DayField(label=pgettext_lazy("a day", "From"))
