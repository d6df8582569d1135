"""Another judgment falls, and days in custody that it had covered count for nothing: asked about at once, never silent."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from config import clock
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import admissions, outings, releases
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import alerts
from inmates.people.actions.corrections import annul, confirm, correct
from inmates.people.actions.tasks import settle_task
from inmates.people.models import Inmate
from inmates.sentences import actions, hooks
from inmates.sentences.models import Pardon, Sentence
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def asked(inmate):
    return inmate.tasks.open().filter(kind="earlier_custody", due_on=clock.today()).exists()


def pronounced(inmate, officer, **fields):
    case = actions.open_case(stored(inmate), court="Fès", number="B/1", by=officer)
    return actions.pronounce(Sentence(case=case, inmate=inmate, **fields), by=officer)


@pytest.fixture
def chain(unit, officer):
    """A year that is not final and is appealed, and three years cumulated from its end: (person, appeal, second)."""
    inmate = make_inmate(unit, by=officer, years=1, days_ago=600, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        inmate.cases.get(), kind="appeal", party="person", court="Rabat", reference="1", at=noon(590), by=officer
    )
    end = inmate.release_on
    fields = {"relation": "cumulated", "relation_decision": "Ruling"}
    second = pronounced(inmate, officer, years=3, starts_on=end, pronounced_on=end, **fields)
    assert not asked(inmate)
    return inmate, appeal, second


def quashed(appeal, officer, **fields):
    fields = {"outcome": "quashed", "on": day(-5), "decision": "AR"} | fields
    court_appeals.decide_appeal(appeal, by=officer, **fields)


FALLS = {
    "quashed": lambda appeal, officer: quashed(appeal, officer),
    "without prison": lambda appeal, officer: quashed(appeal, officer, outcome="no_prison"),
    "sent back": lambda appeal, officer: quashed(appeal, officer, outcome="sent_back", held=False),
    "lowered": lambda appeal, officer: quashed(
        appeal, officer, outcome="changed", sentence=Sentence(kind="term", months=2)
    ),
}


@pytest.mark.parametrize("fall", FALLS)
def test_the_days_of_a_judgment_that_falls_are_asked_about(chain, officer, inspector, fall):
    inmate, appeal, second = chain
    FALLS[fall](appeal, officer)
    assert hooks.uncounted(stored(inmate), before=second.starts_on)
    assert asked(inmate)
    assert alerts.waiting_for(officer).filter(kind="earlier_custody", inmate=inmate).exists()
    assert alerts.waiting_for(inspector).filter(kind="earlier_custody", inmate=inmate).exists()
    before = stored(inmate).release_on
    days = [(one.first_day, one.day_after_last) for one in hooks.uncounted(stored(inmate), before=second.starts_on)]
    actions.count_earlier_custody(second, remand=days, by=officer)
    assert not asked(inmate)
    assert not alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()
    if before is not None:
        assert stored(inmate).release_on < before


def test_the_same_of_an_acquittal_outside_an_appeal(unit, officer):
    inmate = make_inmate(unit, by=officer, years=1, days_ago=600, legal_status="convicted_appeal")
    first, end = inmate.cases.get(), inmate.release_on
    pronounced(inmate, officer, years=3, starts_on=end, pronounced_on=end)
    actions.close_case(first, state="acquitted", on=day(-3), reference="AC", sentence_read=True, by=officer)
    assert asked(inmate)


def test_the_same_of_a_sentence_annulled(unit, officer, director, chain):
    inmate, _appeal, second = chain
    first = inmate.sentences.exclude(pk=second.pk).get()
    made = annul(correctables.find("sentence"), first, why="It was entered for a namesake", paper="J 1", by=officer)
    if made.state == "proposed":
        assert not asked(inmate)
        confirm(made, by=director)
    assert asked(inmate)


def test_a_quashing_taken_back_is_asked_about_no_longer(chain, officer, director, inspector):
    inmate, appeal, _second = chain
    quashed(appeal, officer)
    assert asked(inmate)
    appeal.refresh_from_db()
    made = annul(
        correctables.find("court_answer"), appeal, why="It was the ruling of a namesake", paper="AR 2", by=officer
    )
    if made.state == "proposed":
        assert asked(inmate)
        confirm(made, by=director)
    assert not asked(inmate)
    assert not alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()


def test_the_same_of_an_escape_taken_back(unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=100)
    outings.record_escape(inmate, account="Not seen", at=noon(90), by=officer)
    outings.record_return(stored(inmate), unit=unit, at=noon(50), by=officer)
    one = Sentence(case=inmate.cases.get(), inmate=inmate, years=3, starts_on=day(-50), pronounced_on=day(-20))
    actions.pronounce(one, remand=[(day(-100), day(-90))], by=officer)
    assert not asked(inmate)
    made = annul(
        correctables.find("escape"),
        stored(inmate).outings.get(),
        why="It was no escape, he was in hospital",
        paper="PV 1",
        by=officer,
    )
    confirm(made, by=director)
    (stretch,) = hooks.uncounted(stored(inmate), before=day(-50))
    assert (stretch.first_day, stretch.day_after_last) == (day(-90), day(-50))
    assert asked(inmate)


def test_the_same_after_a_readmission(unit, officer):
    inmate = make_inmate(unit, by=officer, years=1, days_ago=600, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        inmate.cases.get(), kind="appeal", party="person", court="Rabat", reference="1", at=noon(590), by=officer
    )
    end = inmate.release_on
    releases.release(stored(inmate), ground="term_served", at=noon((clock.today() - end).days), by=officer)
    order = DetentionOrder(kind="remand", authority="R", reference="Back", issued_on=day(-40))
    admissions.admit(
        stored(inmate), unit=unit, order=order, legal_status="remand", registration_number="90001",
        admitted_at=noon(40), by=officer,
    )  # fmt: skip
    pronounced(inmate, officer, years=2, starts_on=day(-40), pronounced_on=day(-20))
    assert not asked(inmate)
    quashed(appeal, officer)
    (stretch,) = hooks.uncounted(stored(inmate), before=day(-40))
    assert (stretch.first_day, stretch.day_after_last) == (day(-600), end)
    assert asked(inmate)


def test_closed_by_hand_it_is_asked_again_with_the_next_fact(chain, officer, inspector):
    inmate, appeal, second = chain
    quashed(appeal, officer)
    settle_task(inmate.tasks.open().get(kind="earlier_custody"), note="Seen", by=officer)
    for alert in alerts.waiting_for(inspector).filter(kind="earlier_custody"):
        alerts.acknowledge(alert, by=inspector)
    assert not asked(inmate)
    actions.relate(second, relation="cumulated", decision="", acts_on=day(-700), by=officer)
    assert asked(inmate)
    assert alerts.waiting_for(inspector).filter(kind="earlier_custody", inmate=inmate).exists()


def test_a_reason_is_of_the_days_it_was_given_for_and_others_are_asked_about(unit, officer, director):
    """Held five days beyond the year that was served: left out of the next sentence. Then that year falls."""
    inmate = make_inmate(unit, by=officer, years=1, days_ago=600, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        inmate.cases.get(), kind="appeal", party="person", court="Rabat", reference="1", at=noon(590), by=officer
    )
    end = inmate.release_on
    late = (clock.today() - end).days - 5
    releases.release(stored(inmate), ground="term_served", at=noon(late), by=officer)
    order = DetentionOrder(kind="remand", authority="R", reference="Back", issued_on=day(-40))
    admissions.admit(
        stored(inmate), unit=unit, order=order, legal_status="remand", registration_number="90003",
        admitted_at=noon(40), by=officer,
    )  # fmt: skip
    fields = {"starts_on": day(-40), "pronounced_on": day(-20), "earlier_custody": "Five days, says the prosecutor"}
    second = pronounced(inmate, officer, years=2, **fields)
    assert not asked(inmate)
    actions.relate(second, relation="", decision="", acts_on=day(-100), by=officer)
    assert not asked(inmate)  # another fact asks nobody again
    quashed(appeal, officer)
    assert asked(inmate)
    actions.count_earlier_custody(second, remand=[], reason="For another case, says the prosecutor", by=officer)
    assert not asked(inmate)
    why = {"why": "Typed wrong, it was another case", "paper": "J 1", "by": officer}
    made = correct(
        correctables.find("sentence"), stored(inmate).sentences.get(pk=second.pk), {"earlier_custody": ""}, **why
    )
    if made.state == "proposed":
        confirm(made, by=director)
    assert asked(inmate)


# What asks nobody


def test_a_judgment_that_falls_and_had_covered_no_day_alone_asks_nobody(unit, officer):
    """Both ran from the first day of the custody: all of it counts for the other."""
    inmate = make_inmate(unit, by=officer, years=1, days_ago=600, legal_status="convicted_appeal")
    appeal = court_appeals.declare_appeal(
        inmate.cases.get(), kind="appeal", party="person", court="Rabat", reference="1", at=noon(590), by=officer
    )
    pronounced(inmate, officer, years=3, starts_on=day(-600), pronounced_on=day(-500))
    quashed(appeal, officer)
    assert not asked(inmate)


def test_whoever_is_at_liberty_is_asked_about_once_back(chain, officer, unit):
    inmate, appeal, _second = chain
    releases.release(stored(inmate), ground="judicial", reference="J", at=noon(20), by=officer)
    quashed(appeal, officer)
    assert not asked(inmate)
    order = DetentionOrder(kind="judgment", authority="R", reference="Back", issued_on=day(-1))
    admissions.admit(
        stored(inmate), unit=unit, order=order, legal_status="convicted_appeal", registration_number="90002",
        admitted_at=noon(1), by=officer,
    )  # fmt: skip
    assert asked(inmate)


def test_a_pardon_that_takes_nothing_from_the_days_asks_nobody(unit, officer, coordinator, reviewer):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=600)
    pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="reduced", months=2)
    made = actions.record_pardon(pardon, reference="G1", dated_on=day(-5), by=coordinator)
    actions.verify_pardon(made, by=reviewer)
    assert not asked(inmate)
