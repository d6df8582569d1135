"""The row history is in the chain: a row changed, removed or slipped in afterwards is found and its table named."""

import pytest
from django.core.management import call_command
from django.db import connection

from audit import grants, trail
from audit.models import Event, HistoryColumns, UnsealedHistory
from audit.verification import verify
from facilities.models import Region

pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    """A region with two rows of history, sealed."""
    region = Region.objects.create(name_fr="Nord", name_ar="الشمال")
    region.name_fr = "Nord-Est"
    region.save()
    trail.seal_pending()
    return region


def sql(statement):
    """What the tables' owner does, past the trigger."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE facilities_regionevent DISABLE TRIGGER audit_history_waits")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE facilities_regionevent ENABLE TRIGGER audit_history_waits")


def faults():
    """What a verification of the row history finds."""
    return verify(history=True).faults


def test_one_event_a_transaction_covers_its_rows(region):
    assert Event.objects.filter(verb="history.sealed").count() == 1
    assert not UnsealedHistory.objects.exists()
    found = verify(history=True)
    assert (found.faults, found.history_rows) == ([], 2)


@pytest.mark.parametrize(
    ("deed", "fault"),
    [
        ("UPDATE facilities_regionevent SET name_fr = 'Sud' WHERE pgh_label = 'insert'", "a row was changed"),
        ("DELETE FROM facilities_regionevent WHERE pgh_label = 'update'", "a row is missing"),
        ("DELETE FROM facilities_regionevent", "a row is missing"),
        (
            "INSERT INTO facilities_regionevent (id, code, name_fr, name_ar, pgh_created_at, pgh_label, pgh_obj_id)"
            " SELECT id, code, 'Sud', name_ar, pgh_created_at, 'update', pgh_obj_id FROM facilities_regionevent LIMIT 1",
            "has 1 rows that no event covers",
        ),
    ],
)
def test_an_edit_of_the_history_is_found(region, deed, fault, capsys):
    sql(deed)
    with pytest.raises(SystemExit) as stop:
        call_command("verify_audit")
    assert stop.value.code == 1
    said = capsys.readouterr().err
    assert "facilities_regionevent" in said
    assert fault in said


def test_history_that_waits_for_its_seal_is_no_fault():
    Region.objects.create(name_fr="Nord", name_ar="الشمال")
    assert faults() == []


def test_a_column_added_later_changes_no_digest(region):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE facilities_regionevent ADD COLUMN note text NOT NULL DEFAULT 'none'")
    assert faults() == []
    region.save()
    Region.objects.filter(pk=region.pk).update(name_fr="Nord")
    trail.seal_pending()
    assert HistoryColumns.objects.filter(table="facilities_regionevent").count() == 2
    assert faults() == []
    sql("UPDATE facilities_regionevent SET name_fr = 'Sud' WHERE pgh_label = 'insert'")
    assert faults() != []


def test_history_written_before_the_chain_is_sealed_as_it_is(region):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER audit_history_waits ON facilities_regionevent")
    Region.objects.filter(pk=region.pk).update(name_fr="Nord")
    Event.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_seal")
    grants.chain_history()
    trail.seal_pending()
    found = verify(history=True)
    assert (found.faults, found.history_rows) == ([], 3)
