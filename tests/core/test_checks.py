"""Check constraints are asked in one statement, and each by itself where one fails."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from core.checks import to_ask


@pytest.fixture
def order(inmate):
    return inmate.detention_orders.get()


def test_where_all_hold_one_statement_is_enough(order, django_assert_num_queries):
    checks = len(order._meta.constraints) - len(to_ask(order))
    assert checks >= 2
    with django_assert_num_queries(3):  # within a savepoint
        to_ask(order)


def test_one_that_fails_is_named_as_if_each_had_been_asked(order):
    order.expires_on = order.issued_on - timedelta(days=1)
    assert to_ask(order) == order._meta.constraints
    with pytest.raises(ValidationError) as together:
        order.validate_constraints()
    with pytest.raises(ValidationError) as apart:
        order.validate_constraints(exclude={"reference"})  # then each is asked by itself
    assert together.value.messages == apart.value.messages


def test_with_a_field_left_out_each_is_asked_by_itself(order):
    order.expires_on = order.issued_on - timedelta(days=1)
    assert to_ask(order, exclude={"expires_on"}) == order._meta.constraints
    order.validate_constraints(exclude={"expires_on", "lifted_on"})
    order.expires_on = clock.today()
    order.validate_constraints()
