"""Forms of separation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import text_area
from inmates.people.forms.fields import DayField


class SeparateForm(forms.Form):
    """An authorisation: from, to the last day, why, and the doctor's word."""

    starts_on = DayField(label=_("First day"))
    until = DayField(label=_("Last day"), help_text=_("At most 15 days in a row, earlier ones counted in."))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())
    health_checked = forms.BooleanField(
        label=_("A doctor found nothing against it (pregnancy, nursing, a disability it would worsen)"),
        required=False,
    )


class ProlongForm(forms.Form):
    """A later last day."""

    until = DayField(label=_("New last day"))
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())


class SeparationDayForm(forms.Form):
    """One day's facts, as they were."""

    day = DayField(label=_("Day"))
    health_visit_by = forms.CharField(label=_("Health visit by"), max_length=120, required=False)
    hours_out = forms.DecimalField(
        label=_("Hours out of cell"), min_value=0, max_value=24, max_digits=4, decimal_places=1
    )
    hours_contact = forms.DecimalField(
        label=_("Hours of meaningful contact"), min_value=0, max_value=24, max_digits=4, decimal_places=1
    )
    note = forms.CharField(label=_("Note"), max_length=300, required=False)
