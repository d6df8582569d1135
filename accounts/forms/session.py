"""Saying again who one is: with the password, or with a security key."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.webauthn.internal import auth
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from audit import trail


class WhoForm(forms.Form):
    """The password of the person who is signed in, or a security key of theirs.

    The names begin with `who_`, so that the form may stand inside another one.
    """

    who_password = forms.CharField(
        label=_("Password"),
        required=False,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput({"autocomplete": "current-password", "dir": "ltr", "autofocus": True}),
    )
    who_credential = forms.JSONField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, user, **options):
        self.user = user
        super().__init__(*args, **options)

    def clean(self):
        """Refuse what neither the person knows nor their key signed; both kinds of tries are limited and recorded."""
        data = super().clean()
        if data.get("who_credential"):
            self._by_key(data["who_credential"])
        elif not data.get("who_password"):
            self.add_error("who_password", _("Type your password, or use your security key."))
        elif not get_adapter().reauthenticate(self.user, data["who_password"]):
            self.add_error("who_password", _("This is not your password."))
        return data

    @property
    def factor(self):
        """With what the person said who they are."""
        return second_factor.KEY.value if self.cleaned_data.get("who_credential") else second_factor.PASSWORD

    def _by_key(self, credential):
        clear = check_rate_limit(self.user)
        try:
            auth.parse_authentication_response(credential)
            auth.complete_authentication(self.user, credential)
        except ValidationError as error:
            detail = {"tried": "security key", "address": second_factor.client_address()}
            trail.refused("second_factor", by=self.user, detail=detail)
            self.add_error(None, error)
        else:
            clear()


def key_options(user):
    """What the browser asks the key, or None where the user has none."""
    return {"request_options": auth.begin_authentication(user)} if second_factor.has_key(user) else None
