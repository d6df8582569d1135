"""Encrypted columns: what the database holds, what may be asked of it, and what stays as it was when a row is saved again."""

import pytest
from django.apps import apps
from django.core.exceptions import FieldError, ValidationError
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction

from core import encryption
from core.fields import EncryptedTextField, encrypted_fields, encrypted_names
from inmates.classification.models import Finding
from inmates.conditions.models import Incident, SeparationBar
from inmates.people.derived_columns import disagreements
from inmates.people.models import Correction, Inmate, SavedSearch
from tests import factories

pytestmark = pytest.mark.django_db


def stored(model, column, pk):
    """A column as the database has it."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT "{column}"::text FROM "{model._meta.db_table}" WHERE id = %s', [pk])
        return cursor.fetchone()[0]


@pytest.fixture
def search(officer):
    """A kept search."""
    return SavedSearch.objects.create(token="t", owner=officer, text="BE100037")


def test_the_database_holds_a_token_and_the_record_the_text(search):
    token = stored(SavedSearch, "text", search.pk)
    assert token.startswith(encryption.SEALED)
    assert encryption.decrypt(token) == "BE100037"
    assert SavedSearch.objects.get().text == "BE100037"
    assert SavedSearch.objects.values_list("text", flat=True).get() == "BE100037"


def test_the_same_text_is_another_token_each_time(search, officer):
    again = SavedSearch.objects.create(token="u", owner=officer, text="BE100037")
    assert stored(SavedSearch, "text", again.pk) != stored(SavedSearch, "text", search.pk)


def test_a_row_saved_again_keeps_its_token_and_leaves_no_history(inmate):
    Inmate.objects.filter(pk=inmate.pk).update(cin="BE100037")
    token, history = stored(Inmate, "cin", inmate.pk), apps.get_model("inmates", "InmateEvent").objects
    rows = history.count()
    same = Inmate.objects.get(pk=inmate.pk)
    same.save()
    same.cin = "BE" + "100037"
    same.save()
    assert (stored(Inmate, "cin", inmate.pk), history.count()) == (token, rows)
    same.cin = "BE100038"
    same.save()
    assert stored(Inmate, "cin", inmate.pk) != token
    assert history.count() == rows + 1
    assert history.order_by("-pgh_id").first().cin == "BE100038"


def test_what_another_wrote_meanwhile_is_not_written_back(search):
    mine = SavedSearch.objects.get()
    SavedSearch.objects.update(text="BE100037")
    token = stored(SavedSearch, "text", search.pk)
    mine.refresh_from_db()
    mine.save()
    assert stored(SavedSearch, "text", search.pk) == token


def test_no_query_compares_one(search):
    for question in ({"text": "BE100037"}, {"text__contains": "BE"}, {"text__in": ["BE100037"]}):
        with pytest.raises(FieldError):
            SavedSearch.objects.filter(**question).exists()
    assert SavedSearch.objects.exclude(text="").exists()


@pytest.mark.parametrize("model_field", [one for one in encrypted_fields() if isinstance(one[1], EncryptedTextField)])
def test_the_database_refuses_plain_text(model_field):
    model, field = model_field
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_constraint WHERE conrelid = %s::regclass AND contype = 'c'"
            " AND pg_get_constraintdef(oid) LIKE %s",
            [model._meta.db_table, f"%starts\\_with({field.column}, '{encryption.SEALED}'%"],
        )
        assert cursor.fetchone()[0] == 1


def test_plain_text_by_sql_is_refused(search):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE inmates_savedsearch SET text = 'BE100037'")


def test_a_number_without_its_digest_is_refused(inmate):
    for change in ("cin_digest = NULL", "cin = NULL", "cin_digest = 'BE100037'"):
        Inmate.objects.filter(pk=inmate.pk).update(cin="BE100037")
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE inmates_inmate SET {change} WHERE id = %s", [inmate.pk])


def test_a_number_belongs_to_one_person(inmate, unit, officer):
    other = factories.make_inmate(unit, by=officer)
    Inmate.objects.filter(pk=inmate.pk).update(cin="BE100037")
    with pytest.raises(IntegrityError), transaction.atomic():
        Inmate.objects.filter(pk=other.pk).update(cin="BE100037")
    other.cin = "BE100037"
    with pytest.raises(ValidationError):
        other.full_clean()
    other.cin = "BE-100 037"
    with pytest.raises(ValidationError, match="5 to 8 digits"):
        other.full_clean()


def test_a_digest_of_another_number_is_named(inmate, capsys):
    Inmate.objects.filter(pk=inmate.pk).update(cin="BE100037")
    assert list(disagreements()) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inmates_inmate SET cin_digest = %s WHERE id = %s", ["0" * 64, inmate.pk])
    assert [(uuid, column) for uuid, column, *_ in disagreements()] == [(inmate.uuid, "cin_digest")]
    with pytest.raises(SystemExit):
        call_command("check_register")
    assert "BE100037" not in capsys.readouterr().err


def test_a_digest_tells_nothing_without_its_key(settings):
    here = encryption.digest("BE100037")
    settings.LOOKUP_KEY = "another"
    assert encryption.digest("BE100037") != here
    assert len(here) == 64


def test_of_json_by_field_the_sensitive_values_alone_are_tokens(inmate, officer):
    correction = Correction.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        subject="identity",
        record=inmate.pk,
        changes={"cin": ["BE100037", None], "sex": ["M", "F"]},
        others=[{"model": "inmates.finding", "pk": 1, "changes": {"evidence": ["Zqevidence", ""], "pk": [1, 2]}}],
        why="The card says so itself",
        paper="Card",
        made_by=officer,
        state="done",
    )
    text = stored(Correction, "changes", correction.pk) + stored(Correction, "others", correction.pk)
    assert "BE100037" not in text
    assert "Zqevidence" not in text
    assert '"sex": ["M", "F"]' in text
    read = Correction.objects.get()
    assert read.changes == {"cin": ["BE100037", None], "sex": ["M", "F"]}
    assert read.others[0]["changes"] == {"evidence": ["Zqevidence", ""], "pk": [1, 2]}
    before = stored(Correction, "changes", correction.pk)
    read.save()
    assert stored(Correction, "changes", correction.pk) == before


def test_health_and_beliefs_are_among_them():
    fields = {(model, field.name) for model, field in encrypted_fields()}
    assert {(Finding, "evidence"), (Finding, "rating"), (SeparationBar, "source"), (Incident, "account")} <= fields
    assert "cin" in encrypted_names()
    assert "sex" not in encrypted_names()
