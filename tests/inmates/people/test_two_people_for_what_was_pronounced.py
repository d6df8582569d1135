"""What a court pronounced is put right by two people, also while another sentence gives the date: it may hold tomorrow."""

from datetime import timedelta

import pytest

from inmates.custody.holds import holds
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import RemandPeriod, Sentence
from tests.inmates.sentences.conftest import day, decide, declare, tried

__all__ = ["decide", "declare", "tried"]
State = Correction.State
WHY = {"why": "Entered for the file of a namesake", "paper": "Letter 5"}


@pytest.fixture
def absorbed(tried, officer):
    """Three years, confused with the five that give the date."""
    case = actions.open_case(tried, court="Fès", number="B/2", by=officer)
    fields = {"starts_on": tried.admitted_on, "pronounced_on": tried.admitted_on}
    relation = {"relation": "confused", "relation_decision": "D 1"}
    return actions.pronounce(Sentence(case=case, inmate=tried, years=3, **fields, **relation), by=officer)


def held_until(inmate):
    stored = Inmate.objects.get(pk=inmate.pk)
    return stored.release_on, [hold.kind for hold in holds(stored)]


def test_a_sentence_that_gives_no_date_today_is_annulled_by_two(tried, absorbed, declare, decide, officer, director):
    made = corrections.annul(correctables.find("sentence"), absorbed, by=officer, **WHY)
    assert (made.state, made.moves) == (State.PROPOSED, ["sentence"])
    severest = tried.sentences.exclude(pk=absorbed.pk).get()
    decide(declare(severest.case), "quashed")
    assert held_until(tried) == (absorbed.starts_on.replace(year=absorbed.starts_on.year + 3), ["sentence"])
    corrections.confirm(made, by=director)
    assert held_until(tried) == (None, [])


@pytest.mark.parametrize(
    "values",
    [{"years": "1"}, {"relation": "cumulated"}, {"pronounced_on": "2026-01-05"}, {"acts_on": "2024-01-05"}],
    ids=lambda values: next(iter(values)),
)
def test_what_it_says_is_put_right_by_two(absorbed, officer, values):
    if "pronounced_on" in values:
        values = {"pronounced_on": (absorbed.pronounced_on + timedelta(days=1)).isoformat()}
    made = corrections.correct(correctables.find("sentence"), absorbed, values, by=officer, **WHY)
    assert made.state == State.PROPOSED
    assert "sentence" in made.moves
    name, value = next(iter(values.items()))
    assert str(getattr(Sentence.objects.get(pk=absorbed.pk), name)) != value


def test_a_reference_is_put_right_by_one(absorbed, officer):
    values = {"relation_decision": "D 11"}
    made = corrections.correct(correctables.find("sentence"), absorbed, values, by=officer, **WHY)
    assert (made.state, made.moves) == (State.DONE, [])


def test_remand_counted_for_it_is_put_right_by_two(absorbed, officer):
    first = absorbed.starts_on - timedelta(days=30)
    period = RemandPeriod.objects.create(sentence=absorbed, first_day=first, day_after_last=absorbed.starts_on)
    values = {"day_after_last": (first + timedelta(days=5)).isoformat()}
    made = corrections.correct(correctables.find("remand"), period, values, by=officer, **WHY)
    assert made.state == State.PROPOSED
    assert "sentence" in made.moves
    corrections.withdraw(made, by=officer)
    assert corrections.annul(correctables.find("remand"), period, by=officer, **WHY).state == State.PROPOSED


def test_an_acquittal_is_taken_back_by_two(tried, absorbed, declare, decide, officer, director):
    answered = decide(declare(absorbed.case), "quashed")
    made = corrections.annul(correctables.find("court_answer"), answered, by=officer, **WHY)
    assert (made.state, made.moves) == (State.PROPOSED, ["sentence"])
    severest = tried.sentences.standing().get()
    decide(declare(severest.case, reference="13"), "changed", sentence=Sentence(years=0, days=20), on=day(-50))
    assert [hold.kind for hold in holds(Inmate.objects.get(pk=tried.pk))] == []


def test_the_end_of_a_case_is_taken_back_by_two(tried, officer):
    case = actions.open_case(tried, court="Fès", number="B/3", by=officer)
    actions.close_case(case, state="dropped", on=day(-1), reference="O 1", by=officer)
    made = corrections.annul(correctables.find("case_end"), case, by=officer, **WHY)
    assert (made.state, made.moves) == (State.PROPOSED, ["sentence"])
