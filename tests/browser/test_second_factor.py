"""A security key at the first sign-in and the next, and a screen that locks over a form with something typed in it."""

from datetime import timedelta

import pytest

from accounts.models import Permanence
from tests.browser.conftest import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
REASON = "The director is at the hospital tonight"


def put_in_a_key(page):
    """A virtual security key at this browser's USB port."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "usb", "hasResidentKey": False, "hasUserVerification": False}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**options, "automaticPresenceSimulation": True}})


def type_password(page, name):
    """The first step of signing in."""
    page.fill("input[name=login]", name)
    page.fill("input[name=password]", PASSWORD)
    page.click("main button[type=submit]")


def test_a_key_is_set_up_at_the_first_sign_in_and_opens_the_next(sign_in, director, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    page = sign_in(director)
    assert page.url.endswith("/accounts/2fa/")
    page.goto("/inmates/")
    assert page.url.endswith("/accounts/2fa/")
    put_in_a_key(page)
    page.click("text=Add a security key")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/")
    page.goto("/inmates/")
    assert page.url.endswith("/inmates/")
    page.click("summary:has-text('English')")
    page.click("text=Sign out")
    page.wait_for_url("**/accounts/login/**")
    type_password(page, "director")
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.click("text=Use the security key")
    page.wait_for_url(lambda url: "/accounts/" not in url)
    assert "Sign out" in page.content()


def test_a_screen_locks_over_what_was_typed_and_opens_in_place(sign_in, director, settings):
    settings.SESSION_IDLE = timedelta(seconds=5)
    page = sign_in(director)
    page.goto("/accounts/permanences/new/")
    page.fill("[name=reason]", REASON)
    cover = page.locator("#lock-cover")
    cover.wait_for(state="visible", timeout=30000)
    assert not page.locator("[name=reason]").is_visible()
    page.fill("#cover-password", "wrong")
    page.click("#lock-form button")
    page.locator("#lock-form .invalid-feedback").wait_for(state="visible")
    page.fill("#cover-password", PASSWORD)
    page.click("#lock-form button")
    cover.wait_for(state="hidden")
    assert page.input_value("[name=reason]") == REASON
    assert not Permanence.objects.exists()


def test_a_screen_with_nothing_typed_goes_to_the_lock_page_and_back(sign_in, director, settings):
    settings.SESSION_IDLE = timedelta(seconds=5)
    page = sign_in(director)
    page.goto("/inmates/")
    page.wait_for_url("**/accounts/locked/**", timeout=30000)
    assert not page.locator("[data-search]").count()
    page.fill("[name=who_password]", PASSWORD)
    page.click("text=Unlock")
    page.wait_for_url("**/inmates/")


def test_another_key_is_added_after_the_first_one_was_touched(sign_in, director, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    page = sign_in(director)
    put_in_a_key(page)
    page.goto("/accounts/2fa/webauthn/add/")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/accounts/2fa/")
    page.goto("/accounts/2fa/webauthn/add/")
    assert "/accounts/2fa/webauthn/reauthenticate/" in page.url
    page.click("main button[type=button], main button[type=submit]")
    page.wait_for_url("**/accounts/2fa/webauthn/add/")
    assert page.locator("#mfa_webauthn_add").is_visible()
