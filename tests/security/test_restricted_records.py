"""Restricted records: no page, form, paper, list, search or file tells what they hold to anybody who is not named for them."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import Error, connection, models, transaction

from accounts import roles
from config import clock
from core import encryption
from core.fields import EncryptedTextField
from inmates.conditions.models import Incident
from inmates.people.actions import restrictions
from inmates.people.models import Inmate, RestrictionStep
from tests import factories
from tests.application_rights import application_rights, rewriting
from tests.matrix.test_matrix import ask, routes
from tests.security.statements import copied, each, every, refused

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
    ("inmates_alert", "note"),  # of an emergency, for who supervises it
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
    word = encryption.encrypt(CANARY) if isinstance(field, EncryptedTextField) else CANARY
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f'UPDATE {table} SET "{field.column}" = %s WHERE "{field.column}" <> %s', [word, ""])
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            return cursor.rowcount
    except Error:
        return 0


@pytest.fixture
def restricted(world, written_in):
    """Everybody's record is restricted; the assessor of the prison is named."""
    first, second, assessor = world.users[roles.DIRECTOR], world.reviewer2, world.users[roles.ASSESSOR]
    RestrictionStep.objects.waiting().delete()
    with rewriting():
        Incident.objects.update(recorded_by=second)  # whoever wrote one down reads it
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


UNNAMED = [role for role in roles.PERMISSIONS if role not in (roles.ASSESSOR, roles.INSPECTOR)]
QUICK = (roles.OFFICER,)


@pytest.mark.parametrize(
    "role", [role if role in QUICK else pytest.param(role, marks=pytest.mark.long) for role in UNNAMED]
)
def test_nobody_who_is_not_named_finds_what_a_record_holds(world, restricted, role):
    assert len(restricted) > 20
    pages = sent(world.users[role], world)
    told = [f"{name}{_around(text)}" for name, text in pages.items() if CANARY.lower() in text.lower()]
    assert not told, "\n".join(told)


def test_whoever_is_named_and_an_inspector_find_it(world, restricted):
    for role, least in ((roles.ASSESSOR, 8), (roles.INSPECTOR, 15)):
        pages = sent(world.users[role], world)
        assert len([name for name, text in pages.items() if CANARY.lower() in text.lower()]) >= least


def test_the_applications_own_sql_restricts_opens_and_lifts_nothing_alone(
    prison, unit, officer, officer_too, director, reviewer, reviewer2
):
    held, other = (factories.make_inmate(unit, by=officer) for _n in range(2))
    until = clock.today() + timedelta(days=90)

    def asked(person, kind, **fields):
        return restrictions.ask(person, kind=kind, by=director, **fields)

    restriction = restrictions.approve(asked(held, "restrict", until=until), by=reviewer)
    named = restrictions.approve(asked(held, "name", until=until, user=officer_too), by=reviewer)
    over = restrictions.take_away(
        restrictions.approve(asked(held, "name", until=until, user=officer), by=reviewer), by=director
    )
    waits = asked(held, "name", until=until, user=reviewer2)
    lift, refused_one = asked(held, "lift"), restrictions.refuse(asked(other, "restrict", until=until), by=reviewer)
    values = {
        "restriction": restriction.pk, "named": named.pk, "over": over.pk, "waits": waits.pk, "lift": lift.pk,
        "refused": refused_one.pk, "director": director.pk, "reviewer": reviewer.pk, "second": reviewer2.pk,
        "officer": officer.pk, "other": other.pk,
    }  # fmt: skip
    steps = "inmates_restrictionstep"
    ended = "state = 'ended', ended_by_id = %(director)s, ended_at = now()"
    approved = "state = 'approved', decided_at = now(), decided_by_id"
    statements = [
        f"UPDATE {steps} SET {ended} WHERE id = %(restriction)s",
        f"UPDATE {steps} SET state = 'withdrawn' WHERE id = %(restriction)s",
        f"UPDATE {steps} SET kind = 'lift', until = NULL WHERE id = %(restriction)s",
        f"UPDATE {steps} SET inmate_id = %(other)s WHERE id = %(restriction)s",
        f"DELETE FROM {steps} WHERE id = %(restriction)s",
        f"UPDATE {steps} SET user_id = %(officer)s WHERE id = %(named)s",
        f"UPDATE {steps} SET until = until + 200 WHERE id = %(named)s",
        f"UPDATE {steps} SET inmate_id = %(other)s WHERE id = %(named)s",
        f"UPDATE {steps} SET state = 'approved', ended_by_id = NULL, ended_at = NULL WHERE id = %(over)s",
        f"UPDATE {steps} SET {approved} = %(director)s WHERE id = %(waits)s",
        f"UPDATE {steps} SET {approved} = %(second)s WHERE id = %(waits)s",
        f"UPDATE {steps} SET state = 'approved' WHERE id = %(waits)s",
        f"UPDATE {steps} SET asked_by_id = %(second)s WHERE id = %(waits)s",
        f"UPDATE {steps} SET {approved} = %(director)s WHERE id = %(lift)s",
        f"UPDATE {steps} SET state = 'approved' WHERE id = %(refused)s",
        copied(steps, named.pk, user_id=officer.pk),
        copied(steps, lift.pk, state="'approved'", decided_by_id=reviewer.pk, decided_at="now()"),
        copied(steps, waits.pk, user_id=officer.pk, asked_by_id=reviewer.pk),
    ]
    assert every(statements, director, **values) == []
    answers = f"UPDATE {steps} SET {approved} = %(reviewer)s WHERE id = %(waits)s"
    assert refused(answers, director, **values)  # in another's name
    assert each([answers], reviewer, **values) == []
    assert each([f"UPDATE {steps} SET {ended} WHERE id = %(named)s"], director, **values) == []  # taken away by one


def test_the_second_wall_keeps_assessments_dossiers_and_notes_from_who_is_not_named(world, restricted):
    tables = ("inmates_assessment", "inmates_finding", "inmates_returneedossier", "musalaha_progressnote")

    def seen(user):
        found = set()
        with application_rights(user), connection.cursor() as cursor:
            for table in tables:
                only = " WHERE submitted_at IS NOT NULL" if table == "inmates_assessment" else ""
                cursor.execute(f"SELECT count(*) FROM {table}{only}")
                if cursor.fetchone()[0]:
                    found.add(table)
        return found

    filled = seen(world.users[roles.INSPECTOR])
    assert {"inmates_assessment", "inmates_finding"} <= filled
    assert seen(world.users[roles.ASSESSOR]) == filled
    for role in (roles.OFFICER, roles.DIRECTOR, roles.REVIEWER, roles.COORDINATOR):  # the whole country in scope or not
        assert seen(world.users[role]) == set()
    RestrictionStep.objects.filter(kind="restrict").delete()
    assert seen(world.users[roles.OFFICER]) == filled
