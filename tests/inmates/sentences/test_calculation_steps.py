"""The reasoning behind a release date: each step with its values, and in words."""

from datetime import date as d

import pytest
from django.utils import translation

from inmates.sentences.calculation import Step, combine, compute_release, describe
from inmates.sentences.wording import SETTLE, WORDS
from inmates.terms import Term as Y
from inmates.terms import in_words
from tests.inmates.sentences.calculating import START, one, reasoning


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
