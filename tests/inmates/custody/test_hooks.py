"""What custody asks of the rooms above: objections to a move, and what follows an act, in the act's own transaction."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from config import clock
from core.sayings import as_written
from inmates.custody import hooks
from inmates.custody.actions import placements, releases
from inmates.custody.hooks import Objection
from inmates.custody.models import Placement
from tests.factories import make_inmate


@pytest.fixture
def target(prison):
    """Another unit of the prison."""
    return prison.units.get(name="B")


def exception():
    return {"exception_reason": "Nowhere else", "exception_until": clock.today() + timedelta(days=3)}


def test_no_reason_overcomes_what_blocks(inmate, unit, target, officer, monkeypatch):
    blocked = [
        Objection("quarantine", as_written("In quarantine."), blocking=True),
        Objection("noisy", as_written("Too noisy.")),
    ]
    monkeypatch.setattr(hooks, "move_checks", [lambda person, place: blocked if place == target else []])
    for fields in ({}, exception()):
        with pytest.raises(ValidationError) as refusal:
            placements.place(inmate, unit=target, by=officer, **fields)
        assert refusal.value.message_dict == {"unit": ["In quarantine."]}
    inmate.refresh_from_db()
    assert (inmate.unit, inmate.placements.count()) == (unit, 1)


def test_what_does_not_block_asks_for_a_reason_and_an_end(inmate, unit, target, officer, monkeypatch):
    monkeypatch.setattr(hooks, "move_checks", [lambda person, place: [Objection("noisy", as_written("Too noisy."))]])
    with pytest.raises(ValidationError) as refusal:
        placements.place(inmate, unit=target, by=officer)
    assert refusal.value.message_dict["unit"][0] == "Too noisy."
    assert Placement.objects.current().get(inmate=inmate).unit == unit
    placement = placements.place(inmate, unit=target, by=officer, **exception())
    assert (placement.unit, placement.exceptions, placement.exception_reason) == (target, ["noisy"], "Nowhere else")


def test_the_rule_holds_for_the_programmes_moves_too(inmate, unit, target, coordinator, monkeypatch):
    monkeypatch.setattr(
        hooks, "move_checks", [lambda person, place: [Objection("no", as_written("No."), blocking=True)]]
    )
    with pytest.raises(ValidationError):
        placements.place_by_another_act(inmate, unit=target, by=coordinator)
    monkeypatch.setattr(hooks, "move_checks", [])
    assert placements.place_by_another_act(inmate, unit=target, by=coordinator).placed_by == coordinator


def test_a_move_page_keeps_what_was_typed_when_blocked(client, inmate, target, officer, monkeypatch):
    monkeypatch.setattr(
        hooks, "move_checks", [lambda person, place: [Objection("no", as_written("In quarantine."), blocking=True)]]
    )
    client.force_login(officer)
    answer = client.post(reverse("inmates:move", args=[inmate.uuid]), {"unit": target.pk, "reason": "Asked for it"})
    assert answer.status_code == 422
    assert "In quarantine." in answer.content.decode()
    assert "Asked for it" in answer.content.decode()


def heard(calls, fail):
    def react(inmate, obj, *, by):
        calls.append((inmate.pk, obj.pk, by))
        if fail:
            raise ZeroDivisionError

    return react


@pytest.mark.parametrize("fail", [True, False], ids=["raises", "agrees"])
def test_a_move_stands_or_falls_with_what_follows_it(inmate, unit, target, officer, monkeypatch, fail):
    calls = []
    monkeypatch.setattr(hooks, "after_move", [heard(calls, fail)])
    if fail:
        with pytest.raises(ZeroDivisionError):
            placements.place(inmate, unit=target, by=officer)
    else:
        placement = placements.place(inmate, unit=target, by=officer)
        assert calls == [(inmate.pk, placement.pk, officer)]
    inmate.refresh_from_db()
    assert len(calls) == 1
    assert inmate.unit == (unit if fail else target)
    assert Placement.objects.current().get(inmate=inmate).unit == inmate.unit
    assert Event.objects.filter(verb="inmate.moved").exists() != fail


@pytest.mark.parametrize("fail", [True, False], ids=["raises", "agrees"])
def test_a_release_stands_or_falls_with_what_follows_it(unit, officer, monkeypatch, fail):
    person = make_inmate(unit, by=officer, days_ago=800, years=2)
    calls = []
    monkeypatch.setattr(hooks, "after_release", [heard(calls, fail)])
    if fail:
        with pytest.raises(ZeroDivisionError):
            releases.release(person, ground="term_served", by=officer)
    else:
        releases.release(person, ground="term_served", by=officer)
    person.refresh_from_db()
    stay = person.admissions.get()
    assert calls == [(person.pk, stay.pk, officer)]
    assert (person.status, person.unit) == (("in_custody", unit) if fail else ("released", None))
    assert (stay.released_at is None) == fail
    assert Placement.objects.current().filter(inmate=person).exists() == fail
    assert Event.objects.filter(verb="inmate.released").exists() != fail
