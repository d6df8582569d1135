"""Whatever is killed while a form is sent: at the latest after one more sending it is recorded once, and said so.

A real server on the test's own database, an admission for each try. At a moment drawn evenly over the length of a request
its worker is killed, its database session is ended, or the browser hangs up; then the same form is sent once more.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection, HTTPException
from random import Random
from threading import Timer
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

import psutil
import psycopg2
import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from inmates.custody.models import Admission
from tests.factories import UnitFactory
from tests.processes import ROOT

TRIES = 200
WAYS = ("worker", "database", "browser")
pytestmark = [
    pytest.mark.long,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif("TEST_CLOCK" in os.environ, reason="the server, a process of its own, goes by the real clock"),
]


class Server:
    """The application's server in processes of its own, with the rights of the application's login."""

    def __init__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        place = urlsplit(os.environ["DATABASE_URL"])
        self.dsn = place._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
        words = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port)]
        words += ["--workers", "1", "--blocking-threads", "4", "--respawn-failed-workers", "--respawn-interval", "0.1"]
        self.words = [sys.executable, *words, "--no-access-log", "--log-level", "critical", "config.wsgi:application"]
        self.start()

    def start(self):
        """As the unit of a real service does, also again: workers killed one soon after the other end the server."""
        env = {key: value for key, value in os.environ.items() if not key.startswith("PYTEST_")}
        self.process = subprocess.Popen(
            self.words,
            cwd=ROOT,
            env=env | {"DATABASE_URL": self.dsn, "DATABASE_ROLE": ""},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def ask(self, method, address, body=None, cookies="", *, hang_up=None):
        """`(status, location, text)`; None where no whole answer came. `hang_up`: after so many seconds."""
        asked = HTTPConnection("127.0.0.1", self.port, timeout=30)
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
        try:
            asked.request(method, address, body, headers)
            if hang_up is not None:
                asked.sock.settimeout(max(hang_up, 0.001))
            answer = asked.getresponse()
            return answer.status, answer.headers.get("Location", ""), answer.read().decode()
        except (OSError, HTTPException):
            return None
        finally:
            asked.close()

    def wait(self):
        """Until it answers."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            if self.process.poll() is not None:
                self.start()
            if (answer := self.ask("GET", "/healthz")) and answer[0] == 200:
                return
            time.sleep(0.02)
        raise AssertionError("The server did not come back within a minute.")

    def kill_worker(self):
        """As the system does when memory runs out."""
        for worker in psutil.Process(self.process.pid).children():
            worker.send_signal(signal.SIGKILL)

    def end_database_sessions(self):
        """As an administrator, or a database that goes away; of the application's login alone."""
        with psycopg2.connect(self.dsn) as admin, admin.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()"
            )
        admin.close()

    def stop(self):
        """End it with its workers."""
        for process in [*psutil.Process(self.process.pid).children(recursive=True), self.process]:
            process.kill()
        self.process.wait(20)


@pytest.fixture
def server():
    started = Server()
    try:
        started.wait()
        yield started
    finally:
        started.stop()


@pytest.fixture
def signed_in(officer):
    """The cookies of a browser in which an officer is signed in."""
    browser = Client()
    browser.force_login(officer)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())


def new_form(server, cookies, unit, number):
    """A filled-in admission, with the tokens of a page just opened; and the cookies that go with it."""
    reached = HTTPConnection("127.0.0.1", server.port, timeout=30)
    reached.request("GET", reverse("inmates:new"), headers={"Cookie": cookies})
    answer = reached.getresponse()
    page = answer.read().decode()
    given = [value.split(";")[0] for name, value in answer.getheaders() if name.lower() == "set-cookie"]
    reached.close()
    form = {
        "csrfmiddlewaretoken": re.search('name="csrfmiddlewaretoken" value="([^"]+)"', page)[1],
        "token": str(uuid4()), "kind": "arrest", "authority": "CA Rabat", "reference": f"M-{number}",
        "issued_on": f"{clock.today():%d/%m/%Y}", "expires_on": "", "legal_status": "remand",
        "registration_number": number, "unit": unit.pk, "court": "Rabat", "number": f"{number}/26",
        "admitted_at": f"{timezone.localtime(clock.now()):%d/%m/%Y %H:%M}",
        **names(number), "sex": "M", "birth": str(1940 + int(number) % 60), "nationality": "MA",
    }  # fmt: skip
    return urlencode(form), "; ".join([cookies, *given])


def names(number):
    """Names that resemble nobody else's."""
    chance = Random(number)
    latin, arabic = (
        ["".join(chance.choices(letters, k=9)).capitalize() for _part in range(2)]
        for letters in ("abdefghiklmnorstuwyz", "بتجدرزسشصطعفقكلمنهي")
    )
    parts = {"family_name_latin": latin[0], "given_name_latin": latin[1]}
    return parts | {"family_name_ar": arabic[0], "given_name_ar": arabic[1]}


def recorded(number):
    """How many admissions, and how many events of them, the database has under a number."""
    stays = Admission.objects.filter(registration_numbers__number=number)
    told = Event.objects.filter(verb="inmate.admitted", inmate_id__in=stays.values("inmate"))
    return stays.count(), told.count()


def test_recorded_once_and_said_so_whatever_was_killed(server, signed_in, prison):
    unit = UnitFactory(facility=prison, name="arrivals", certified_capacity=TRIES + 9, working_capacity=TRIES + 9)
    address = reverse("inmates:new")
    lengths = []
    for n in range(3):  # how long one takes when nothing happens
        body, cookies = new_form(server, signed_in, unit, f"9{n:03}")
        began = time.monotonic()
        status, _location, text = server.ask("POST", address, body, cookies)
        assert (status, recorded(f"9{n:03}")) == (302, (1, 1)), text[:2000]
        lengths.append(time.monotonic() - began)
    length, wrong, ends = sorted(lengths)[1], [], []
    for n in range(TRIES):
        number, way = f"1{n:03}", WAYS[n % len(WAYS)]
        moment = length * 1.2 * (n + 0.5) / TRIES
        body, cookies = new_form(server, signed_in, unit, number)
        killer = Timer(moment, {"worker": server.kill_worker, "database": server.end_database_sessions}.get(way, int))
        killer.start()
        first = server.ask("POST", address, body, cookies, hang_up=moment if way == "browser" else None)
        killer.join()
        server.wait()
        if first is not None and first[0] == 302:
            ends.append("at once")
            answer = first
        else:
            ends.append(f"{way}: {first and first[0]}")
            answer = server.ask("POST", address, body, cookies)
        page = server.ask("GET", answer[1], cookies=cookies) if answer and answer[0] == 302 else None
        said = page is not None and page[0] == 200 and names(number)["family_name_latin"].upper() in page[2]
        if recorded(number) != (1, 1) or not said:
            wrong.append(
                (number, way, round(moment / length, 2), first and first[0], answer and answer[:2], recorded(number))
            )
    assert wrong == []
    assert len(set(ends)) > 2, ends  # some were cut off, and some were not
