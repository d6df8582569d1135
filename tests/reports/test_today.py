"""The first page shows the alerts that are meant for its reader, and no others; and the state of what they answer for."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config import clock
from inmates.people.models import Alert, Inmate
from tests.factories import make_inmate


@pytest.fixture
def late_review(inmate):
    """A review so long overdue that the national office is told."""
    return Alert.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        kind=Alert.Kind.REVIEW_OVERDUE,
        audience=Alert.Audience.NATIONAL,
        note="N",
    )


def alerts_of(user):
    client = Client()
    client.force_login(user)
    return list(client.get("/").context["alerts"])


def test_the_inspector_is_told_of_a_review_long_overdue(late_review, inspector):
    assert alerts_of(inspector) == [late_review]


def test_the_coordinator_is_not_told_of_reviews(late_review, coordinator):
    assert alerts_of(coordinator) == []


def test_another_prison_and_the_system_administrator_are_not_told(late_review, officer2, sysadmin):
    assert alerts_of(officer2) == alerts_of(sysadmin) == []


# The overview


def glance_of(client, user):
    client.force_login(user)
    return client.get("/").context["glance"]


def test_every_number_of_the_overview_that_leads_to_a_list_is_counted_there(client, unit, officer, reviewer):
    make_inmate(unit, by=officer, is_returnee=True, days_ago=400)
    make_inmate(unit, by=officer, days_ago=3)
    Inmate.objects.update(next_review_on=clock.today() - timedelta(days=1))
    glance = glance_of(client, reviewer)
    (here,) = glance.lines
    assert (glance.held.number, glance.returnees.number, here.inside, here.reviews.number) == (2, 1, 2, 2)
    assert (glance.changes["week"].number, glance.changes["year"].number) == (1, 1)
    for figure in (glance.held, glance.returnees, here.reviews, *(people for _tier, people in glance.tiers)):
        assert client.get(figure.url).context["listing"].total == figure.number
    for figure in glance.changes.values():
        flows = client.get(figure.url)
        assert flows.context["held_now"] - flows.context["held_then"] == figure.number


def test_a_director_sees_the_units_of_their_prison_and_counts_nobody_elsewhere(
    client, unit, officer, director, other_prison, officer2
):
    make_inmate(unit, by=officer)
    make_inmate(other_prison.units.get(), by=officer2)
    glance = glance_of(client, director)
    assert glance.held.number == 1
    assert {line.place.facility for line in glance.lines} == {unit.facility}
    assert glance.lines[0].place == unit  # the fullest first
    assert glance.places == 300


def test_who_sees_no_figures_has_no_overview(client, inmate, assessor, sysadmin):
    assert glance_of(client, assessor) is None
    assert glance_of(client, sysadmin) is None


def test_reviewers_see_prisons_and_no_unit(client, inmate, reviewer):
    lines = glance_of(client, reviewer).lines
    assert [line.place for line in lines] == [inmate.facility]
    assert lines[0].releases.number == 0


def test_the_first_page_asks_as_often_for_ten_people_as_for_one(client, unit, officer, inspector):
    def queries():
        with CaptureQueriesContext(connection) as found:
            assert client.get("/").status_code == 200
        return len(found)

    client.force_login(inspector)
    make_inmate(unit, by=officer)
    queries()
    one = queries()
    for _n in range(9):
        make_inmate(unit, by=officer)
    assert queries() == one
