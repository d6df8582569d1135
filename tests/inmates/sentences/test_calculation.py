"""Release dates of one sentence, worked out by hand from the rules: each row of a table is what a records officer would
write.
"""

from datetime import date as d

import pytest

from inmates.sentences.calculation import compute_release
from inmates.terms import Term as Y
from inmates.terms import end_of
from tests.inmates.sentences.calculating import START

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


def test_a_commuted_term_never_ends_before_the_day_it_counts_from():
    long_held = [(d(2000, 1, 1), d(2015, 1, 1))]
    release = compute_release(START, None, long_held, commuted=(d(2019, 7, 30), Y(10), d(2019, 7, 30)))
    assert release.on == d(2019, 7, 30)
    earlier = compute_release(START, None, long_held, commuted=(d(2019, 7, 30), Y(10), d(2017, 1, 1)))
    assert earlier.on == START
