"""What this room puts on a profile and on the page of the day."""

import pytest
from django.utils import translation

from inmates.duplicates.actions import merges, pairs
from inmates.duplicates.panels import cautions, worklists
from tests import factories


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_a_pair_and_a_merge_are_told(officer, assessor, director, unit, inmate):
    other = factories.make_inmate(unit, by=officer)
    pairs.report(inmate, other, by=officer)
    assert [one.label for one in cautions(officer, inmate)] == ["Same person?"]
    assert cautions(assessor, inmate) == []
    gone = factories.people.register(type(inmate)(family_name_latin="Gone", sex="M"), by=officer)
    proposal = merges.propose(inmate, gone, reason="x", by=officer)
    assert [one.label for one in cautions(director, inmate)] == ["Merge", "Same person?"]
    merges.approve(proposal, by=director)
    assert [one.label for one in cautions(assessor, inmate)] == ["Merged"]


def test_work_of_the_day(officer, officer2, assessor, director, reviewer, unit, inmate):
    other = factories.make_inmate(unit, by=officer)
    pairs.report(inmate, other, by=officer)
    gone = factories.people.register(type(inmate)(family_name_latin="Gone", sex="M"), by=officer)
    merges.propose(inmate, gone, reason="x", by=officer)
    assert [(str(one.label), one.count, one.tone) for one in worklists(officer)] == [("Possible duplicates", 1, "soon")]
    assert [one.count for one in worklists(officer2)] == [0]
    assert worklists(assessor) == []
    assert [(str(one.label), one.count) for one in worklists(reviewer)] == [("Merges to approve", 1)]
    assert [(str(one.label), one.count) for one in worklists(director)] == [("Merges to approve", 1)]
