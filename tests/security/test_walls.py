"""The second wall: what the database shows to whom, with the filters of the pages taken away, and without any context."""

import pytest
from django.apps import apps
from django.core.exceptions import SuspiciousOperation
from django.db import Error, connection, models, transaction
from django.test import Client

from audit import signed_context
from config import clock
from inmates.people.models import Inmate, Task
from reports import walls
from tests import factories
from tests.application_rights import application_rights

CANARY = "Zqanari"


def counted(table):
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{table}"')
        return cursor.fetchone()[0]


@pytest.fixture
def canaries(other_prison, officer2):
    """People of another prison, whose names nobody else has."""
    unit = other_prison.units.get()
    return [factories.make_inmate(unit, by=officer2, family_name_latin=CANARY) for _n in range(3)]


def test_every_model_that_reaches_a_person_is_behind_the_wall():
    behind = walls.protected()
    reaching = {Inmate}
    while True:
        more = {
            model
            for model in apps.get_models(include_auto_created=True)
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model in reaching and not model._meta.proxy
        } - reaching
        if not more:
            break
        reaching |= more
    missing = {m._meta.db_table for m in reaching} - set(behind) - set(walls.OPEN)
    assert missing == set(), walls.HOW_TO
    assert all(walls.OPEN.values())


def test_a_model_that_leads_to_nobody_is_asked_about(monkeypatch):
    monkeypatch.delitem(walls.EXPLICIT, "inmates_savedsearch")
    with pytest.raises(LookupError, match="inmates_savedsearch: who may see its rows"):
        walls.protected()


def test_the_database_has_what_the_models_say(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class c JOIN pg_policy p ON p.polrelid = c.oid WHERE relrowsecurity")
        assert {name for (name,) in cursor.fetchall()} == set(walls.protected())


@pytest.mark.parametrize("said", ["", "user|1|1||9999999999|" + "0" * 64, "expired"])
def test_without_a_context_no_rows(inmate, canaries, officer, said):
    if said == "expired":
        said = signed_context.signed("user", str(officer.pk), national=True, until=1)
    filled = {table for table in walls.protected() if counted(table) and table != "audit_event"}
    assert len(filled) > 15
    with application_rights(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [signed_context.SETTING, said])
        assert {table: n for table in filled if (n := counted(table))} == {}


def test_an_officer_sees_their_prison_alone(inmate, canaries, officer, officer2, reviewer):
    with application_rights(officer):
        assert list(Inmate.objects.all()) == [inmate]
        with pytest.raises(Error, match="row-level security"), transaction.atomic():
            Task.objects.create(
                inmate=canaries[0], facility=canaries[0].facility, kind="other", note="x", due_on=clock.today()
            )
        assert Inmate.objects.filter(pk=canaries[0].pk).update(version=9) == 0
    with application_rights(officer2):
        assert set(Inmate.objects.all()) == set(canaries)
    with application_rights(reviewer):
        assert Inmate.objects.count() == 4
    with signed_context.service("daily"), application_rights():
        assert Inmate.objects.count() == 4


def test_a_unit_counts_its_people_for_who_sees_none(inmate, canaries, officer2, sysadmin):
    unit = inmate.unit
    for by in (None, officer2, sysadmin):
        with application_rights(by):
            assert not Inmate.objects.filter(pk=inmate.pk).exists()
            for change in ({"working_capacity": 0}, {"closed_on": clock.today()}):
                with pytest.raises(Error, match="people are inside"), transaction.atomic():
                    type(unit).objects.filter(pk=unit.pk).update(**change)


# Triggers that read the row itself and nobody else's, or accounts alone.
IN_THE_WRITERS_RIGHTS = {
    "accounts_change_guard",
    "accounts_factor_guard",
    "accounts_night_code_guard",
    "audit_event_of_history",
    "audit_event_as_written",
    "core_begins",
    "core_kept",
}


def test_triggers_read_in_the_rights_of_the_owner(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT proname, prosecdef, proowner::regrole::text = current_user,"
            " EXISTS (SELECT 1 FROM unnest(proconfig) c WHERE c LIKE 'search_path=pg_catalog, public, pg_temp') FROM pg_proc"
            " WHERE pronamespace = 'public'::regnamespace AND (prosecdef OR prorettype = 'trigger'::regtype)"
            " AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = pg_proc.oid AND d.deptype = 'e')"
        )
        found = cursor.fetchall()
    assert {name for name, definer, _own, _path in found if not definer} == IN_THE_WRITERS_RIGHTS
    assert [name for name, _definer, own, path in found if not (own and path)] == []


def test_of_other_prisons_the_functions_tell_nothing(inmate, canaries, officer):
    places = f"'{{{canaries[0].facility_id}}}'::bigint[]"
    with application_rights(officer), connection.cursor() as cursor:
        cursor.execute(f"SELECT inmates_has_to_do_with({canaries[0].pk}, {places})")
        assert cursor.fetchone() == (False,)
        cursor.execute(f"SELECT inmates_has_to_do_with({inmate.pk}, '{{{inmate.facility_id}}}'::bigint[])")
        assert cursor.fetchone() == (True,)


def test_beyond_opens_the_country_and_closes_it_again(inmate, canaries, officer):
    with application_rights(officer):
        with signed_context.beyond("figures"):
            assert Inmate.objects.count() == 4
            with signed_context.beyond("merge"):
                assert Inmate.objects.count() == 4
            assert Inmate.objects.count() == 4
        assert list(Inmate.objects.all()) == [inmate]
        with (
            pytest.raises(Error),
            transaction.atomic(),
            signed_context.beyond("figures"),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        with (
            pytest.raises(Error),
            signed_context.beyond("figures"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("SELECT 1 / 0")
        assert list(Inmate.objects.all()) == [inmate]
        with pytest.raises(ValueError, match="no such path"), signed_context.beyond("curiosity"):
            pass
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config(%s, '', true)", [signed_context.SETTING])
        with signed_context.beyond("figures"):
            assert Inmate.objects.count() == 0  # nobody acts, so nothing opens


def test_a_context_that_was_made_up_is_not_signed_anew(inmate, canaries, officer, officer2):
    with application_rights(officer), connection.cursor() as cursor:
        for said in (f"user|{officer2.pk}|0||9999999999|{'0' * 64}", "nonsense"):
            cursor.execute("SELECT set_config(%s, %s, true)", [signed_context.SETTING, said])
            with pytest.raises(SuspiciousOperation), signed_context.beyond("figures"):
                pass
            assert Inmate.objects.count() == 0


@pytest.fixture
def no_first_wall(monkeypatch):
    """`visible_to` shows everything, of every model."""
    for model in apps.get_models():
        queryset = type(model._default_manager.all()) if hasattr(model, "_default_manager") else models.QuerySet
        if hasattr(queryset, "visible_to"):
            monkeypatch.setattr(queryset, "visible_to", lambda self, user: self._chain())


def test_with_the_filters_deleted_still_no_canary(inmate, canaries, officer, no_first_wall):
    client = Client()
    client.force_login(officer)
    seen = client.get("/inmates/?status=all")
    assert seen.status_code == 200
    assert inmate.registration_number in seen.content.decode()
    sent = [seen.content.decode()]
    for address in (
        "/",
        "/inmates/export/",
        "/inmates/reviews/",
        "/facilities/toulal-2/",
        "/musalaha/",
        "/musalaha/applications/",
        "/musalaha/pardons/",
        "/reports/statistics/",
    ):
        sent.append(client.get(address).content.decode(errors="ignore"))
    for canary in canaries:
        for path in ("", "timeline/", "custody/", "conduct/", "classification/"):
            answer = client.get(f"/inmates/{canary.uuid}/{path}")
            assert answer.status_code in (403, 404)
            sent.append(answer.content.decode())
    assert [page for page in sent if CANARY.lower() in page.lower()] == []
