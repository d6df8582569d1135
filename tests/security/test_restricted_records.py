"""Restricted records: no page, form, paper, list, search or file tells what they hold to anybody who is not named for them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction

from accounts import roles
from config import clock
from inmates.people.models import Inmate, RestrictionStep
from tests.application_rights import rewriting
from tests.matrix.test_matrix import ask, routes

CANARY = "Zqanari"
# What holding and a release need, also of a restricted record: words of these columns are on the duty view or in its acts.
ON_DUTY = {
    ("inmates_inmate", "*"),  # names and number; the rest is tried by itself below
    ("inmates_detentionorder", "reference"),
    ("inmates_detentionorder", "authority"),
    ("inmates_outing", "place"),
    ("inmates_keepapart", "reason"),
    ("inmates_keepapartgroup", "*"),
    ("inmates_placement", "exception_reason"),
    ("inmates_transfer", "note"),
    ("inmates_nocommunication", "*"),  # a judge's order that duty enforces
    ("inmates_case", "number"),  # of a hearing, on the court list
    ("inmates_case", "court"),
    ("inmates_pardon", "*"),
    ("inmates_pardoninstrument", "*"),  # of a decree, nobody's
    ("inmates_emergencyaccess", "reason"),
    ("inmates_separationbar", "*"),
    ("inmates_registrationnumber", "*"),
    ("inmates_admission", "*"),  # the papers of a release
    ("inmates_organisation", "*"),  # reference data
    ("inmates_offence", "*"),
    ("inmates_correction", "subject"),  # codes
    ("inmates_alert", "reference"),
    ("inmates_savedsearch", "*"),
    ("inmates_pendingimport", "*"),
    ("inmates_importbatch", "*"),
    ("inmates_rollcount", "*"),
    ("inmates_nametoken", "*"),
    ("musalaha_cohort", "*"),
    ("musalaha_session", "*"),
}


@pytest.fixture
def written_in(world):
    """A word in every column of free text of everybody's record; gives the columns that took it."""
    took = []
    with rewriting():
        for model in [*apps.get_app_config("inmates").get_models(), *apps.get_app_config("musalaha").get_models()]:
            table = model._meta.db_table
            if model._meta.proxy or hasattr(model, "pgh_tracked_model") or (table, "*") in ON_DUTY:
                continue
            for field in model._meta.concrete_fields:
                free = isinstance(field, models.CharField | models.TextField) and not field.choices
                if free and not field.unique and (table, field.column) not in ON_DUTY and _write(table, field):
                    took.append(f"{table}.{field.column}")
    return took


def _write(table, field):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE {table} SET "{field.column}" = %s WHERE "{field.column}" <> %s', [CANARY, ""])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return cursor.rowcount
    except Error:
        return 0


@pytest.fixture
def restricted(world, written_in):
    """Everybody's record is restricted; the assessor of the prison is named."""
    first, second, assessor = world.users[roles.DIRECTOR], world.reviewer2, world.users[roles.ASSESSOR]
    RestrictionStep.objects.waiting().delete()
    until, now = clock.today() + timedelta(days=90), clock.now()
    signed = {"state": "approved", "until": until, "asked_by": first, "decided_by": second, "decided_at": now}
    for person in Inmate.objects.filter(merged_into=None):
        RestrictionStep.objects.create(inmate=person, kind="restrict", **signed)
        RestrictionStep.objects.create(inmate=person, kind="name", user=assessor, **signed)
    return written_in


def sent(user, world, only=None):
    """`{address: text}` of every page that this user gets."""
    pages = {}
    for name, route in routes().items():
        if only is None or name in only:
            answer = ask(user, name, route, world)
            pages[name] = (b"".join(answer) if answer.streaming else answer.content).decode(errors="ignore")
    return pages


def _around(text):
    at = text.lower().index(CANARY.lower())
    return f": ...{' '.join(text[max(0, at - 120) : at + 40].split())}"


def test_nobody_who_is_not_named_finds_what_a_record_holds(world, restricted):
    assert len(restricted) > 20
    told = []
    for role in roles.PERMISSIONS:
        if role in (roles.ASSESSOR, roles.INSPECTOR):
            continue
        pages = sent(world.users[role], world)
        told += [f"{name} as {role}{_around(text)}" for name, text in pages.items() if CANARY.lower() in text.lower()]
    assert told == []


def test_whoever_is_named_and_an_inspector_find_it(world, restricted):
    for role, least in ((roles.ASSESSOR, 8), (roles.INSPECTOR, 15)):
        pages = sent(world.users[role], world)
        assert len([name for name, text in pages.items() if CANARY.lower() in text.lower()]) >= least
