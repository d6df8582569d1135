"""Two connections at once: exactly one wins the last place, the same placement, the same release."""

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connections

from core.workflow import InvalidTransition
from facilities.models import Unit
from inmates.custody.actions import placements, releases
from inmates.custody.models import Admission, Placement
from inmates.people.models import Inmate
from tests.factories import UnitFactory, make_inmate

ROUNDS = 100 if os.environ.get("LONG") == "1" else 12
REFUSALS = (ValidationError, InvalidTransition, IntegrityError)


@pytest.fixture
def race():
    """Runs two acts at the same moment, each on its own connection; tells how each ended: 'won', or the refusal."""
    gate = Barrier(2)

    def run(act):
        gate.wait(20)
        try:
            act()
        except REFUSALS as refusal:
            return type(refusal).__name__
        return "won"

    with ThreadPoolExecutor(2) as pool:
        yield lambda one, other: list(pool.map(run, (one, other)))
        list(pool.map(lambda _n: (gate.wait(20), connections.close_all()), range(2)))


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_to_one(unit, officer, race):
    one, other = make_inmate(unit, by=officer), make_inmate(unit, by=officer)
    wins = []
    for n in range(ROUNDS):
        last = UnitFactory(facility=unit.facility, name=f"last-{n}", certified_capacity=1, working_capacity=1)
        ends = race(*(partial(placements.place, person, unit=last, by=officer) for person in (one, other)))
        wins.append((ends.count("won"), last.placements.filter(during__upper_inf=True).count()))
        Unit.objects.filter(pk=last.pk).update(name=f"done-{n}")
    assert wins == [(1, 1)] * ROUNDS


@pytest.mark.django_db(transaction=True)
def test_the_same_placement_is_made_once(unit, officer, race):
    person = make_inmate(unit, by=officer)
    targets = list(unit.facility.units.filter(name__in=["B", "C"]))
    outcomes = []
    for n in range(ROUNDS):
        target = targets[n % 2]
        ends = race(*[partial(placements.place, person, unit=target, by=officer)] * 2)
        outcomes.append((ends.count("won"), Placement.objects.current().filter(inmate=person, unit=target).count()))
    assert outcomes == [(1, 1)] * ROUNDS


@pytest.mark.django_db(transaction=True)
def test_the_same_release_is_made_once(unit, officer, race):
    person = make_inmate(unit, by=officer, days_ago=800, years=2)
    outcomes = []
    for _round in range(ROUNDS):
        ends = race(*[partial(releases.release, person, ground="term_served", by=officer)] * 2)
        outcomes.append((sorted(ends), Admission.objects.open().filter(inmate=person).count()))
        hold_again(person, unit)
    assert outcomes == [(["InvalidTransition", "won"], 0)] * ROUNDS


def hold_again(person, unit):
    """Put the row of a released person back as it was, so that the next round has somebody to release."""
    Admission.objects.filter(inmate=person).update(released_at=None, released_by=None, ground="", release_file=None)
    Inmate.objects.filter(pk=person.pk).update(status="in_custody", unit=unit)
