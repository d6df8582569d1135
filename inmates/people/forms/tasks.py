"""The form that settles a task."""

from django import forms
from django.utils.translation import gettext_lazy as _


class NoteForm(forms.Form):
    """What was done about a task."""

    note = forms.CharField(label=_("What was done"), max_length=300)
