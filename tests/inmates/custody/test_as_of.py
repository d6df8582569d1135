"""Who was here on a day, in which tier: page, query and statistics agree."""

from datetime import timedelta

import pytest
from django.urls import reverse

from config import clock
from inmates.custody.actions import outings, releases
from reports.as_of import people_in
from reports.statistics import statistics
from tests.factories import ago, make_inmate


@pytest.fixture
def past(unit, officer):
    """Somebody admitted 800 days ago and released 10 days ago, somebody still held, somebody who escaped today."""
    gone = make_inmate(unit, by=officer, days_ago=800, years=2)
    held = make_inmate(unit, by=officer, days_ago=300)
    escaped = make_inmate(unit, by=officer, days_ago=100)
    releases.release(gone, ground="term_served", at=ago(10), by=officer)
    outings.record_escape(escaped, account="Gone", by=officer)
    return gone, held, escaped


def test_query_and_statistics_agree_on_any_day(past, prison):
    gone, held, escaped = past
    expected = {900: set(), 500: {gone}, 200: {gone, held}, 50: {gone, held, escaped}, 5: {held, escaped}, 0: {held}}
    for days_ago, people in expected.items():
        day = clock.today() - timedelta(days=days_ago)
        placements = people_in(prison, day)
        assert {one.inmate for one in placements} == people, days_ago
        figures = statistics(day)["custody"]
        assert figures["by_facility"].get("sale-2", 0) == len(people)
        assert figures["by_tier"]["unclassified"] == sum(one.tier_then is None for one in placements)


def test_the_page_answers_for_a_day(client, past, prison, officer, officer2):
    gone, held, _escaped = past
    address = reverse("reports:prison_as_of", args=[prison.code])
    client.force_login(officer)
    then = client.get(address, {"as_of": (clock.today() - timedelta(days=500)).isoformat()}).content.decode()
    assert gone.family_name_latin.upper() in then
    assert held.family_name_latin.upper() not in then
    assert held.family_name_latin.upper() in client.get(address, {"as_of": "nonsense"}).content.decode()
    client.force_login(officer2)
    assert client.get(address).status_code == 404
