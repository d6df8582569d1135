"""The form that merges two records."""

from django import forms
from django.utils.translation import gettext_lazy as _


class MergeForm(forms.Form):
    """Why two records are one person, and which of the two is kept."""

    keep = forms.ChoiceField(label=_("Record to keep"), widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why they are one person"), widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"})
    )

    def __init__(self, *args, pair, **options):
        super().__init__(*args, **options)
        self.fields["keep"].choices = [(str(person.uuid), _label(person)) for person in pair]


def _label(person):
    """A name with its number and prison: enough to tell two records apart."""
    parts = [person.name, person.registration_number, str(person.facility or "")]
    return " · ".join(part for part in parts if part)
