"""Health, beliefs and identity card numbers: nowhere in the database in plain text, and on no page of who need not know them."""

from importlib import import_module
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts import roles
from audit import trail
from audit.verification import verify
from config import clock
from core.fields import encrypted_fields
from inmates.classification.actions import assessments
from inmates.classification.models import Assessment
from inmates.conditions.actions import incidents, separations
from inmates.conditions.models import Incident, IncidentPerson
from inmates.custody.models import Transfer
from inmates.duplicates.actions import pairs
from inmates.people.actions import identity
from inmates.people.models import Inmate, Task
from tests import dumps, factories
from tests.documents.reading import text_of
from tests.matrix.test_matrix import ask, routes
from tests.security.conftest import world  # noqa: F401 - one of everything

CIN, WRONG_CIN, WAS_CIN = "ZQ7654321", "ZQ7654322", "ZQ7654323"
BELIEF, HEALTH = "Zqbelief", "Zqhealth"
MIGRATIONS = [import_module("inmates.migrations.0058_encrypt"), import_module("musalaha.migrations.0013_encrypt")]
CANARIES = (CIN, WRONG_CIN, WAS_CIN, BELIEF, HEALTH)


@pytest.fixture
def told(world):  # noqa: F811
    """The same world, in which acts have recorded what must not be read: numbers, health, beliefs."""
    officer, assessor = world.users[roles.OFFICER], world.users[roles.ASSESSOR]
    person, today = Inmate.objects.get(pk=world.inmate.pk), clock.today()
    person = identity.correct_identity(person, changes={"cin": WAS_CIN}, version=person.version, by=officer)
    for number in (WRONG_CIN, CIN):
        said = {"why": "The figures were read wrong", "paper": "Card"}
        person = identity.correct_identity(person, changes={"cin": number}, version=person.version, by=officer, **said)
    world.inmate = person
    for one, ground in ((world.separated, "nursing"), (person, "disability")):
        separations.record_bar(one, ground=ground, source=f"Dr {HEALTH}", starts_on=today, by=officer)
    facts = {"hours_out": 1, "hours_contact": 1, "health_visit_by": f"Dr {HEALTH}", "note": HEALTH}
    separations.record_day(world.separation, day=today, by=officer, **facts)
    strike = {"kind": "hunger_strike", "account": f"Eats nothing: {HEALTH}", "measures": HEALTH}
    world.strike = incidents.record(
        Incident(facility=person.facility, happened_at=clock.now(), **strike),
        people=[(person, IncidentPerson.Part.INVOLVED)],
        by=officer,
    )
    draft = Assessment.objects.filter(inmate=person).drafts().first()
    draft = draft or assessments.start_assessment(person, by=assessor)
    found = {"rating": "marked", "evidence": BELIEF, "source": BELIEF}
    assessments.save_assessment(draft, findings={"ideology": found}, by=assessor)
    twin = factories.make_inmate(world.unit, by=officer)
    client = Client()
    client.force_login(officer)
    for number in (CIN, CIN[:6]):
        client.post(reverse("inmates:search"), {"q": number})
        client.post(reverse("inmates:search_hits"), {"q": number})
    client.post(reverse("inmates:likely"), {"cin": CIN})
    client.post(reverse("inmates:edit", args=[twin.uuid]), {"cin": CIN, "version": twin.version})
    trail.seal_pending()
    return world


def test_no_table_holds_any_of_it(told):
    assert Inmate.objects.get(pk=told.inmate.pk).cin == CIN
    assert dumps.holding(*CANARIES) == {}
    assert dumps.holding("Dr Matrix") == {}
    assert dumps.holding(told.inmate.family_name_latin) != {}  # the dump reads what is plain


def shown(answer):
    """What a reader gets, of a PDF too."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return text_of(body) if body.startswith(b"%PDF") else body.decode(errors="replace")


NEED_NOT_KNOW = {
    roles.ASSESSOR: {CIN, WRONG_CIN, WAS_CIN, HEALTH},
    roles.APPEALS: {CIN, WRONG_CIN, WAS_CIN, HEALTH, BELIEF},
    roles.REVIEWER: {HEALTH},
    roles.COORDINATOR: {HEALTH, BELIEF},
    roles.OFFICER: {BELIEF},
    roles.DIRECTOR: {BELIEF},
    roles.SYSADMIN: set(CANARIES),
}


SEEN = {roles.OFFICER: {CIN, WRONG_CIN, HEALTH}, roles.ASSESSOR: {BELIEF}}  # who needs them sees them


@pytest.mark.parametrize(
    "role", [role if role in SEEN else pytest.param(role, marks=pytest.mark.long) for role in NEED_NOT_KNOW]
)
def test_no_page_shows_it_to_who_need_not_know(told, role):
    found = {}
    for name, route in routes().items():
        if route.method != "post":
            answer = ask(told.users[role], name, route, told)
            if answer.status_code == 200:
                text = shown(answer)
                found |= {word: name for word in CANARIES if word in text}
    assert {word: page for word, page in found.items() if word in NEED_NOT_KNOW[role]} == {}
    assert SEEN.get(role, set()) <= found.keys()


def test_incidents_of_health_keep_their_account_from_who_classifies(told):
    for role, seen in ((roles.OFFICER, True), (roles.ASSESSOR, False)):
        client = Client()
        client.force_login(told.users[role])
        page = client.get(reverse("inmates:incident", args=[told.strike.uuid])).content.decode()
        assert (HEALTH in page) is seen
        assert "Hunger strike" in page


def test_keys_are_changed_in_rows_and_history_and_the_trail_agrees(told, settings):
    old, new = settings.FIELD_KEYS[0], Fernet.generate_key().decode()
    settings.FIELD_KEYS = [new, old]
    call_command("rotate_field_keys", stdout=StringIO())
    settings.FIELD_KEYS = [new]
    person = Inmate.objects.get(pk=told.inmate.pk)
    assert person.cin == CIN
    history = apps.get_model("inmates", "InmateEvent").objects.filter(pgh_obj_id=person.pk)
    assert {row.cin for row in history} == {None, WAS_CIN, WRONG_CIN, CIN}
    for model, field in [*encrypted_fields(), *encrypted_fields(row_history=True)]:
        list(model._base_manager.values_list(field.name))  # each opens with the new key alone
    found = verify(history=True)
    assert found.faults == []
    assert any("rotate_field_keys" in line for line in found.rewritten)


def test_another_lookup_key_takes_the_digests_along(told, settings):
    settings.LOOKUP_KEY = "another-" * 8
    assert not Inmate.objects.with_cin(CIN).exists()
    call_command("rotate_field_keys", stdout=StringIO())
    assert Inmate.objects.with_cin(CIN).get() == told.inmate


def in_the_clear():
    """Take everything back to what stood before it was encrypted, as a superuser might: rows, history and digests of it."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE inmates_inmate DROP CONSTRAINT inmate_cin_with_its_digest")
    for migration in MIGRATIONS:
        migration.allow(apps, None)
        migration.decrypt(apps, None)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL register.rewriting = 'on'; UPDATE inmates_inmate SET cin_digest = NULL")
        cursor.execute("SET LOCAL register.rewriting = ''")


def test_what_stood_plain_is_encrypted_once_in_rows_and_history(told):
    in_the_clear()
    before = dumps.holding(*CANARIES)
    assert before.keys() == set(CANARIES)
    assert "inmates_inmateevent" in before[WAS_CIN]
    for migration in MIGRATIONS:
        migration.encrypt(apps, None)
        migration.forbid(apps, None)
    assert dumps.holding(*CANARIES) == {}
    assert Inmate.objects.with_cin(CIN).get() == told.inmate
    found = verify(history=True)
    assert found.faults == []
    assert any("(encrypted once)" in line and "inmates_inmateevent" in line for line in found.rewritten)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE inmates_inmateevent SET sex = 'F' WHERE pgh_obj_id = %s", [told.inmate.pk])
    assert "inmates_inmateevent" in verify(history=True).faults[0]


def test_reasons_of_a_pair_name_no_number(told):
    officer = told.users[roles.OFFICER]
    other = factories.make_inmate(told.unit, by=officer)
    pair = pairs.report(told.inmate, other, by=officer)
    assert CIN not in str(pair.reasons)
    assert not Task.objects.filter(said__icontains=CIN).exists()
    assert not Transfer.objects.filter(note__contains=CIN).exists()
