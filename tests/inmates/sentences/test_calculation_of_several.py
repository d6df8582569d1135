"""Release dates of several sentences: absorbed, added up, or for a person to settle."""

from datetime import date as d

import pytest

from inmates.sentences.calculation import Release, Step, combine
from inmates.terms import Term as Y
from tests.inmates.sentences.calculating import one


@pytest.mark.parametrize(
    ("sentences", "unadjusted", "expected"),
    [
        ([one(5)], d(2019, 1, 1), d(2019, 1, 1)),
        ([one(3, relation="confused"), one(10)], d(2024, 1, 1), d(2024, 1, 1)),
        ([one(10, relation="cumulated"), one(3)], d(2027, 1, 1), d(2027, 1, 1)),  # said once of two is said
        ([one(10), one(3, relation="cumulated"), one(5, relation="confused")], d(2027, 1, 1), d(2027, 1, 1)),
        ([one(10), one(3, relation="cumulated"), one(2, relation="cumulated")], d(2029, 1, 1), d(2029, 1, 1)),
        ([one(10), one(8, d(2018, 1, 1), relation="confused")], d(2024, 1, 1), d(2024, 1, 1)),  # absorbed whole
        # a later sentence while the first runs: days count once
        ([one(5, d(2016, 1, 1), relation="cumulated"), one(4)], d(2023, 1, 1), d(2023, 1, 1)),
        # pardon touches its own sentence only: the second starts earlier, and is served
        ([one(10, remainder_pardoned_on=d(2019, 7, 30)), one(2, relation="cumulated")], d(2026, 1, 1), d(2021, 7, 30)),
        # the second is pardoned before it begins: only the first is served
        ([one(10), one(2, relation="cumulated", remainder_pardoned_on=d(2019, 7, 30))], d(2026, 1, 1), d(2024, 1, 1)),
        ([one(10, reductions=[(d(2018, 1, 1), Y(2))]), one(2, relation="cumulated")], d(2026, 1, 1), d(2024, 1, 1)),
        # the same remand in both judgments counts once
        (
            [
                one(10, remand=[(d(2013, 1, 1), d(2013, 1, 11))]),
                one(2, remand=[(d(2013, 1, 6), d(2013, 1, 16))], relation="cumulated"),
            ],
            d(2025, 12, 17),
            d(2025, 12, 17),
        ),
        # confused, and shortened to a day that is still later than the absorbed one's end
        ([one(10, reductions=[(d(2018, 1, 1), Y(2))]), one(3, relation="confused")], d(2024, 1, 1), d(2022, 1, 1)),
        ([one(None), one(3, relation="confused")], None, None),
        ([one(None), one(3, relation="cumulated")], None, None),
        ([one(30), one(None, relation="confused")], None, None),  # life absorbs thirty years
        # 31 days is more than a month alone
        ([one(Y(0, 0, 31), relation="confused"), one(Y(0, 1))], d(2014, 2, 1), d(2014, 2, 1)),
    ],
)
def test_several_sentences(sentences, unadjusted, expected):
    assert combine(sentences) == combine(reversed(sentences))
    release = combine(sentences)
    assert (release.unadjusted, release.on, release.needs_person) == (unadjusted, expected, False)


@pytest.mark.parametrize(
    ("sentences", "code"),
    [
        ([one(10), one(3)], "relation_unknown"),
        ([one(10, relation="confused"), one(3, relation="confused"), one(2)], "relation_unknown"),
        ([one(10, relation="cumulated"), one(3, relation="confused")], "relation_conflict"),
        ([one(10, remainder_pardoned_on=d(2015, 1, 1)), one(3, relation="confused")], "absorbed_holds"),
        ([one(None, remainder_pardoned_on=d(2015, 1, 1)), one(3, relation="confused")], "absorbed_holds"),
        ([one(2), one(1, d(2018, 1, 1), relation="cumulated")], "starts_apart"),
        (
            [one(10), one(5, relation="cumulated", commuted=(d(2016, 1, 1), Y(1), d(2014, 1, 1)))],
            "commuted_in_chain",
        ),
    ],
)
def test_what_nobody_recorded_goes_to_a_person(sentences, code):
    release = combine(sentences)
    assert release.on is None
    assert release.needs_person
    assert code in [step.code for step in release.steps]


def test_no_sentence_no_date():
    assert combine([]) == Release(None, None, [Step("no_sentence")])


def test_every_sentence_is_checked_even_an_absorbed_one():
    with pytest.raises(ValueError, match="not below 0"):
        combine([one(10), one(Y(-1), relation="confused")])


def test_an_absorbed_end_that_holds_keeps_the_date_before_any_pardon():
    release = combine([one(10, remainder_pardoned_on=d(2015, 1, 1)), one(3, relation="confused")])
    assert (release.on, release.unadjusted) == (None, d(2024, 1, 1))
    life = combine([one(None, remainder_pardoned_on=d(2015, 1, 1)), one(None, relation="confused")])
    assert (life.on, life.needs_person) == (None, True)


def test_a_chain_breaks_only_after_the_day_that_the_sentence_before_ends():
    def with_second_from(day, **extra):
        return combine([one(2, **extra), one(1, day, relation="cumulated")])

    assert with_second_from(d(2016, 1, 1)).on == d(2017, 1, 1)
    assert with_second_from(d(2016, 1, 2)).on is None
    # neither remand nor a reduction of the first counts in asking whether custody broke; what was left pardoned does
    assert with_second_from(d(2016, 1, 1), remand=[(d(2013, 12, 1), d(2013, 12, 11))]).on == d(2016, 12, 22)
    assert with_second_from(d(2016, 1, 1), reductions=[(d(2014, 2, 1), Y(1))]).on == d(2016, 1, 1)
    assert with_second_from(d(2015, 1, 1), remainder_pardoned_on=d(2015, 1, 1)).on == d(2016, 1, 1)
    assert with_second_from(d(2015, 1, 2), remainder_pardoned_on=d(2015, 1, 1)).on is None


def test_remand_beyond_the_length_of_one_sentence_is_left_for_the_next():
    held = [(d(2010, 1, 1), d(2012, 6, 1))]  # 882 days: two years from 2014 take 730 of them
    release = combine([one(2, remand=held), one(1, remand=held, relation="cumulated")])
    assert release.on == release.unadjusted == d(2014, 8, 2)
    assert [step.values["term"].days for step in release.steps if step.code.startswith("credit")] == [882, 152]


def test_remand_of_a_chain_counts_before_its_earliest_start():
    release = combine(
        [
            one(2, d(2015, 1, 1)),
            one(1, d(2014, 6, 1), relation="cumulated", remand=[(d(2014, 5, 30), d(2014, 6, 3))]),
        ]
    )
    assert release.on == d(2017, 5, 30)


def test_the_severest_of_a_chain_may_be_commuted():
    chain = [one(10, commuted=(d(2016, 1, 1), Y(8), d(2014, 1, 1))), one(1, relation="cumulated")]
    assert (combine(chain).on, combine(chain).unadjusted) == (d(2023, 1, 1), d(2023, 1, 1))
