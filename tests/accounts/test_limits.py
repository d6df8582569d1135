"""Guessing is slowed down and told; nobody is shut out by somebody else's guesses."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts import failures, limits
from audit.models import Event
from tests.accounts.test_second_factor import PASSWORD, with_password

pytestmark = pytest.mark.usefixtures("clock_of_the_database")

PRISON, ELSEWHERE = "192.0.2.7", "198.51.100.9"


@pytest.fixture(autouse=True)
def _soon(settings):
    settings.SIGN_IN_FREE_TRIES = {"name_at_desk": 3, "desk": 6, "name": 4}


def attempt(name, password=PASSWORD, *, address=PRISON, client=None):
    """One try; whether it opened the service, and the page."""
    client = client or Client()
    answer = client.post(
        reverse("account_login"),
        {"login": name, "password": password},
        REMOTE_ADDR=address,
        headers={"Accept-Language": "en"},
    )
    return answer.status_code == 302, answer.content.decode()


@pytest.fixture
def clock(monkeypatch):
    """A clock that stands until it is moved."""
    moment = {"now": 1_800_000_000.0}
    monkeypatch.setattr(limits.time, "time", lambda: moment["now"])

    def move(seconds):
        moment["now"] += seconds

    return move


def test_after_some_tries_the_next_one_waits_seconds_and_the_right_password_opens(officer, clock):
    with_password(officer)
    for _n in range(3):
        assert not attempt("officer", "wrong")[0]
    opened, page = attempt("officer")
    assert not opened
    assert "Seconds to wait before the next one: 2" in page
    last = Event.objects.filter(verb="refused.session.opened").latest("id")
    assert last.detail == {"tried": "officer", "address": PRISON, "waits": 2}
    clock(3)
    assert attempt("officer")[0]
    assert attempt("officer")[0]


def test_the_wait_grows_and_ends_at_its_longest(officer, clock, settings):
    with_password(officer)
    for _n in range(14):
        clock(settings.SIGN_IN_LONGEST_WAIT + 1)
        attempt("officer", "wrong")
    assert "Seconds to wait before the next one: 31" in attempt("officer")[1]
    clock(settings.SIGN_IN_LONGEST_WAIT + 1)
    assert attempt("officer")[0]


def test_guessing_elsewhere_shuts_nobody_out_at_their_desk(officer, clock):
    with_password(officer)
    desk = Client()
    assert attempt("officer", client=desk)[0]
    desk.post(reverse("account_logout"))
    for _n in range(20):
        attempt("officer", "wrong", address=ELSEWHERE)
    assert not attempt("officer", address=ELSEWHERE)[0]
    assert attempt("officer", client=desk)[0]


def test_guessing_behind_the_prisons_address_shuts_no_desk_out(officer, director, clock):
    with_password(officer)
    desk = Client()
    assert attempt("officer", client=desk)[0]
    desk.post(reverse("account_logout"))
    with_password(director)
    for n in range(20):
        attempt(f"nobody-{n}", "wrong")
    assert not attempt("director")[0]
    assert attempt("director", client=desk)[0]


def test_a_desk_is_slowed_down_by_its_own_guesses(officer, director, clock):
    with_password(officer)
    desk = Client()
    assert attempt("officer", client=desk)[0]
    desk.post(reverse("account_logout"))
    with_password(director)
    for _n in range(3):
        attempt("director", "wrong", client=desk)
    assert not attempt("director", client=desk)[0]
    assert attempt("officer", client=desk)[0]


def test_a_cookie_that_was_made_up_is_no_desk(officer, clock, settings):
    forged = Client()
    forged.cookies[settings.DESK_COOKIE_NAME] = "my-desk:forged"
    with_password(officer)
    for n in range(6):
        attempt(f"nobody-{n}", "wrong")
    assert not attempt("officer", client=forged)[0]


def test_many_failures_are_told_to_administrators_and_inspectors(officer, sysadmin, inspector, signed_in, clock):
    for n in range(failures.MANY - 1):
        attempt(f"nobody-{n % 3}", "wrong", address=ELSEWHERE)
    told = "Failed sign-ins in 24 hours"
    assert told not in signed_in(sysadmin).get("/").content.decode()
    attempt("officer", "wrong", address=PRISON)
    for user in (sysadmin, inspector):
        assert told in signed_in(user).get("/").content.decode()
    page = signed_in(sysadmin).get(reverse("failed_sign_ins")).content.decode()
    assert "nobody-0" in page
    assert ELSEWHERE in page
    assert signed_in(officer).get(reverse("failed_sign_ins")).status_code == 403


@pytest.mark.parametrize("named", ["DESK_COOKIE_NAME", "LANGUAGE_COOKIE_NAME"])
def test_a_browser_takes_the_cookies_of_a_real_service(officer, settings, named):
    """With a `__Host-` it takes only what is secure, of the whole host and of no domain."""
    settings.SESSION_COOKIE_SECURE = True
    setattr(settings, named, "__Host-this")
    with_password(officer)
    client = Client()
    client.post(reverse("account_login"), {"login": "officer", "password": PASSWORD}, secure=True)
    client.post(reverse("language"), {"language": "fr"}, secure=True)
    cookie = client.cookies["__Host-this"]
    assert (cookie["secure"], cookie["httponly"], cookie["path"], cookie["domain"]) == (True, True, "/", "")
    assert cookie["samesite"] == "Lax"
