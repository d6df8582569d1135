"""A judgment that is not final: a term that ends before it is, and the legal status until it is."""

import pytest

from config import clock
from inmates.custody.actions import legal_status, releases
from inmates.custody.holds import Hold, holds, term_served_under_appeal
from inmates.people.models import Inmate, Task
from inmates.sentences import actions, daily
from inmates.sentences.models import Sentence
from tests.factories import make_inmate
from tests.inmates.court_appeals.test_appeals import refused, stored
from tests.inmates.sentences.conftest import day

# A term that ends before the judgment is final


@pytest.fixture
def ending(unit, officer):
    """Somebody under appeal whose term of a year ends in `n` days."""

    def make(n):
        inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", years=1)
        Sentence.objects.filter(inmate=inmate).update(starts_on=inmate.sentences.get().starts_on)
        actions.recompute(inmate, cause="test", by=officer)
        Inmate.objects.filter(pk=inmate.pk).update(release_on=day(n))
        inmate.refresh_from_db()
        return inmate

    return make


@pytest.mark.parametrize(("n", "told"), [(16, 0), (15, 1), (8, 1), (7, 1), (3, 1), (0, 1)])
def test_the_end_of_a_term_not_final_is_told_in_good_time_and_a_task_for_the_day(ending, n, told):
    inmate = ending(n)
    assert daily.run()["terms_not_final"] == told
    assert daily.run()["terms_not_final"] == 0
    tasks = Task.objects.open().filter(inmate=inmate, kind="term_not_final")
    assert list(tasks.values_list("due_on", flat=True)) == [day(n)][:told]


def test_each_mark_is_told_once_more_and_a_final_judgment_closes_the_task(ending, officer):
    inmate = ending(15)
    assert daily.run()["terms_not_final"] == 1
    Inmate.objects.filter(pk=inmate.pk).update(release_on=day(7))
    assert daily.run()["terms_not_final"] == 1
    assert [task.due_on for task in Task.objects.open().filter(kind="term_not_final")] == [day(7)]
    actions.make_final(inmate.sentences.get(), on=clock.today(), reference="C", by=officer)
    assert daily.run()["terms_not_final"] == 0
    assert not Task.objects.open().filter(kind="term_not_final").exists()


def test_on_the_day_the_case_holds_nothing_more_whoever_appealed(unit, declare, officer):
    inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", years=1, days_ago=366)
    declare(inmate.cases.get(), party="both")
    assert inmate.release_on <= clock.today()
    assert term_served_under_appeal(inmate)
    assert holds(inmate) == []
    releases.release(inmate, ground="term_served", by=officer)
    assert inmate.admissions.get().ground == "term_served"


def test_before_the_day_it_holds(tried, declare):
    declare(party="both")
    assert not term_served_under_appeal(tried)
    assert [hold.kind for hold in holds(tried)] == [Hold.SENTENCE]


# Followers


def test_the_legal_status_final_is_entered_at_the_judgment_alone(tried, declare, officer):
    refused("status", lambda: legal_status.change_legal_status(tried, status="convicted_final", on=day(0), by=officer))
    assert stored(tried)[2] == "convicted_appeal"


def test_a_sentence_in_an_open_case_moves_the_status_from_its_day(unit, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand")
    sentence = Sentence(case=untried.cases.get(), inmate=untried, years=3, starts_on=day(-200), pronounced_on=day(-4))
    actions.pronounce(sentence, by=officer)
    assert list(untried.legal_statuses.order_by("starts_on").values_list("status", "starts_on")) == [
        ("remand", day(-200)),
        ("convicted_appeal", day(-4)),
    ]


def test_an_imported_final_status_is_not_unsaid_by_another_act(inmate, officer):
    inmate.sentences.update(final_on=None, pronounced_on=None)
    case = actions.open_case(inmate, court="Fès", number="8", on_remand=True, by=officer)
    actions.set_remand(case, on_remand=False, by=officer)
    assert stored(inmate)[2] == "convicted_final"
