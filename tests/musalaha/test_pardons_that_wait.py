"""Pardons nobody has verified yet: each that would free somebody, alone or with others, is told of; what is foreseen is true."""

from datetime import timedelta

import pytest

from config import clock
from inmates.custody.actions import orders
from inmates.custody.models import DetentionOrder
from inmates.fines.actions import record_fine
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Pardon, Sentence
from musalaha import daily
from musalaha.actions import pardon_follow_through
from musalaha.pardon_effects import release_with, would_free


def day(n):
    return clock.today() + timedelta(days=n)


def told(inmate):
    """References of the alerts of pardons that would free this person."""
    return set(inmate.alerts.filter(kind="pardon_unverified").values_list("reference", flat=True))


def reference(pardon):
    return f"pardon-{pardon.pk}"


@pytest.fixture
def record(coordinator):
    """Record a pardon of a sentence, by one instrument."""

    def act(sentence, **fields):
        pardon = Pardon(inmate=sentence.inmate, sentence=sentence, **({"prison": "remainder"} | fields))
        return pardon_follow_through.record_pardon(pardon, reference="1-26-77", dated_on=day(0), by=coordinator)

    return act


@pytest.fixture
def two_sentences(person, officer):
    """Two sentences in two cases, cumulated."""
    inmate = person()
    case = actions.open_case(inmate, court="Rabat", number="B/2", by=officer)
    second = Sentence(
        years=2,
        starts_on=day(-50),
        pronounced_on=day(-50),
        final_on=day(-40),
        relation="cumulated",
        relation_decision="D",
    )
    second.case, second.inmate = case, inmate
    actions.pronounce(second, by=officer)
    return inmate, *inmate.sentences.order_by("pk")


def test_two_sentences_pardoned_by_one_instrument_free_together_and_both_are_told_of(two_sentences, record, reviewer):
    inmate, first, second = two_sentences
    one = record(first)
    assert not would_free(one)
    assert not told(inmate)
    two = record(second)
    assert would_free(one)
    assert would_free(two)
    assert told(inmate) == {reference(one), reference(two)}
    pardon_follow_through.verify_pardon(one, by=reviewer)
    assert would_free(Pardon.objects.get(pk=two.pk))


def test_beside_one_that_frees_alone_another_that_changes_nothing_is_not_told_of(person, officer, record):
    inmate = person()
    sentence = inmate.sentences.get()
    fined = record_fine(sentence.case, amount=500, imposed_on=day(-100), by=officer)
    whole = record(sentence)
    of_the_fine = Pardon(inmate=inmate, sentence=sentence, prison="kept", fine="remitted", of_fine=fined)
    pardon_follow_through.record_pardon(of_the_fine, reference="1-26-78", dated_on=day(0), by=whole.recorded_by)
    assert told(inmate) == {reference(whole)}


@pytest.mark.parametrize(("fine", "frees"), [("remitted", True), ("kept", False)])
def test_civil_imprisonment_goes_with_the_fine_that_a_waiting_pardon_remits(person, officer, record, fine, frees):
    inmate = person()
    sentence = inmate.sentences.get()
    record_fine(sentence.case, amount=500, imposed_on=day(-100), by=officer)
    order = DetentionOrder(
        kind="civil", authority="P", reference="C 1", issued_on=day(-10), expires_on=day(90), case=sentence.case
    )
    orders.add_order(Inmate.objects.get(pk=inmate.pk), order=order, by=officer)
    pardon = record(sentence, fine=fine)
    assert would_free(pardon) == frees
    assert bool(told(inmate)) == frees


def test_of_a_fine_alone_once_the_term_is_served(person, officer, record, coordinator):
    inmate = person(years=0, months=6, days_ago=300)
    sentence = inmate.sentences.get()
    record_fine(sentence.case, amount=500, imposed_on=day(-100), by=officer)
    order = DetentionOrder(
        kind="civil", authority="P", reference="C 1", issued_on=day(-10), expires_on=day(90), case=sentence.case
    )
    orders.add_order(Inmate.objects.get(pk=inmate.pk), order=order, by=officer)
    pardon = record(sentence, prison="kept", fine="remitted")
    assert told(inmate) == {reference(pardon)}
    assert daily.run() is not None


def test_one_that_corrects_another_is_foreseen_without_it(person, record, coordinator, reviewer):
    inmate = person(years=3, days_ago=400)
    sentence = inmate.sentences.get()
    pronounced = Inmate.objects.get(pk=inmate.pk).release_on
    wrong = pardon_follow_through.verify_pardon(record(sentence, prison="reduced", years=2 - 1), by=reviewer)
    right = Pardon(inmate=inmate, sentence=sentence, prison="reduced", years=1, months=6)
    right = pardon_follow_through.correct_pardon(wrong, right, reference="1-26-77", dated_on=day(0), by=coordinator)
    foreseen, _basis = release_with(right, Inmate.objects.get(pk=inmate.pk))
    assert not would_free(right)
    verified = pardon_follow_through.verify_pardon(right, by=reviewer)
    assert verified.inmate.release_on == foreseen
    assert (pronounced.year, pronounced.month) != (foreseen.year, foreseen.month)
