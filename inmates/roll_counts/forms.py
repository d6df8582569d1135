"""Forms of a roll count."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RollForm(forms.Form):
    """Heads counted, unit by unit."""

    explanation = forms.CharField(
        label=_("Explanation of a difference"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
        help_text=_("May follow later; the count is not signed without it."),
    )

    def __init__(self, *args, lines, **options):
        super().__init__(*args, **options)
        self.units = {}
        for unit, placed, out in lines:
            name = f"unit_{unit.pk}"
            self.units[name] = unit.pk
            self.fields[name] = forms.IntegerField(
                label=unit.name,
                min_value=0,
                max_value=9999,
                help_text=_("Expected %(expected)s: %(placed)s placed, %(out)s out.")
                % {"expected": placed - out, "placed": placed, "out": out},
            )
        self.order_fields([*self.units, "explanation"])

    def counted(self):
        """{unit number: heads}."""
        return {pk: self.cleaned_data[name] for name, pk in self.units.items()}


class ExplainForm(forms.Form):
    """Explanation of a difference between counted and expected."""

    explanation = forms.CharField(
        label=_("Explanation of the difference"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
