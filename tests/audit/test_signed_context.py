"""For whom a transaction acts: signed by the web process, checked by the database, gone with the transaction."""

import time

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import Error, connection, transaction
from django.test import Client, override_settings
from django.urls import reverse

from audit import signed_context
from tests.application_rights import application_rights


def acts():
    """What the database makes of the context, asked with the rights of the application."""
    with application_rights(), connection.cursor() as cursor:
        cursor.execute("SELECT audit_acts()")
        return cursor.fetchone()[0]


def say(value):
    """Set the context as a statement of the application would."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [signed_context.SETTING, value])


def test_nobody_acts_unless_it_is_said(db):
    assert acts() is None


def test_a_user_acts_in_their_prisons(officer, prison, reviewer):
    signed_context.as_user(officer)
    assert acts() == ["user", str(officer.pk), "0", str(prison.pk)]
    signed_context.as_user(reviewer)
    assert acts() == ["user", str(reviewer.pk), "1", ""]


def test_a_service_acts_by_a_name_that_is_known(db):
    with signed_context.service("daily"):
        assert acts() == ["service", "daily", "1", ""]
    with pytest.raises(ValueError, match="no such service"), signed_context.service("anything"):
        pass


@pytest.mark.parametrize("part", range(5))
def test_no_part_can_be_changed(officer, part):
    parts = signed_context.signed("user", str(officer.pk), places=[1]).split("|")
    parts[part] = {0: "service", 1: "1", 2: "1", 3: "1,2", 4: str(int(parts[4]) + 999)}[part]
    say("|".join(parts))
    assert acts() is None


@pytest.mark.parametrize(
    "value", ["", "x", "user|1|1||9999999999|", "||||||", "service|daily|1||9999999999|" + "0" * 64]
)
def test_what_was_never_signed_is_nothing(db, value):
    say(value)
    assert acts() is None


def test_it_ends_with_its_time(officer):
    say(signed_context.signed("user", str(officer.pk), until=int(time.time()) - 1))
    assert acts() is None


def test_another_key_signs_nothing(officer):
    with override_settings(DATABASE_CONTEXT_KEY="another"):
        signed_context.as_user(officer)
        assert acts() is None
        signed_context.install_key()
        assert acts() is not None
    assert acts() is not None
    signed_context.as_user(officer)
    assert acts() is None  # the key of before holds no longer


@pytest.mark.parametrize("statement", ["SELECT * FROM audit_contextkey", "DELETE FROM audit_contextkey"])
def test_the_application_cannot_read_the_key(db, statement):
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), application_rights():
        connection.cursor().execute(statement)


@pytest.mark.django_db(transaction=True)
def test_it_outlives_no_transaction(officer):
    with pytest.raises(transaction.TransactionManagementError):
        signed_context.as_user(officer)
    with transaction.atomic():
        signed_context.as_user(officer)
        assert acts()
    with transaction.atomic():  # the same connection, as a pooler hands it on
        assert acts() is None


@pytest.mark.django_db(transaction=True)
def test_a_copy_of_it_is_worth_nothing_in_another_transaction(officer):
    with transaction.atomic():
        copied = signed_context.signed("user", str(officer.pk), national=True)
        say(copied)
        assert acts()
    with transaction.atomic():
        say(copied)
        assert acts() is None
        say(signed_context.signed("user", str(officer.pk), national=True))
        assert acts()


def test_a_page_acts_for_whoever_is_signed_in(officer, monkeypatch):
    seen = []
    monkeypatch.setattr("audit.trail.viewed", lambda *_, **__: seen.append(acts()))
    client = Client()
    client.force_login(officer)
    client.get(reverse("today"))
    assert {tuple(one[:2]) for one in seen} == {("user", str(officer.pk))}


def test_with_a_key_that_the_database_does_not_know_nothing_is_done(db, settings):
    assert signed_context.key_is_known()
    settings.DATABASE_CONTEXT_KEY = "another"
    assert not signed_context.key_is_known()
    with pytest.raises(ImproperlyConfigured, match="run migrate"), signed_context.service("daily"):
        pass
