"""The first page shows the alerts that are meant for its reader, and no others."""

import pytest
from django.test import Client

from inmates.people.models import Alert


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
