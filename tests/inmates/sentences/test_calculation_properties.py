"""What must hold of a release date for every sentence."""

from datetime import date as d

from hypothesis import given
from hypothesis import strategies as st

from inmates.sentences.calculation import Sentenced, Step, combine, compute_release, describe
from inmates.terms import Term

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
