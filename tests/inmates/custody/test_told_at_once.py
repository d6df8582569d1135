"""Whoever an entry leaves held by nothing is told of at once, not by the hourly run; the legal status says what was judged."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from config import clock
from inmates.custody.actions import admissions, outings
from inmates.custody.actions.admissions import Arrival
from inmates.custody.models import DetentionOrder
from inmates.people.actions import alerts
from inmates.people.models import Inmate
from inmates.sentences import actions
from inmates.sentences.models import Sentence
from tests.factories import ago, end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def told(inspector):
    """Whether the national office is told now that nothing holds somebody, with a task due today."""

    def check(inmate):
        task = inmate.tasks.open().filter(kind="no_title", due_on=clock.today())
        return alerts.waiting_for(inspector).filter(inmate=inmate, kind="no_title").exists() and task.exists()

    return check


def second(inmate, officer, **fields):
    """A judgment in another case."""
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    fields = {"starts_on": inmate.admitted_on, "pronounced_on": inmate.admitted_on} | fields
    return actions.pronounce(Sentence(case=case, inmate=inmate, **fields), by=officer)


@pytest.mark.parametrize(("months", "free"), [(6, True), (60, False)])
def test_a_sentence_that_is_served_when_it_is_entered(unit, officer, told, months, free):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=400)
    starts_on = inmate.admitted_on
    sentence = Sentence(
        case=inmate.cases.get(), inmate=inmate, months=months, starts_on=starts_on, pronounced_on=clock.today()
    )
    actions.pronounce(sentence, by=officer)
    assert told(inmate) == free
    assert stored(inmate).legal_status == "convicted_appeal"


@pytest.mark.parametrize(("left", "free"), [(-1, True), (0, False)])
def test_an_admission_entered_late_on_an_order_that_has_run_out(unit, officer, told, left, free):
    inmate = Inmate(
        family_name_latin="Sabri", given_name_latin="Ali", family_name_ar="صبري", given_name_ar="علي", sex="M",
        birth_date=day(-12000),
    )  # fmt: skip
    arrival = Arrival(
        token=uuid4(), unit=unit, legal_status="remand", registration_number="99031", admitted_at=ago(5),
        order=DetentionOrder(kind="remand", authority="R", reference="O", issued_on=day(-5), expires_on=day(left)),
        case={"court": "Rabat", "number": "5"},
    )  # fmt: skip
    stay = admissions.take_in(inmate, arrival, by=officer)
    assert told(stay.inmate) == free


@pytest.mark.parametrize(("on", "free"), [(-1, True), (30, False)])
def test_a_past_day_that_somebody_settles(unit, officer, director, told, on, free):
    inmate = make_inmate(unit, by=officer, days_ago=400, years=5)
    second(inmate, officer, years=1)
    actions.settle_release_date(inmate, release_on=day(on), reasons="Asked.", source="Letter", sooner=True, by=director)
    assert told(inmate) == free


@pytest.mark.parametrize("answered", [True, False])
@pytest.mark.parametrize(("relation", "free"), [("confused", True), ("cumulated", False)])
def test_a_relation_that_ends_the_term(unit, officer, told, relation, free, answered):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    other = second(inmate, officer, years=1)
    assert not told(inmate)
    if answered:
        actions.answer_relation(inmate, relation=relation, reference="L", on=clock.today(), by=officer)
    else:
        for sentence in (other, inmate.sentences.exclude(pk=other.pk).get()):
            actions.relate(sentence, relation=relation, decision="Ruling", by=officer)
    assert told(inmate) == free


def test_earlier_custody_that_ends_the_term(unit, officer, told):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=400)
    sentence = Sentence(case=inmate.cases.get(), inmate=inmate, years=1, starts_on=day(-10), pronounced_on=day(-10))
    actions.pronounce(sentence, by=officer)
    assert not told(inmate)
    actions.count_earlier_custody(sentence, remand=[(inmate.admitted_on, day(-10))], by=officer)
    assert told(inmate)


# The legal status after a served term


@pytest.mark.parametrize("final", [True, False])
def test_after_a_served_term_the_status_is_what_was_judged(unit, officer, final):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2, legal_status="convicted_appeal")
    if final:
        actions.make_final(inmate.sentences.get(), on=clock.today(), reference="CNA 1", by=officer)
    assert stored(inmate).legal_status == ("convicted_final" if final else "convicted_appeal")


def test_a_new_case_with_remand_comes_before_a_served_sentence_and_no_other_case_does(client, unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    actions.open_case(inmate, court="Fès", number="8", by=officer)
    assert stored(inmate).legal_status == "convicted_final"
    client.force_login(officer)
    typed = {"court": "Fès", "number": "9", "on_remand": "on"}
    assert client.post(reverse("inmates:add_case", args=[inmate.uuid]), typed).status_code == 302
    assert stored(inmate).legal_status == "remand"
    serving = make_inmate(unit, by=officer)
    actions.open_case(serving, court="Fès", number="10", on_remand=True, by=officer)
    assert stored(serving).legal_status == "convicted_final"


def test_remand_in_another_case_comes_before_a_served_sentence(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    case = actions.open_case(inmate, court="Fès", number="8", by=officer)
    actions.set_remand(case, on_remand=True, reference="J 1", by=officer)
    assert stored(inmate).legal_status == "remand"
    actions.set_remand(case, on_remand=False, reference="J 2", by=officer)
    assert stored(inmate).legal_status == "convicted_final"


@pytest.mark.parametrize(("ended", "free"), [(True, True), (False, False)])
def test_back_from_an_escape_with_nothing_left_that_holds(unit, officer, told, ended, free):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=100)
    outings.record_escape(inmate, account="Not seen at the count", at=ago(50), by=officer)
    if ended:
        end_case(inmate.cases.get(), state="dropped", by=officer)
        inmate.tasks.open().update(done_at=clock.now())
    outings.record_return(stored(inmate), unit=unit, by=officer)
    assert told(stored(inmate)) == free
