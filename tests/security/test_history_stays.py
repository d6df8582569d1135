"""What was written down stays: nobody but the owner silences history and guards, and history outlives the rows it is of."""

import pgtrigger
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import Error, connection, transaction
from django.db.utils import IntegrityError
from django.urls import reverse

from audit import grants, rewriting, signed_context, trail
from audit.models import Event
from core.health import HealthMiddleware
from inmates.custody.actions import keep_apart
from inmates.duplicates.actions import merges
from inmates.grants import DELETABLE
from inmates.people.models import Alias, Inmate, ReturneeDossier
from reports import walls
from tests import factories
from tests.application_rights import application_rights
from tests.inmates.duplicates.conftest import again, earlier  # noqa: F401 - fixtures
from tests.security.statements import WHY

EVERY = "{" + ",".join(trigger.get_pgid(model) for model, trigger in pgtrigger.registered()) + "}"


def ask_for_silence():
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", [EVERY])


def history(label):
    return apps.get_model(label).objects


def test_the_application_silences_neither_history_nor_guards(inmate, officer, director):
    incident = factories.make_inmate(inmate.unit, by=officer)
    before = history("inmates.InmateEvent").filter(pgh_obj_id=inmate.pk).count()
    with application_rights(director):
        ask_for_silence()
        Inmate.objects.filter(pk=inmate.pk).update(family_name_latin="Another")
        Alias.objects.create(inmate=incident, text="Abu X")
        Alias.objects.filter(inmate=incident).delete()
    rows = history("inmates.InmateEvent").filter(pgh_obj_id=inmate.pk)
    assert rows.count() == before + 1
    assert rows.latest("pgh_id").family_name_latin == "Another"
    labels = (
        history("inmates.AliasEvent").filter(inmate=incident).order_by("pgh_id").values_list("pgh_label", flat=True)
    )
    assert list(labels) == ["insert", "delete"]


def guards():
    """Names of the triggers of models that guard and write no history."""
    return [
        (model._meta.db_table, trigger.get_pgid(model))
        for model, trigger in pgtrigger.registered()
        if not trigger.name.endswith(("_insert", "_update", "_delete"))
    ]


def test_a_guard_asked_to_be_silent_is_not(db):
    assert guards()
    with application_rights(), connection.cursor() as cursor:
        ask_for_silence()
        for _table, trigger in guards():
            cursor.execute("SELECT _pgtrigger_should_ignore(%s)", [trigger])
            assert cursor.fetchone() == (False,)


def test_the_owner_still_writes_quietly(inmate):
    before = history("inmates.InmateEvent").filter(pgh_obj_id=inmate.pk).count()
    with rewriting.quietly("inmates_inmate"):
        Inmate.objects.filter(pk=inmate.pk).update(family_name_latin="Another")
    assert history("inmates.InmateEvent").filter(pgh_obj_id=inmate.pk).count() == before


def test_a_service_whose_triggers_trust_the_setting_is_not_ready(db, rf):
    ready = HealthMiddleware(lambda request: None)
    assert ready(rf.get("/readyz")).status_code == 200
    trigger = pgtrigger.Trigger(name="kept", operation=pgtrigger.Delete, when=pgtrigger.Before, func="RETURN NULL;")
    with connection.cursor() as cursor:
        cursor.execute(
            str(trigger.compile(Alias).install_sql)
        )  # as a migration does: the package's own function is back
        assert not grants.triggers_are_guarded()
        answer = HealthMiddleware(lambda request: None)(rf.get("/readyz"))
        assert (answer.status_code, b"silence" in answer.content) == (503, True)
        grants.heed_the_owner_alone()
    assert grants.triggers_are_guarded()


def test_a_name_taken_away_stays_in_the_prisons_history(client, officer, officer2, inmate, inspector):
    alias = Alias.objects.create(inmate=inmate, text="Abu Ghayb", kind="kunya")
    client.force_login(officer)
    client.get(reverse("inmates:edit", args=[inmate.uuid]))
    with application_rights(officer):
        alias.delete()
    for reader in (officer, inspector):
        client.force_login(reader)
        changes = client.get(reverse("inmates:history", args=[inmate.uuid])).context["changes"]
        assert [(c.before, c.after) for c in changes if c.label == "Kunya"][::-1] == [
            ("", "Abu Ghayb"),
            ("Abu Ghayb", ""),
        ]
    client.force_login(officer2)
    assert client.get(reverse("inmates:history", args=[inmate.uuid])).status_code == 404
    with application_rights(officer2):
        assert not history("inmates.AliasEvent").filter(inmate_id=inmate.pk).exists()


def test_no_history_goes_by_rows_that_may_be_deleted():
    behind = walls.protected()
    for model in apps.get_models(include_auto_created=True):
        tracked = getattr(model, "pgh_tracked_model", None)
        if tracked is not None and tracked._meta.db_table in set(DELETABLE) & behind.keys():
            people = walls._people(tracked)
            assert people, tracked
            for way in walls._people(model):
                assert way in behind[model._meta.db_table]


def test_a_pair_that_is_gone_stays_in_the_history_of_both_prisons(
    inmate, unit, officer, director, other_prison, officer2
):
    other = factories.make_inmate(unit, by=officer)
    pair = keep_apart.open_pair(inmate, other, scope="unit", reason=WHY, by=director)
    rows = history("inmates.KeepApartEvent").filter(pgh_obj_id=pair.pk)
    with application_rights(director):
        pair.delete()
        assert rows.filter(pgh_label="delete").exists()
    with application_rights(officer2):
        assert not rows.exists()


def test_dossiers_of_a_merge_leave_their_history_and_a_trail_that_holds(
    client,
    earlier,  # noqa: F811
    again,  # noqa: F811
    officer,
    director,
    other_prison,
    officer2,
    capsys,
):
    ReturneeDossier.objects.create(inmate=earlier, theatre="Syrie")
    ReturneeDossier.objects.create(inmate=again, theatre="Irak", route="Turquie")
    with application_rights(officer):
        proposal = merges.propose(earlier, again, reason="Same fingerprints", by=officer)
    with application_rights(director):
        merges.approve(proposal, by=director)
    assert ReturneeDossier.objects.count() == 1
    trail.seal_pending()
    with application_rights():
        call_command("verify_audit")
    assert "rows of history" in capsys.readouterr().out
    events = history("inmates.ReturneeDossierEvent").filter(inmate_id=again.pk)
    with application_rights(officer):
        assert set(events.values_list("pgh_label", flat=True)) == {"insert", "delete"}
    with application_rights(officer2):
        assert not events.exists()


def event(**values):
    """An event as a statement of the application writes it."""
    return Event.objects.create(**{"on": "2026-01-01", "verb": "test.done", **values})


@pytest.mark.parametrize(
    "values",
    [
        {"actor_id": "director", "actor_name": "director"},
        {"actor_id": "director", "actor_name": "director", "verb": "refused.moment"},
        {"actor_name": "director"},
    ],
)
@pytest.mark.parametrize("acting", ["officer", None])
def test_no_event_in_anybodys_name_but_of_who_acts(officer, director, acting, values):
    people = {"director": director.pk}
    values = {name: people.get(value, value) if name == "actor_id" else value for name, value in values.items()}
    acts = application_rights(officer if acting else None)
    with acts, pytest.raises(IntegrityError, match="name of whoever acts"), transaction.atomic():
        event(**values)


def test_where_nobody_acts_only_refusals_are_written(officer):
    with application_rights():
        with pytest.raises(Error), transaction.atomic():
            event()
        event(verb="refused.session.opened", detail={"tried": "x"})
    with application_rights(officer):
        made = event(actor_id=officer.pk, actor_name="director")
        event(actor_id=None)
    assert Event.objects.get(pk=made.pk).actor_name == officer.username


def test_a_service_acts_for_who_ordered_it(officer):
    with application_rights(), pytest.raises(IntegrityError), transaction.atomic():
        event(actor_id=officer.pk, actor_name=officer.username)
    with application_rights(), signed_context.in_the_name_of(officer):
        event(actor_id=officer.pk, actor_name=officer.username)
        assert not Inmate.objects.exists()
    with application_rights(), signed_context.service("import_register"):
        event(actor_id=officer.pk, actor_name=officer.username)
