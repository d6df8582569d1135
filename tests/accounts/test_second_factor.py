"""The second factor: demanded of everybody in a real service, by a key where the role says so; lost, renewed by two."""

import json
import time
from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import roles, second_factor
from accounts.actions import changes
from audit.models import Event
from core import encryption
from tests.accounts.conftest import WHY
from tests.accounts.soft_key import SoftKey

PASSWORD = "palm-tree-and-river-19"


@pytest.fixture
def demanded(settings):
    """As in a real service."""
    settings.SECOND_FACTOR_REQUIRED = True


def key_of(user):
    """A security key, as the database holds it."""
    return SoftKey().given_to(user)


def app_of(user):
    """An authenticator app's secret."""
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    return secret


def code(secret):
    """What the app shows now."""
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_password(user):
    """The user, with a password known here."""
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(user):
    """A browser after the first step, and where it was led."""
    client = Client(headers={"Accept-Language": "en"})
    answer = client.post(reverse("account_login"), {"login": user.username, "password": PASSWORD})
    return client, answer["Location"]


def touch(client, key):
    """Say again who one is with a security key; the answer of the page that asks."""
    page = reverse("mfa_reauthenticate_webauthn")
    options = client.get(page).context["js_data"]["request_options"]
    return client.post(page, {"credential": json.dumps(key.answer_sign_in(options))})


def test_the_demo_offers_it_and_demands_nothing(officer, signed_in):
    assert signed_in(officer).get("/").status_code == 200


@pytest.mark.parametrize("page", ["/", "/inmates/", "/admin/", "/accounts/password/change/", "/accounts/sessions/"])
def test_without_one_nothing_opens_but_the_page_that_sets_it_up(demanded, sysadmin, officer, signed_in, page):
    for user in (sysadmin, officer):
        client = signed_in(user)
        assert client.get(page)["Location"] == reverse("mfa_index")
        assert client.post(page, {})["Location"] == reverse("mfa_index")
        assert "Before anything else" in client.get(reverse("mfa_index")).content.decode()
        assert client.post(reverse("language"), {"language": "fr"}).status_code == 302
        assert client.post(reverse("account_logout")).status_code == 302
        assert client.get("/")["Location"].startswith(reverse("account_login"))


def test_with_one_the_pages_open_and_the_database_is_asked_once(demanded, officer, signed_in):
    key_of(officer)
    client = signed_in(officer)
    assert client.get("/").status_code == 200
    Authenticator.objects.all().delete()
    assert client.get("/").status_code == 200
    assert signed_in(officer).get("/").status_code == 302


def test_an_app_is_enough_for_some_roles_and_not_for_others(demanded, officer, director, signed_in):
    for user in (officer, director):
        app_of(user)
    assert signed_in(officer).get("/").status_code == 200
    assert signed_in(director).get("/")["Location"] == reverse("mfa_index")
    assert signed_in(director).get(reverse("mfa_activate_totp")).status_code in (302, 403)
    assert second_factor.app_allowed(officer)
    assert not second_factor.app_allowed(director)


def test_signing_in_asks_for_the_apps_code(demanded, officer):
    secret = app_of(with_password(officer))
    client, led_to = sign_in(officer)
    assert led_to == reverse("mfa_authenticate")
    assert client.get("/").status_code == 302
    wrong = client.post(led_to, {"code": "000000"})
    assert wrong.status_code == 200
    assert Event.objects.filter(verb="refused.second_factor", actor_id=officer.pk, detail__tried="code").count() == 1
    assert client.post(led_to, {"code": code(secret)}).status_code == 302
    assert client.get("/").status_code == 200


def test_an_apps_code_does_not_replace_the_key_of_a_director(demanded, director):
    secret = app_of(with_password(director))
    key_of(director)
    client, led_to = sign_in(director)
    answer = client.post(led_to, {"code": code(secret)})
    assert "Use your security key" in answer.content.decode()
    assert client.get("/").status_code == 302


def test_a_key_is_set_up_at_the_first_sign_in_and_opens_the_next(demanded, director):
    key, page = SoftKey(), reverse("mfa_add_webauthn")
    client, _led_to = sign_in(with_password(director))
    options = client.get(page).context["js_data"]["creation_options"]
    added = client.post(page, {"name": "Ring", "credential": json.dumps(key.answer_registration(options))})
    assert added.status_code == 302
    assert Event.objects.get(verb="second_factor.added").detail == {"kind": "webauthn"}
    assert client.get("/").status_code == 200
    again, led_to = sign_in(director)
    options = again.get(led_to).context["js_data"]["request_options"]
    stranger = {"credential": json.dumps(SoftKey().answer_sign_in(options))}
    assert again.post(led_to, stranger).status_code == 200
    assert Event.objects.filter(verb="refused.second_factor", detail__tried="security key").count() == 1
    options = again.get(led_to).context["js_data"]["request_options"]
    assert again.post(led_to, {"credential": json.dumps(key.answer_sign_in(options))}).status_code == 302
    assert again.get("/").status_code == 200


def test_setting_up_the_app_is_recorded_and_its_secret_unreadable(officer):
    client, _led_to = sign_in(with_password(officer))
    page = reverse("mfa_activate_totp")
    assert client.get(page).status_code == 200
    secret = client.session["mfa.totp.secret"]
    assert client.post(page, {"code": code(secret)}).status_code == 302
    stored = Authenticator.objects.get(user=officer)
    assert secret not in str(stored.data)
    assert encryption.decrypt(stored.data["secret"]) == secret
    assert Event.objects.get(verb="second_factor.added").detail == {"kind": "totp"}


def test_the_last_one_stays_where_it_is_demanded(demanded, officer):
    secret = app_of(with_password(officer))
    client, led_to = sign_in(officer)
    client.post(led_to, {"code": code(secret)})
    page = reverse("mfa_deactivate_totp")
    client.post(page)
    assert Authenticator.objects.filter(user=officer).exists()
    key = key_of(officer)
    client.post(page)
    assert list(Authenticator.objects.filter(user=officer)) == [key]
    client.post(reverse("mfa_remove_webauthn", args=[key.pk]))
    assert Authenticator.objects.filter(pk=key.pk).exists()


@pytest.mark.parametrize(
    "name", ["mfa_add_webauthn", "mfa_activate_totp", "mfa_remove_webauthn", "account_change_password"]
)
def test_whoever_changes_how_they_sign_in_does_so_in_full_first(officer, name):
    key = SoftKey()
    held = key.given_to(with_password(officer))
    page = reverse(name, args=[held.pk] if name == "mfa_remove_webauthn" else [])
    client = Client()
    client.force_login(officer)
    if name != "account_change_password":  # its form asks for the password
        asked = client.get(page)["Location"]
        assert asked == f"{reverse('account_reauthenticate')}?next={page.replace('/', '%2F')}"
        assert client.post(asked, {"password": "not-this-one", "next": page}).status_code == 200
        assert client.post(page)["Location"] == asked
        assert client.post(asked, {"password": PASSWORD, "next": page})["Location"] == page
    asked = client.get(page)["Location"]
    assert asked == f"{reverse('mfa_reauthenticate_webauthn')}?next={page.replace('/', '%2F')}"
    touch(client, SoftKey())
    assert client.post(page)["Location"] == asked
    assert touch(client, key).status_code == 302
    assert client.get(page).status_code == 200


def test_an_apps_code_is_the_second_step_of_who_has_no_key(officer):
    secret = app_of(with_password(officer))
    client = Client()
    client.force_login(officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = reverse("mfa_deactivate_totp")
    assert client.post(page)["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": code(secret)})
    assert client.post(page)["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()


def test_a_night_code_is_no_second_step(officer):
    client, _led_to = sign_in(with_password(officer))
    key_of(officer)
    session = client.session
    session["account_authentication_methods"] += [{"method": "mfa", "type": "night_code", "at": time.time()}]
    session.save()
    asked = client.get(reverse("account_change_password"))["Location"]
    assert asked.startswith(reverse("mfa_reauthenticate_webauthn"))


def test_a_lost_key_is_renewed_by_two_and_every_session_ends(demanded, officer, sysadmin, sysadmin2, signed_in):
    key_of(with_password(officer))
    client = signed_in(officer)
    assert client.get("/").status_code == 200
    change = changes.ask_factor(officer, identified="service_card", reason=WHY, by=sysadmin)
    assert client.get("/").status_code == 200
    changes.approve(change, by=sysadmin2)
    assert client.get("/")["Location"].startswith(reverse("account_login"))
    assert not Authenticator.objects.exists()
    again, _led_to = sign_in(officer)
    assert again.get("/")["Location"] == reverse("mfa_index")


def test_an_enabled_account_starts_anew(officer, sysadmin, sysadmin2, signed_in):
    key_of(with_password(officer))
    client = signed_in(officer)
    client.get("/")
    changes.disable(officer, reason="Left the service yesterday", by=sysadmin)
    officer.refresh_from_db()
    changes.approve(changes.ask_enable(officer, identified="service_card", reason=WHY, by=sysadmin), by=sysadmin2)
    assert client.get("/").status_code == 302
    assert not Authenticator.objects.exists()


def test_keys_are_rotated(officer, settings):
    secret = app_of(officer)
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = [new]
    assert encryption.decrypt(Authenticator.objects.get().data["secret"]) == secret
    settings.FIELD_KEYS = [old]
    with pytest.raises(InvalidToken):
        encryption.decrypt(Authenticator.objects.get().data["secret"])
    with pytest.raises(CommandError, match="a key is missing"):
        call_command("rotate_field_keys", stdout=StringIO())


def test_roles_of_the_setting_are_roles(settings):
    assert set(settings.SECOND_FACTOR_KEYS_ONLY) == {roles.SYSADMIN, roles.REVIEWER, roles.DIRECTOR}


def test_secrets_that_stood_plain_are_encrypted_and_own_recovery_codes_gone(officer):
    from importlib import import_module

    from django.apps import apps

    migration = import_module("accounts.migrations.0008_second_factor_by_two")
    kinds = Authenticator.Type
    Authenticator.objects.create(user=officer, type=kinds.TOTP, data={"secret": "PLAINSECRET"})
    Authenticator.objects.create(user=officer, type=kinds.RECOVERY_CODES, data={"seed": "s", "used_mask": 0})
    migration.encrypt(apps, None)
    stored = Authenticator.objects.get()
    assert "PLAINSECRET" not in str(stored.data)
    assert encryption.decrypt(stored.data["secret"]) == "PLAINSECRET"
    migration.decrypt(apps, None)
    assert Authenticator.objects.get().data == {"secret": "PLAINSECRET"}
