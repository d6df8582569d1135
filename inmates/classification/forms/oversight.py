"""The form of the oversight page."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from inmates.classification.forms.fields import day_field


class PeriodForm(forms.Form):
    """From a day to a day, both included."""

    start = day_field(pgettext_lazy("first day of a period", "From"))
    end = day_field(gettext_lazy("Until"))

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            self.add_error("end", _("The period ends before it begins."))
        return data
