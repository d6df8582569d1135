"""Away from the desk, at the end of the shift, and back again: nothing is done meanwhile, and nothing typed is lost."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions import kept_forms
from accounts.models import KeptForm, Permanence
from audit.models import Event
from inmates.roll_counts.models import RollCount
from tests import factories
from tests.accounts.soft_key import SoftKey
from tests.accounts.test_second_factor import PASSWORD, sign_in, with_password

MINUTE, HOUR = 60, 3600
LOCKED = "/accounts/locked/"


def later(client, seconds, *, still_there=False):
    """So much later: the session's moments move back, `seen` too unless the person was still there."""
    session = client.session
    moved = {name: session["presence"][name] - seconds for name in ("began", "seen", "confirmed")}
    if still_there:
        moved["seen"] = time.time()
    session["presence"] = session["presence"] | moved
    for record in session.get("account_authentication_methods", []):
        record["at"] -= seconds
    session.save()


@pytest.fixture
def client(officer):
    """The officer, signed in with the password."""
    client, _led_to = sign_in(with_password(officer))
    client.get("/")
    return client


@pytest.fixture
def naming(director):
    """The director, with the form of a permanence before them."""
    client, _led_to = sign_in(with_password(director))
    client.get(reverse("permanence_new"))
    return client


def form(prison, user):
    """A permanence, as typed."""
    return {
        "csrfmiddlewaretoken": "x",
        "facility": prison.pk,
        "role": "director",
        "user": user.pk,
        "ends_at": (factories.clock.now() + factories.timedelta(hours=8)).strftime("%d/%m/%Y %H:%M"),
        "reason": "The director is at the hospital tonight",
    }


def unlock(client, page, password=PASSWORD):
    """Type the password on the lock page."""
    return client.post(LOCKED, {"who_password": password, "next": page})


def test_fifteen_minutes_lock_the_screen_and_the_password_opens_the_same_page(client, officer):
    later(client, 14 * MINUTE)
    assert client.get("/inmates/").status_code == 200
    later(client, 16 * MINUTE)
    answer = client.get("/inmates/?status=held")
    assert answer["Location"] == f"{LOCKED}?next=%2Finmates%2F%3Fstatus%3Dheld"
    page = client.get(answer["Location"]).content.decode()
    assert "data-search" not in page
    assert 'class="top-nav"' not in page
    assert client.get("/")["Location"].startswith(LOCKED)
    assert unlock(client, "/inmates/?status=held", "wrong").status_code == 422
    assert client.get("/")["Location"].startswith(LOCKED)
    assert unlock(client, "/inmates/?status=held")["Location"] == "/inmates/?status=held"
    assert client.get("/").status_code == 200
    verbs = Event.objects.filter(actor_id=officer.pk, verb__startswith="session.").order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["session.opened", "session.locked", "session.unlocked"]
    assert Event.objects.filter(verb="refused.session.opened", actor_id=officer.pk).count() == 1


def test_a_key_unlocks_too_and_a_stranger_s_does_not(officer):
    client, _led_to = sign_in(with_password(officer))
    client.get("/")
    key = SoftKey()
    key.given_to(officer)
    for held, opens in ((SoftKey(), False), (key, True)):
        later(client, 16 * MINUTE)
        options = client.get(LOCKED).context["js_data"]["request_options"]
        client.post(LOCKED, {"who_credential": json.dumps(held.answer_sign_in(options)), "next": "/"})
        assert (client.get("/").status_code == 200) is opens


def test_the_screen_is_locked_by_hand(client):
    assert client.post(reverse("lock"))["Location"] == LOCKED
    assert client.get("/")["Location"].startswith(LOCKED)
    assert unlock(client, "https://elsewhere.example/")["Location"] == "/"


def test_a_part_of_a_page_asks_for_the_whole_page_again(client):
    later(client, 16 * MINUTE)
    answer = client.post("/inmates/search/hits/", {"q": "Alami"}, headers={"HX-Request": "true"})
    assert (answer.status_code, answer["HX-Refresh"]) == (204, "true")
    assert not KeptForm.objects.exists()


def test_what_was_typed_is_kept_and_sent_by_its_writer(naming, prison, officer, director):
    later(naming, 16 * MINUTE)
    page = reverse("permanence_new")
    answer = naming.post(page, form(prison, officer))
    assert not Permanence.objects.exists()
    kept = KeptForm.objects.get()
    then = reverse("account_kept_form", args=[kept.uuid])
    assert answer["Location"] == f"{LOCKED}?next={then.replace('/', '%2F')}"
    assert "hospital" not in kept.sealed
    assert "hospital" not in naming.get(answer["Location"]).content.decode()
    assert naming.get(then)["Location"].startswith(LOCKED)
    assert unlock(naming, then)["Location"] == then
    assert "The director is at the hospital tonight" in naming.get(then).content.decode()
    stranger, _led_to = sign_in(with_password(officer))
    assert stranger.get(then).status_code == 404
    fields, _files = kept_forms.opened(kept)
    again = dict(fields) | {"kept_form": str(kept.uuid)}
    assert naming.post(page, again)["Location"] == reverse("permanences")
    assert Permanence.objects.get().user == officer
    assert not KeptForm.objects.exists()
    assert naming.get(then).status_code == 404


def test_a_kept_form_is_thrown_away_by_its_writer_alone(naming, prison, officer, client):
    later(naming, 16 * MINUTE)
    naming.post(reverse("permanence_new"), form(prison, officer))
    then = reverse("account_kept_form", args=[KeptForm.objects.get().uuid])
    assert client.post(then).status_code == 404
    unlock(naming, then)
    assert "Forms kept for you" in naming.get("/").content.decode()
    assert naming.get(reverse("kept_forms"))["Location"] == then
    assert naming.post(then).status_code == 302
    assert not KeptForm.objects.exists()


def test_passwords_are_never_kept(client):
    later(client, 16 * MINUTE)
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": "a-new-word-at-the-river-8"})
    assert not KeptForm.objects.exists()


def test_a_colleague_takes_over_and_what_was_typed_stays_with_its_writer(naming, prison, officer, director):
    with_password(officer)
    later(naming, 16 * MINUTE)
    naming.post(reverse("permanence_new"), form(prison, officer))
    then = reverse("account_kept_form", args=[KeptForm.objects.get().uuid])
    old = naming.session.session_key
    assert naming.post(LOCKED, {"login": "officer", "password": "wrong"}).status_code == 422
    assert naming.get("/")["Location"].startswith(LOCKED)
    assert naming.post(LOCKED, {"login": "officer", "password": PASSWORD})["Location"] == "/"
    assert naming.get("/").wsgi_request.user == officer
    assert naming.session.session_key != old
    assert naming.get(then).status_code == 404
    assert Event.objects.filter(verb="session.closed", actor_id=director.pk).count() == 1
    back, _led_to = sign_in(director)
    assert back.get(then).status_code == 200


def test_an_open_roll_count_locks_after_an_hour(client, prison, inmate):
    count = f"/facilities/{prison.code}/roll/new/"
    assert client.get(count).status_code == 200
    later(client, 50 * MINUTE)
    assert client.get(count).status_code == 200
    later(client, 61 * MINUTE)
    assert client.post(count, {"explanation": "One at the hospital"})["Location"].startswith(LOCKED)
    assert not RollCount.objects.exists()


def test_another_page_ends_the_longer_time_of_a_count(client, prison):
    client.get(f"/facilities/{prison.code}/roll/new/")
    client.get("/")
    later(client, 50 * MINUTE)
    assert client.get("/")["Location"].startswith(LOCKED)


def test_typing_counts_as_being_there(client):
    later(client, 14 * MINUTE)
    assert client.post(reverse("present")).status_code == 204
    later(client, 14 * MINUTE)
    assert client.get("/").status_code == 200


def test_after_thirteen_hours_no_page_opens(client, officer):
    later(client, 13 * HOUR - MINUTE, still_there=True)
    assert client.get("/").status_code == 200
    later(client, 2 * MINUTE, still_there=True)
    assert client.get("/inmates/")["Location"] == "/accounts/login/?next=%2Finmates%2F"
    assert "lasted as long as any may" in client.get("/accounts/login/").content.decode()
    assert Event.objects.filter(verb="session.ended", actor_id=officer.pk).count() == 1


def test_an_act_that_was_begun_is_ended_after_thirteen_hours(naming, prison, officer):
    later(naming, 13 * HOUR + 5 * MINUTE)
    session = naming.session
    session["presence"] = session["presence"] | {"seen": time.time() - 10 * MINUTE}
    session.save()
    who = {"who_password": PASSWORD, "who_credential": ""}
    answer = naming.post(reverse("permanence_new"), form(prison, officer) | who)
    assert answer["Location"] == reverse("permanences")
    assert Permanence.objects.count() == 1
    assert naming.get(answer["Location"])["Location"].startswith("/accounts/login/")


def test_what_comes_later_still_is_kept_until_the_next_sign_in(naming, prison, officer, director):
    later(naming, 13 * HOUR + 20 * MINUTE)
    answer = naming.post(reverse("permanence_new"), form(prison, officer))
    then = reverse("account_kept_form", args=[KeptForm.objects.get().uuid])
    assert not Permanence.objects.exists()
    assert answer["Location"] == f"/accounts/login/?next={then.replace('/', '%2F')}"
    signed = naming.post(reverse("account_login"), {"login": "director", "password": PASSWORD, "next": then})
    assert signed["Location"] == then
    assert naming.get(then).status_code == 200


def test_a_session_by_night_code_is_one_shift_long(client):
    session = client.session
    session["night_until"] = time.time() - 1
    session.save()
    assert client.get("/")["Location"].startswith("/accounts/login/")


def test_what_is_kept_is_kept_for_a_week_and_twenty_at_most(officer):
    for n in range(25):
        kept_forms.keep(path=f"/{n}/", fields=[["reason", ["words"]]], files=[], by=officer)
    assert KeptForm.objects.count() == 20
    assert kept_forms.keep(path="/", fields=[["reason", [" "]]], files=[], by=officer) is None
    assert kept_forms.keep(path="/", fields=[["reason", ["x" * 600_000]]], files=[], by=officer) is None
    KeptForm.objects.update(kept_at=factories.clock.now() - factories.timedelta(days=8))
    assert not KeptForm.objects.of(officer).exists()


def test_nobody_is_asked_twice_on_a_first_visit(officer):
    client = Client()
    client.force_login(officer)
    assert client.get("/").status_code == 200
    assert client.session["presence"]["locked"] is False
