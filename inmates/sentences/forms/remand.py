"""The form of remand in a prosecution under way."""

from django import forms
from django.utils.translation import gettext_lazy as _


def endless_field():
    """The second question of whoever enters remand without a last day."""
    return forms.BooleanField(
        label=_("The paper names no last day of the remand"),
        help_text=_("Enter the last day where it names one. Without it the prison is reminded."),
        error_messages={"required": _("Enter the last day, or confirm below that the paper names none.")},
    )


class RemandForm(forms.Form):
    """Whether remand is ordered in a prosecution under way, and by which decision."""

    on_remand = forms.TypedChoiceField(
        label=_("Remand"),
        choices=[("yes", _("Remand is ordered: the case holds the person")), ("no", _("No remand in this case"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reference = forms.CharField(label=_("Reference of the decision"), max_length=120)
