"""A record of another prison in an emergency: one page, one hour, with a reason, and three who are told until they answer."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from core.sayings import read
from core.workflow import InvalidTransition
from inmates.people.actions import alerts, emergency
from inmates.people.models import EmergencyAccess
from tests import factories

WHY = "Brought to our gate by the ambulance, unconscious"


@pytest.fixture
def theirs(other_prison, officer2):
    """Somebody held in the other prison."""
    return factories.make_inmate(other_prison.units.get(), by=officer2, number="T-77", cin="AB123456")


def opened(theirs, officer, **fields):
    return emergency.open_record(fields.pop("number", "t-77"), **{"reason": WHY, "by": officer} | fields)


def page(access, name="emergency_record"):
    return reverse(f"inmates:{name}", args=[access.uuid])


@pytest.mark.parametrize("number", ["T-77", " t-77 ", "AB123456", "ab 123456"])
def test_a_whole_number_and_a_reason_open_one_page_for_an_hour(client, theirs, officer, number):
    client.force_login(officer)
    answer = client.post(reverse("inmates:emergency"), {"number": number, "reason": WHY})
    access = EmergencyAccess.objects.get()
    assert (answer.status_code, answer.url) == (302, page(access))
    assert theirs.family_name_latin.upper() in client.get(answer.url).content.decode()
    event = Event.objects.get(verb="inmate.opened_in_emergency")
    assert (event.inmate_id, event.actor_id, event.detail["reason"]) == (theirs.pk, officer.pk, WHY)
    assert Event.objects.filter(verb="emergency_record.viewed", inmate_id=theirs.pk).exists()
    for minutes, status in ((59, 200), (1, 404)):
        passed = timedelta(minutes=minutes)
        EmergencyAccess.objects.update(opened_at=F("opened_at") - passed, closes_at=F("closes_at") - passed)
        assert client.get(answer.url).status_code == status


def test_nothing_else_of_the_record_opens_and_nobody_else_may_use_it(client, theirs, officer, director):
    access = opened(theirs, officer)
    client.force_login(officer)
    for name in (
        "profile",
        "timeline",
        "inmates:tab_custody",
        "inmates:tab_identity",
        "inmates:edit",
        "inmates:release",
    ):
        assert client.get(reverse(name, args=[theirs.uuid])).status_code == 404
    assert theirs.family_name_latin not in client.get(reverse("inmates:list")).content.decode()
    client.force_login(director)
    assert client.get(page(access)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"reason": "urgent"}, "reason"), ({"number": "T-7"}, "number"), ({"number": "AB12345"}, "number")],
)
def test_half_a_number_finds_nobody_and_a_reason_says_something(client, theirs, officer, fields, field):
    client.force_login(officer)
    answer = client.post(reverse("inmates:emergency"), {"number": "T-77", "reason": WHY} | fields)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not EmergencyAccess.objects.exists()
    assert Event.objects.filter(verb="refused.emergency").exists() == (field == "number")


def test_who_is_in_scope_needs_none_and_who_may_read_all_or_nothing_gets_none(
    inmate, theirs, officer, reviewer, sysadmin
):
    with pytest.raises(ValidationError, match="open to you anyway"):
        opened(theirs, officer, number=inmate.registration_number)
    for user in (reviewer, sysadmin):
        with pytest.raises(PermissionDenied):
            opened(theirs, user)


def test_one_number_of_two_prisons_asks_which(theirs, unit, officer, officer2, director2):
    third = factories.UnitFactory(facility=factories.FacilityFactory(code="ain-2"))
    factories.make_inmate(third, by=factories.make_user("records officer", third.facility), number="T-77")
    with pytest.raises(ValidationError) as refusal:
        opened(theirs, officer)
    assert list(refusal.value.message_dict) == ["prison"]
    assert opened(theirs, officer, prison=theirs.facility).inmate == theirs


def test_director_and_inspector_are_told_until_each_has_answered_and_nobody_answers_for_themselves(
    theirs, officer, director, inspector, reviewer, officer2, director2
):
    access = opened(theirs, officer)

    def told(user):
        return list(alerts.waiting_for(user).filter(kind="opened_elsewhere"))

    assert [len(told(user)) for user in (director, inspector, reviewer)] == [1, 1, 1]
    assert [len(told(user)) for user in (officer, officer2, director2)] == [0, 0, 0]
    assert WHY in told(director)[0].text
    assert f"at {timezone.localtime(access.closes_at):%H:%M}" in told(director)[0].text
    alerts.acknowledge(told(director)[0], by=director)
    assert [len(told(user)) for user in (director, inspector)] == [0, 1]
    alerts.acknowledge(told(inspector)[0], by=inspector)
    assert told(inspector) == []
    own = opened(theirs, director)
    assert [one.reference for one in told(director)] == []
    assert [one.reference for one in told(inspector)] == [str(own.pk)]
    waiting = told(inspector)[0].__class__.objects.get(reference=str(own.pk), audience="prison")
    with pytest.raises(InvalidTransition):
        alerts.acknowledge(waiting, by=director)
    assert access != own


@pytest.mark.parametrize(
    "wrong",
    [
        {"reason": "because"},
        {"reason": " " * 30},
        {"closes_at": clock.now() + timedelta(hours=9)},
        {"closes_at": clock.now() - timedelta(hours=9)},
    ],
)
def test_the_database_keeps_the_hour_and_the_reason(theirs, officer, wrong):
    access = opened(theirs, officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        EmergencyAccess.objects.filter(pk=access.pk).update(**wrong)


def test_an_alert_that_kept_no_moment_makes_none_up():
    said = [
        {
            "code": "people.opened_elsewhere",
            "params": {"user": "Samira", "until": {"moment": "2026-11-26T05:00:00+00:00"}},
        }
    ]
    assert read(said) == "Samira opened this record, until … at …. Reason given:"
