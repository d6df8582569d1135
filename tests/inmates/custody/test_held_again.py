"""A release due today goes with its ground: once something holds somebody again, it is settled at once and told anew after."""

from datetime import timedelta

import pytest

from config import clock
from inmates.custody import daily
from inmates.custody.actions import orders
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people.actions import alerts, tasks
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon, Sentence
from musalaha.actions import pardon_follow_through
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def open_of(inmate):
    """The kinds of what waits for somebody of a release today."""
    kinds = {"no_title", "release_overdue", "term_over"}
    told = set(inmate.alerts.filter(acknowledged_at=None).values_list("kind", flat=True))
    return (told | set(inmate.tasks.open().values_list("kind", flat=True))) & kinds


def order(kind="civil", **fields):
    return DetentionOrder(kind=kind, authority="R", reference="C 1", issued_on=day(0), **fields)


@pytest.fixture
def served(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=190)
    daily.run()
    assert open_of(inmate) == {"release_overdue"}
    return inmate


@pytest.fixture
def acquitted(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=30)
    end_case(inmate.cases.get(), state="acquitted", on=day(0), by=officer)
    assert open_of(inmate) == {"no_title"}
    return inmate


def test_an_order_settles_it_at_once_and_it_is_told_anew_when_that_is_lifted(served, officer, inspector):
    civil = orders.add_order(stored(served), order=order(expires_on=day(30)), by=officer)
    assert open_of(served) == set()
    assert not alerts.waiting_for(inspector).exists()
    assert daily.run()["releases_overdue"] == 0
    orders.lift_order(civil, on=day(0), reason="Paid", by=officer)
    assert open_of(served) == {"no_title"}
    assert daily.run()["releases_overdue"] == 2  # within the hour, as it was settled and read by nobody
    assert daily.run()["releases_overdue"] == 0


def test_a_new_sentence_settles_it(served, officer):
    case = sentences.open_case(stored(served), court="Fès", number="B/2", by=officer)
    assert "release_overdue" in open_of(served)
    new = Sentence(case=case, inmate=served, years=5, starts_on=day(-190), pronounced_on=day(0))
    new.relation, new.relation_decision = "cumulated", "J 4"
    sentences.pronounce(new, by=officer)
    assert holds(stored(served))
    assert open_of(served) == set()


def test_remand_without_an_order_settles_nothing_and_its_order_does(acquitted, officer):
    case = sentences.open_case(stored(acquitted), court="Fès", number="Z/1", on_remand=True, by=officer)
    assert open_of(acquitted) == {"no_title"}
    orders.add_order(stored(acquitted), order=order("remand", case=case, expires_on=day(30)), by=officer)
    assert open_of(acquitted) == set()


def test_what_was_recorded_without_an_act_is_settled_by_the_duties_of_the_day(acquitted):
    new = order()
    new.inmate = acquitted
    new.save()
    assert open_of(acquitted) == {"no_title"}
    daily.run()
    assert open_of(acquitted) == set()
    assert acquitted.tasks.get(kind="no_title").done_note


def test_a_pardon_put_right_settles_what_the_wrong_one_told(unit, officer, coordinator, reviewer):
    inmate = make_inmate(unit, by=officer, years=5, days_ago=400)
    sentence = inmate.sentences.get()
    wrong = Pardon(inmate=inmate, sentence=sentence, prison="remainder")
    wrong = pardon_follow_through.record_pardon(wrong, reference="G 1", dated_on=day(-1), by=coordinator)
    pardon_follow_through.verify_pardon(wrong, by=reviewer)
    assert open_of(inmate) == {"release_overdue", "term_over"}
    other = inmate.tasks.get(kind="term_over")
    right = Pardon(inmate=inmate, sentence=sentence, prison="reduced", years=1)
    right = pardon_follow_through.correct_pardon(wrong, right, reference="G 1", dated_on=day(-1), by=coordinator)
    assert open_of(inmate) == {"release_overdue", "term_over"}
    pardon_follow_through.verify_pardon(right, by=reviewer)
    assert holds(stored(inmate))
    assert open_of(inmate) == set()
    other.refresh_from_db()
    assert other.done_at is not None


def test_a_term_to_be_checked_is_no_release_of_today(inmate, officer):
    tasks.raise_task(inmate, kind="term_over", due_on=day(0), note="The line says two terms", by=officer)
    orders.add_order(stored(inmate), order=order(), by=officer)
    assert open_of(inmate) == {"term_over"}
