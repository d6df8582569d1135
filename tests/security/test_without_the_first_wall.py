"""Every address with every filter of the pages deleted: the database alone keeps another prison's people away."""

import pytest
from django.apps import apps
from django.db import connection

from accounts import roles
from inmates.people.models import Inmate
from reports import walls
from tests import factories
from tests.application_rights import application_rights
from tests.matrix.test_matrix import ask, routes

# Pages that lead from prison to prison (`signed_context.PATHS`): what of somebody elsewhere they show, to whom, and why.
ACROSS = {
    "inmates:likely": "an identity card, at intake",
    "inmates:card_photo": "the photograph on it",
    "inmates:readmit": "the card of somebody who comes in again",
    "inmates:corrections": "corrections that wait for any second person in the country",
    "inmates:correction": "one of them",
    "inmates:correction_confirm": "the answer to it",
    "inmates:correction_refuse": "the answer to it",
    "inmates:open_in_emergency": "a record opened for an hour",
    "inmates:emergency_record": "that record",
}


# Rows that are anybody's: corrections that wait for a second person, and events that are about nobody.
WAITING = "('proposed', 'decided')"
BUT_FOR = {
    "audit_event": " WHERE inmate_id IS NOT NULL",
    "inmates_correction": f" WHERE state NOT IN {WAITING}",
    "inmates_correctionevent": f" WHERE pgh_obj_id NOT IN (SELECT id FROM inmates_correction WHERE state IN {WAITING})",
}


@pytest.fixture
def strangers(world):
    """One user of each role of a prison, in a prison that nobody of the world has to do with."""
    third = factories.FacilityFactory(code="third", name_fr="Troisième", name_ar="ثالث")
    factories.UnitFactory(facility=third, name="Z")
    return [
        factories.make_user(role, third, username=f"stranger-{n}")
        for n, role in enumerate((roles.OFFICER, roles.ASSESSOR, roles.DIRECTOR))
    ]


@pytest.fixture
def no_first_wall(monkeypatch):
    """`visible_to` shows everything, of every model."""
    for model in apps.get_models():
        for manager in (model._default_manager, model._base_manager):
            queryset = type(manager.all())
            if hasattr(queryset, "visible_to"):
                monkeypatch.setattr(queryset, "visible_to", lambda self, user: self._chain())


def test_no_page_shows_anybody_elsewhere(world, strangers, no_first_wall):
    canary = "Zqanari"
    Inmate.objects.update(family_name_latin=canary)

    def shown_to(user):
        for name, route in routes().items():
            answer = ask(user, name, route, world)
            sent = b"".join(answer) if answer.streaming else answer.content
            if canary.lower() in sent.decode(errors="ignore").lower():
                yield name

    shown = {name for user in strangers for name in shown_to(user)}
    assert shown - set(ACROSS) == set()
    assert len(list(shown_to(world.users[roles.DIRECTOR]))) > 40  # where they are, they are to be seen


def test_no_row_of_anybody_elsewhere(world, strangers):
    filled = {table for table in walls.protected() if _count(table)}
    assert len(filled) > 60
    for user in strangers:
        with application_rights(user):
            assert {table: n for table in filled if (n := _count(table))} == {}


def _count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}{BUT_FOR.get(table, '')}")
        return cursor.fetchone()[0]
