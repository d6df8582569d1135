"""Release dates in detail: what changes nothing is said to, and which pardons count as one."""

from datetime import date as d

import pytest

from inmates.sentences.calculation import CONFUSED, CUMULATED, Sentenced, combine, compute_release
from inmates.terms import Term as Y

START = d(2014, 1, 1)


def codes(release):
    return [step.code for step in release.steps]


@pytest.mark.parametrize(
    ("reduction", "on", "code"),
    [
        ((d(2018, 12, 31), Y(1)), d(2018, 12, 31), "reduction_on_decision"),
        ((d(2019, 1, 1), Y(1)), d(2019, 1, 1), "reduction_late"),  # on the very day of release
        ((d(2019, 1, 2), Y(1)), d(2019, 1, 1), "reduction_late"),
        ((d(2015, 1, 1), Y()), d(2019, 1, 1), "reduction_late"),  # by nothing at all
    ],
)
def test_a_reduction_that_shortens_nothing_is_said_to_come_too_late(reduction, on, code):
    release = compute_release(START, Y(5), reductions=[reduction])
    assert (release.on, codes(release)[-1]) == (on, code)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"reductions": [(d(2014, 6, 1), Y(1))], "commuted": (d(2015, 1, 1), Y(10), START)}, "reduction_before_commutation"),
        ({"commuted": (d(2015, 1, 1), Y(30), START)}, "commuted_longer"),
        ({"commuted": (d(2015, 1, 1), Y(10), None)}, "commuted_uncounted"),
    ],
)  # fmt: skip
def test_a_pardoned_remainder_frees_and_leaves_said_what_was_never_settled(more, why):
    open_question = compute_release(START, Y(20), **more)
    assert (open_question.on, open_question.needs_person, why in codes(open_question)) == (None, True, True)
    freed = compute_release(START, Y(20), remainder_pardoned_on=d(2016, 7, 30), **more)
    assert (freed.on, codes(freed)[-1]) == (d(2016, 7, 30), "pardoned_unsettled")


def test_a_pardoned_remainder_after_a_settled_commutation_is_plain():
    freed = compute_release(START, Y(20), commuted=(d(2015, 1, 1), Y(10), START), remainder_pardoned_on=d(2016, 7, 30))
    assert (freed.on, codes(freed)[-1]) == (d(2016, 7, 30), "pardoned")


@pytest.mark.parametrize(
    "pardon",
    [
        {"reductions": [(d(2015, 1, 1), Y(5))]},
        {"commuted": (d(2015, 1, 1), Y(5), START)},
        {"remainder_pardoned_on": d(2019, 1, 1)},
    ],
)
def test_any_pardon_of_the_severest_shows_the_sentence_it_had_absorbed(pardon):
    absorbed = Sentenced(START, Y(8), relation=CONFUSED, label="B")
    assert combine([Sentenced(START, Y(10), label="A"), absorbed]).on == d(2024, 1, 1)
    shown = combine([Sentenced(START, Y(10), label="A", **pardon), absorbed])
    assert (shown.on, codes(shown)[-1], shown.steps[-1].date) == (None, "absorbed_holds", d(2022, 1, 1))
    shorter = Sentenced(START, Y(4), relation=CONFUSED, label="B")
    assert combine([Sentenced(START, Y(10), label="A", **pardon), shorter]).on == d(2019, 1, 1)


def test_life_with_a_reduction_has_no_date_whatever_it_absorbs():
    life = Sentenced(START, None, reductions=[(d(2015, 1, 1), Y(5))], label="A")
    release = combine([life, Sentenced(START, Y(8), relation=CONFUSED, label="B")])
    assert release.on is None
    assert "absorbed_holds" not in codes(release)


def test_one_commuted_sentence_in_a_chain_is_enough_for_a_person_to_settle_it():
    plain = Sentenced(START, Y(2), relation=CUMULATED, label="B")
    commuted = Sentenced(START, Y(8), commuted=(d(2015, 1, 1), Y(3), START), relation=CUMULATED, label="C")
    severest = Sentenced(START, Y(10), label="A")
    assert combine([severest, plain, Sentenced(START, Y(3), relation=CUMULATED)]).on == d(2029, 1, 1)
    release = combine([severest, plain, commuted])
    assert (release.on, codes(release)[-1]) == (None, "commuted_in_chain")


def test_a_reduction_by_more_months_than_the_term_has_leaves_its_days():
    """Months in one calendar step, then days: a month back from 15 March is 15 February, and 29 days on 16 March."""
    start = d(2019, 3, 15)
    release = compute_release(start, Y(0, 2, 29), reductions=[(start, Y(0, 3))])
    assert (release.on, codes(release)[-1]) == (d(2019, 3, 16), "reduction")
    assert compute_release(start, Y(0, 2, 28), reductions=[(start, Y(0, 3))]).on == start


def test_a_commutation_to_beyond_the_calendar_is_longer_than_any_term():
    release = compute_release(START, Y(20), commuted=(d(2015, 1, 1), Y(9000), START))
    assert (release.on, release.unadjusted, codes(release)[-1]) == (None, None, "commuted_longer")
    assert release.needs_person
