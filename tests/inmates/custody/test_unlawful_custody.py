"""Custody needs a title: what an order that runs out takes with it, who is warned before, who is told on the day after."""

from copy import copy
from datetime import timedelta
from itertools import product
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db.models.base import ModelState
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import admissions, orders, releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.people.actions import alerts, corrections
from inmates.people.corrections import find
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions as sentences
from inmates.sentences.models import ReleaseComputation
from tests.factories import ago, end_case, make_inmate

people = Inmate.objects.in_custody


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case, on the order of admission alone."""
    return make_inmate(unit, by=officer, legal_status="remand")


def until(order, n):
    """Let an order run out `n` days from today."""
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=None if n is None else day(n))


def warrant(inmate, n=None, **fields):
    """One more order that runs out `n` days from today."""
    fields = {"kind": "remand", "authority": "R", "reference": "W", "issued_on": day(-30)} | fields
    return DetentionOrder.objects.create(inmate=inmate, expires_on=None if n is None else day(n), **fields)


def test_an_expired_order_of_admission_holds_nobody_on_remand(untried, officer):
    order = untried.detention_orders.get()
    until(order, 0)
    assert [hold.kind for hold in holds(untried)] == [Hold.REMAND]
    assert nothing_holds(people()) == []
    with pytest.raises(InvalidTransition, match="No order has run out"):
        releases.release(untried, ground="order_ended", by=officer)
    until(order, -1)
    assert holds(untried) == []
    assert nothing_holds(people()) == [untried]
    assert releases.release(untried, ground="order_ended", by=officer)


def test_the_cases_own_orders_answer_before_the_order_of_admission(untried, officer):
    case = untried.cases.get()
    own = warrant(untried, -1, case=case)
    assert holds(untried) == []
    with pytest.raises(InvalidTransition, match="has run out and holds nobody"):
        orders.extend_order(own, until=day(5), reference="W2", by=officer)
    own = warrant(untried, 0, case=case)
    assert [hold.kind for hold in holds(untried)] == [Hold.REMAND]
    orders.lift_order(own, on=clock.today(), reason="Judge", by=officer)
    assert holds(untried) == []
    assert nothing_holds(people()) == [untried]


def test_a_case_with_an_order_still_holds_where_another_has_none_left(untried, officer):
    warrant(untried, -1, case=untried.cases.get())
    second = sentences.open_case(untried, court="Rabat", number="88", on_remand=True, by=officer)
    assert [hold.case_id for hold in holds(untried)] == [second.pk]  # by the order of admission
    until(untried.admissions.get().order, -1)
    assert holds(untried) == []
    warrant(untried, 5, case=second)
    assert [hold.case_id for hold in holds(untried)] == [second.pk]


def test_an_order_of_an_earlier_stay_says_nothing_of_this_one(untried, unit, officer):
    case, first = untried.cases.get(), untried.detention_orders.get()
    DetentionOrder.objects.filter(pk=first.pk).update(case=case)
    at = ago(60)
    releases.release(untried, ground="provisional", reference="O-1", at=at, by=officer)
    untried.refresh_from_db()
    admissions.admit(
        untried,
        unit=unit,
        order=DetentionOrder(kind="remand", authority="R", reference="Again", issued_on=day(-20)),
        legal_status="remand",
        registration_number="99001",
        admitted_at=ago(20),
        by=officer,
    )
    sentences.set_remand(case, on_remand=True, by=officer)
    untried.refresh_from_db()
    assert [hold.kind for hold in holds(untried)] == [Hold.REMAND]
    assert nothing_holds(people()) == []


def test_civil_imprisonment_is_no_remand_and_ends_too(untried):
    until(untried.detention_orders.get(), -1)
    civil = warrant(untried, 0, kind="civil")
    assert [hold.kind for hold in holds(untried)] == [Hold.CIVIL]
    until(civil, -1)
    assert holds(untried) == []


OWN, ADMISSION, CIVIL = ("none", -1, 0, "lifted"), (-1, 0, "endless", "lifted"), (None, -1, 0)


def test_the_worklist_and_the_person_agree_whatever_the_orders(unit, officer):
    """For every combination of orders, the list finds whom `holds` frees, and no flag alone holds anybody."""
    made = {}
    for own, admission, civil in product(OWN, ADMISSION, CIVIL):
        one = make_inmate(unit, by=officer, legal_status="remand")
        orders_of = [(one.admissions.get().order, admission)]
        if own != "none":
            orders_of.append((warrant(one, case=one.cases.get()), own))
        if civil is not None:
            orders_of.append((warrant(one, kind="civil"), civil))
        for order, state in orders_of:
            if state == "lifted":
                DetentionOrder.objects.filter(pk=order.pk).update(lifted_on=clock.today(), lifted_reason="R")
            else:
                until(order, None if state == "endless" else state)
        speaks = admission if own == "none" else own
        made[one] = speaks in (0, "endless") or civil == 0
    assert {one: bool(holds(one)) for one in made} == made
    assert set(nothing_holds(people())) == {one for one, held in made.items() if not held}


@pytest.mark.parametrize("kind", ["remand", "civil"])
def test_the_day_after_everybody_is_told_once_and_a_task_is_due(unit, officer, inspector, coordinator, kind):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    order = inmate.detention_orders.get() if kind == "remand" else warrant(inmate, kind="civil")
    if kind == "civil":
        end_case(inmate.cases.get(), state="dropped", on=clock.today(), by=officer)
    until(order, 0)
    assert daily.run()["held_without_title"] == 0
    assert not Task.objects.exists()
    until(order, -1)
    assert daily.run()["held_without_title"] == 2
    assert set(daily.run().values()) == {0}
    for reader in (officer, inspector, coordinator):
        assert alerts.waiting_for(reader).get(kind="no_title").said[0]["params"]["order"] == order.reference
    task = Task.objects.get(kind="no_title")
    assert (task.inmate, task.due_on, task.facility) == (inmate, clock.today(), inmate.facility)
    warrant(inmate, 30, kind=order.kind, case=order.case)
    assert daily.run()["held_without_title"] == 0
    task.refresh_from_db()
    assert task.done_at is not None


def test_who_is_held_by_something_else_is_not_without_a_title(inmate, officer):
    warrant(inmate, -1, kind="arrest")
    assert daily.run()["held_without_title"] == 0
    assert list(Alert.objects.values_list("kind", "audience")) == [("order_expired", "prison")]
    assert not Task.objects.exists()


def test_the_prison_is_warned_fifteen_seven_and_three_days_before(untried, inspector, settings):
    today, order = clock.today(), untried.detention_orders.get()
    until(order, 16)
    told = {}
    for passed in range(17):
        settings.TODAY = today + timedelta(days=passed)
        told[16 - passed] = (daily.run()["orders_expiring"], daily.run()["orders_expiring"])
    assert {left: new for left, new in told.items() if any(new)} == {15: (1, 0), 7: (1, 0), 3: (1, 0)}
    assert not alerts.waiting_for(inspector).exists()
    assert not Task.objects.exists()


def test_an_order_recorded_late_is_warned_of_at_once_and_a_lifted_one_never(untried, officer):
    until(untried.detention_orders.get(), 5)
    lifted = warrant(untried, 2, reference="L")
    orders.lift_order(lifted, on=clock.today(), reason="Judge", by=officer)
    assert daily.run()["orders_expiring"] == 1
    assert Alert.objects.get().said[0]["params"]["order"] != "L"


ALONE = ["civil", "arrest", "remand"]


@pytest.mark.parametrize("kind", ALONE)
def test_an_order_alone_without_a_case_is_told_of_like_any_other(unit, officer, kind):
    """Civil imprisonment and orders of no case on record hold while they run, warn before, and are told of after."""
    one = make_inmate(unit, by=officer, legal_status="remand")
    one.cases.all().delete()
    sentences.recompute(one, cause="case closed", by=officer)
    DetentionOrder.objects.filter(inmate=one).update(kind=kind, expires_on=day(3))
    assert [hold.kind for hold in holds(one)] == ["civil" if kind == "civil" else "order"]
    assert daily.run()["orders_expiring"] == 1
    assert daily.run()["held_without_title"] == 0
    until(one.detention_orders.get(), -1)
    assert nothing_holds(people()) == [one]
    assert daily.run()["held_without_title"] == 2
    assert Task.objects.get().due_on == clock.today()
    assert releases.release(one, ground="civil_ended" if kind == "civil" else "order_ended", by=officer)
    assert daily.run()["held_without_title"] == 0


def test_it_is_told_again_each_hour_whoever_has_acknowledged_it(untried, officer, inspector, settings):
    until(untried.detention_orders.get(), -1)
    assert daily.run()["held_without_title"] == 2
    for alert in Alert.objects.filter(kind="no_title", audience="national"):
        alerts.acknowledge(alert, by=inspector)
    assert daily.run()["held_without_title"] == 0
    assert not alerts.waiting_for(inspector).exists()
    Alert.objects.filter(kind="no_title").update(raised_at=clock.now() - timedelta(minutes=59))
    assert daily.run()["held_without_title"] == 0
    Alert.objects.filter(kind="no_title").update(raised_at=clock.now() - timedelta(hours=1))
    assert daily.run()["held_without_title"] == 2
    again = alerts.waiting_for(inspector).get()
    assert (again.acknowledged_by, clock.now() - again.raised_at < timedelta(minutes=1)) == (None, True)
    assert Alert.objects.filter(kind="no_title").count() == 2  # the same two, on top again
    Alert.objects.filter(kind="no_title").update(raised_at=clock.now() - timedelta(hours=5))
    warrant(untried, 30)
    assert daily.run()["held_without_title"] == 0


def test_lifting_the_last_order_is_told_at_once(untried, inmate, officer, inspector):
    orders.lift_order(untried.detention_orders.get(), on=clock.today(), reason="Judge", by=officer)
    assert [one.inmate for one in alerts.waiting_for(inspector)] == [untried]
    assert untried.tasks.get().kind == "no_title"
    assert daily.run()["held_without_title"] == 0  # told already
    civil = warrant(inmate, kind="civil")
    orders.lift_order(civil, on=clock.today(), reason="Paid", by=officer)
    assert not inmate.tasks.exists()  # the sentence still holds


def test_remand_is_ordered_and_ended_on_a_page_and_the_legal_status_follows(client, unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    case = inmate.cases.get()
    inmate.detention_orders.update(case=case)
    client.force_login(officer)
    address = reverse("inmates:case_remand", args=[inmate.uuid, case.pk])
    assert address in client.get(reverse("inmates:tab_custody", args=[inmate.uuid])).content.decode()
    for wrong, field in (({"on_remand": ""}, "on_remand"), ({"on_remand": "no", "reference": ""}, "reference")):
        answer = client.post(address, {"on_remand": "no", "reference": "J 4"} | wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert client.post(address, {"on_remand": "no", "reference": "J 4"}).status_code == 302
    case.refresh_from_db()
    assert not case.on_remand
    assert client.post(address, {"on_remand": "yes", "reference": "J 5"}).status_code == 302
    case.refresh_from_db()
    inmate.refresh_from_db()
    assert (case.on_remand, inmate.legal_status) == (True, "remand")
    assert holds(inmate) == []  # the order of before ended with the remand: a new one is needed
    warrant(inmate, case=case)
    assert [hold.kind for hold in holds(inmate)] == ["remand"]
    client.force_login(director)
    assert client.post(address, {"on_remand": "no", "reference": "J 6"}).status_code == 403


def test_nobody_at_liberty_is_put_on_remand(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    releases.release(inmate, ground="judicial", reference="O 1", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        sentences.set_remand(inmate.cases.get(), on_remand=True, reference="J 5", by=officer)
    assert not inmate.cases.get().on_remand
    with pytest.raises(ValidationError) as refusal:
        sentences.open_case(inmate, court="Fès", number="8", on_remand=True, by=officer)
    assert list(refusal.value.message_dict) == ["on_remand"]
    assert sentences.open_case(inmate, court="Fès", number="8", by=officer)


def test_a_correction_that_takes_away_the_last_hold_is_told_at_once_and_another_is_not(
    unit, inmate, officer, director, inspector
):
    """Served but for civil imprisonment, whose order was a namesake's."""
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    made = {}
    for one in (served, inmate):
        order = warrant(one, 30, kind="civil", reference=f"C {one.pk}")
        made[one] = corrections.annul(
            find("order"), order, why="Meant for a namesake of his", paper="Letter 5", by=officer
        )
        assert not one.tasks.open().filter(kind="no_title").exists()
    for one, correction in made.items():
        corrections.confirm(correction, by=director)
        assert one.tasks.open().filter(kind="no_title").exists() == (one == served)
    told = alerts.waiting_for(inspector).filter(kind="no_title")
    assert [alert.inmate for alert in told] == [served]


def test_a_term_that_is_served_is_told_again_each_hour_until_the_release(unit, inmate, officer, inspector):
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    assert daily.run()["releases_overdue"] == 2
    for alert in alerts.waiting_for(inspector):
        alerts.acknowledge(alert, by=inspector)
    Alert.objects.filter(kind="release_overdue").update(raised_at=clock.now() - timedelta(minutes=59))
    assert daily.run()["releases_overdue"] == 0
    Alert.objects.filter(kind="release_overdue").update(raised_at=clock.now() - timedelta(hours=1))
    assert daily.run()["releases_overdue"] == 2
    assert alerts.waiting_for(inspector).get(kind="release_overdue").inmate == served
    releases.release(served, ground="term_served", by=officer)
    Alert.objects.filter(kind="release_overdue").update(raised_at=clock.now() - timedelta(hours=1))
    assert daily.run()["releases_overdue"] == 0


# Remand without a last day


def test_remand_without_a_last_day_is_told_of_again_and_again_until_it_has_one(untried, officer, inspector, settings):
    order = untried.detention_orders.get()
    DetentionOrder.objects.filter(pk=order.pk).update(case=untried.cases.get(), issued_on=day(-59))
    assert daily.run()["orders_endless"] == 0
    told = {}
    today = clock.today()
    for passed in (1, 2, 60, 61, 62):
        settings.TODAY = today + timedelta(days=passed)
        told[passed] = daily.run()["orders_endless"]
    assert told == {1: 1, 2: 0, 60: 0, 61: 1, 62: 0}
    assert "has no last day: ask the judge" in alerts.waiting_for(officer).first().text
    assert not alerts.waiting_for(inspector).exists()  # as with an order that runs out, the prison is told
    orders.extend_order(order, until=clock.today(), reference="J 9", by=officer)
    settings.TODAY = today + timedelta(days=121)
    assert daily.run()["orders_endless"] == 0
    assert holds(untried) == []


def test_it_ends_by_no_days_gone_by_and_an_order_that_supports_nothing_is_not_told_of(untried, inmate, settings):
    untried.detention_orders.update(case=untried.cases.get(), issued_on=day(-700))
    warrant(inmate, issued_on=day(-700), case=inmate.cases.get())  # of a case that was judged
    assert daily.run()["orders_endless"] == 1
    assert [hold.kind for hold in holds(untried)] == [Hold.REMAND]
    assert not Alert.objects.filter(inmate=inmate, kind="order_endless").exists()


@pytest.mark.parametrize("kind", ["civil", "arrest", "remand"])
def test_any_order_without_a_last_day_that_holds_is_told_of(unit, officer, kind, settings):
    served = make_inmate(unit, by=officer, days_ago=800, years=2)
    order = warrant(served, kind=kind, issued_on=day(-59), reference="W 9")
    assert daily.run()["orders_endless"] == 0
    today, settings.TODAY = clock.today(), day(1)
    assert [hold.order_id for hold in holds(served)] == [order.pk]
    assert daily.run()["orders_endless"] == 1
    assert daily.run()["orders_endless"] == 0
    text = alerts.waiting_for(officer).get(kind="order_endless").text
    assert "W 9" in text
    assert ("ask the judge" if kind == "remand" else "ask who gave it") in text
    settings.TODAY = today + timedelta(days=61)
    orders.lift_order(order, on=clock.today(), reason="Paid", by=officer)
    assert daily.run()["orders_endless"] == 0


def test_an_order_that_holds_through_a_sentence_or_has_a_last_day_is_not_told_of(unit, inmate, officer):
    DetentionOrder.objects.filter(inmate=inmate).update(issued_on=day(-700))  # the judgment that somebody serves
    warrant(inmate, 30, kind="civil", issued_on=day(-700))
    warrant(inmate, kind="arrest", issued_on=day(-700), lifted_on=day(-1), lifted_reason="Taken back")
    assert daily.run()["orders_endless"] == 0


def test_a_last_day_that_has_passed_is_refused(untried, officer):
    with pytest.raises(ValidationError) as refusal:
        orders.extend_order(untried.detention_orders.get(), until=day(-1), reference="J 9", by=officer)
    assert list(refusal.value.message_dict) == ["until"]


@pytest.mark.parametrize(("fields", "asked"), [({}, True), ({"expires_on": 30}, False), ({"kind": "arrest"}, False)])
def test_remand_entered_without_a_last_day_is_asked_for_once(client, untried, officer, fields, asked):
    client.force_login(officer)
    address = reverse("inmates:add_order", args=[untried.uuid])
    data = {"kind": "remand", "authority": "R", "reference": "S 2", "issued_on": f"{day(0):%d/%m/%Y}"} | fields
    if "expires_on" in fields:
        data["expires_on"] = f"{day(30):%d/%m/%Y}"
    if asked:
        refused = client.post(address, data)
        assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["endless"])
        assert 'value="S 2"' in refused.content.decode()
        data["endless"] = "on"
    assert client.post(address, data).status_code == 302


def test_beyond_two_hundred_between_two_ends_who_is_past_the_latest_is_found(
    unit, inmate, django_assert_max_num_queries
):
    """Whoever is still between them is not asked about one by one."""
    made = []
    for n in range(202):
        one = copy(inmate)
        one.pk, one.uuid, one.registration_number, one._state = None, uuid4(), f"9{n}", ModelState()
        one.release_on, one.release_basis, one.sort_key = None, Inmate.ReleaseBasis.UNSETTLED, f"zz{n:03}"
        made.append(one)
    made = Inmate.objects.bulk_create(made)
    codes = ("bound_confused", -5), ("bound_cumulated", 500)
    for one in made:
        late = -1 if one == made[-1] else 500
        steps = [{"code": code, "date": day(min(n, late)).isoformat(), "values": {}} for code, n in codes]
        ReleaseComputation.objects.create(inmate=one, basis="unsettled", steps=steps, cause="x")
    with django_assert_max_num_queries(20):
        assert nothing_holds(people()) == [made[-1]]
    assert holds(made[0])
