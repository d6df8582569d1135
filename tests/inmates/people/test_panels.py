"""What this room puts on a profile and on the page of the day."""

import pytest
from django.utils import translation

from inmates.people.panels import cautions, offered_actions, worklists


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_officer_may_correct(officer, officer2, assessor, inmate):
    assert [str(offer.label) for offer in offered_actions(officer, inmate)] == ["Correct identity"]
    assert offered_actions(officer2, inmate) == []
    assert offered_actions(assessor, inmate) == []
    assert cautions(officer, inmate) == []


def test_work_of_the_day(officer, officer2, assessor, director, reviewer, inmate):
    mine = [("Tasks due this week", 0, ""), ("Record of another prison, in an emergency", 0, "")]
    assert [(str(one.label), one.count, one.tone) for one in worklists(officer)] == mine
    assert [one.count for one in worklists(officer2)] == [0, 0]
    assert worklists(assessor) == worklists(reviewer) == []
    assert [(str(one.label), one.count, one.tone) for one in worklists(director)] == mine
