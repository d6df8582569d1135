"""Sentences cumulated in part, and absorbed sentences under which somebody was held before the severest began."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.people.models import Inmate, Task
from inmates.sentences import actions
from inmates.sentences.calculation import CONFUSED, CUMULATED, PARTLY, Sentenced, Term, combine
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds
from inmates.terms import step
from tests.factories import make_inmate

START = date(2020, 1, 1)
FIVE = Sentenced(START, Term(5), label="A")


def of(years, start=START, relation=PARTLY, **fields):
    return Sentenced(start, Term(years), relation=relation, label=f"B{years}", **fields)


def codes(release):
    return [one.code for one in release.steps]


@pytest.fixture
def two(unit, officer):
    """Somebody held 200 days under five years, and a second sentence of two."""

    def make(days_ago=200, first=5, **fields):
        inmate = make_inmate(unit, by=officer, days_ago=days_ago, years=first)
        case = actions.open_case(inmate, court="Fès", number="8", by=officer)
        fields = {"years": 2, "starts_on": inmate.admitted_on, "pronounced_on": inmate.admitted_on} | fields
        actions.pronounce(Sentence(case=case, inmate=inmate, **fields), by=officer)
        inmate.refresh_from_db()
        return inmate

    return make


PART = {"relation": "partly", "relation_decision": "CA 7", "total_years": 6}


# In part


def test_the_stated_total_counts_from_the_start_of_the_severest():
    release = combine([FIVE, of(2, total=Term(6))])
    assert release.on == date(2026, 1, 1)
    assert "partly" in codes(release)


def test_remand_of_all_of_them_counts_once():
    held = [(date(2019, 1, 1), date(2019, 1, 11))]
    severest = Sentenced(START, Term(5), remand=held)
    later = [(date(2019, 1, 6), date(2019, 1, 16))]
    assert combine([severest, of(2, total=Term(6), remand=later)]).on == date(2026, 1, 1) - timedelta(days=15)


def test_said_on_either_of_two_it_counts():
    said = Sentenced(START, Term(5), relation=PARTLY, total=Term(6))
    assert combine([said, of(2, relation=None)]).on == date(2026, 1, 1)


def test_a_smaller_one_may_be_absorbed_beside_it():
    assert combine([FIVE, of(2, total=Term(6)), of(1, relation=CONFUSED)]).on == date(2026, 1, 1)


@pytest.mark.parametrize(
    ("others", "code"),
    [
        ([of(2)], "partly_without_total"),
        ([of(2, total=Term(6)), of(1, total=Term(7))], "partly_without_total"),
        ([of(2, total=Term(6)), of(1, relation=CUMULATED)], "partly_mixed"),
        ([of(2, total=Term(4))], "partly_out_of_range"),
        ([of(2, total=Term(8))], "partly_out_of_range"),
        ([of(2, total=Term(6), reductions=[(date(2021, 1, 1), Term(1))])], "partly_adjusted"),
        ([of(2, total=Term(6), start=date(2019, 6, 1))], "absorbed_earlier"),
    ],
)
def test_what_the_total_does_not_say_goes_to_a_person(others, code):
    release = combine([FIVE, *others])
    assert (release.on, release.needs_person) == (None, True)
    assert code in codes(release)


def test_life_stays_life():
    release = combine([Sentenced(START, None), of(2, total=Term(6))])
    assert (release.on, release.needs_person) == (None, False)


def test_it_is_stored_with_its_total(two):
    inmate = two(**PART)
    assert inmate.release_on == step(inmate.admitted_on, 72)


@pytest.mark.parametrize("fields", [{**PART, "total_years": 0}, {"total_years": 6}])
def test_without_a_total_or_with_one_too_many_it_is_refused(two, fields):
    with pytest.raises(ValidationError) as refusal:
        two(**fields)
    assert list(refusal.value.message_dict) == ["total_years"]


def test_the_database_refuses_a_part_without_its_total(two):
    sentence = two(**PART).sentences.get(relation="partly")
    with pytest.raises(IntegrityError), transaction.atomic():
        Sentence.objects.filter(pk=sentence.pk).update(total_years=0)


def test_the_pages_of_relation_and_answer_take_the_total(client, two, officer):
    inmate = two()
    client.force_login(officer)
    answer = reverse("inmates:relation_answer", args=[inmate.uuid])
    data = {"relation": "partly", "reference": "PG 4", "on": f"{clock.today():%d/%m/%Y}"}
    refused = client.post(answer, data)
    assert refused.status_code == 422
    assert "Enter the total that the court stated." in refused.content.decode()
    assert client.post(answer, data | {"total_years": "6"}).status_code == 302
    inmate.refresh_from_db()
    assert inmate.release_on == step(inmate.admitted_on, 72)
    sentence = inmate.sentences.order_by("pk").last()
    page = reverse("inmates:sentence_relation", args=[inmate.uuid, sentence.pk])
    assert client.post(page, {"relation": "confused", "relation_decision": "CA", "total_years": "6"}).status_code == 422
    assert client.post(page, {"relation": "confused", "relation_decision": "CA"}).status_code == 422  # a correction is
    assert "6 years in all" in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()


# Held before the severest began


def test_days_held_under_an_absorbed_sentence_before_the_severest_are_not_guessed():
    release = combine([FIVE, of(2, start=date(2019, 6, 1), relation=CONFUSED)])
    assert (release.on, release.needs_person) == (None, True)
    ends = {one.code: one.date for one in release.steps}
    assert ends["bound_days_apart"] == date(2025, 1, 1)
    assert ends["bound_days_counted"] == date(2025, 1, 1) - (START - date(2019, 6, 1))


def test_of_one_that_had_ended_only_the_days_served_are_in_question():
    release = combine([FIVE, of(1, start=date(2015, 1, 1), relation=CONFUSED)])
    assert {one.code: one.date for one in release.steps}["bound_days_counted"] == date(2025, 1, 1) - timedelta(days=365)


def test_its_remand_is_in_question_too():
    held = [(date(2019, 1, 1), date(2019, 1, 11))]
    release = combine([FIVE, of(2, relation=CONFUSED, remand=held)])
    assert {one.code: one.date for one in release.steps}["bound_days_counted"] == date(2024, 12, 22)


def test_where_the_severest_counts_those_days_already_nothing_is_asked():
    held = [(date(2019, 6, 1), START)]
    severest = Sentenced(START, Term(5), remand=held)
    release = combine([severest, of(2, start=date(2019, 6, 1), relation=CONFUSED)])
    assert release.on == date(2025, 1, 1) - (START - date(2019, 6, 1))


def test_one_that_began_with_the_severest_or_after_asks_nothing():
    assert combine([FIVE, of(2, relation=CONFUSED)]).on == date(2025, 1, 1)
    assert combine([FIVE, of(2, start=date(2021, 1, 1), relation=CONFUSED)]).on == date(2025, 1, 1)


def test_beside_cumulated_ones_it_is_asked_too():
    chain = [FIVE, of(2, relation=CUMULATED)]
    assert combine([*chain, of(1, relation=CONFUSED)]).on == date(2027, 1, 1)
    release = combine([*chain, of(1, start=date(2019, 6, 1), relation=CONFUSED)])
    assert (release.on, "absorbed_earlier" in codes(release)) == (None, True)


def test_a_person_settles_it_today_and_it_holds_until_the_later_end(two):
    start = clock.today() - timedelta(days=150)
    inmate = two(first=2, relation="confused", relation_decision="CA 7", starts_on=start, pronounced_on=start)
    assert inmate.release_basis == "computed"  # the same length: the earlier one ranks first
    inmate = two(first=1, relation="confused", relation_decision="CA 7", starts_on=start, pronounced_on=start)
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert Task.objects.open().filter(inmate=inmate, kind="release_date", due_on=clock.today()).exists()
    within = bounds(inmate)
    assert (within.latest, within.earliest) == (step(start, 24), step(start, 24) - timedelta(days=50))
    assert [hold.kind for hold in holds(inmate, day=within.latest - timedelta(days=1))] == [Hold.SENTENCE]
    assert holds(inmate, day=within.latest) == []


def test_past_the_later_end_nobody_is_passed_over(two):
    start = clock.today() - timedelta(days=900)
    fields = {"years": 0, "months": 20, "starts_on": start, "pronounced_on": start}
    inmate = two(days_ago=1000, first=1, relation="confused", relation_decision="CA 7", **fields)
    assert bounds(inmate).over(clock.today())
    assert nothing_holds(Inmate.objects.in_custody()) == [inmate]
