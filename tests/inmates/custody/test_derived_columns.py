"""The columns of lists, proved against their sources."""

import pytest

from inmates.custody import derived_columns
from inmates.custody.actions import outings, placements, releases
from inmates.people.models import Inmate
from tests.factories import make_inmate


@pytest.fixture
def other(unit, officer):
    """Somebody else in the same unit."""
    return make_inmate(unit, by=officer)


def test_the_register_agrees_after_every_act_and_tells_a_tampered_column(unit, inmate, other, officer, prison):
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(served, ground="term_served", by=officer)
    placements.place(other, unit=prison.units.get(name="B"), by=officer)
    outings.record_escape(inmate, account="Gone", by=officer)
    assert list(derived_columns.disagreements()) == []
    Inmate.objects.filter(pk=other.pk).update(release_on=None, registration_number="1")
    assert [(row[0], row[1]) for row in derived_columns.disagreements()] == [
        (other.uuid, "registration_number"),
        (other.uuid, "release_on"),
    ]
