"""Forms of non-association."""

from django import forms
from django.utils.translation import gettext_lazy as _

from core.forms import text_area
from inmates.custody.forms.fields import people_by_number
from inmates.custody.models import KeepApart


class PairForm(forms.Form):
    """The other person of a pair, the scope and the reason."""

    other = forms.CharField(label=_("Registration number of the other person"), max_length=20)
    scope = forms.ChoiceField(label=_("Scope"), choices=KeepApart.Scope.choices, initial=KeepApart.Scope.UNIT)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_other(self):
        """The other person, in the user's scope."""
        return people_by_number(self.cleaned_data["other"], self.user)[0]


class GroupForm(forms.Form):
    """Several people of whom no two may meet, or one whom none of the others may meet."""

    name = forms.CharField(label=_("Name"), max_length=120)
    numbers = forms.CharField(
        label=_("Registration numbers"),
        widget=forms.Textarea(attrs={"rows": 5, "dir": "ltr"}),
        help_text=_("One a line."),
    )
    centre = forms.CharField(
        label=_("Kept from all others (registration number)"),
        max_length=20,
        required=False,
        help_text=_("A recruiter, say. Empty: no two of them may meet."),
    )
    scope = forms.ChoiceField(label=_("Scope"), choices=KeepApart.Scope.choices, initial=KeepApart.Scope.UNIT)
    reason = forms.CharField(label=_("Reason"), max_length=300, widget=text_area())

    def __init__(self, *args, user, **options):
        super().__init__(*args, **options)
        self.user = user

    def clean_numbers(self):
        """The people."""
        return people_by_number(self.cleaned_data["numbers"], self.user)

    def clean_centre(self):
        """The one in the middle, or None."""
        number = self.cleaned_data["centre"]
        return people_by_number(number, self.user)[0] if number else None
