"""Pages ask the database as often for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from inmates.custody import panels
from inmates.people.models import Inmate
from tests.factories import make_inmate


def query_count(client, address):
    """How many queries a page makes."""
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("name", ["inmates:releases", "inmates:exceptions", "facilities:list", "inmates:tasks"])
def test_lists_ask_as_often_for_ten_as_for_one(client, unit, officer, name):
    make_inmate(unit, by=officer, days_ago=800, years=2)
    client.force_login(officer)
    one = query_count(client, reverse(name))
    for _n in range(9):
        make_inmate(unit, by=officer, days_ago=800, years=2)
    assert query_count(client, reverse(name)) == one
    assert one <= 20


def test_a_prison_and_a_unit_ask_as_often_for_ten_people_as_for_one(client, prison, unit, officer):
    make_inmate(unit, by=officer)
    client.force_login(officer)
    pages = [
        reverse("facilities:detail", args=[prison.code]),
        reverse("facilities:unit", args=[prison.code, unit.pk]),
        reverse("reports:prison_as_of", args=[prison.code]),
    ]
    one = [query_count(client, page) for page in pages]
    for _n in range(9):
        make_inmate(unit, by=officer)
    assert [query_count(client, page) for page in pages] == one


def test_what_a_profile_asks_of_custody_is_little(inmate, officer):
    inmate = Inmate.objects.annotate(**panels.flags()).get(pk=inmate.pk)  # as the profile loads them
    panels.offered_actions(officer, inmate)
    with CaptureQueriesContext(connection) as queries:
        panels.offered_actions(officer, inmate)
        panels.cautions(officer, inmate)
    assert len(queries) <= 4, len(queries)
