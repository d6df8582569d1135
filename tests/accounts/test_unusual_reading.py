"""The brake on reading: far more records than usual, and why is asked, once a shift, with one key; nothing is blocked."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import unusual_reading
from audit.models import Event
from tests import factories

pytestmark = pytest.mark.usefixtures("clock_of_the_database")

QUESTION = "You are opening more records than usual"


@pytest.fixture
def client(client, officer):
    client.force_login(officer)
    return client


def opened(user, people, *, ago=timedelta(minutes=1), first=1_000_000):
    """Events of so many people's records opened by the user."""
    at = timezone.now() - ago
    Event.objects.bulk_create(
        Event(
            at=at, on=timezone.localdate(at), actor_id=user.pk, actor_name=user.username, verb="inmate.viewed",
            inmate_id=first + n,
        )
        for n in range(people)
    )  # fmt: skip


@pytest.fixture
def busy(officer):
    """The officer opens a hundred records on every day."""
    for days in range(1, 6):
        opened(officer, 100, ago=timedelta(days=days))


def profile(inmate):
    return reverse("profile", args=[inmate.uuid])


def asks(client, inmate):
    """Whether the page after the one that was opened asks."""
    assert client.get(profile(inmate)).status_code == 200
    return QUESTION in client.get(reverse("inmates:list")).content.decode()


def test_one_record_more_than_the_limit_in_ten_minutes_is_asked_about_and_no_page_is_refused(
    client, officer, inmate, busy
):
    opened(officer, 119)
    opened(officer, 100, ago=timedelta(minutes=11), first=4_000_000)
    assert not asks(client, inmate)
    opened(officer, 1, first=2_000_000)
    assert asks(client, inmate)
    assert QUESTION in client.get(profile(inmate)).content.decode()
    asked = Event.objects.get(verb="reading.unusual")
    assert (asked.actor_id, asked.facility_id, asked.detail["lately"]) == (officer.pk, inmate.facility_id, 121)


def test_the_same_record_again_and_lists_count_for_nothing(client, officer, inmate, busy):
    opened(officer, 119)
    for _again in range(3):
        assert not asks(client, inmate)


def test_records_opened_slowly_are_measured_by_ones_own_habit(client, officer, inmate):
    for days in range(1, 8):
        opened(officer, 30, ago=timedelta(days=days))
    opened(officer, 89, ago=timedelta(minutes=11))
    assert not asks(client, inmate)  # 90, three times the usual day
    opened(officer, 1, ago=timedelta(minutes=11), first=2_000_000)
    assert asks(client, inmate)
    assert Event.objects.get(verb="reading.unusual").detail["usual"] == 30


def test_somebody_without_a_habit_may_open_sixty_in_a_day(client, officer, inmate):
    opened(officer, 59, ago=timedelta(minutes=11))
    assert not asks(client, inmate)
    opened(officer, 1, ago=timedelta(minutes=11), first=2_000_000)
    assert asks(client, inmate)


def test_answered_with_a_known_reason_it_asks_no_more_in_this_shift(client, officer, inmate):
    opened(officer, 120)
    assert asks(client, inmate)
    address = reverse("reading_explain")
    assert client.post(address, {"reason": "because"}).status_code == 404
    assert QUESTION in client.get(reverse("inmates:list")).content.decode()
    answer = client.post(address, {"reason": "entries"}, HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.content) == (200, b"")
    assert Event.objects.get(verb="reading.explained").detail == {"reason": "entries"}
    opened(officer, 200, first=3_000_000)
    assert not asks(client, inmate)
    client.logout()
    client.force_login(officer)
    assert not asks(client, inmate)  # the same shift, whatever the session


def test_who_answers_unasked_leaves_no_word_and_no_address_elsewhere_is_gone_to(client):
    answer = client.post(reverse("reading_explain"), {"reason": "entries", "next": "https://example.org/"})
    assert (answer.status_code, answer.url) == (302, "/")
    assert not Event.objects.filter(verb="reading.explained").exists()


def test_the_inspector_sees_who_was_asked_and_what_they_said(client, officer, inspector, inmate, other_prison):
    opened(officer, 120)
    asks(client, inmate)
    client.force_login(inspector)
    assert "Unusual reading in seven days" in client.get("/").content.decode()
    page = client.get(reverse("audit:reading")).content.decode()
    assert "Not answered" in page
    assert officer.username in page
    client.force_login(officer)
    session = client.session
    session[unusual_reading.SESSION_KEY] = True
    session.save()
    client.post(reverse("reading_explain"), {"reason": "commission"})
    client.force_login(inspector)
    assert "Files for a commission" in client.get(reverse("audit:reading")).content.decode()
    elsewhere = factories.make_user("inspector", other_prison, national=False, username="of-toulal")
    client.force_login(elsewhere)
    assert officer.username not in client.get(reverse("audit:reading")).content.decode()
