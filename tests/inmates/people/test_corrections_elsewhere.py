"""A correction that waits is confirmed by any authorised person in the country, who reads that one page and no other."""

import pytest
from django.urls import reverse

from accounts import roles
from audit.models import Event
from inmates.people.actions import corrections
from inmates.people.corrections import find
from inmates.people.models import Correction
from tests.application_rights import rewriting
from tests.factories import make_user


@pytest.fixture
def waiting(inmate, officer):
    """A term of somebody in `sale-2`, to be four years and not five."""
    return corrections.correct(
        find("sentence"), inmate.sentences.get(), {"years": "4"}, why="Copied wrong from the judgment",
        paper="Judgment 7", by=officer,
    )  # fmt: skip


def address(name, *args):
    return reverse(f"inmates:{name}", args=args)


def test_a_director_elsewhere_sees_what_waits_reads_that_page_and_confirms(client, waiting, inmate, director2):
    client.force_login(director2)
    worklist = client.get(reverse("today")).content.decode()
    assert "Corrections to confirm" in worklist
    listed = client.get(address("corrections")).content.decode()
    assert inmate.name_latin in listed
    assert inmate.registration_number in listed
    assert inmate.get_absolute_url() not in listed
    page = client.get(address("correction", waiting.uuid)).content.decode()
    for words in (inmate.name_latin, inmate.name_ar, inmate.registration_number, ">5<", ">4<", "Judgment 7"):
        assert words in page
    assert str(inmate.uuid) not in page
    assert client.post(address("correction_confirm", waiting.uuid)).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.confirmed_by) == ("done", director2)
    assert client.get(address("correction", waiting.uuid)).status_code == 200  # what one answered stays readable
    written = Event.objects.about(inmate).filter(actor_id=director2.pk).values_list("verb", flat=True)
    assert {"correction.viewed", "correction.confirmed"} <= set(written)


def test_a_director_elsewhere_may_refuse_it_with_a_reason(client, waiting, inmate, director2):
    client.force_login(director2)
    url = address("correction_refuse", waiting.uuid)
    assert client.post(url, {"reason": " "}).status_code == 422
    assert client.post(url, {"reason": "The judgment says five"}).status_code == 302
    waiting.refresh_from_db()
    assert (waiting.state, waiting.confirmed_by, inmate.sentences.get().years) == ("refused", director2, 5)


def test_every_other_page_of_that_person_stays_closed(client, waiting, inmate, director2):
    client.force_login(director2)
    of_person = ("tab_custody", "tab_corrections", "tab_identity", "tab_conduct", "history", "release")
    for name in of_person:
        assert client.get(address(name, inmate.uuid)).status_code == 404, name
    assert client.get(inmate.get_absolute_url()).status_code == 404
    assert client.get(address("correction_decide", waiting.uuid)).status_code == 404
    assert inmate.name_latin not in client.get(address("list")).content.decode()


def test_who_may_not_confirm_elsewhere_sees_nothing_and_what_is_settled_is_not_shown(
    client, waiting, inmate, officer, officer2, other_prison, director, director2
):
    for user in (officer2, make_user(roles.ASSESSOR, other_prison)):
        client.force_login(user)
        assert client.get(address("correction", waiting.uuid)).status_code == 404
        assert inmate.name_latin not in client.get(address("corrections")).content.decode()
        assert client.post(address("correction_confirm", waiting.uuid)).status_code == 403
    at_once = corrections.correct(
        find("case"), inmate.cases.get(), {"number": "99/2610"}, why="Copied wrong from the file", paper="File 9",
        by=officer,
    )  # fmt: skip
    corrections.confirm(waiting, by=director)
    client.force_login(director2)
    for one in (at_once, waiting):
        assert client.get(address("correction", one.uuid)).status_code == 404
    assert set(Correction.objects.visible_to(director)) == {at_once, waiting}
    assert not Correction.objects.visible_to(director2)


def test_whoever_made_it_does_not_confirm_it_from_another_prison_either(client, waiting, officer, director2):
    with rewriting():
        Correction.objects.filter(pk=waiting.pk).update(made_by=director2)
    client.force_login(director2)
    assert client.post(address("correction_confirm", waiting.uuid)).status_code == 403
    waiting.refresh_from_db()
    assert waiting.state == "proposed"
