"""Somebody convicted and not yet finally, an appeal declared, and the court's answer."""

from datetime import timedelta

import pytest

from config import clock
from inmates.court_appeals import actions as court_appeals
from tests import factories
from tests.factories import make_inmate


def day(n):
    """So many days from today."""
    return clock.today() + timedelta(days=n)


def ago(days=0, hours=0):
    """So long before now."""
    return factories.ago(days) - timedelta(hours=hours)


@pytest.fixture
def tried(unit, officer):
    """Somebody sentenced to five years 200 days ago, not yet finally."""
    return make_inmate(unit, by=officer, legal_status="convicted_appeal")


@pytest.fixture
def declare(tried, officer):
    """Declare an appeal in the person's case."""

    def act(case=None, at=None, by=officer, **fields):
        fields = {"kind": "appeal", "party": "person", "court": "Rabat", "reference": "12/2026"} | fields
        return court_appeals.declare_appeal(case or tried.cases.get(), at=at or ago(days=150), by=by, **fields)

    return act


@pytest.fixture
def decide(officer):
    """Record a court's answer."""

    def act(appeal, outcome, by=officer, **fields):
        fields = {"on": day(-100), "decision": "AR 7/2026"} | fields
        return court_appeals.decide_appeal(appeal, outcome=outcome, by=by, **fields)

    return act
