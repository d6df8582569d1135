"""The forecast of places against a slow recount, person by person and month by month."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from config import clock
from facilities.models import Unit
from inmates.people.models import Inmate
from inmates.terms import step
from reports import capacity
from tests.factories import UnitFactory, make_inmate

QUICK = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def slowly(day, came, until, today, *, more, over):
    """How many are held at the end of `until`, told one by one: `day` are release days or None, `came` a year's arrivals."""
    months = (until.year - today.year) * 12 + until.month - today.month + 1
    stay = [one for one in day if one is None or max(one, today).replace(day=1) > until.replace(day=1)]
    return len(stay) + round(came * months / 12 + 1e-9) + more * min(months, over) // over


@QUICK
@given(
    days=st.lists(st.one_of(st.none(), st.integers(-40, 800)), min_size=1, max_size=6),
    more=st.integers(0, 500),
    over=st.integers(1, 24),
)
def test_the_forecast_is_the_recount(unit, officer, days, more, over):
    today = clock.today()
    people = list(Inmate.objects.order_by("pk"))
    while len(people) < len(days):
        people.append(make_inmate(unit, by=officer, days_ago=500))
    Inmate.objects.exclude(pk__in=[one.pk for one in people[: len(days)]]).update(status="released")
    ends = [None if n is None else today + timedelta(days=n) for n in days]
    for one, end in zip(people, ends, strict=False):
        Inmate.objects.filter(pk=one.pk).update(release_on=end, status="in_custody")
    (found,), whole = capacity.forecast([unit.facility], "M", supposed=more, over=over)
    assert found.held[0] == len(days)
    for n, until in enumerate(capacity.month_ends(today)):
        if n:
            assert found.held[n] == whole.held[n] == slowly(ends, 0, until, today, more=more, over=over)
    assert [row[1] for row in capacity.tiers([unit.facility], "M") if any(row[1])] == [
        [found.here[0], *(found.here[mark] for mark in capacity.MARKS)]
    ]


def test_arrivals_go_on_as_in_the_last_year(unit, officer):
    for n in range(6):
        make_inmate(unit, by=officer, days_ago=20 + 30 * n)
    make_inmate(unit, by=officer, days_ago=500)
    Inmate.objects.update(release_on=None)
    (found,), _whole = capacity.forecast([unit.facility], "M")
    assert (found.usual[0], found.usual[12], found.usual[24]) == (0, 6, 12)
    assert found.held[24] == 7 + 12


def test_closures_separation_and_medical_units_are_no_places(prison, unit):
    today = clock.today()
    unit.closed_on = step(today.replace(day=1), 3)
    unit.save()
    UnitFactory(facility=prison, name="S", purpose=Unit.Purpose.SEPARATION)
    UnitFactory(facility=prison, name="W", sex="F", working_capacity=7)
    (men,), _all = capacity.forecast([prison], "M")
    (women,), _all = capacity.forecast([prison], "F")
    assert (men.places[0], men.places[3], men.places[4]) == (300, 300, 200)
    assert women.places == [7] * 25


def test_a_prison_is_full_when_no_place_is_left(prison, unit, officer):
    Unit.objects.filter(facility=prison).exclude(pk=unit.pk).delete()
    Unit.objects.filter(pk=unit.pk).update(working_capacity=3)
    make_inmate(unit, by=officer, days_ago=500)
    Inmate.objects.update(release_on=None)
    (found,), _whole = capacity.forecast([prison], "M", supposed=4, over=4)
    assert found.full_after == 2
    (found,), _whole = capacity.forecast([prison], "M")
    assert found.full_after is None


@given(total=st.integers(0, 10_000), weights=st.lists(st.integers(0, 300), max_size=20))
def test_everybody_supposed_is_sent_somewhere_and_by_weight(total, weights):
    shares = capacity.spread(total, weights)
    assert sum(shares) == (total if weights else 0)
    if any(weights):
        assert all(
            abs(share - total * weight / sum(weights)) < 1 for share, weight in zip(shares, weights, strict=True)
        )


def test_the_page_asks_for_men_and_women_and_says_how_it_counts(client, inmate, inspector, director, other_prison):
    client.force_login(inspector)
    address = reverse("reports:capacity")
    page = client.get(address, {"more": "200", "over": "6"})
    assert page.context["whole"][0].supposed[6] == 200
    assert "nobody who arrives in these two years leaves in them" in page.content.decode()
    assert client.get(address, {"sex": "F"}).context["lines"] == []
    rows = client.get(address, {"more": "200", "format": "json"}).json()["rows"]
    assert rows[-1][2:] == [1, *rows[-1][3:]]
    assert sum(row[2] for row in rows[:-1]) == 1
    client.force_login(director)
    assert [one.place for one, _held, _full in client.get(address).context["lines"]] == [inmate.facility]


@pytest.mark.parametrize(
    "query", [{"more": "-1"}, {"more": "x"}, {"more": "9" * 30}, {"over": "0"}, {"sex": "X"}, {"more": "²"}]
)
def test_what_an_address_does_not_know_falls_back(client, inmate, inspector, query):
    client.force_login(inspector)
    assert client.get(reverse("reports:capacity"), query).status_code == 200


def test_month_ends_cross_years():
    days = capacity.month_ends(date(2027, 12, 31))
    assert days[:3] == [date(2027, 12, 31), date(2027, 12, 31), date(2028, 1, 31)]
    assert days[-1] == date(2029, 11, 30)
