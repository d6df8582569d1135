"""Who needs which second factor. Everybody in a real service; the demo offers it (`SECOND_FACTOR_REQUIRED`).

A security key is always taken, an authenticator app from the roles outside `SECOND_FACTOR_KEYS_ONLY`. Who lost theirs gets a
new one by two administrators (`AccountChange`), and at night a sealed code from the prison's safe (`NightCode`).
"""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from core import encryption

KEY, APP = Authenticator.Type.WEBAUTHN, Authenticator.Type.TOTP
NIGHT_CODE, NONE, PASSWORD = "night_code", "none", "password"
# How the trail says with what somebody signed in beside the password, or said again who they are.
WORDS = {
    KEY.value: _("security key"),
    APP.value: _("code of an app"),
    NIGHT_CODE: _("sealed night code"),
    NONE: _("without a second factor"),
    PASSWORD: _("password"),
}


def app_allowed(user):
    """Whether an authenticator app is enough for this user. Where none is demanded, everybody may try one."""
    return not settings.SECOND_FACTOR_REQUIRED or user.role_names.isdisjoint(settings.SECOND_FACTOR_KEYS_ONLY)


def held(user):
    """The user's second factors that count."""
    return Authenticator.objects.filter(user=user, type__in=[KEY, APP] if app_allowed(user) else [KEY])


def has_key(user):
    """Whether the user has a security key."""
    return Authenticator.objects.filter(user=user, type=KEY).exists()


def missing(user):
    """Whether a second factor is demanded of the user and not there yet."""
    return settings.SECOND_FACTOR_REQUIRED and not held(user).exists()


def may_remove(authenticator):
    """Whether enough is left without it: where a second factor is demanded, the last one stays."""
    if not settings.SECOND_FACTOR_REQUIRED:
        return True
    return held(authenticator.user).exclude(pk=authenticator.pk).exists()


def used(request, user):
    """Which second factor the sign-in that has just been done used."""
    steps = [step for step in get_authentication_records(request, user) if step["method"] == "mfa"]
    return steps[-1]["type"] if steps else NONE


def step_missing(request, *, typed=False):
    """The page of the first step by which the person has not said lately who they are, or None where both are done.

    Before what opens the account changes they sign in once more in full: with the password (unless `typed`: the form asks for
    it) and with a second factor, where they have one. A night code is none: it would outlast its shift.
    """
    steps = get_authentication_records(request, request.user)
    lately = [step for step in steps if time.time() - step["at"] <= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT]
    if not typed and not any(step["method"] == PASSWORD for step in lately):
        return "account_reauthenticate"
    if any(step["method"] == "mfa" and step["type"] != NIGHT_CODE for step in lately):
        return None
    if has_key(request.user):
        return "mfa_reauthenticate_webauthn"
    return "mfa_reauthenticate" if held(request.user).exists() else None


def client_address():
    """Where the current request comes from."""
    return get_adapter().get_client_ip(context.request)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets stand encrypted in the database; the last second factor is not removed where one is demanded."""

    def encrypt(self, text):
        """Under the first of `FIELD_KEYS`."""
        return encryption.encrypt(text)

    def decrypt(self, encrypted_text):
        """With whichever of `FIELD_KEYS` wrote it."""
        return encryption.decrypt(encrypted_text)

    def can_delete_authenticator(self, authenticator):
        """Whether it may go."""
        return may_remove(authenticator)
