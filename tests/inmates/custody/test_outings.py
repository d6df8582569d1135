"""Temporary absence: court, hospital, escape and return."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from core.sayings import words
from core.workflow import InvalidTransition
from inmates.custody.actions import outings
from inmates.custody.models import Outing
from inmates.transfers import actions as transfers
from tests.factories import ago, make_inmate


@pytest.fixture
def hearing(inmate, officer):
    """A production in court tomorrow."""
    tomorrow = clock.today() + timedelta(days=1)
    return outings.plan(inmate, kind="court", planned_on=tomorrow, place="Rabat", by=officer)


def test_the_court_list_of_tomorrow(client, hearing, inmate, officer, officer2):
    client.force_login(officer)
    assert inmate.registration_number in client.get(reverse("inmates:court_list")).content.decode()
    client.force_login(officer2)
    assert inmate.registration_number not in client.get(reverse("inmates:court_list")).content.decode()
    with pytest.raises(ValidationError):
        outings.plan(inmate, kind="court", planned_on=clock.today() - timedelta(days=1), place="Rabat", by=officer)


def test_out_and_back_and_the_hearing_changes_the_legal_status(unit, officer, officer2):
    person = make_inmate(unit, by=officer, legal_status="remand")
    outing = outings.plan(person, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    with pytest.raises(PermissionDenied):
        outings.leave(outing, by=officer2)
    outings.leave(outing, at=clock.now() - timedelta(hours=2), by=officer)
    with pytest.raises(InvalidTransition):
        outings.leave(outing, by=officer)
    outings.back(outing, outcome="Convicted", legal_status="convicted_appeal", by=officer)
    person.refresh_from_db()
    assert person.legal_status == "convicted_appeal"
    with pytest.raises(InvalidTransition):
        outings.back(outing, by=officer)


def test_an_outing_is_cancelled_with_a_reason(hearing, officer):
    with pytest.raises(ValidationError):
        outings.cancel(hearing, reason=" ", by=officer)
    assert outings.cancel(hearing, reason="Put off", by=officer).cancelled_reason == "Put off"
    with pytest.raises(InvalidTransition):
        outings.leave(hearing, by=officer)


def test_escape_frees_the_place_and_the_return_goes_on_with_the_stay(inmate, unit, officer):
    with pytest.raises(ValidationError):
        outings.record_escape(inmate, account="", by=officer)
    with pytest.raises(InvalidTransition):
        outings.record_return(inmate, unit=unit, by=officer)
    outings.record_escape(inmate, account="Over the wall", at=clock.now() - timedelta(hours=1), by=officer)
    inmate.refresh_from_db()
    assert (inmate.status, inmate.unit) == ("absent", None)
    assert unit.placements.filter(during__upper_inf=True).count() == 0
    outings.record_return(inmate, unit=unit, by=officer)
    inmate.refresh_from_db()
    assert (inmate.status, inmate.unit) == ("in_custody", unit)
    assert inmate.admissions.count() == 1
    assert not Outing.objects.filter(back_at=None).exists()


def test_an_outing_is_planned_for_somebody_held_here_on_a_day_to_come(inmate, unit, officer, officer2):
    stranger = make_inmate(unit, by=officer)
    fields = {"kind": "court", "planned_on": clock.today(), "place": "Rabat", "by": officer}
    for wrong, field in (
        ({"kind": "escape"}, "kind"),
        ({"kind": "transfer"}, "kind"),
        ({"planned_on": clock.today() - timedelta(days=1)}, "planned_on"),
        ({"case": stranger.cases.get()}, "case"),
    ):
        with pytest.raises(ValidationError) as refusal:
            outings.plan(inmate, **(fields | wrong))
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        outings.plan(inmate, **(fields | {"by": officer2}))
    planned = outings.plan(inmate, case=inmate.cases.get(), **fields)
    assert (planned.admission, planned.facility, planned.recorded_by) == (
        inmate.admissions.get(),
        inmate.facility,
        officer,
    )
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.plan(inmate, **fields)
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.leave(planned, by=officer)
    assert inmate.outings.filter(kind="court").count() == 1


def test_nobody_is_out_twice_nor_in_the_future(inmate, hearing, officer):
    doctor = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    now = clock.now()
    for fields, field in (
        ({"at": now + timedelta(minutes=5)}, "at"),
        ({"at": now - timedelta(hours=1), "due_back_at": now - timedelta(hours=1)}, "due_back_at"),
    ):
        with pytest.raises(ValidationError) as refusal:
            outings.leave(hearing, by=officer, **fields)
        assert list(refusal.value.message_dict) == [field]
    left, due = now - timedelta(hours=1), now + timedelta(hours=1)
    outings.leave(hearing, at=left, due_back_at=due, by=officer)
    hearing.refresh_from_db()
    assert (hearing.left_at, hearing.due_back_at) == (left, due)
    with pytest.raises(InvalidTransition, match="out already"):
        outings.leave(doctor, by=officer)
    with pytest.raises(InvalidTransition, match="not out"):
        outings.back(doctor, by=officer)
    for at in (left, now + timedelta(minutes=5)):
        with pytest.raises(ValidationError) as refusal:
            outings.back(hearing, at=at, by=officer)
        assert list(refusal.value.message_dict) == ["at"]
    with pytest.raises(InvalidTransition, match="not waiting"):
        outings.cancel(hearing, reason="Put off", by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, hearing.cancelled_reason) == (None, "")
    outings.back(hearing, at=now - timedelta(minutes=1), outcome="Put off", by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, hearing.outcome) == (now - timedelta(minutes=1), "Put off")
    inmate.refresh_from_db()
    assert inmate.legal_status == "convicted_final"


def test_an_escape_ends_the_outing_and_is_not_ended_by_a_plain_return(
    inmate, unit, other_prison, hearing, officer, officer2
):
    now = clock.now()
    outings.leave(hearing, at=now - timedelta(hours=2), by=officer)
    with pytest.raises(PermissionDenied):
        outings.record_escape(inmate, account="Ran", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        outings.record_escape(inmate, account="Ran", at=now + timedelta(minutes=5), by=officer)
    assert list(refusal.value.message_dict) == ["at"]
    with pytest.raises(InvalidTransition, match="left later"):
        outings.record_escape(inmate, account="Ran", at=now - timedelta(hours=2), by=officer)
    escape = outings.record_escape(inmate, account="Ran", at=now - timedelta(hours=1), by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, words(hearing.outcome)) == (now - timedelta(hours=1), "Did not come back")
    assert (escape.admission, escape.outcome) == (inmate.admissions.get(), "Ran")
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.record_escape(inmate, account="Again", by=officer)
    with pytest.raises(InvalidTransition, match="with a place"):
        outings.back(escape, by=officer)
    with pytest.raises(InvalidTransition, match="another prison"):
        outings.record_return(inmate, unit=other_prison.units.get(), by=officer)
    with pytest.raises(PermissionDenied):
        outings.record_return(inmate, unit=unit, by=officer2)
    for at in (now - timedelta(hours=1), now + timedelta(minutes=5)):
        with pytest.raises(ValidationError) as refusal:
            outings.record_return(inmate, unit=unit, at=at, by=officer)
        assert list(refusal.value.message_dict) == ["at"]
    escape.refresh_from_db()
    assert escape.back_at is None


@pytest.mark.parametrize(("language", "name"), [("fr", "name_fr"), ("ar", "name_ar")])
def test_where_a_transfer_leads_is_read_in_the_readers_language(
    client, other_prison, officer, officer2, director, inmate, language, name
):
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, by=officer)
    outing = inmate.outings.get(kind="transfer")
    assert (outing.destination, outing.place) == (other_prison, "")
    officer.language = language
    officer.save()
    client.force_login(officer)
    assert getattr(other_prison, name) in client.get(reverse("inmates:outings")).content.decode()


def test_the_database_refuses_a_prison_beside_a_place_in_words(inmate, officer):
    outing = outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Outing.objects.filter(pk=outing.pk).update(destination=inmate.facility)


def test_older_absences_that_kept_a_name_get_their_prison_and_back(other_prison, officer, officer2, director, inmate):
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, by=officer)
    migration = import_module("inmates.migrations.0032_transfers_underway_name_the_prison")
    road = Outing.objects.filter(inmate=inmate)
    migration.write_the_name(apps, None)
    assert road.values_list("destination", "place").get() == (None, other_prison.name_fr)
    migration.name_the_prison(apps, None)
    assert road.values_list("destination", "place").get() == (other_prison.pk, "")
    road.update(destination=None, place="Ailleurs", left_at=ago(9))
    migration.name_the_prison(apps, None)
    assert road.values_list("destination", "place").get() == (None, "Ailleurs")
