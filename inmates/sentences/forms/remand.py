"""The form of remand in a prosecution under way."""

from django import forms
from django.utils.translation import gettext_lazy as _


class RemandForm(forms.Form):
    """Whether remand is ordered in a prosecution under way, and by which decision."""

    on_remand = forms.TypedChoiceField(
        label=_("Remand"),
        choices=[("yes", _("Remand is ordered: the case holds the person")), ("no", _("No remand in this case"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Reference of the decision"), max_length=120)
