"""The demo is loaded whole or not at all: marked at the end, started over where it was cut short, one loading at a time."""

import threading
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError, connection

from audit import trail
from audit.models import Event
from demo import loading
from demo.management.commands import load_demo
from tests import factories


@pytest.fixture
def begun(db):
    """What a loading that was killed leaves: it began, and some of it is there."""
    trail.record("demo.begun", by=None, detail={})
    return factories.FacilityFactory(code="sale-2")


@pytest.mark.parametrize("options", [[], ["--if-empty"]])
def test_one_that_was_cut_short_is_not_taken_for_loaded(begun, options):
    assert loading.cut_short()
    with pytest.raises(CommandError, match="cut short") as refused:
        call_command("load_demo", *options)
    assert refused.value.returncode == load_demo.CUT_SHORT


def test_one_that_came_to_its_end_is(begun, settings):
    trail.record("demo.loaded", by=None, detail={})
    assert not loading.cut_short()
    out = StringIO()
    call_command("load_demo", "--if-empty", stdout=out)
    assert "Password of every demo account" in out.getvalue()


def test_the_mark_comes_last_and_nothing_is_marked_that_fails(db, monkeypatch):
    def no_room(*_arguments):
        raise OperationalError("could not extend file: No space left on device\nHINT: Check free disk space.")

    monkeypatch.setattr(loading, "_foundations", lambda *_arguments: None)
    monkeypatch.setattr(loading, "_enter", no_room)
    with pytest.raises(CommandError, match=r"ended early: could not extend file: No space left on device$"):
        call_command("load_demo", "--quick", stdout=StringIO())
    assert not Event.objects.filter(verb="demo.loaded").exists()


@pytest.mark.django_db(transaction=True)
def test_a_second_loading_waits_for_the_first(begun):
    """Another connection holds the lock: the command says so and goes on once it is free."""
    held, done, said = threading.Event(), threading.Event(), StringIO()

    def other():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [load_demo.LOCK])
        held.set()
        done.wait(30)
        connection.close()

    class Told(StringIO):
        def write(self, text):
            said.write(text)
            done.set()
            return len(text)

    thread = threading.Thread(target=other)
    thread.start()
    assert held.wait(30)
    try:
        with pytest.raises(CommandError, match="cut short"):
            call_command("load_demo", stderr=Told())
    finally:
        done.set()
        thread.join()
    assert "waiting for it" in said.getvalue()
