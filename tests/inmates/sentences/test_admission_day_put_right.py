"""The day of an admission put right: it moves what a date rests on, so a second person confirms, and custody is asked about."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from config import clock
from inmates.custody import daily
from inmates.custody.actions import admissions, releases
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import alerts
from inmates.people.actions.corrections import confirm, correct, refuse
from inmates.people.models import Inmate
from inmates.sentences import actions, hooks
from inmates.sentences.models import Sentence
from tests.factories import make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def asked(inmate):
    """What the open task of today says, or nothing."""
    task = inmate.tasks.open().filter(kind="earlier_custody", due_on=clock.today()).first()
    return [one["code"].removeprefix("sentences.") for one in task.said] if task else []


def put_right(stay, days_ago, by):
    values = {"admitted_at": correctables.as_stored(stay, "admitted_at", noon(days_ago))}
    why = {"why": "Typed wrong, the register says another day", "paper": "PV 1"}
    return correct(correctables.find("admission"), stay, values, by=by, **why)


def entered_by_two(made, inmate, officer, director, inspector, what):
    """It waits for somebody else and asks nobody till then; then it asks."""
    assert (made.state, "custody_before" in made.moves) == ("proposed", True)
    assert not asked(inmate)
    with pytest.raises(PermissionDenied):
        confirm(made, by=officer)
    confirm(made, by=director)
    assert asked(inmate) == [what]
    assert alerts.waiting_for(officer).filter(kind="earlier_custody").exists()
    assert alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()


def test_put_right_to_an_earlier_day_the_days_before_the_start_are_asked_about(
    client, unit, officer, director, inspector
):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=40)
    made = put_right(inmate.admissions.get(), 100, officer)
    client.force_login(director)
    page = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    assert "which custody before a sentence counts" in page
    entered_by_two(made, inmate, officer, director, inspector, "earlier_custody")
    one = inmate.sentences.get()
    (stretch,) = hooks.uncounted(stored(inmate), before=one.starts_on)
    assert (stretch.first_day, stretch.day_after_last) == (day(-100), day(-40))
    before = stored(inmate).release_on
    actions.count_earlier_custody(one, remand=[(stretch.first_day, stretch.day_after_last)], by=officer)
    assert stored(inmate).release_on == before - timedelta(days=60)
    assert not asked(inmate)


def test_put_right_to_a_later_day_than_the_start_it_is_asked_where_the_person_was_held(
    client, unit, officer, director, inspector
):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=100)
    made = put_right(inmate.admissions.get(), 40, officer)
    entered_by_two(made, inmate, officer, director, inspector, "start_unknown")
    client.force_login(officer)
    address = reverse("inmates:sentence_earlier", args=[inmate.uuid, inmate.sentences.get().pk])
    assert client.post(address, {"held_elsewhere": ""}).status_code == 422
    assert client.post(address, {"held_elsewhere": "Oujda 2, certificate 5"}).status_code == 302
    assert not asked(inmate)


@pytest.fixture
def counted(unit, officer):
    """Held on remand from 300 to 250 days ago, which counts for the sentence of the stay of today."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=300)
    releases.release(inmate, ground="provisional", reference="O-1", at=noon(250), by=officer)
    order = DetentionOrder(kind="remand", authority="R", reference="Back", issued_on=day(-100))
    admissions.admit(
        stored(inmate), unit=unit, order=order, legal_status="remand", registration_number="90001",
        admitted_at=noon(100), by=officer,
    )  # fmt: skip
    one = Sentence(case=inmate.cases.get(), inmate=stored(inmate), years=2, starts_on=day(-100), pronounced_on=day(-20))
    actions.pronounce(one, remand=[(day(-300), day(-250))], by=officer)
    assert not asked(inmate)
    return inmate


def test_an_earlier_stay_put_right_leaves_remand_without_custody_that_is_asked_about(
    client, counted, officer, director, inspector
):
    made = put_right(counted.admissions.order_by("admitted_at").first(), 260, officer)
    entered_by_two(made, counted, officer, director, inspector, "remand_unknown")
    # Put right the remand too: nobody is asked any longer.
    period = counted.sentences.get().remand_periods.get()
    why = {"why": "He came in forty days later, says the PV", "paper": "PV 1"}
    made = correct(correctables.find("remand"), period, {"first_day": str(day(-260))}, by=officer, **why)
    assert made.state == "proposed"
    confirm(made, by=director)
    assert not asked(counted)
    assert not alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()


def test_that_remand_may_have_been_held_elsewhere(client, counted, officer, director):
    confirm(put_right(counted.admissions.order_by("admitted_at").first(), 260, officer), by=director)
    client.force_login(officer)
    address = reverse("inmates:sentence_earlier", args=[counted.uuid, counted.sentences.get().pk])
    page = client.get(address).content.decode()
    assert 'name="held_elsewhere"' in page
    assert client.post(address, {"held_elsewhere": "Oujda 2, certificate 5"}).status_code == 302
    assert not asked(counted)


def test_refused_nothing_is_asked(unit, officer, director):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=40)
    refuse(put_right(inmate.admissions.get(), 100, officer), reason="The register says otherwise", by=director)
    assert not asked(inmate)
    assert stored(inmate).admitted_on == day(-40)


# What one person may put right alone


def test_on_remand_or_within_police_custody_one_person_puts_it_right(unit, officer):
    untried = make_inmate(unit, by=officer, legal_status="remand", days_ago=40)
    assert put_right(untried.admissions.get(), 100, officer).state == "done"
    inmate = make_inmate(unit, by=officer, years=3, days_ago=40)
    assert put_right(inmate.admissions.get(), 38, officer).state == "done"
    assert not asked(inmate)


def test_police_custody_before_a_stay_and_days_from_a_paper_of_their_own_ask_nobody(counted, officer, director):
    one = counted.sentences.get()
    for first, after in ((day(-304), day(-300)), (day(-500), day(-480))):
        made = actions.add_forgotten_remand(
            one, first_day=first, day_after_last=after, why="Police custody was left out", paper="PV 12", by=officer
        )
        confirm(made, by=director)
    assert one.remand_periods.count() == 3
    assert not asked(counted)


def test_typed_on_the_day_of_the_release_and_put_right_to_a_later_one_the_days_at_liberty_count_at_once(
    unit, officer, director
):
    inmate = make_inmate(unit, by=officer, days_ago=400, years=3)
    releases.release(inmate, ground="conditional", reference="C 1", at=noon(100), by=officer)
    order = DetentionOrder(kind="arrest", authority="R", reference="Again", issued_on=day(-100))
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=order,
        legal_status="convicted_final",
        registration_number="99009",
        admitted_at=noon(100) + timedelta(minutes=2),
        by=officer,
    )
    assert not inmate.times_at_large.exists()
    made = put_right(inmate.admissions.open().get(), 40, officer)
    assert not inmate.times_at_large.exists()
    if made.state == "proposed":
        confirm(made, by=director)
    away = inmate.times_at_large.get()
    assert (away.first_day, away.day_after_last) == (day(-100), day(-40))
    assert stored(inmate).release_basis == "unsettled"
    assert daily.run()["liberty_not_counted"] == 0


def test_put_right_while_nothing_lies_between_counts_nothing_twice(unit, officer, director):
    inmate = make_inmate(unit, by=officer, days_ago=400, years=3)
    releases.release(inmate, ground="conditional", reference="C 1", at=noon(100), by=officer)
    order = DetentionOrder(kind="arrest", authority="R", reference="Again", issued_on=day(-90))
    admissions.admit(
        stored(inmate), unit=unit, order=order, legal_status="convicted_final", registration_number="99009",
        admitted_at=noon(60), by=officer,
    )  # fmt: skip
    made = put_right(inmate.admissions.open().get(), 40, officer)
    if made.state == "proposed":
        confirm(made, by=director)
    away = inmate.times_at_large.get()
    assert (away.first_day, away.day_after_last) == (day(-100), day(-40))
