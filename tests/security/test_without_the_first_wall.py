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


ROLES = [pytest.param(role, marks=pytest.mark.long) for role in (roles.ASSESSOR, roles.DIRECTOR)]


@pytest.fixture
def elsewhere(world):
    """A prison that nobody of the world has to do with."""
    third = factories.FacilityFactory(code="third", name_fr="Troisième", name_ar="ثالث")
    factories.UnitFactory(facility=third, name="Z")
    return third


@pytest.fixture
def no_first_wall(monkeypatch):
    """`visible_to` shows everything, of every model."""
    for model in apps.get_models():
        for manager in (model._default_manager, model._base_manager):
            queryset = type(manager.all())
            if hasattr(queryset, "visible_to"):
                monkeypatch.setattr(queryset, "visible_to", lambda self, user: self._chain())


@pytest.mark.parametrize("role", [roles.OFFICER, *ROLES])
def test_no_page_shows_anybody_elsewhere(world, elsewhere, no_first_wall, role):
    canary = "Zqanari"
    Inmate.objects.update(family_name_latin=canary)

    def shown_to(user):
        for name, route in routes().items():
            answer = ask(user, name, route, world)
            sent = b"".join(answer) if answer.streaming else answer.content
            if canary.lower() in sent.decode(errors="ignore").lower():
                yield name

    stranger = factories.make_user(role, elsewhere, username="stranger")
    assert set(shown_to(stranger)) - set(ACROSS) == set()
    assert len(list(shown_to(world.users[role]))) > 30  # where they are, they are to be seen


def test_no_row_of_anybody_elsewhere(world, elsewhere):
    filled = {table for table in walls.protected() if _count(table)}
    assert len(filled) > 60
    for n, role in enumerate((roles.OFFICER, roles.ASSESSOR, roles.DIRECTOR)):
        with application_rights(factories.make_user(role, elsewhere, username=f"stranger-{n}")):
            assert [table for table in filled if _count(table)] == []


def _count(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}{BUT_FOR.get(table, '')}")
        return cursor.fetchone()[0]
