"""The same person twice: at intake and on the worklist."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import translation

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.duplicates.actions import pairs
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.models import Inmate
from tests import factories

TYPED = {
    "family_name_latin": "Benali",
    "given_name_latin": "Mohammed",
    "birth": "1985",
    "sex": "M",
}


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


# Intake


def test_likely_people_appear_as_cards(client, officer2, earlier):
    """In the whole service, and no more than an identity card."""
    client.force_login(officer2)
    answer = client.post(reverse("inmates:likely"), TYPED)
    page = answer.content.decode()
    assert [match.inmate for match in answer.context["matches"]] == [earlier]
    assert "1985" in page
    assert "Salé 2" in page
    assert earlier.get_absolute_url() + '"' not in page
    assert earlier.registration_number not in page
    assert "BE100037" not in page
    assert "Tier" not in page
    event = Event.objects.get(verb="identity_card.viewed")
    assert (event.inmate_id, event.actor_id) == (earlier.pk, officer2.pk)


def test_nobody_likely(client, officer, earlier):
    client.force_login(officer)
    for typed in ({}, {"family_name_latin": "Benali"}, TYPED | {"birth": "1950"}, {"cin": "\x00", "birth": "x"}):
        assert client.post(reverse("inmates:likely"), typed).context["matches"] == []


def test_the_same_cin_is_found_whatever_the_name(client, officer, earlier):
    client.force_login(officer)
    assert client.post(reverse("inmates:likely"), {"cin": "be 100037"}).context["matches"][0].score == 100


def test_the_door_is_narrow(client, assessor, officer, earlier, monkeypatch):
    client.force_login(assessor)
    assert client.post(reverse("inmates:likely"), TYPED).status_code == 403
    client.force_login(officer)
    assert client.get(reverse("inmates:likely"), TYPED).status_code == 405
    monkeypatch.setattr("inmates.duplicates.views.LOOKS_A_MINUTE", 0)
    answer = client.post(reverse("inmates:likely"), TYPED)
    assert answer.context["matches"] == []
    assert answer.context["too_many"]


def test_someone_else_is_kept_with_who_said_so(officer, earlier, again):
    [found] = pairs.say_someone_else(again, [str(earlier.uuid)], by=officer)
    assert (found.state, found.settled_by) == ("someone_else", officer)
    assert pairs.find(again) == []
    stranger = Inmate.objects.create(family_name_latin="Zerouali", sex="M", sort_key="zerouali")
    assert pairs.say_someone_else(again, [str(stranger.uuid)], by=officer) == []


# The worklist


def test_pairs_are_found_once(officer, earlier, again):
    [found] = pairs.find(again)
    assert (found.first, found.second, found.state) == (earlier, again, "open")
    assert found.score >= 70
    assert found.reasons
    assert pairs.find(again) == []
    assert pairs.find(earlier) == []


def test_the_daily_run_finds_those_who_came(officer, earlier, again):
    assert pairs.find_daily() == 1
    assert pairs.find_daily() == 0
    assert pairs.find_daily(clock.today() + timedelta(days=5)) == 0


def test_worklist_and_its_scope(client, officer, officer2, reviewer, assessor, pair):
    client.force_login(officer)
    assert client.get(reverse("inmates:duplicates")).context["pairs"] == [pair]
    assert client.get(reverse("inmates:pair", args=[pair.pk])).status_code == 200
    client.force_login(officer2)
    assert client.get(reverse("inmates:duplicates")).context["pairs"] == []
    assert client.get(reverse("inmates:pair", args=[pair.pk])).status_code == 404
    client.force_login(reviewer)
    assert client.get(reverse("inmates:duplicates")).context["pairs"] == [pair]
    client.force_login(assessor)
    assert client.get(reverse("inmates:duplicates")).status_code == 403


def test_half_a_pair_elsewhere_shows_its_card_alone(client, officer2, other_prison, pair, earlier):
    Inmate.objects.filter(pk=pair.second_id).update(facility=other_prison, unit=other_prison.units.get())
    client.force_login(officer2)
    page = client.get(reverse("inmates:pair", args=[pair.pk])).content.decode()
    assert pair.second.get_absolute_url() in page
    assert f'"{earlier.get_absolute_url()}"' not in page
    assert "BE100037" not in page


def test_two_people_after_all(client, officer, pair):
    client.force_login(officer)
    client.post(reverse("inmates:pair", args=[pair.pk]), {"act": "someone_else"})
    pair.refresh_from_db()
    assert (pair.state, pair.settled_by) == ("someone_else", officer)
    with pytest.raises(InvalidTransition):
        pairs.settle_someone_else(pair, by=officer)


def test_who_may_not_settle(pair, officer2, director):
    for user in (officer2, director):
        with pytest.raises(PermissionDenied):
            pairs.settle_someone_else(pair, by=user)


def test_two_records_can_be_reported(client, officer, unit, earlier):
    other = factories.make_inmate(unit, by=officer, family_name_latin="Quelconque")
    client.force_login(officer)
    address = reverse("inmates:report_duplicate", args=[earlier.uuid])
    response = client.post(address, {"number": other.registration_number})
    found = PossibleDuplicate.objects.get()
    assert response.url == reverse("inmates:pair", args=[found.pk])
    assert client.post(address, {"number": "no-such"}).url == reverse("inmates:tab_identity", args=[earlier.uuid])
