"""Signing in and out at the edges: strange addresses, failed tries, what the browser keeps."""

import pytest
from django.test import Client
from django.urls import reverse

from audit.models import Event

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
