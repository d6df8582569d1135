"""Sessions stand under digests of their keys: read in the database they open nothing, and each is for its own row."""

import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import sessions
from accounts.models import Session
from audit.models import Event
from tests.accounts.soft_key import SoftKey
from tests.accounts.test_presence import later
from tests.accounts.test_second_factor import PASSWORD, app_of, code, sign_in, with_password
from tests.application_rights import application_rights

LIST = "/accounts/sessions/"


def key_of(client):
    """What the browser has."""
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def with_cookie(value):
    """A browser that sends this as its session."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = value
    return client


@pytest.fixture
def client(officer):
    """The officer, signed in with the password."""
    client, _led_to = sign_in(with_password(officer))
    assert client.get("/").status_code == 200
    return client


def test_who_reads_the_database_has_no_session(client, officer):
    row = Session.objects.get(user=officer)
    assert row.pk == sessions.digest(key_of(client))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{key_of(client)}%"])
            assert (table, cursor.fetchone()[0]) == (table, 0)
    assert with_cookie(key_of(client)).get("/").status_code == 200
    for read in (row.pk, row.pk[:32], row.session_data):
        assert with_cookie(read).get("/").status_code == 302


def test_a_session_copied_into_another_row_is_nothing(client, director):
    mine, _led_to = sign_in(with_password(director))
    theirs, own = (sessions.digest(key_of(one)) for one in (client, mine))
    with application_rights(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE accounts_session SET session_data = (SELECT session_data FROM accounts_session WHERE session_key = %s),"
            " user_id = (SELECT user_id FROM accounts_session WHERE session_key = %s) WHERE session_key = %s",
            [theirs, theirs, own],
        )
    assert mine.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_one_sees_where_one_is_signed_in_and_nobody_else(client, officer, director, signed_in):
    Client(headers={"User-Agent": "Other browser"}).post(
        reverse("account_login"), {"login": "officer", "password": PASSWORD}, REMOTE_ADDR="192.0.2.8"
    )
    page = client.get(LIST).content.decode()
    assert "192.0.2.8" in page
    assert "Other browser" in page
    assert page.count("This one") == 1
    assert "192.0.2.8" not in signed_in(director).get(LIST).content.decode()


def test_all_others_are_ended_and_nobody_elses(client, officer, director, signed_in):
    other, _led_to = sign_in(officer)
    stranger = signed_in(director)
    assert client.post(LIST)["Location"] == LIST
    assert client.get("/").status_code == 200
    assert stranger.get("/").status_code == 200
    assert other.get("/").status_code == 302
    event = Event.objects.get(verb="session.others_ended")
    assert (event.actor_id, event.detail) == (officer.pk, {"sessions": 1})


def test_one_other_is_ended_and_never_somebody_elses(client, officer, director, signed_in):
    first, _led_to = sign_in(officer)
    second, _led_to = sign_in(officer)
    stranger = signed_in(director)
    for one in (stranger, client):
        assert client.post(LIST, {"session": sessions.digest(key_of(one))}).status_code == 302
        assert one.get("/").status_code == 200
    assert f'value="{sessions.digest(key_of(first))}"' in client.get(LIST).content.decode()
    client.post(LIST, {"session": sessions.digest(key_of(first))})
    assert first.get("/").status_code == 302
    assert second.get("/").status_code == 200
    counted = Event.objects.filter(verb="session.others_ended").order_by("id")
    assert [one.detail["sessions"] for one in counted] == [0, 0, 1]


def test_signing_out_and_a_new_password_take_the_rows(client, officer):
    other, _led_to = sign_in(officer)
    form = {"oldpassword": PASSWORD, "password1": "river-and-palm-tree-20", "password2": "river-and-palm-tree-20"}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert client.get("/").status_code == 200
    assert other.get("/").status_code == 302
    page = client.get(LIST)
    assert len(page.context["rows"]) == 1
    client.post(reverse("account_logout"))
    assert not Session.objects.filter(user=officer, pk=sessions.digest(key_of(client))).exists()
    assert client.get("/").status_code == 302


def test_what_has_ended_is_tidied_away(client, officer):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert client.get("/").status_code == 302
    sessions.SessionStore.clear_expired()
    assert not Session.objects.filter(user=officer).exists()


def test_sessions_of_before_end(db):
    operation = import_module("accounts.migrations.0011_sessions").Migration.operations[1]
    with connection.cursor() as cursor:
        cursor.execute(operation.sql)  # a new installation has none
        cursor.execute("CREATE TABLE IF NOT EXISTS django_session (session_key text)")
        cursor.execute("INSERT INTO django_session VALUES ('of-before')")
        cursor.execute(operation.sql)
        cursor.execute("SELECT count(*) FROM django_session")
        assert cursor.fetchone()[0] == 0


def unlock(client, password):
    """The lock page, after the screen was locked by hand."""
    client.post(reverse("lock"))
    return client.post(reverse("locked"), {"who_password": password, "next": "/"})


def confirm_an_export(client, password):
    """The question before an export, eleven minutes after the sign-in."""
    later(client, 11 * 60, still_there=True)
    return client.post(reverse("inmates:export"), {"who_password": password, "who_credential": ""})


def reauthenticate(client, password):
    """The page that asks before one's own account is changed."""
    return client.post(reverse("account_reauthenticate"), {"password": password, "next": "/"})


@pytest.mark.parametrize("again", [unlock, confirm_an_export, reauthenticate])
def test_who_says_again_who_they_are_goes_on_under_a_new_key(client, officer, again):
    before = key_of(client)
    began = client.session["presence"]["began"]
    again(client, "not-this-one")
    assert key_of(client) == before
    assert again(client, PASSWORD).status_code == 302
    assert key_of(client) != before
    assert client.get("/").status_code == 200
    assert with_cookie(before).get("/").status_code == 302
    assert Session.objects.filter(user=officer).count() == 1
    assert client.session["presence"]["began"] <= began
    assert Event.objects.filter(verb__in=["session.unlocked", "session.confirmed"], actor_id=officer.pk).count() == 1


def test_a_key_and_an_apps_code_renew_it_too(client, officer):
    key, before = SoftKey(), key_of(client)
    key.given_to(officer)
    page = reverse("mfa_reauthenticate_webauthn")
    options = client.get(page).context["js_data"]["request_options"]
    client.post(page, {"credential": json.dumps(SoftKey().answer_sign_in(options))})
    assert key_of(client) == before
    options = client.get(page).context["js_data"]["request_options"]
    assert client.post(page, {"credential": json.dumps(key.answer_sign_in(options))}).status_code == 302
    after = key_of(client)
    assert after != before
    secret = app_of(officer)
    assert client.post(reverse("mfa_reauthenticate"), {"code": code(secret)}).status_code == 302
    assert key_of(client) not in (before, after)
