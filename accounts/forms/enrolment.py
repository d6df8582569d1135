"""Choosing a password with two codes."""

from django import forms
from django.contrib.auth.password_validation import password_validators_help_text_html, validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class EnrolmentForm(forms.Form):
    """User name, the code on the letter, the code told, and a password of one's own, twice."""

    username = forms.CharField(
        label=_("User name"), max_length=150, widget=forms.TextInput({"dir": "ltr", "autofocus": True})
    )
    paper = forms.CharField(
        label=_("Code on the letter"), max_length=40, widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"})
    )
    spoken = forms.CharField(
        label=_("Code you were told"), max_length=40, widget=forms.TextInput({"dir": "ltr", "autocomplete": "off"})
    )
    password = forms.CharField(
        label=_("New password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
        help_text=password_validators_help_text_html,
    )
    again = forms.CharField(
        label=_("New password, again"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "new-password", "dir": "ltr"}),
    )

    def clean_password(self):
        """Refuse a password that is short or common."""
        validate_password(self.cleaned_data["password"])
        return self.cleaned_data["password"]

    def clean(self):
        """Refuse two passwords that differ."""
        data = super().clean()
        if "password" in data and data.get("again") != data["password"]:
            self.add_error("again", ValidationError(_("The two passwords differ.")))
        return data
