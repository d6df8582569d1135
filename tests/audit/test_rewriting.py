"""History put into another form: accepted by verification, told by it, and nothing beside it is."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import Error, connection, transaction

from audit import rewriting, trail
from audit.models import Event
from audit.verification import verify
from tests.audit.test_history_chain import faults, region, sql  # noqa: F401 - the fixture

pytestmark = pytest.mark.django_db
TABLE = "facilities_regionevent"


def rewrite(to=str.upper):
    """Every name in capitals, in history as in rows."""
    return rewriting.rewrite_history(TABLE, {"name_fr": to}, "capitals")


def test_what_was_rewritten_is_accepted_and_told(region, capsys):  # noqa: F811
    assert rewrite() == 2
    call_command("verify_audit")
    said = capsys.readouterr().out
    assert "(capitals): 2 rows of facilities_regionevent, 1 digests" in said
    event = Event.objects.get(verb="history.rewritten")
    assert event.login
    assert Event.objects.acts().filter(pk=event.pk).exists() is False
    assert verify(history=True).unsealed == 0


def test_rewritten_twice_each_follows_the_one_before(region):  # noqa: F811
    rewrite()
    assert rewrite(str.lower) == 2
    assert faults() == []
    assert len(verify(history=True).rewritten) >= 1
    assert rewrite(str.lower) == 0
    assert Event.objects.filter(verb="history.rewritten").count() == 2


def test_an_edit_after_it_is_found(region):  # noqa: F811
    rewrite()
    sql(f"UPDATE {TABLE} SET name_fr = 'SUD' WHERE pgh_label = 'insert'")
    assert "a row was changed" in faults()[0]


def test_an_edit_before_it_is_not_covered_up(region):  # noqa: F811
    sql(f"UPDATE {TABLE} SET name_fr = 'Sud' WHERE pgh_label = 'insert'")
    rewrite()
    assert "a row was changed" in faults()[0]
    assert not Event.objects.filter(verb="history.rewritten").exists()


def test_the_old_values_put_back_are_found(region):  # noqa: F811
    rewrite()
    sql(f"UPDATE {TABLE} SET name_fr = 'Nord' WHERE pgh_label = 'insert'")
    assert faults() != []


def test_a_digest_in_the_place_of_one_that_never_was_is_a_fault(region):  # noqa: F811
    covering = Event.objects.get(verb="history.sealed")
    sql(f"UPDATE {TABLE} SET name_fr = 'Sud' WHERE pgh_label = 'insert'")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_history_digest(%s, c.names::text[], array_agg(h.pgh_id)) FROM facilities_regionevent h,"
            ' audit_historycolumns c WHERE c."table" = %s GROUP BY c.names',
            [TABLE, TABLE],
        )
        now = cursor.fetchone()[0]
    detail = {"table": TABLE, "why": "forged", "rows": 2, "digests": [[covering.pk, "0" * 64, now]]}
    trail.record("history.rewritten", by=None, detail=detail)
    trail.seal_pending()
    forged = Event.objects.latest("id").pk
    assert faults() == [f"Event {forged} puts another digest in the place of one that event {covering.pk} has not"]


def test_nobody_but_the_owner(region, as_application):  # noqa: F811
    with as_application(), pytest.raises(PermissionDenied):
        rewrite()
    with as_application(), pytest.raises(PermissionDenied):
        rewriting.rewrite_rows("facilities_region", "id", {"name_fr": str.upper})


@pytest.mark.parametrize("verb", ["history.rewritten", "history.sealed"])
def test_the_application_writes_no_such_event(region, as_application, sysadmin, verb):  # noqa: F811
    with pytest.raises(Error, match="not the application's"), transaction.atomic(), as_application(sysadmin):
        trail.record(verb, by=None, detail={"table": TABLE, "digests": []})
