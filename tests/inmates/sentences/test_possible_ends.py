"""Sentences of which the rules give no date: all of them pardoned, or both ends as far as they are known."""

from datetime import date as d

import pytest

from inmates.sentences.calculation import combine
from inmates.sentences.possible_ends import possible_ends, served_after
from inmates.terms import Term
from tests.inmates.sentences.calculating import one

PARDON = {"remainder_pardoned_on": d(2016, 5, 1)}
LATER = {"remainder_pardoned_on": d(2017, 3, 1)}
BEGUN = d(2014, 1, 1)


def codes(release):
    return [step.code for step in release.steps]


@pytest.mark.parametrize(
    ("first", "second", "why"),
    [
        ({"relation": "cumulated"}, {"relation": "confused"}, "relation_conflict"),
        ({}, {}, "relation_unknown"),
        ({}, {"relation": "partly"}, "partly_without_total"),
        ({}, {"relation": "partly", "total": Term(11)}, "partly_adjusted"),
        ({"pronounced": Term(12)}, {"relation": "confused", "pronounced": Term(14)}, "severity_unclear"),
        ({}, {"relation": "confused"}, "absorbed_holds"),
        ({}, {"relation": "cumulated", "commuted": (d(2015, 1, 1), Term(2), BEGUN)}, "commuted_in_chain"),
    ],
)
def test_where_all_is_pardoned_nothing_is_left_whatever_else_is_in_doubt(first, second, why):
    second = {"years": 4} | second
    release = combine([one(10, **first, **PARDON), one(**second, **LATER)])
    assert (release.on, codes(release)[-1], why in codes(release)) == (d(2017, 3, 1), "all_pardoned", True)
    # One that nobody pardoned is enough: a person settles it.
    assert combine([one(10, **first, **PARDON), one(**second)]).on is None


def test_pardoned_apart_too():
    """Two years, and one more that began after a break: all of it is pardoned from the later day."""
    two = [one(2, **PARDON), one(1, d(2018, 1, 1), relation="cumulated", remainder_pardoned_on=d(2018, 6, 1))]
    assert combine(two).on == d(2018, 6, 1)


@pytest.mark.parametrize(
    ("sentences", "ends"),
    [
        # Nine years pardoned, and two that they had absorbed: the pardon, or the end of the two by themselves.
        ([one(9, remainder_pardoned_on=d(2015, 3, 1)), one(2, relation="confused")], (d(2015, 3, 1), d(2016, 1, 1))),
        # Both confused and cumulated.
        ([one(5, relation="cumulated"), one(2, relation="confused")], (d(2019, 1, 1), d(2021, 1, 1))),
        # Custody broke: joined, or each in its own stretch.
        ([one(2), one(1, d(2018, 1, 1), relation="cumulated")], (d(2017, 1, 1), d(2019, 1, 1))),
        # Cumulated in part.
        ([one(5), one(2, relation="partly")], (d(2019, 1, 1), d(2021, 1, 1))),
        ([one(5), one(2, relation="partly", total=Term(4))], (d(2019, 1, 1), d(2021, 1, 1))),
        ([one(5), one(2, relation="partly", total=Term(9))], (d(2019, 1, 1), d(2023, 1, 1))),
        (
            [one(5), one(2, relation="partly", total=Term(6), reductions=[(d(2015, 1, 1), Term(0, 6))])],
            (d(2019, 1, 1), d(2020, 1, 1)),
        ),
        (
            [one(5), one(2, relation="partly", total=Term(6)), one(1, relation="cumulated")],
            (d(2020, 1, 1), d(2022, 1, 1)),
        ),
        # Which one is the severest depends on a suspended part.
        ([one(3), one(1, pronounced=Term(5), relation="confused")], (d(2015, 1, 1), d(2017, 1, 1))),
        # A commuted one in a chain: the days before its commutation may count or not.
        (
            [one(10), one(8, relation="cumulated", commuted=(d(2015, 1, 1), Term(3), BEGUN))],
            (d(2027, 1, 1), d(2027, 1, 1)),
        ),
        # A commutation that does not say from when, one after a reduction, one that would end later than the term.
        ([one(20, commuted=(d(2016, 1, 1), Term(10), None))], (d(2024, 1, 1), d(2026, 1, 1))),
        (
            [one(20, commuted=(d(2016, 1, 1), Term(10), BEGUN), reductions=[(d(2015, 1, 1), Term(1))])],
            (d(2023, 1, 1), d(2024, 1, 1)),
        ),
        ([one(5, commuted=(d(2015, 1, 1), Term(9), BEGUN))], (d(2019, 1, 1), d(2023, 1, 1))),
    ],
)
def test_both_ends_are_known(sentences, ends):
    assert combine(sentences).on is None
    assert possible_ends(sentences) == ends


@pytest.mark.parametrize(
    "sentences",
    [
        [one(None), one(2)],
        [one(None, remainder_pardoned_on=d(2016, 1, 1)), one(None, relation="confused")],
        [one(None, commuted=(d(2016, 1, 1), None, None), death=True), one(2)],
        [one(9000), one(2, relation="cumulated")],
    ],
)
def test_no_latest_end_is_made_up(sentences):
    assert possible_ends(sentences)[1] is None


def test_what_was_remitted_is_in_the_way_of_the_others_to_its_last_day():
    """Five years beside twenty, both ways recorded: pardoned after four, the five may only begin then."""
    sentences = [one(20, relation="cumulated", remainder_pardoned_on=d(2018, 1, 1)), one(5, relation="confused")]
    assert possible_ends(sentences) == (d(2018, 1, 1), d(2023, 1, 1))
    commuted = one(8, relation="cumulated", commuted=(d(2015, 1, 1), Term(3), BEGUN))
    began_later = one(20, d(2015, 1, 1), relation="cumulated", remainder_pardoned_on=d(2018, 1, 1))
    assert possible_ends([began_later, commuted]) == (d(2018, 1, 1), d(2021, 1, 1))


def test_certain_remand_counts_and_once():
    held = [(d(2013, 12, 22), BEGUN)]
    sentences = [one(5, relation="cumulated", remand=held), one(2, relation="confused", remand=held)]
    assert possible_ends(sentences)[1] == d(2020, 12, 22)


def test_a_revoked_part_is_served_after_all_else_and_after_its_revocation():
    assert served_after(d(2016, 1, 1), [(d(2015, 1, 1), Term(1))]) == d(2017, 1, 1)
    assert served_after(d(2016, 1, 1), [(d(2018, 1, 1), Term(1))]) == d(2019, 1, 1)
    assert served_after(None, [(d(2018, 1, 1), Term(1))]) is None
