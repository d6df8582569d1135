"""The second step of signing in: a security key, an app's code, or the sealed code of the prison's safe."""

import time
from functools import cached_property

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.webauthn.forms import AddWebAuthnForm, AuthenticateWebAuthnForm, ReauthenticateWebAuthnForm
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts import second_factor
from accounts.actions import night_codes
from audit import signed_context, trail


class Told:
    """A try that fails is in the trail, with what was tried and from where."""

    def tell(self, tried):
        """Write the refusal; the page itself answers with an error at the field."""
        detail = {"tried": tried, "address": second_factor.client_address()}
        with signed_context.in_the_name_of(self.user):
            trail.refused("second_factor", by=self.user, detail=detail)


class CodeForm(Told, AuthenticateForm):
    """One field for both codes: six digits are the app's, sixteen letters and digits those of the safe."""

    night_code = None

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        label = _("Code of the app, or sealed night code") if self._takes_app else _("Sealed night code")
        attributes = {"autocomplete": "one-time-code", "dir": "ltr", "autofocus": self._takes_app}
        self.fields["code"] = forms.CharField(label=label, max_length=40, widget=forms.TextInput(attributes))

    @cached_property
    def _takes_app(self):
        """Keys alone, where the role says so and there is one; who came into such a role with an app gets a key first."""
        return second_factor.app_allowed(self.user) or not second_factor.has_key(self.user)

    def clean_code(self):
        """Refuse what is neither. Tries are limited as for any second factor."""
        typed = self.cleaned_data["code"]
        for_the_night = night_codes.looks_like(typed)
        try:
            return self._night_code(typed) if for_the_night else self._app_code()
        except ValidationError:
            self.tell("night code" if for_the_night else "code")
            raise

    def _night_code(self, typed):
        clear = check_rate_limit(self.user)
        self.night_code = night_codes.find(self.user, typed)
        if self.night_code is None:
            raise get_adapter().validation_error("incorrect_code")
        clear()
        return typed

    def _app_code(self):
        if not self._takes_app:
            raise ValidationError(_("Use your security key, or the sealed code of the prison's safe."))
        return super().clean_code()

    def save(self):
        """Say with what the person signed in; a night code is spent with it, and its session is one shift long."""
        if self.night_code is None:
            return super().save()
        night_codes.use(self.night_code, by=self.user)
        session = context.request.session
        session["night_until"] = time.time() + settings.NIGHT_CODE_LASTS.total_seconds()
        session["second_factor"] = True
        record_authentication(context.request, self.user, "mfa", type=second_factor.NIGHT_CODE)


class KeyForm(Told, AuthenticateWebAuthnForm):
    """A security key."""

    def clean_credential(self):
        """Refuse what the key did not sign."""
        try:
            return super().clean_credential()
        except ValidationError:
            self.tell("security key")
            raise


class KeyAgainForm(KeyForm, ReauthenticateWebAuthnForm):
    """A security key, once more."""


class CodeAgainForm(Told, ReauthenticateForm):
    """An app's code, once more."""

    def clean_code(self):
        """Refuse what the app does not show."""
        try:
            return super().clean_code()
        except ValidationError:
            self.tell("code")
            raise


class AddKeyForm(AddWebAuthnForm):
    """A new security key, with a name to tell it from others."""

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].help_text = _("Put the key in, press the button, then touch the key.")
