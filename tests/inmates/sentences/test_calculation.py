"""Release dates, worked out by hand from the rules: each row of a table is what a records officer would write."""

from datetime import date as d

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from inmates.sentences.calculation import Release, Sentenced, Step, Term, combine, compute_release, describe
from inmates.sentences.wording import SETTLE, WORDS
from inmates.terms import end_of, in_words

Y = Term
PUBLISHED = [
    # start, term, remand, reductions, commuted, remainder pardoned on, release
    (d(2016, 5, 17), Y(5), [], [], None, None, d(2021, 5, 17)),
    (d(2017, 6, 1), Y(3), [(d(2016, 1, 10), d(2016, 4, 9))], [], None, None, d(2020, 3, 3)),
    (d(2018, 8, 31), Y(0, 6), [], [], None, None, d(2019, 2, 28)),
    (d(2014, 10, 15), Y(10), [], [(d(2018, 7, 30), Y(2))], None, None, d(2022, 10, 15)),
    (d(2013, 3, 4), Y(12), [], [], None, d(2017, 8, 20), d(2017, 8, 20)),
    (d(2004, 2, 10), None, [], [], (d(2019, 7, 30), Y(30), d(2004, 2, 10)), None, d(2034, 2, 10)),
    (d(2014, 5, 5), Y(4), [], [], None, d(2019, 7, 30), d(2018, 5, 5)),
]


@pytest.mark.parametrize(("start", "term", "remand", "reductions", "commuted", "pardoned", "expected"), PUBLISHED)
def test_published_examples(start, term, remand, reductions, commuted, pardoned, expected):
    assert compute_release(start, term, remand, reductions, commuted, pardoned).on == expected


@pytest.mark.parametrize(
    ("start", "term", "expected"),
    [
        (d(2020, 2, 29), Y(1), d(2021, 2, 28)),  # a leap day has no anniversary
        (d(2020, 2, 29), Y(4), d(2024, 2, 29)),
        (d(2096, 2, 29), Y(4), d(2100, 2, 28)),  # 2100 is no leap year
        (d(2019, 8, 31), Y(0, 6), d(2020, 2, 29)),
        (d(2018, 1, 31), Y(0, 3), d(2018, 4, 30)),
        (d(2018, 12, 31), Y(0, 2), d(2019, 2, 28)),
        (d(2020, 1, 30), Y(1, 1), d(2021, 2, 28)),  # one step: never by way of 30 Jan 2021
        (d(2019, 2, 28), Y(1), d(2020, 2, 28)),  # not the last of the month
        (d(2020, 2, 29), Y(0, 12), d(2021, 2, 28)),
        (d(2019, 8, 29), Y(1, 6), d(2021, 2, 28)),  # in two steps it would be the same; with days after it would not
        (d(2019, 8, 31), Y(1, 6, 1), d(2021, 3, 1)),  # months first: 28 Feb, then the day
        (d(2019, 1, 30), Y(0, 1, 1), d(2019, 3, 1)),  # a month and a day is not a month alone
        (d(2019, 1, 31), Y(0, 1), d(2019, 3, 2)),  # a month alone is 30 days
        (d(2019, 7, 1), Y(0, 1), d(2019, 7, 31)),
        (d(2020, 2, 1), Y(0, 1), d(2020, 3, 2)),
        (d(2019, 1, 15), Y(0, 0, 30), d(2019, 2, 14)),
        (d(2019, 1, 15), Y(0, 13), d(2020, 2, 15)),
        (d(2018, 11, 30), Y(0, 15), d(2020, 2, 29)),
        (d(2019, 12, 31), Y(0, 0, 1), d(2020, 1, 1)),
        (d(2019, 6, 6), Y(), d(2019, 6, 6)),  # nothing to serve
        (d(2009, 3, 13), Y(18), d(2027, 3, 13)),
    ],
)
def test_term_runs_on_the_calendar(start, term, expected):
    release = compute_release(start, term)
    assert (release.on, release.unadjusted) == (expected, expected)
    assert end_of(start, term) == expected


START = d(2018, 1, 1)


@pytest.mark.parametrize(
    ("remand", "expected"),
    [
        ([(d(2017, 1, 1), d(2017, 1, 11))], d(2019, 12, 22)),  # 10 days
        ([(d(2017, 1, 1), d(2017, 1, 1))], d(2019, 12, 31)),  # [d, d) is one day
        ([(d(2017, 1, 1), d(2017, 1, 2))], d(2019, 12, 31)),  # and so is [d, d + 1)
        ([(d(2017, 1, 1), d(2017, 1, 11)), (d(2017, 1, 6), d(2017, 1, 16))], d(2019, 12, 17)),  # 15, not 20
        ([(d(2017, 1, 1), d(2017, 1, 11)), (d(2017, 1, 11), d(2017, 1, 21))], d(2019, 12, 12)),  # they touch
        ([(d(2017, 1, 1), d(2017, 1, 31)), (d(2017, 1, 5), d(2017, 1, 5))], d(2019, 12, 2)),  # inside another
        ([(d(2017, 1, 1), d(2017, 1, 11))] * 3, d(2019, 12, 22)),
        ([(d(2017, 12, 22), d(2018, 2, 1))], d(2019, 12, 22)),  # the days from Start on do not count
        ([(d(2018, 1, 1), d(2018, 3, 1))], d(2020, 1, 1)),
        ([(d(2018, 1, 1), d(2018, 1, 1))], d(2020, 1, 1)),  # the day of Start itself
        ([(d(2017, 12, 31), d(2017, 12, 31))], d(2019, 12, 31)),  # the eve of Start
        ([(d(2015, 1, 1), d(2017, 12, 31))], START),  # 1095 days: longer than 730, never before Start
        ([(d(2016, 1, 2), d(2018, 1, 1))], START),  # 730 days: exactly the term
        ([(d(2016, 1, 3), d(2018, 1, 1))], d(2018, 1, 2)),  # 729 days
        ([(d(2016, 2, 28), d(2016, 3, 1))], d(2019, 12, 30)),  # over a leap day: 2
    ],
)
def test_remand_is_deducted_in_days_and_last(remand, expected):
    assert compute_release(START, Y(2), remand) == compute_release(START, Y(2), reversed(remand))
    assert compute_release(START, Y(2), remand).on == expected


@pytest.mark.parametrize(
    ("start", "term", "remand", "reductions", "unadjusted", "expected"),
    [
        # counted again from Start in calendar steps: the last of August, six months, not eight months less two
        (d(2018, 8, 31), Y(0, 8), [], [(d(2018, 10, 1), Y(0, 2))], d(2019, 4, 30), d(2019, 2, 28)),
        (d(2018, 8, 31), Y(1), [], [(d(2018, 10, 1), Y(0, 6, 10))], d(2019, 8, 31), d(2019, 2, 18)),
        # years and months together: 2 years less 18 months
        (d(2018, 1, 1), Y(2), [], [(d(2018, 2, 1), Y(1, 6))], d(2020, 1, 1), d(2018, 7, 1)),
        # one month left over is a month of the calendar, not 30 days
        (d(2019, 1, 31), Y(0, 2), [], [(d(2019, 2, 1), Y(0, 1))], d(2019, 3, 31), d(2019, 2, 28)),
        # one month pronounced is 30 days, less ten
        (d(2019, 1, 31), Y(0, 1), [], [(d(2019, 2, 5), Y(0, 0, 10))], d(2019, 3, 2), d(2019, 2, 20)),
        (d(2019, 3, 15), Y(0, 1), [], [(d(2019, 3, 16), Y(0, 1))], d(2019, 4, 14), d(2019, 3, 16)),
        # past the end of what is left: free on the day of the decision
        (d(2014, 1, 1), Y(5), [], [(d(2018, 7, 30), Y(3))], d(2019, 1, 1), d(2018, 7, 30)),
        (d(2014, 1, 1), Y(5), [], [(d(2018, 7, 30), Y(30))], d(2019, 1, 1), d(2018, 7, 30)),
        # decided after the end: nothing changes
        (d(2014, 1, 1), Y(5), [], [(d(2019, 7, 30), Y(1))], d(2019, 1, 1), d(2019, 1, 1)),
        # with remand: 10 y less 2 y, then 30 days
        (
            d(2010, 1, 1),
            Y(10),
            [(d(2009, 1, 1), d(2009, 1, 31))],
            [(d(2012, 1, 1), Y(2))],
            d(2019, 12, 2),
            d(2017, 12, 2),
        ),
        # two, together 3 y; the order in which they are given does not matter
        (d(2010, 1, 1), Y(10), [], [(d(2014, 1, 1), Y(1)), (d(2012, 1, 1), Y(2))], d(2020, 1, 1), d(2017, 1, 1)),
        # the first frees in 2013; the second comes too late to hold anybody until 2016
        (d(2010, 1, 1), Y(5), [], [(d(2012, 1, 1), Y(2)), (d(2016, 1, 1), Y(1))], d(2015, 1, 1), d(2013, 1, 1)),
        # the first reaches its decision day, the second, decided the same day, cannot go below it
        (d(2010, 1, 1), Y(5), [], [(d(2013, 6, 1), Y(2)), (d(2013, 6, 1), Y(1))], d(2015, 1, 1), d(2013, 6, 1)),
        (d(2010, 1, 1), Y(5), [], [(d(2011, 1, 1), Y())], d(2015, 1, 1), d(2015, 1, 1)),  # of nothing
        # decided before Start (convicted at liberty): never before Start
        (d(2010, 1, 1), Y(1), [], [(d(2009, 1, 1), Y(2))], d(2011, 1, 1), d(2010, 1, 1)),
    ],
)
def test_reductions(start, term, remand, reductions, unadjusted, expected):
    release = compute_release(start, term, remand, reductions)
    assert (release.unadjusted, release.on) == (unadjusted, expected)


@pytest.mark.parametrize(
    ("reductions", "pardoned", "expected"),
    [
        ([], d(2017, 8, 20), d(2017, 8, 20)),
        ([], d(2020, 1, 1), d(2020, 1, 1)),  # the very day
        ([], d(2021, 1, 1), d(2020, 1, 1)),
        ([(d(2012, 1, 1), Y(2))], d(2018, 6, 1), d(2018, 1, 1)),  # already out by the reduction
        ([(d(2012, 1, 1), Y(2))], d(2017, 6, 1), d(2017, 6, 1)),
        ([], d(2009, 1, 1), d(2010, 1, 1)),  # pardoned before detained: held for nothing from the first day
    ],
)
def test_remainder_pardoned(reductions, pardoned, expected):
    release = compute_release(d(2010, 1, 1), Y(10), reductions=reductions, remainder_pardoned_on=pardoned)
    assert release.on == expected
    assert release.unadjusted == d(2020, 1, 1)


LIFE_FROM = d(2004, 2, 10)


@pytest.mark.parametrize(
    ("extra", "unadjusted", "expected", "needs_person"),
    [
        ({}, None, None, False),
        ({"reductions": [(d(2010, 1, 1), Y(2))]}, None, None, False),
        ({"remand": [(d(2003, 1, 1), d(2004, 1, 1))]}, None, None, False),
        ({"remainder_pardoned_on": d(2019, 7, 30)}, None, d(2019, 7, 30), False),
        ({"commuted": (d(2019, 7, 30), Y(20), None)}, None, None, True),
        ({"commuted": (d(2019, 7, 30), Y(20), d(2019, 7, 30))}, d(2039, 7, 30), d(2039, 7, 30), False),
        ({"commuted": (d(2019, 7, 30), None, None)}, None, None, False),  # death to life
        (
            {"commuted": (d(2019, 7, 30), Y(30), LIFE_FROM), "reductions": [(d(2021, 7, 30), Y(5))]},
            d(2034, 2, 10),
            d(2029, 2, 10),
            False,
        ),
        # the instrument stated the term; whether the earlier reduction still counts is not for us
        (
            {"commuted": (d(2019, 7, 30), Y(30), LIFE_FROM), "reductions": [(d(2015, 7, 30), Y(5))]},
            d(2034, 2, 10),
            None,
            True,
        ),
        (
            {"commuted": (d(2019, 7, 30), Y(30), LIFE_FROM), "remand": [(d(2003, 12, 1), d(2003, 12, 11))]},
            d(2034, 1, 31),
            d(2034, 1, 31),
            False,
        ),
        # counted from the decision: the days under the sentence are no remand
        (
            {"commuted": (d(2019, 7, 30), Y(10), d(2019, 7, 30)), "remand": [(d(2004, 1, 31), d(2006, 1, 1))]},
            d(2029, 7, 20),
            d(2029, 7, 20),
            False,
        ),
        (
            {"commuted": (d(2019, 7, 30), Y(30), LIFE_FROM), "remainder_pardoned_on": d(2022, 8, 20)},
            d(2034, 2, 10),
            d(2022, 8, 20),
            False,
        ),
        # nothing is left to serve, whatever the instrument failed to say; the open question stays visible
        (
            {"commuted": (d(2019, 7, 30), Y(20), None), "remainder_pardoned_on": d(2022, 8, 20)},
            None,
            d(2022, 8, 20),
            True,
        ),
    ],
)
def test_life_death_and_commutation(extra, unadjusted, expected, needs_person):
    release = compute_release(LIFE_FROM, None, **extra)
    assert (release.unadjusted, release.on, release.needs_person) == (unadjusted, expected, needs_person)


def test_commutation_of_a_fixed_term_never_lengthens_it():
    shorter = compute_release(d(2010, 1, 1), Y(20), commuted=(d(2015, 1, 1), Y(10), d(2010, 1, 1)))
    longer = compute_release(d(2010, 1, 1), Y(20), commuted=(d(2015, 1, 1), Y(30), d(2010, 1, 1)))
    assert (shorter.on, shorter.unadjusted) == (d(2020, 1, 1), d(2020, 1, 1))
    assert longer.on is None
    assert longer.needs_person


@pytest.mark.parametrize(
    "arguments",
    [
        {"term": Y(-1)},
        {"term": Y(1, -1)},
        {"term": Y(0, 0, -5)},
        {"term": Y(1), "reductions": [(d(2019, 1, 1), Y(0, -2))]},
        {"term": None, "commuted": (d(2019, 1, 1), Y(-30), d(2018, 1, 1))},
        {"term": None, "reductions": [(d(2019, 1, 1), Y(-2))]},
        {"term": Y(1), "remand": [(d(2017, 2, 1), d(2017, 1, 31))]},
        {"term": Y(1), "remand": [(d(2019, 2, 2), d(2019, 2, 1))]},  # also where it would not count
        {"term": None, "remand": [(d(2017, 2, 1), d(2017, 1, 1))]},
    ],
)
def test_refuses_reversed_periods_and_negative_terms(arguments):
    with pytest.raises(ValueError, match=r"before it begins|not below 0"):
        compute_release(START, **arguments)


def test_beyond_the_calendar_goes_to_a_person():
    release = compute_release(START, Y(9000))
    assert (release.on, release.unadjusted, release.needs_person) == (None, None, True)
    assert compute_release(START, Y(0, 0, 10**15)).needs_person
    assert compute_release(START, Y(9000), remainder_pardoned_on=d(2020, 1, 1)).on == d(2020, 1, 1)
    assert compute_release(START, Y(9000), reductions=[(d(2019, 1, 1), Y(8990))]).on == d(2028, 1, 1)


# --- several sentences ---------------------------------------------------------------------------------------------


def one(years, start=d(2014, 1, 1), **extra):
    return Sentenced(start, Y(years) if isinstance(years, int) else years, **extra)


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


# --- the reasoning, step by step -----------------------------------------------------------------------------------


def reasoning(release, *names):
    """The steps as `(code, date, *values)`, of the values those named that the step has."""
    return [
        (step.code, step.date, *(step.values[name] for name in names if name in step.values)) for step in release.steps
    ]


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (
            compute_release(d(2019, 1, 31), Y(0, 1)),
            [("start", d(2019, 1, 31)), ("one_month", d(2019, 3, 2), Y(0, 1), d(2019, 1, 31))],
        ),
        (
            compute_release(START, Y(2), [(d(2017, 12, 22), d(2018, 2, 1)), (d(2017, 1, 1), d(2017, 1, 1))]),
            [
                ("start", START),
                ("term", d(2020, 1, 1), Y(2), START),
                ("remand", None, Y(0, 0, 1), d(2017, 1, 1), d(2017, 1, 1)),
                ("remand", None, Y(0, 0, 10), d(2017, 12, 22), d(2017, 12, 31)),
                ("remand_ignored", None, Y(0, 0, 31)),
                ("credit", d(2019, 12, 21), Y(0, 0, 11)),
            ],
        ),
        (
            compute_release(START, Y(2), [(d(2016, 1, 2), d(2018, 1, 1))]),
            [
                ("start", START),
                ("term", d(2020, 1, 1), Y(2), START),
                ("remand", None, Y(0, 0, 730), d(2016, 1, 2), d(2017, 12, 31)),
                ("credit_to_start", START, Y(0, 0, 730)),
            ],
        ),
        (
            compute_release(d(2014, 1, 1), Y(5), reductions=[(d(2018, 7, 30), Y(3)), (d(2019, 7, 30), Y(1))]),
            [
                ("start", d(2014, 1, 1)),
                ("term", d(2019, 1, 1), Y(5), d(2014, 1, 1)),
                ("reduction_on_decision", d(2018, 7, 30), Y(3), d(2018, 7, 30), d(2016, 1, 1)),
                ("reduction_late", d(2018, 7, 30), Y(1), d(2019, 7, 30)),
            ],
        ),
        (  # decided on the very day that it reaches
            compute_release(d(2014, 1, 1), Y(5), reductions=[(d(2018, 1, 1), Y(1))]),
            [
                ("start", d(2014, 1, 1)),
                ("term", d(2019, 1, 1), Y(5), d(2014, 1, 1)),
                ("reduction", d(2018, 1, 1), Y(1), d(2018, 1, 1), d(2018, 1, 1)),
            ],
        ),
        (  # longer than all time before: never before the start, and never before the decision
            compute_release(d(2010, 1, 1), Y(5), reductions=[(d(2012, 1, 1), Y(3000))]),
            [
                ("start", d(2010, 1, 1)),
                ("term", d(2015, 1, 1), Y(5), d(2010, 1, 1)),
                ("reduction_on_decision", d(2012, 1, 1), Y(3000), d(2012, 1, 1), d(2010, 1, 1)),
            ],
        ),
        (  # beyond the calendar until the second reduction brings it back
            compute_release(START, Y(9000), reductions=[(d(2019, 1, 1), Y(1)), (d(2020, 1, 1), Y(8990))]),
            [
                ("start", START),
                ("beyond_calendar", None, Y(9000)),
                ("beyond_calendar", None, Y(9000)),
                ("reduction", d(2027, 1, 1), Y(8990), d(2020, 1, 1), d(2027, 1, 1)),
            ],
        ),
        (
            compute_release(START, None, reductions=[(d(2019, 1, 1), Y(1)), (d(2020, 1, 1), Y(2))]),
            [
                ("start", START),
                ("life", None),
                ("reduction_of_life", None, Y(1), d(2019, 1, 1)),
                ("reduction_of_life", None, Y(2), d(2020, 1, 1)),
            ],
        ),
    ],
)
def test_steps_of_one_sentence(release, expected):
    assert reasoning(release, "term", "since", "first", "last", "decided", "counted") == expected


@pytest.mark.parametrize(
    ("pardoned", "expected"),
    [
        (d(2017, 8, 20), ("pardoned", d(2017, 8, 20), d(2017, 8, 20))),
        (d(2020, 1, 1), ("pardon_late", d(2020, 1, 1), d(2020, 1, 1))),
        (d(2009, 1, 1), ("pardoned", d(2010, 1, 1), d(2009, 1, 1))),
    ],
)
def test_last_step_of_a_pardon(pardoned, expected):
    release = compute_release(d(2010, 1, 1), Y(10), remainder_pardoned_on=pardoned)
    assert reasoning(release, "decided")[-1] == expected
    assert len(release.steps) == 3


@pytest.mark.parametrize(
    ("release", "expected"),
    [
        (
            compute_release(START, None, commuted=(d(2019, 7, 30), Y(20), None), remainder_pardoned_on=d(2022, 8, 20)),
            [
                ("commuted_uncounted", None, d(2019, 7, 30), Y(20), None),
                ("pardoned_unsettled", d(2022, 8, 20), d(2022, 8, 20)),
            ],
        ),
        (
            compute_release(START, None, commuted=(d(2019, 7, 30), None, None)),
            [("commuted_to_life", None, d(2019, 7, 30), None, None)],
        ),
        (  # a commuted term with a day to count from leaves nothing to settle when it is pardoned
            compute_release(START, None, commuted=(d(2019, 7, 30), Y(30), START), remainder_pardoned_on=d(2022, 8, 20)),
            [
                ("commuted", None, d(2019, 7, 30), Y(30), START),
                ("term", d(2048, 1, 1), Y(30), START),
                ("pardoned", d(2022, 8, 20), d(2022, 8, 20)),
            ],
        ),
        (  # a pardon of what life the commutation left is settled
            compute_release(START, None, commuted=(d(2019, 7, 30), None, None), remainder_pardoned_on=d(2022, 8, 20)),
            [
                ("commuted_to_life", None, d(2019, 7, 30), None, None),
                ("pardoned", d(2022, 8, 20), d(2022, 8, 20)),
            ],
        ),
        (  # reduced on the eve of the commutation
            compute_release(START, None, commuted=(d(2019, 7, 30), Y(30), START), reductions=[(d(2019, 7, 29), Y(5))]),
            [
                ("commuted", None, d(2019, 7, 30), Y(30), START),
                ("term", d(2048, 1, 1), Y(30), START),
                ("reduction_before_commutation", None, d(2019, 7, 30)),
            ],
        ),
        (  # and on the same day
            compute_release(START, None, commuted=(d(2019, 7, 30), Y(30), START), reductions=[(d(2019, 7, 30), Y(5))]),
            [
                ("commuted", None, d(2019, 7, 30), Y(30), START),
                ("term", d(2048, 1, 1), Y(30), START),
                ("reduction", d(2043, 1, 1), d(2019, 7, 30), Y(5)),
            ],
        ),
        (
            compute_release(d(2010, 1, 1), Y(20), commuted=(d(2015, 1, 1), Y(30), d(2010, 1, 1))),
            [
                ("commuted", None, d(2015, 1, 1), Y(30), d(2010, 1, 1)),
                ("term", d(2040, 1, 1), Y(30), d(2010, 1, 1)),
                ("commuted_longer", None, d(2015, 1, 1), d(2030, 1, 1)),
            ],
        ),
        (  # as long as before is not longer
            compute_release(d(2010, 1, 1), Y(20), commuted=(d(2015, 1, 1), Y(20), d(2010, 1, 1))),
            [
                ("commuted", None, d(2015, 1, 1), Y(20), d(2010, 1, 1)),
                ("term", d(2030, 1, 1), Y(20), d(2010, 1, 1)),
            ],
        ),
        (  # counted from a day of remand: only the days before that one are still remand
            compute_release(
                START,
                None,
                [(d(2017, 12, 1), d(2018, 1, 1))],
                commuted=(d(2019, 7, 30), Y(10), d(2017, 12, 11)),
            ),
            [
                ("commuted", None, d(2019, 7, 30), Y(10), d(2017, 12, 11)),
                ("term", d(2027, 12, 11), Y(10), d(2017, 12, 11)),
                ("remand", None, Y(0, 0, 10)),
                ("remand_ignored", None, Y(0, 0, 21)),
                ("credit", d(2027, 12, 1), Y(0, 0, 10)),
            ],
        ),
    ],
)
def test_steps_from_a_commutation_on(release, expected):
    steps = reasoning(release, "decided", "term", "since")
    first = next(place for place, step in enumerate(steps) if step[0].startswith("commuted"))
    assert steps[first:] == expected


def test_a_commuted_term_never_ends_before_the_day_it_counts_from():
    long_held = [(d(2000, 1, 1), d(2015, 1, 1))]
    release = compute_release(START, None, long_held, commuted=(d(2019, 7, 30), Y(10), d(2019, 7, 30)))
    assert release.on == d(2019, 7, 30)
    earlier = compute_release(START, None, long_held, commuted=(d(2019, 7, 30), Y(10), d(2017, 1, 1)))
    assert earlier.on == START


SEVERAL = [
    (
        [one(10, label="A", relation="confused"), one(3, label="B"), one(2, label="C"), one(1)],
        [("severest", None, "A"), ("relation_unknown", None, "B, C")],
    ),
    (
        [one(10, label="A"), one(3, label="B", relation="cumulated"), one(2, label="C"), one(1, relation="confused")],
        [("severest", None, "A"), ("relation_unknown", None, "C")],
    ),
    (
        [one(10, label="A", relation="confused"), one(3, label="B", relation="cumulated")],
        [("severest", None, "A"), ("relation_conflict", None)],
    ),
    (
        [one(10, label="A"), one(3, label="B", relation="confused")],
        [("severest", None, "A"), ("start", d(2014, 1, 1)), ("term", d(2024, 1, 1)), ("confused", None, "B")],
    ),
    (
        [
            one(10, label="A", remand=[(d(2013, 1, 1), d(2013, 1, 11))]),
            one(3, label="B", relation="cumulated"),
            one(2, label="C", relation="confused"),
        ],
        [
            ("severest", None, "A"),
            ("confused", None, "C"),
            ("cumulated", d(2014, 1, 1), "A"),
            ("term", d(2024, 1, 1)),
            ("remand", None),
            ("credit", d(2023, 12, 22)),
            ("cumulated", d(2023, 12, 22), "B"),
            ("term", d(2026, 12, 22)),
        ],
    ),
    (  # of two alike the earlier one is the severest
        [one(3, d(2015, 1, 1), label="late"), one(3, label="early", relation="confused")],
        [("severest", None, "early"), ("start", d(2014, 1, 1)), ("term", d(2017, 1, 1)), ("confused", None, "late")],
    ),
    (
        [one(None, label="life"), one(None, label="death", death=True, relation="confused")],
        [("severest", None, "death"), ("start", d(2014, 1, 1)), ("life", None), ("confused", None, "life")],
    ),
    (  # eleven months and thirty days are less than a year
        [one(Y(0, 11, 30), label="A", relation="confused"), one(1, label="B")],
        [("severest", None, "B"), ("start", d(2014, 1, 1)), ("term", d(2015, 1, 1)), ("confused", None, "A")],
    ),
    (  # 366 days are more than a year
        [one(Y(0, 0, 366), label="A", relation="confused"), one(1, label="B")],
        [("severest", None, "A"), ("start", d(2014, 1, 1)), ("term", d(2015, 1, 2)), ("confused", None, "B")],
    ),
    (  # and 365 are less, in the mean
        [one(Y(0, 0, 365), label="A", relation="confused"), one(1, label="B")],
        [("severest", None, "B"), ("start", d(2014, 1, 1)), ("term", d(2015, 1, 1)), ("confused", None, "A")],
    ),
    (
        [one(10, label="A", remainder_pardoned_on=d(2015, 1, 1)), one(3, label="B", relation="confused")],
        [
            ("severest", None, "A"),
            ("start", d(2014, 1, 1)),
            ("term", d(2024, 1, 1)),
            ("pardoned", d(2015, 1, 1)),
            ("confused", None, "B"),
            ("absorbed_holds", d(2017, 1, 1), "B"),
        ],
    ),
    (  # pardoned on the day that the absorbed one ends
        [one(10, label="A", remainder_pardoned_on=d(2017, 1, 1)), one(3, label="B", relation="confused")],
        [
            ("severest", None, "A"),
            ("start", d(2014, 1, 1)),
            ("term", d(2024, 1, 1)),
            ("pardoned", d(2017, 1, 1)),
            ("confused", None, "B"),
        ],
    ),
    (
        [one(None, label="A"), one(1, label="B", relation="cumulated")],
        [("severest", None, "A"), ("cumulated", d(2014, 1, 1), "A"), ("life", None)],
    ),
]


@pytest.mark.parametrize(("sentences", "expected"), SEVERAL)
def test_steps_of_several_sentences(sentences, expected):
    assert reasoning(combine(sentences), "label") == expected


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
    # neither remand nor a pardon of the first counts in asking whether custody broke
    assert with_second_from(d(2016, 1, 1), remand=[(d(2013, 12, 1), d(2013, 12, 11))]).on == d(2016, 12, 22)
    assert with_second_from(d(2015, 6, 1), remainder_pardoned_on=d(2015, 1, 1)).on == d(2016, 1, 1)


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


# --- words ---------------------------------------------------------------------------------------------------------


def test_steps_in_words():
    release = compute_release(d(2016, 5, 17), Y(5), [(d(2016, 1, 10), d(2016, 4, 9))], [(d(2018, 7, 30), Y(1, 6))])
    with translation.override("en"):
        assert [describe(step) for step in release.steps] == [
            "Counted from 17 May 2016.",
            "5 years from 17 May 2016 = 17 May 2021.",
            "Held before the start, from 10 Jan 2016 to 8 Apr 2016: 90 days.",
            "Less 90 days of remand = 16 Feb 2021.",
            "Reduced by 1 year and 6 months on 30 Jul 2018: counted again = 19 Aug 2019.",
        ]
    with translation.override("ar"):
        assert "17 ماي 2021" in describe(release.steps[1])


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_every_step_has_words_in_every_language(language):
    days = dict.fromkeys(("first", "last", "since", "decided", "counted"), d(2019, 8, 1))
    values = days | {"term": Y(1), "whole": Y(2), "label": "case 7", "source": "order 7"}
    with translation.override(language):
        for code, words in WORDS.items():
            said = describe(Step(code, d(2019, 8, 1), values))
            assert "%(" not in said
            assert ("2019" in said) == any(f"%({name})s" in words for name in ("date", *days))
            assert describe(Step(code, d(2019, 8, 1), values | {"term": None}))


def test_terms_in_words():
    with translation.override("en"):
        assert in_words(Y(1, 2, 15)) == "1 year, 2 months and 15 days"
        assert in_words(Y(0, 1)) == "1 month"
        assert in_words(Y()) == "0 days"


def test_settle_codes_are_steps():
    assert set(WORDS) >= SETTLE


# --- what must hold for every sentence -----------------------------------------------------------------------------

days = st.dates(d(1980, 1, 1), d(2060, 12, 31))
terms = st.builds(Term, st.integers(0, 40), st.integers(0, 30), st.integers(0, 400))
periods = st.lists(
    st.tuples(days, st.integers(0, 900)).map(lambda p: (p[0], d.fromordinal(p[0].toordinal() + p[1]))), max_size=4
)
cuts = st.lists(st.tuples(days, terms), max_size=4)


@given(days, terms, periods, cuts, st.none() | days)
def test_never_before_start_and_mercy_never_lengthens(start, term, remand, reductions, pardoned):
    plain = compute_release(start, term)
    credited = compute_release(start, term, remand)
    reduced = compute_release(start, term, remand, reductions)
    pardoned = compute_release(start, term, remand, reductions, None, pardoned)
    assert start <= pardoned.on <= reduced.on <= credited.on <= plain.on
    assert pardoned.unadjusted == reduced.unadjusted == credited.on
    for step in pardoned.steps:
        assert describe(step)
        assert Step.read(step.stored()) == step


@given(days, terms, periods, cuts, days, terms)
def test_one_more_reduction_never_lengthens(start, term, remand, reductions, decided_on, by):
    before = compute_release(start, term, remand, reductions).on
    assert compute_release(start, term, remand, [*reductions, (decided_on, by)]).on <= before


@given(days, terms, periods, cuts, st.randoms())
def test_order_of_what_is_given_does_not_matter(start, term, remand, reductions, random):
    expected = compute_release(start, term, remand, reductions)
    random.shuffle(remand)
    assert compute_release(start, term, remand, reductions) == expected
    random.shuffle(reductions)
    assert compute_release(start, term, remand, reductions).on == expected.on


@given(days, terms, terms, days)
def test_a_longer_reduction_never_frees_later(start, term, by, decided_on):
    longer = Term(by.years + 1, by.months, by.days)
    shorter = compute_release(start, term, reductions=[(decided_on, by)]).on
    assert compute_release(start, term, reductions=[(decided_on, longer)]).on <= shorter


@given(days, terms, st.lists(terms, min_size=1, max_size=3), st.sampled_from(["confused", "cumulated"]))
def test_more_sentences_never_end_earlier(start, term, others, relation):
    sentences = [Sentenced(start, other, relation=relation) for other in [term, *others]]
    release = combine(sentences)
    assert release.on >= max(sentence.release().on for sentence in sentences) or relation == "confused"
    assert release.on >= start
