"""Detention orders: added, extended, lifted."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import orders, stays
from inmates.custody.models import DetentionOrder
from tests.factories import make_inmate


@pytest.fixture
def warrant(inmate, officer):
    """A remand warrant of ten days ago that runs out today."""
    today = clock.today()
    dates = {"issued_on": today - timedelta(days=10), "expires_on": today}
    order = DetentionOrder(kind="remand", authority="R", reference="A", **dates)
    return orders.add_order(inmate, order=order, by=officer)


def test_an_order_is_extended_to_a_later_day_by_a_decision_with_a_reference(warrant, officer, officer2):
    later = clock.today() + timedelta(days=60)
    for until, reference, field in ((clock.today(), "B", "until"), (later, " ", "reference"), (later, "", "reference")):
        with pytest.raises(ValidationError) as refusal:
            orders.extend_order(warrant, until=until, reference=reference, by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.extend_order(warrant, until=later, reference="B", by=officer2)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (clock.today(), "A")
    orders.extend_order(warrant, until=later, reference="B", by=officer)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (later, "B")
    event = Event.objects.get(verb="order.extended")
    assert event.detail == {"from": clock.today().isoformat(), "to": later.isoformat()}


def test_an_order_without_an_end_is_not_extended(inmate, officer):
    order = inmate.detention_orders.get()
    with pytest.raises(ValidationError):
        orders.extend_order(order, until=clock.today(), reference="B", by=officer)


def test_an_order_is_lifted_once_between_its_issue_and_today(warrant, officer):
    today = clock.today()
    for day in (warrant.issued_on - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            orders.lift_order(warrant, on=day, reason="Ended", by=officer)
        assert list(refusal.value.message_dict) == ["on"]
    with pytest.raises(ValidationError) as refusal:
        orders.lift_order(warrant, on=today, reason=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reason"]
    warrant.refresh_from_db()
    assert warrant.lifted_on is None
    orders.lift_order(warrant, on=warrant.issued_on, reason="Ended", by=officer)
    warrant.refresh_from_db()
    assert (warrant.lifted_on, warrant.lifted_reason) == (warrant.issued_on, "Ended")
    with pytest.raises(InvalidTransition):
        orders.lift_order(warrant, on=today, reason="Ended", by=officer)
    with pytest.raises(InvalidTransition):
        orders.extend_order(warrant, until=today + timedelta(days=9), reference="C", by=officer)


def test_an_order_may_be_lifted_on_the_present_day(warrant, officer):
    assert orders.lift_order(warrant, on=clock.today(), reason="Ended", by=officer).lifted_on == clock.today()


def test_a_new_order_is_of_the_present_and_of_this_persons_case(inmate, unit, officer, officer2):
    def order(**fields):
        fields = {"kind": "arrest", "authority": "R", "reference": "N", "issued_on": clock.today()} | fields
        return DetentionOrder(**fields)

    stranger = make_inmate(unit, by=officer)
    for wrong, field in (
        ({"issued_on": clock.today() + timedelta(days=1)}, "issued_on"),
        ({"case": stranger.cases.get()}, "case"),
        ({"expires_on": clock.today() - timedelta(days=1)}, "expires_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            orders.add_order(inmate, order=order(**wrong), by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.add_order(inmate, order=order(), by=officer2)
    assert inmate.detention_orders.count() == 1
    assert orders.add_order(inmate, order=order(case=inmate.cases.get()), by=officer).inmate == inmate
    stays.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition):
        orders.add_order(inmate, order=order(), by=officer)
