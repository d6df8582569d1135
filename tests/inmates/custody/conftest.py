"""A world with one of everything that the pages of custody and of the rooms around it are about."""

from types import SimpleNamespace

import pytest
from django.utils import translation

from accounts import roles
from tests.matrix import conditions, court_appeals, custody, roll_counts, sentences, transfers


@pytest.fixture(autouse=True)
def _english():
    """Refusals are read in the source language."""
    with translation.override("en"):
        yield


@pytest.fixture
def world(prison, other_prison, unit, inmate, officer, director, assessor, coordinator, reviewer, inspector, sysadmin):
    """The matrix's world, as far as custody needs it."""
    users = {
        roles.OFFICER: officer,
        roles.DIRECTOR: director,
        roles.ASSESSOR: assessor,
        roles.COORDINATOR: coordinator,
        roles.REVIEWER: reviewer,
        roles.INSPECTOR: inspector,
        roles.SYSADMIN: sysadmin,
    }
    world = SimpleNamespace(facility=prison, other_facility=other_prison, unit=unit, inmate=inmate, users=users)
    for room in (custody, transfers, sentences, court_appeals, conditions, roll_counts):
        room.build(world)
    return world
