"""Signing in and out at the edges: strange addresses, failed tries, what the browser keeps."""

import json

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.actions import changes, night_codes
from audit.models import Event
from reports import event_labels
from tests.accounts.conftest import WHY
from tests.accounts.soft_key import SoftKey
from tests.accounts.test_second_factor import PASSWORD, app_of, code, sign_in, with_password

ADDRESSES = ["", "?next=", "?next=/inmates/", "?next=http://[", "?next=//example.org", "?next=%E0%80"]


@pytest.mark.parametrize("query", ADDRESSES)
@pytest.mark.parametrize("page", ["/admin/login/", "/accounts/login/"])
def test_a_strange_address_to_go_on_to_is_no_fault(db, sysadmin, officer, signed_in, page, query):
    assert Client().get(page + query).status_code in (200, 302)
    assert signed_in(sysadmin).get(page + query).status_code == 302
    assert signed_in(officer).get(page + query).status_code in (302, 403)


def test_a_stranger_goes_from_the_admin_to_the_sign_in_page(db):
    answer = Client().get("/admin/login/?next=/admin/")
    assert answer["Location"].startswith(reverse("account_login"))


def test_a_failed_try_says_what_was_tried_and_from_where(officer):
    Client().post(reverse("account_login"), {"login": "offiser", "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
    event = Event.objects.get(verb="refused.session.opened")
    assert (event.actor_id, event.detail) == (None, {"tried": "offiser", "address": "192.0.2.7"})
    Client().post(reverse("account_login"), {"login": "officer", "password": "wrong"}, REMOTE_ADDR="192.0.2.7")
    assert Event.objects.filter(verb="refused.session.opened", actor_id=officer.pk).count() == 1


def test_signing_out_clears_what_the_browser_kept(officer, signed_in):
    client = signed_in(officer)
    answer = client.post(reverse("account_logout"))
    assert answer["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/").status_code == 302


def test_the_admin_leaves_passwords_and_signing_out_to_our_pages(sysadmin, signed_in):
    client = signed_in(sysadmin)
    assert client.get("/admin/password_change/")["Location"] == reverse("account_change_password")
    assert client.post("/admin/logout/")["Location"] == reverse("account_logout")


def test_changing_ones_password_writes_the_password_alone(officer, signed_in, as_application):
    officer.set_password("a-long-password-7")
    officer.save()
    form = {"oldpassword": "a-long-password-7", "password1": "palm-tree-river-19", "password2": "palm-tree-river-19"}
    with as_application():
        assert signed_in(officer).post(reverse("account_change_password"), form).status_code == 302
    officer.refresh_from_db()
    assert officer.check_password("palm-tree-river-19")
    assert Event.objects.filter(verb="account.password_changed", actor_id=officer.pk).count() == 1


def opened(user):
    """What the trail says of the user's last sign-in, in its words and as it is stored."""
    event = Event.objects.filter(verb="session.opened", actor_id=user.pk).latest("id")
    return event_labels.described([event])[0].words, event.detail


def test_the_trail_says_with_which_factor_somebody_signed_in(officer, prison, sysadmin, sysadmin2):
    with_password(officer)
    sign_in(officer)
    assert opened(officer) == ("Signed in · without a second factor", {"factor": "none", "address": "127.0.0.1"})
    secret = app_of(officer)
    client, led_to = sign_in(officer)
    client.post(led_to, {"code": "000000"})
    assert opened(officer)[1]["factor"] == "none"
    client.post(led_to, {"code": code(secret)})
    assert opened(officer)[0] == "Signed in · code of an app"
    key = SoftKey()
    key.given_to(officer)
    client, led_to = sign_in(officer)
    options = client.get(led_to).context["js_data"]["request_options"]
    client.post(led_to, {"credential": json.dumps(key.answer_sign_in(options))})
    assert opened(officer)[0] == "Signed in · security key"
    change = changes.approve(changes.ask_night_code(prison, reason=WHY, by=sysadmin), by=sysadmin2)
    night = night_codes.print_once(change.night_code, by=sysadmin2)
    client, led_to = sign_in(officer)
    client.post(led_to, {"code": night_codes.sealed_code(night)})
    assert opened(officer)[0] == "Signed in · sealed night code"
    with translation.override("fr"):
        assert opened(officer)[0] == "Connexion · code de nuit scellé"
    with translation.override("ar"):
        assert opened(officer)[0] == "تم تسجيل الدخول · رمز الليل المختوم"


def test_the_trail_says_with_what_somebody_said_again_who_they_are(officer):
    client, _led_to = sign_in(with_password(officer))
    key = SoftKey()
    key.given_to(officer)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("lock"))
    options = client.get(reverse("locked")).context["js_data"]["request_options"]
    client.post(reverse("locked"), {"who_credential": json.dumps(key.answer_sign_in(options))})
    page = reverse("mfa_reauthenticate_webauthn")
    for one in (SoftKey(), key):
        options = client.get(page).context["js_data"]["request_options"]
        client.post(page, {"credential": json.dumps(one.answer_sign_in(options))})
    app_of(officer)
    client.post(reverse("mfa_reauthenticate"), {"code": "000000"})
    said = Event.objects.filter(verb__startswith="session.", actor_id=officer.pk).exclude(verb="session.opened")
    assert [(one.verb, one.detail.get("factor")) for one in said.order_by("id")] == [
        ("session.confirmed", "password"),
        ("session.locked", None),
        ("session.unlocked", "webauthn"),
        ("session.confirmed", "webauthn"),
    ]
    failed = Event.objects.filter(verb="refused.second_factor", actor_id=officer.pk).order_by("id")
    assert [one.detail["tried"] for one in failed] == ["security key", "code"]


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_signing_in_says_nothing_in_another_language(client, officer, language):
    officer.language = language
    officer.save()
    officer.set_password("pw-for-this-test-1")
    officer.save()
    page = client.post(
        reverse("account_login"), {"login": officer.username, "password": "pw-for-this-test-1"}, follow=True
    )
    assert page.wsgi_request.user == officer
    assert "Successfully" not in page.content.decode()
    assert not list(page.context["messages"])
