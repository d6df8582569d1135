"""Appeals, pardons and corrections that cross: a ruling finds the judgment that stands, and nothing granted is lost unseen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals.actions import decide_appeal, declare_appeal
from inmates.custody.holds import holds
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Inmate
from inmates.sentences.actions import (
    add_forgotten_remand,
    pronounce,
    recompute,
    record_pardon,
    reject_pardon,
    verify_pardon,
)
from inmates.sentences.models import Case, Pardon, Sentence
from inmates.sentences.release_dates import bounds
from inmates.terms import step
from tests.factories import ago, make_inmate

WHY = {"why": "Entered twice, says the registry", "paper": "Letter 7"}


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def declare(case, by, kind="appeal", party="prosecution", at=None):
    reference = {} if party == "prosecution" else {"reference": kind}
    return declare_appeal(case, kind=kind, party=party, court="Rabat", at=at or ago(9), by=by, **reference)


def answer(appeal, outcome, by, on=-5, **fields):
    return decide_appeal(appeal, outcome=outcome, on=day(on), decision=f"R {outcome}", by=by, **fields)


def annulled(sentence, by, confirmer):
    made = corrections.annul(correctables.find("sentence"), sentence, by=by, **WHY)
    if made.state == "proposed":
        corrections.confirm(made, by=confirmer)


@pytest.fixture
def tried(unit, officer):
    """Somebody sentenced to four years, not final, held for 300 days."""
    return make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=300, years=4)


# A ruling and the judgment that stands by now


@pytest.mark.parametrize("outcome", ["quashed", "no_prison", "sent_back", "changed"])
def test_a_cassation_declared_before_the_appeals_answer_is_about_the_new_judgment(tried, officer, outcome):
    case = tried.cases.get()
    appeal, cassation = declare(case, officer), declare(case, officer, kind="cassation", party="person")
    answer(appeal, "changed", officer, sentence=Sentence(years=3))
    second = case.sentences.standing().get()
    answer(cassation, outcome, officer, on=-1, **({"sentence": Sentence(years=1)} if outcome == "changed" else {}))
    cassation.refresh_from_db()
    assert cassation.judgment == second
    left = [sentence.years for sentence in case.sentences.standing()]
    assert left == ([1] if outcome == "changed" else [])
    assert (stored(tried).release_on is not None) == (outcome == "changed")
    if outcome != "changed":
        assert not any(hold.kind == "sentence" for hold in holds(stored(tried)))


def test_an_appeal_against_a_sentence_entered_again_is_about_that_one(tried, officer, director):
    case, first = tried.cases.get(), tried.sentences.get()
    cassation = declare(case, officer, kind="cassation")
    annulled(first, officer, director)
    fields = {"years": 4, "starts_on": first.starts_on, "pronounced_on": first.pronounced_on}
    pronounce(Sentence(case=Case.objects.get(pk=case.pk), inmate=tried, **fields), by=officer)
    answer(cassation, "quashed", officer)
    assert not case.sentences.standing().exists()
    assert Case.objects.get(pk=case.pk).state == "acquitted"


def test_no_ruling_reaches_past_a_retrial_or_before_the_judgment_that_stands(tried, officer):
    case = tried.cases.get()
    appeal, cassation = declare(case, officer), declare(case, officer, kind="cassation")
    answer(appeal, "sent_back", officer, held=True)
    with pytest.raises(InvalidTransition, match="Nothing was judged"):
        answer(cassation, "quashed", officer)
    again = {"years": 2, "starts_on": day(-300), "pronounced_on": day(-2)}
    pronounce(Sentence(case=Case.objects.get(pk=case.pk), inmate=tried, **again), by=officer)
    cassation.refresh_from_db()
    with pytest.raises(InvalidTransition, match="tried again since"):
        answer(cassation, "quashed", officer, on=0)
    assert case.sentences.standing().get().years == 2
    answer(cassation, "confirmed", officer, on=0)  # what moves nothing may be recorded


def test_a_ruling_older_than_the_judgment_that_stands_is_refused(tried, officer):
    case = tried.cases.get()
    appeal, cassation = declare(case, officer), declare(case, officer, kind="cassation")
    answer(appeal, "changed", officer, on=-2, sentence=Sentence(years=3))
    with pytest.raises(ValidationError) as refused:
        answer(cassation, "quashed", officer, on=-4)
    assert list(refused.value.error_dict) == ["on"]
    assert case.sentences.standing().get().years == 3


# Pardons


@pytest.fixture
def grant(coordinator):
    """Record a pardon of a sentence, unless said otherwise of its remainder."""

    def act(sentence, **fields):
        fields = {"inmate": sentence.inmate, "sentence": sentence, "prison": "remainder"} | fields
        return record_pardon(Pardon(**fields), reference="1-26-9", dated_on=day(-1), by=coordinator)

    return act


@pytest.mark.parametrize("verified", [False, True])
def test_a_sentence_is_not_annulled_under_a_pardon(inmate, officer, director, reviewer, grant, verified):
    sentence = inmate.sentences.get()
    waiting = corrections.annul(correctables.find("sentence"), sentence, by=officer, **WHY)
    pardon = grant(sentence)
    if verified:
        verify_pardon(pardon, by=reviewer)
    with pytest.raises(InvalidTransition, match="rests on this sentence"):
        corrections.confirm(waiting, by=director)
    corrections.withdraw(waiting, by=officer)
    with pytest.raises(InvalidTransition, match="rests on this sentence"):
        corrections.annul(correctables.find("sentence"), sentence, by=officer, **WHY)
    if not verified:
        reject_pardon(pardon, reason="Of another sentence.", by=reviewer)
        annulled(sentence, officer, director)
        assert not inmate.sentences.exists()


def test_a_pardon_of_what_was_annulled_is_not_verified(inmate, officer, reviewer, grant):
    sentence = inmate.sentences.get()
    pardon = grant(sentence)
    Sentence.objects.filter(pk=sentence.pk).update(annulled_at=clock.now())
    with pytest.raises(InvalidTransition, match="annulled"):
        verify_pardon(Pardon.objects.get(pk=pardon.pk), by=reviewer)
    assert Pardon.objects.get(pk=pardon.pk).state == "recorded"


def test_a_pardon_of_a_prosecution_that_has_ended_is_not_verified(unit, officer, reviewer, grant, coordinator):
    untried = make_inmate(unit, by=officer, legal_status="remand", days_ago=100)
    case = untried.cases.get()
    fields = {"inmate": untried, "case": case, "prison": "prosecution"}
    pardon = record_pardon(Pardon(**fields), reference="1-26-9", dated_on=day(-1), by=coordinator)
    pronounce(Sentence(case=case, inmate=untried, years=3, starts_on=day(-100), pronounced_on=day(0)), by=officer)
    with pytest.raises(InvalidTransition, match="the prosecution is over"):
        verify_pardon(pardon, by=reviewer)
    case.refresh_from_db()
    assert case.state == "convicted"
    assert stored(untried).release_on is not None


def test_what_was_granted_before_a_retrial_is_for_a_person_to_settle(tried, officer, reviewer, grant):
    case, first = tried.cases.get(), tried.sentences.get()
    verify_pardon(grant(first, prison="reduced", months=6), by=reviewer)
    answer(declare(case, officer), "sent_back", officer, on=-1, held=True, until=day(60))
    again = {"years": 4, "starts_on": first.starts_on, "pronounced_on": day(0)}
    second = pronounce(Sentence(case=Case.objects.get(pk=case.pk), inmate=tried, **again), by=officer)
    assert (stored(tried).release_on, stored(tried).release_basis) == (None, "unsettled")
    latest = step(second.starts_on, 48)
    ends = bounds(stored(tried))
    assert (ends.earliest, ends.latest) == (step(latest, -6), latest)
    assert tried.tasks.open().filter(kind="release_date", due_on=day(0)).exists()
    assert holds(stored(tried)) != []


def test_what_was_granted_on_another_count_says_nothing_of_a_retrial(tried, officer, reviewer, grant):
    case, first = tried.cases.get(), tried.sentences.get()
    other = Sentence(case=case, inmate=tried, count=2, months=3, starts_on=first.starts_on, pronounced_on=day(-20))
    other = pronounce(other, by=officer)
    verify_pardon(grant(other, prison="reduced", months=1), by=reviewer)
    appeal = declare_appeal(case, kind="appeal", party="prosecution", court="R", judgment=other, at=ago(9), by=officer)
    answer(appeal, "quashed", officer)
    assert stored(tried).release_on == step(first.starts_on, 48)


# Corrections


def test_a_judgment_wrongly_entered_after_a_retrial_gives_the_remand_back(tried, officer, director):
    case = tried.cases.get()
    answer(declare(case, officer), "sent_back", officer, held=True, until=day(60))
    wrong = {"years": 4, "starts_on": day(-300), "pronounced_on": day(-1)}
    pronounce(Sentence(case=Case.objects.get(pk=case.pk), inmate=tried, **wrong), by=officer)
    annulled(case.sentences.standing().get(), officer, director)
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == ("open", True, None)
    assert stored(tried).legal_status == "remand"
    assert holds(stored(tried)) != []


def test_a_conviction_without_prison_stays_one_where_another_count_is_annulled(tried, officer, director):
    case, first = tried.cases.get(), tried.sentences.get()
    second = Sentence(case=case, inmate=tried, count=2, years=1, starts_on=first.starts_on, pronounced_on=day(-20))
    second = pronounce(second, by=officer)
    answer(declare_appeal(case, kind="appeal", party="prosecution", court="R", judgment=first, at=ago(9), by=officer),
           "no_prison", officer)  # fmt: skip
    annulled(second, officer, director)
    case.refresh_from_db()
    assert case.state == "convicted"


def test_remand_that_waits_counts_on_no_judgment_that_was_replaced(tried, officer, director):
    case, first = tried.cases.get(), tried.sentences.get()
    days = {"first_day": day(-310), "day_after_last": day(-300)}
    waiting = add_forgotten_remand(first, by=officer, why="Police custody was left out", paper="PV 1", **days)
    answer(declare(case, officer), "changed", officer, sentence=Sentence(years=3))
    with pytest.raises(InvalidTransition, match="stands no longer"):
        corrections.confirm(waiting, by=director)
    second = case.sentences.standing().get()
    corrections.confirm(
        add_forgotten_remand(second, by=officer, why="Police custody was left out", paper="PV 1", **days), by=director
    )
    assert second.remand_periods.get().first_day == day(-310)


def test_remand_annulled_while_an_appeal_is_answered_is_not_half_annulled(tried, officer, director):
    case, first = tried.cases.get(), tried.sentences.get()
    period = first.remand_periods.create(first_day=day(-330), day_after_last=day(-310))
    recompute(tried, cause="test", by=officer)
    waiting = corrections.annul(correctables.find("remand"), period, by=officer, **WHY)
    answer(declare(case, officer), "changed", officer, sentence=Sentence(years=3))
    with pytest.raises(InvalidTransition, match="stands no longer"):
        corrections.confirm(waiting, by=director)
    assert case.sentences.standing().get().remand_periods.count() == 1


def test_an_answer_taken_back_loses_no_day_put_right_since(tried, officer, director):
    case, first = tried.cases.get(), tried.sentences.get()
    kept = first.remand_periods.create(first_day=day(-330), day_after_last=day(-320))
    first.remand_periods.create(first_day=day(-318), day_after_last=day(-316))
    appeal = answer(declare(case, officer), "changed", officer, sentence=Sentence(years=3))
    second = case.sentences.standing().get()
    gone = second.remand_periods.get(first_day=day(-318))
    corrections.confirm(corrections.annul(correctables.find("remand"), gone, by=officer, **WHY), by=director)
    days = {"first_day": day(-310), "day_after_last": day(-300)}
    added = add_forgotten_remand(second, by=officer, why="Police custody was left out", paper="PV 1", **days)
    corrections.confirm(added, by=director)
    appeal.refresh_from_db()
    made = corrections.annul(correctables.find("court_answer"), appeal, by=officer, **WHY)
    corrections.confirm(made, by=director)
    first.refresh_from_db()
    assert first.stands
    assert {one.first_day for one in first.remand_periods.all()} == {kept.first_day, day(-310)}


def test_of_two_answers_the_later_is_taken_back_first(tried, officer, director):
    case = tried.cases.get()
    appeal, cassation = declare(case, officer), declare(case, officer, kind="cassation")
    answer(appeal, "changed", officer, on=-5, sentence=Sentence(years=3))
    answer(cassation, "confirmed", officer, on=-1)
    for one in (appeal, cassation):
        one.refresh_from_db()
    with pytest.raises(InvalidTransition, match="after this one"):
        corrections.annul(correctables.find("court_answer"), appeal, by=officer, **WHY)
    for one in (cassation, appeal):
        made = corrections.annul(correctables.find("court_answer"), one, by=officer, **WHY)
        if made.state == "proposed":
            corrections.confirm(made, by=director)
    assert case.sentences.standing().get().years == 4


def test_what_was_granted_on_one_count_favours_no_other(tried, officer, reviewer, grant):
    case, first = tried.cases.get(), tried.sentences.get()
    other = Sentence(
        case=case, inmate=tried, count=2, years=2, starts_on=first.starts_on, pronounced_on=day(-20),
        relation="cumulated", relation_decision="J 2",
    )  # fmt: skip
    other = pronounce(other, by=officer)
    verify_pardon(grant(other, prison="reduced", months=6), by=reviewer)
    appeal = declare_appeal(case, kind="appeal", party="prosecution", court="R", judgment=other, at=ago(9), by=officer)
    changed = Sentence(years=1, relation="cumulated", relation_decision="R 2")
    answer(appeal, "changed", officer, sentence=changed)
    ends = bounds(stored(tried))
    latest = step(first.starts_on, 60)
    assert (ends.earliest, ends.latest) == (
        step(latest, -6),
        latest,
    )  # six months off the one year, not off the four too
