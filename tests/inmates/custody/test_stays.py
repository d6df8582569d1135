"""A stay: admission, moves inside the prison, legal status and release; what must not be is refused with words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import legal_status, outings, placements, releases
from tests.factories import UnitFactory, ago, make_inmate


def test_admission_places_the_person_and_computes_the_release(inmate, unit):
    assert inmate.unit == unit
    assert inmate.status == "in_custody"
    assert inmate.release_basis == "computed"
    assert Event.objects.filter(inmate_id=inmate.pk, verb="inmate.admitted").count() == 1


def test_a_full_unit_needs_a_reason_and_an_end(inmate, unit, officer):
    unit.working_capacity = 1
    unit.save()
    with pytest.raises(ValidationError) as refused:
        make_inmate(unit, by=officer)
    assert list(refused.value.error_dict) == ["unit"]


def test_move_inside_the_prison(inmate, prison, officer, officer2):
    target = prison.units.get(name="B")
    placements.place(inmate, unit=target, by=officer)
    inmate.refresh_from_db()
    assert inmate.unit == target
    with pytest.raises(PermissionDenied):
        placements.place(inmate, unit=prison.units.get(name="C"), by=officer2)
    with pytest.raises(InvalidTransition):
        placements.place(inmate, unit=target, by=officer)


def test_nobody_is_released_while_the_sentence_runs(inmate, officer):
    with pytest.raises(InvalidTransition):
        releases.release(inmate, ground="term_served", by=officer)
    inmate.refresh_from_db()
    assert inmate.held


def test_release_on_the_day(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", by=officer)
    inmate.refresh_from_db()
    assert inmate.status == "released"
    assert inmate.release_on < clock.today() + timedelta(days=1)
    with pytest.raises(InvalidTransition):
        releases.release(inmate, ground="term_served", by=officer)


def test_a_move_says_what_stands_against_it(client, inmate, prison, officer):
    convicted_only = UnitFactory(facility=prison, name="W", sex="F", tiers=[1], takes_convicted=False)
    client.force_login(officer)
    address = reverse("inmates:move", args=[inmate.uuid])
    page = client.get(address).content.decode()
    assert "The unit holds women." in page
    refused = client.post(address, {"unit": convicted_only.pk, "reason": "x"})
    assert refused.status_code == 422
    assert "does not take the convicted" in refused.content.decode()
    inmate.refresh_from_db()
    assert inmate.unit.name == "A"
    assert client.post(address, {"unit": prison.units.get(name="B").pk}).status_code == 302


def test_a_move_lies_neither_in_the_future_nor_before_the_last_one(inmate, prison, officer):
    target = prison.units.get(name="B")
    with pytest.raises(InvalidTransition):
        placements.place(inmate, unit=target, at=clock.now() + timedelta(hours=1), by=officer)
    with pytest.raises(InvalidTransition):
        placements.place(inmate, unit=target, at=ago(900), by=officer)
    assert placements.place(inmate, unit=target, at=ago(1), by=officer).unit == target


def test_who_is_not_here_is_not_moved(inmate, prison, other_prison, officer, officer2):
    target = prison.units.get(name="B")
    with pytest.raises(PermissionDenied):
        placements.place(inmate, unit=target, by=officer2)
    with pytest.raises(InvalidTransition, match="another prison"):
        placements.place(inmate, unit=other_prison.units.get(), by=officer)
    with pytest.raises(InvalidTransition, match="this unit already"):
        placements.place(inmate, unit=inmate.unit, by=officer)
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="absent"):
        placements.place(inmate, unit=target, by=officer)
    releases.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        placements.place(inmate, unit=target, by=officer)
    assert not target.placements.exists()


def test_a_move_ends_the_placement_before_it_at_the_same_moment(inmate, unit, prison, officer):
    at = clock.now() - timedelta(hours=3)
    placement = placements.place(inmate, unit=prison.units.get(name="B"), reason="Request", at=at, by=officer)
    before = inmate.placements.get(unit=unit)
    assert (before.during.upper, placement.during.lower, placement.during.upper) == (at, at, None)
    assert (placement.reason, placement.placed_by) == ("Request", officer)
    assert Event.objects.get(verb="inmate.moved").detail == {"from": "A", "to": "B", "exceptions": []}


def test_the_legal_status_has_a_history(inmate, officer):
    legal_status.change_legal_status(inmate, status="civil_imprisonment", on=clock.today(), by=officer)
    assert list(inmate.legal_statuses.order_by("starts_on").values_list("status", flat=True)) == [
        "convicted_final",
        "civil_imprisonment",
    ]
    with pytest.raises(InvalidTransition):
        legal_status.change_legal_status(inmate, status="remand", on=clock.today() + timedelta(days=1), by=officer)


def test_the_legal_status_is_changed_here_and_only_while_held(inmate, officer, officer2):
    with pytest.raises(PermissionDenied):
        legal_status.change_legal_status(inmate, status="remand", on=clock.today(), by=officer2)
    with pytest.raises(InvalidTransition):
        legal_status.change_legal_status(inmate, status="remand", on=clock.today() - timedelta(days=201), by=officer)
    legal_status.change_legal_status(inmate, status="convicted_final", on=clock.today(), by=officer)
    assert not Event.objects.filter(verb="legal_status.changed").exists()
    with pytest.raises(ValidationError, match="By the judgment that runs: Convicted, final"):
        legal_status.change_legal_status(inmate, status="remand", on=clock.today(), by=officer)
    legal_status.change_legal_status(inmate, status="civil_imprisonment", on=clock.today(), by=officer)
    inmate.refresh_from_db()
    assert inmate.legal_status == "civil_imprisonment"
    assert list(inmate.legal_statuses.order_by("starts_on").values_list("status", "ends_on")) == [
        ("convicted_final", clock.today()),
        ("civil_imprisonment", None),
    ]
    releases.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        legal_status.change_legal_status(inmate, status="remand", on=clock.today(), by=officer)
