"""Forms of fines: a fine as the court imposed it, and its payment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inmates.people.forms.fields import DayField


class FineForm(forms.Form):
    """A fine, as the court imposed it."""

    amount = forms.DecimalField(label=_("Amount in dirhams"), min_value=0, max_digits=12, decimal_places=2)
    imposed_on = DayField(label=_("Day of the judgment"))


class PaymentForm(forms.Form):
    """What was paid of a fine."""

    amount = forms.DecimalField(label=_("Amount in dirhams"), min_value=0, max_digits=12, decimal_places=2)
    paid_on = DayField(label=_("Paid on"))
    receipt = forms.CharField(label=_("Number of the receipt"), max_length=80)
