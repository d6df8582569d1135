"""Every sight is in the trail: pages by what they call themselves or by their address, with the people they name."""

import pytest
from django.test import Client
from django.urls import reverse

from audit import sight, trail
from audit.models import Event
from tests import factories


@pytest.fixture
def client(officer):
    """Signed in as the officer."""
    client = Client()
    client.force_login(officer)
    return client


def last():
    """The newest event."""
    return Event.objects.order_by("-id").first()


def test_a_page_without_a_word_of_its_own_is_recorded_by_its_address(client, inmate):
    address = reverse("inmates:edit", args=[inmate.uuid])
    assert client.get(address).status_code == 200
    assert (last().verb, last().inmate_id, last().detail["path"]) == ("page.viewed", inmate.pk, address)


def test_a_list_names_everybody_on_it(client, inmate, unit, officer):
    others = [factories.make_inmate(unit, by=officer) for _n in range(3)]
    client.get(reverse("inmates:list"))
    assert last().verb == "list.viewed"
    assert set(last().detail["named"]) == {inmate.pk, *(other.pk for other in others)}


def test_what_was_refused_was_not_seen(client, inmate, officer2):
    stranger = Client()
    stranger.force_login(officer2)
    assert stranger.get(reverse("profile", args=[inmate.uuid])).status_code == 404
    assert (last().verb, last().actor_id, last().inmate_id) == ("refused.elsewhere", officer2.pk, inmate.pk)
    assert not Event.objects.filter(actor_id=officer2.pk, verb__endswith=".viewed").exists()


def test_an_address_that_leads_nowhere_is_no_refusal(client, inmate):
    before = Event.objects.count()
    assert client.get(reverse("profile", args=["00000000-0000-4000-8000-000000000000"])).status_code == 404
    assert client.get("/nowhere/").status_code == 404
    assert Event.objects.count() == before


def test_a_form_without_its_token_is_recorded(officer, inmate):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(officer)
    assert strict.post(reverse("inmates:edit", args=[inmate.uuid]), {}).status_code == 403
    assert (last().verb, last().actor_id) == ("refused.token", officer.pk)


def test_a_stranger_without_a_token_writes_nothing(db):
    before = Event.objects.count()
    assert Client(enforce_csrf_checks=True).post(reverse("account_login"), {}).status_code == 403
    assert Event.objects.count() == before


def test_the_admin_is_recorded_too(sysadmin, prison):
    admin = Client()
    admin.force_login(sysadmin)
    address = reverse("admin:facilities_facility_change", args=[prison.pk])
    assert admin.get(address).status_code == 200
    assert (last().verb, last().detail["path"]) == ("page.viewed", address)


def test_outside_of_a_request_a_look_is_written_at_once(officer, inmate):
    trail.viewed("inmate", by=officer, inmate=inmate)
    assert (last().verb, last().inmate_id) == ("inmate.viewed", inmate.pk)
    sight.named(inmate)  # nobody is watching
    with sight.watching() as seen:
        assert inmate.name
        sight.named(factories.Inmate())  # not on the register yet
        assert seen.people == {inmate.pk}
        trail.viewed("inmate", by=officer, inmate=inmate)
        assert len(seen.views) == 1
    assert Event.objects.filter(verb="inmate.viewed").count() == 1
