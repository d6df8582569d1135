"""What this room puts on a profile and on the page of the day."""

import pytest
from django.utils import translation

from inmates.people import duplicates, merge
from inmates.people.offers import offers, warnings, work
from tests import factories


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


def test_the_officer_may_correct(officer, officer2, assessor, inmate):
    assert [str(offer.label) for offer in offers(officer, inmate)] == ["Correct identity"]
    assert offers(officer2, inmate) == []
    assert offers(assessor, inmate) == []


def test_a_pair_and_a_merge_are_told(officer, assessor, director, unit, inmate):
    other = factories.make_inmate(unit, by=officer)
    duplicates.report(inmate, other, by=officer)
    assert [one.label for one in warnings(officer, inmate)] == ["Same person?"]
    assert warnings(assessor, inmate) == []
    gone = factories.people.register(type(inmate)(family_name_latin="Gone", sex="M"), by=officer)
    proposal = merge.propose(inmate, gone, reason="x", by=officer)
    assert [one.label for one in warnings(director, inmate)] == ["Merge", "Same person?"]
    merge.approve(proposal, by=director)
    assert [one.label for one in warnings(assessor, inmate)] == ["Merged"]


def test_work_of_the_day(officer, officer2, assessor, director, reviewer, unit, inmate):
    other = factories.make_inmate(unit, by=officer)
    duplicates.report(inmate, other, by=officer)
    gone = factories.people.register(type(inmate)(family_name_latin="Gone", sex="M"), by=officer)
    merge.propose(inmate, gone, reason="x", by=officer)
    assert [(str(one.label), one.count, one.tone) for one in work(officer)] == [("Possible duplicates", 1, "soon")]
    assert [one.count for one in work(officer2)] == [0]
    assert work(assessor) == []
    assert [(str(one.label), one.count) for one in work(reviewer)] == [("Merges to approve", 1)]
    assert [(str(one.label), one.count) for one in work(director)] == [("Merges to approve", 1)]
