"""Sign-in and account pages of the real service, in the dress of the house and within the content policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.utils import timezone

OWN_PAGES = ["/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/", "/accounts/logout/"]


def body(response):
    return response.content.decode()


def test_sign_in_wears_the_frame_and_offers_three_languages(client, db):
    response = client.get("/accounts/login/", headers={"Accept-Language": "en"})
    page = body(response)
    assert response.status_code == 200
    assert 'class="top"' in page
    assert {"ar", "fr", "en"} == set(re.findall(r'name="language" value="(\w\w)"', page))
    assert "style-src 'self'" in response.headers["Content-Security-Policy"]
    assert " style=" not in page


def test_a_stranger_sees_no_navigation_and_no_search(client, db):
    page = body(client.get("/accounts/login/"))
    assert "data-search" not in page
    assert 'class="top-nav"' not in page


@pytest.mark.parametrize("address", OWN_PAGES)
def test_the_users_own_pages_open_in_the_frame(client, officer, address):
    client.force_login(officer)
    response = client.get(address)
    assert response.status_code == 200
    assert 'class="top"' in body(response)
    assert " style=" not in body(response)


def test_the_users_security_keys_are_listed_with_their_last_use(client, officer):
    Authenticator.objects.create(
        user=officer, type=Authenticator.Type.WEBAUTHN, data={"name": "Key on the ring"}, last_used_at=timezone.now()
    )
    client.force_login(officer)
    page = body(client.get("/accounts/2fa/webauthn/", headers={"Accept-Language": "en"}))
    assert "Key on the ring" in page
    assert "Last used now" in page


@pytest.mark.parametrize("address", OWN_PAGES)
def test_a_stranger_is_sent_to_sign_in(client, db, address):
    response = client.get(address)
    assert response.status_code == 302
    assert response["Location"].split("?")[0] == "/accounts/login/"
    assert body(response) == ""


def test_the_frame_follows_the_readers_language(client, officer):
    client.force_login(officer)
    officer.language = "ar"
    officer.save()
    page = body(client.get("/accounts/sessions/"))
    assert '<html lang="ar" dir="rtl">' in page
    assert "css/bootstrap.rtl.min.css" in page


def test_an_address_that_does_not_exist_offers_a_way_on(client, officer):
    client.force_login(officer)
    response = client.get("/nowhere/")
    assert response.status_code == 404
    assert 'class="btn btn-primary" href="/"' in body(response)
