"""The people of the tour alone, on days on which calendars trip: every one of their acts is allowed by its own rules."""

from datetime import date

import pytest

from demo import cast, loading, situations
from demo.diary import standing_on
from inmates.people.forms.identity import LANGUAGES
from inmates.people.models import Correction, Inmate

pytestmark = pytest.mark.django_db

DAYS = [
    date(2024, 2, 29),
    pytest.param(date(2026, 12, 31), marks=pytest.mark.long),
    pytest.param(date(2019, 3, 31), marks=pytest.mark.long),
    pytest.param(date(2025, 3, 5), marks=pytest.mark.long),  # Ramadan: the clocks are back on UTC
    pytest.param(date(2026, 1, 1), marks=pytest.mark.long),
]


@pytest.mark.parametrize("today", DAYS, ids=str)
def test_everybody_of_the_tour_gets_into_their_situation(today, monkeypatch):
    monkeypatch.setattr(cast, "cast", lambda rng, day: [about.wanted() for about in situations.TOUR.values()])
    monkeypatch.setattr(loading, "_enter", situations.enter)
    with standing_on(today):
        loading.load()
    assert set(Inmate.objects.values_list("registration_number", "uuid")) == {
        (about.number, about.uuid) for about in situations.TOUR.values()
    }
    kept = [value for correction in Correction.objects.all() for pair in correction.changes.values() for value in pair]
    assert kept
    assert not any(isinstance(value, int) for value in kept)  # as a form keeps them, or nobody could take them back
    lapsed = Correction.objects.get(inmate__registration_number="44061")
    assert (lapsed.state, lapsed.lapsed) == ("proposed", True)
    spoken = {code for person in Inmate.objects.all() for code in person.languages}
    assert spoken <= dict(LANGUAGES).keys()  # what the form of a person offers
