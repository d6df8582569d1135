"""A judgment that is not final: a term that ends before it is, and the legal status until it is."""

import pytest
from django.urls import reverse

from config import clock
from inmates.custody.actions import legal_status, releases
from inmates.custody.holds import Hold, holds, term_served_under_appeal
from inmates.custody.panels import cautions
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


# Case by case: what another case does hides nothing


@pytest.fixture
def beside_a_final_one(unit, officer):
    """Five years that are final, and a year in a second case that is not, as `relation` says, ending in `n` days."""

    def make(n, relation="confused", **fields):
        inmate = make_inmate(unit, by=officer, years=5, days_ago=400)
        case = actions.open_case(inmate, court="Fès", number="8/2610", by=officer)
        start = day(n).replace(year=day(n).year - 1)
        second = Sentence(case=case, inmate=inmate, years=1, starts_on=start, pronounced_on=start, relation=relation)
        if relation:
            second.relation_decision = "C 4"
        for name, value in fields.items():
            setattr(second, name, value)
        actions.pronounce(second, by=officer)
        inmate.refresh_from_db()
        return inmate, case

    return make


@pytest.mark.parametrize(("n", "told"), [(16, 0), (15, 1), (7, 1), (3, 1), (0, 1)])
def test_a_final_sentence_in_another_case_hides_no_end_of_a_term_not_final(beside_a_final_one, n, told):
    inmate, _case = beside_a_final_one(n)
    assert (inmate.legal_status, inmate.release_on > day(400)) == ("convicted_final", True)
    assert daily.run()["terms_not_final"] == told
    assert daily.run()["terms_not_final"] == 0
    tasks = Task.objects.open().filter(inmate=inmate, kind="term_not_final")
    assert [(task.due_on, "8/2610" in task.text) for task in tasks] == [(day(n), True)][:told]


def test_its_case_holds_nothing_more_and_the_other_holds_on(client, beside_a_final_one, officer):
    inmate, case = beside_a_final_one(0)
    assert term_served_under_appeal(inmate) == [case]
    assert term_served_under_appeal(inmate, day=day(-1)) == []
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    texts = [one.text for one in cautions(officer, inmate)]
    assert any("Pronounced term served, judgment not final. 8/2610" in text for text in texts)
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    assert "that case holds nothing more" in page


@pytest.mark.parametrize("change", ["cumulated", "unsaid", "final"])
def test_one_that_is_cumulated_or_final_or_of_which_nothing_is_said_does_not_end_by_itself(
    beside_a_final_one, officer, change
):
    relation = {"cumulated": "cumulated", "unsaid": ""}.get(change, "confused")
    inmate, case = beside_a_final_one(0, relation)
    if change == "final":
        actions.make_final(case.sentences.get(), on=day(0), reference="C 9", by=officer)
    inmate = Inmate.objects.get(pk=inmate.pk)
    assert term_served_under_appeal(inmate) == []
    assert daily.run()["terms_not_final"] == 0
    assert not Task.objects.open().filter(inmate=inmate, kind="term_not_final").exists()


def test_once_it_is_final_the_task_is_closed(beside_a_final_one, officer):
    inmate, case = beside_a_final_one(3)
    daily.run()
    assert Task.objects.open().filter(inmate=inmate, kind="term_not_final").exists()
    actions.make_final(case.sentences.get(), on=day(0), reference="C 9", by=officer)
    daily.run()
    assert not Task.objects.open().filter(inmate=inmate, kind="term_not_final").exists()


def test_an_imported_final_sentence_without_its_days_is_told_of_by_nobody(unit, officer):
    inmate = make_inmate(unit, by=officer, years=1, days_ago=366)
    inmate.sentences.update(final_on=None, final_reference="", pronounced_on=None)
    assert term_served_under_appeal(inmate) == []
    assert daily.run()["terms_not_final"] == 0
