"""A programme unit, a round open to applicants, and people in tier 2 who may ask."""

from datetime import timedelta

import pytest
from django.utils import translation

from accounts import roles
from config import clock
from facilities.models import Unit
from inmates.people.models import Inmate
from musalaha.actions import applications, cohorts
from tests import factories


@pytest.fixture(autouse=True)
def _english():
    """Messages are read in English."""
    with translation.override("en"):
        yield


@pytest.fixture
def programme_unit(prison):
    """A programme unit of `sale-2` with 40 places."""
    return factories.UnitFactory(
        facility=prison, name="P", purpose=Unit.Purpose.PROGRAMME, certified_capacity=40, working_capacity=40
    )


@pytest.fixture
def cohort(programme_unit, coordinator):
    """Round 3, open, 20 places, to start today."""
    cohort = cohorts.plan_cohort(
        3,
        facility=programme_unit.facility,
        unit=programme_unit,
        starts_on=clock.today(),
        capacity=20,
        by=coordinator,
    )
    return cohorts.open_cohort(cohort, by=coordinator)


@pytest.fixture
def person(unit, officer):
    """Make somebody finally convicted, in tier 2 unless said otherwise, in unit A."""

    def make(tier=2, **fields):
        inmate = factories.make_inmate(fields.pop("unit", unit), by=officer, **fields)
        Inmate.objects.filter(pk=inmate.pk).update(
            tier=tier, tier_since=clock.today() if tier else None, next_review_on=clock.today() + timedelta(days=60)
        )
        return Inmate.objects.get(pk=inmate.pk)

    return make


@pytest.fixture
def apply(officer):
    """Record somebody's own application, asked today."""

    def record(inmate, **fields):
        fields = {"asked_on": clock.today(), "statement": "أريد المشاركة", "by": officer} | fields
        return applications.record_application(inmate, **fields)

    return record


@pytest.fixture
def accepted(person, apply, cohort, coordinator):
    """Make somebody with a place in the round."""

    def make(**fields):
        return applications.accept(apply(person(**fields)), cohort=cohort, by=coordinator)

    return make


@pytest.fixture
def running(accepted, cohort, coordinator):
    """The round under way with three people."""
    for _n in range(3):
        accepted()
    return cohorts.start_cohort(cohort, by=coordinator)


@pytest.fixture
def coordinator2(db):
    """Another coordinator."""
    return factories.make_user(roles.COORDINATOR, username="coordinator2")
