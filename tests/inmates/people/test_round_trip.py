"""What is exported as a register can be imported into an empty service and gives the same records."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.urls import reverse

from audit.models import Event
from config import clock
from inmates.people.models import Inmate
from inmates.people.register_export import HEADERS
from inmates.register_import.plan import import_register, read
from inmates.register_reading.headers import propose
from inmates.sentences import actions as sentences
from inmates.sentences.models import Sentence
from tests import factories

COLUMNS = (
    "registration_number", "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar", "cin",
    "birth_date", "birth_precision", "birthplace", "sex", "nationality", "second_nationality", "admitted_on",
    "legal_status", "group_role", "is_returnee", "unit__name", "status", "release_on",
)  # fmt: skip
SENTENCE = ("inmate__registration_number", "kind", "years", "months", "days", "final_on")


def records():
    return list(Inmate.objects.order_by("registration_number").values_list(*COLUMNS))


def terms():
    return list(Sentence.objects.order_by("inmate__registration_number").values_list(*SENTENCE))


def test_every_column_is_known_to_the_import():
    assert None not in propose(HEADERS)
    assert len(set(propose(HEADERS))) == len(HEADERS)


@pytest.fixture
def register(unit, prison, officer):
    """People of every kind that a register holds."""
    make = factories.make_inmate
    make(unit, by=officer, family_name_latin="El Fassi", cin="BE100037", birthplace="Fès", group_role="non_combatant")
    make(
        unit, by=officer, family_name_latin="Benali", given_name_latin="Saïd", family_name_ar="بنعلي",
        given_name_ar="سعيد", years=3, months=6, birth_date=date(1974, 1, 1), birth_precision="presumed",
    )  # fmt: skip
    make(
        prison.units.get(name="B"), by=officer, family_name_latin="Martin", given_name_latin="Paul",
        family_name_ar="", given_name_ar="", nationality="FR", second_nationality="MA", legal_status="remand",
        birth_date=date(1990, 1, 1), birth_precision="year", is_returnee=True,
    )  # fmt: skip
    make(
        unit, by=officer, family_name_latin="Zerouali", given_name_latin="Ali", family_name_ar="الزروالي",
        given_name_ar="علي", legal_status="convicted_appeal", birth_date=date(1988, 5, 1), birth_precision="month",
        is_returnee=False, group_role="ideologue",
    )  # fmt: skip
    lifer = make(
        unit, by=officer, sentenced=False, family_name_latin="Chafik", given_name_latin="Nabil",
        family_name_ar="شفيق", given_name_ar="نبيل", birth_date=date(1970, 7, 9),
    )  # fmt: skip
    day = clock.today() - timedelta(days=200)
    sentences.pronounce(
        Sentence(case=lifer.cases.get(), inmate=lifer, kind="life", starts_on=day, pronounced_on=day, final_on=day),
        by=officer,
    )
    Inmate.objects.filter(family_name_latin__startswith="Tazi").update(family_name_latin="Tazi")


def test_out_and_in_again(client, officer, prison, register):
    client.force_login(officer)
    content = client.get(reverse("inmates:export"), {"format": "register"}).content
    before, sentenced = records(), terms()
    assert len(before) == 5
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; TRUNCATE inmates_inmate CASCADE; SET CONSTRAINTS ALL DEFERRED")
    assert records() == []
    sheet, sha256 = read(content)
    found, _batch = import_register(
        sheet, sha256, name="register.xlsx", facility=prison, as_of=clock.today(), skip_invalid=False, by=officer
    )
    assert found.errors == []
    assert records() == before
    assert terms() == sentenced


def test_the_register_needs_its_permission(client, assessor, register):
    client.force_login(assessor)
    answer = client.get(reverse("inmates:export"), {"format": "register"})
    assert answer.status_code == 403
    assert "Content-Disposition" not in answer
    assert b"El Fassi" not in answer.content
    assert not Event.objects.filter(verb="list.exported").exists()
