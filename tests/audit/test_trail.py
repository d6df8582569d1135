"""The trail is only added to, and every later edit is found."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from accounts import roles
from audit import grants, trail
from audit.models import Event
from audit.verification import LATE, verify
from tests import factories


def as_application(statement):
    """Run one statement with the rights of the application's database user."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE register_app")
        cursor.execute(statement)


@pytest.fixture
def events(db):
    """Three sealed events; the seal of the user's row history is the fourth."""
    user = factories.make_user(roles.REVIEWER)
    for n in range(3):
        trail.record("test.done", by=user, detail={"n": n})
    assert trail.seal_pending() == 4
    return list(Event.objects.acts().order_by("id"))


@pytest.mark.parametrize(
    "table", ["audit_event", "audit_seal", "audit_unsealed", "inmates_inmateevent", "pghistory_context"]
)
@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_application_cannot_rewrite_the_trail(events, table, statement):
    grants.apply()
    column = {
        "audit_seal": "hash",
        "audit_unsealed": "event_id",
        "audit_event": "verb",
        "inmates_inmateevent": "sex",
        "pghistory_context": "metadata",
    }[table]
    with pytest.raises(Error, match="permission denied"):
        as_application(statement.format(table, column, column))


def test_the_application_cannot_forge_a_seal(events):
    grants.apply()
    with pytest.raises(Error, match="permission denied"):
        as_application("INSERT INTO audit_seal VALUES (99, 99, '', '')")


def test_the_application_may_write_events_and_have_them_sealed(events):
    grants.apply()
    as_application(
        'INSERT INTO audit_event (at, "on", actor_name, verb, object_type, object_id, detail)'
        " VALUES (now(), now(), '', 'refused.more', '', '', '{}')"
    )
    as_application("SELECT audit_seal_pending()")
    assert verify().sealed == 5


def test_an_untouched_trail_is_proved(events, capsys):
    call_command("verify_audit")
    assert "sealed: 4" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("edit", "why"),
    [
        ("UPDATE audit_event SET actor_name = 'somebody' WHERE id = {}", "changed"),
        ("DELETE FROM audit_event WHERE id = {}", "missing"),
        ("DELETE FROM audit_seal WHERE event_id = {}", "missing"),
    ],
)
def test_a_superusers_edit_is_found(events, edit, why, capsys):
    with connection.cursor() as cursor:
        cursor.execute(edit.format(events[1].pk))
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit")
    assert stop.value.code == 1
    assert why in capsys.readouterr().err


def test_the_tail_not_yet_sealed_is_reported(events):
    trail.record("test.late", by=None)
    found = verify()
    assert (found.events, found.sealed, found.unsealed, found.faults) == (5, 4, 1, [])


def test_an_old_event_that_was_never_sealed_is_a_fault(events, capsys):
    late = trail.record("test.late", by=None)
    Event.objects.filter(pk=late.pk).update(at=timezone.now() - LATE - timedelta(minutes=1))
    with pytest.raises(SystemExit):
        call_command("verify_audit")
    assert f"Event {late.pk} was never sealed" in capsys.readouterr().err


def test_events_are_sealed_whatever_their_number(events):
    far = trail.record("test.far", by=None)
    Event.objects.filter(pk=far.pk).update(id=9_000_000_000)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_unsealed SET event_id = 9000000000")
    assert trail.seal_pending() == 1
    trail.record("test.near", by=None)
    assert trail.seal_pending() == 1
    assert verify().unsealed == 0


def test_the_database_writes_time_and_login_for_the_application(events):
    grants.apply()
    as_application(
        'INSERT INTO audit_event (at, "on", actor_name, verb, object_type, object_id, detail, login)'
        " VALUES ('1999-12-31', now(), '', 'refused.forged', '', '', '{}', 'somebody')"
    )
    forged = Event.objects.get(verb="refused.forged")
    assert forged.at.year > 2000
    assert forged.login == connection.settings_dict["USER"]


def test_a_temporary_table_of_the_same_name_takes_no_seal(events):
    grants.apply()
    trail.record("test.more", by=None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL ROLE register_app")
        cursor.execute("CREATE TEMP TABLE audit_seal (LIKE public.audit_seal) ON COMMIT DROP")
        cursor.execute("SELECT audit_seal_pending()")
        cursor.execute("DROP TABLE pg_temp.audit_seal")
    assert verify().sealed == 5
