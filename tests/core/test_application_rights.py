"""Pages in the tests have the rights of the application, and the test itself those of the owner."""

from contextlib import suppress

from django.db import Error, connection, transaction
from django.test import Client
from django.urls import reverse

from config.database import APP_ROLE


def who():
    """The database user whose rights hold now."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


def test_pages_act_as_the_application(officer, monkeypatch):
    seen = []
    monkeypatch.setattr("audit.trail.viewed", lambda *_, **__: seen.append(who()))
    client = Client()
    client.force_login(officer)
    client.get(reverse("today"))
    assert set(seen) == {APP_ROLE}
    assert who() != APP_ROLE


def test_what_fails_gives_the_rights_back(as_application):
    with suppress(Error), transaction.atomic(), as_application(), connection.cursor() as cursor:
        assert who() == APP_ROLE
        cursor.execute("DELETE FROM audit_event")
    assert who() != APP_ROLE
