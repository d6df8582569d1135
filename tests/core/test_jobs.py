"""The service's own jobs: one at a time, an error in one part stops no other, and what was not done in time is an alarm."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, connection, transaction
from django.utils import timezone

from core import jobs
from core.models import Run
from inmates.custody import daily as custody
from inmates.duplicates import daily as duplicates

pytestmark = pytest.mark.django_db


def broken():
    raise ValueError("the record of Omar Tazi")


def test_what_fails_is_named_without_values_and_the_rest_is_done():
    done, failed = jobs.run_all("daily", {"first": broken, "second": lambda: {"n": 1}})
    assert done == {"second": {"n": 1}}
    assert failed["first"].endswith("ValueError")
    assert "Omar" not in failed["first"].replace('raise ValueError("the record of Omar Tazi")', "")
    run = Run.objects.get(name="daily")
    assert (run.failed, run.done_at) == ("first", None)
    assert run.ended_at is not None
    jobs.run_all("daily", {"first": lambda: {}})
    run.refresh_from_db()
    assert run.failed == ""
    assert run.done_at == run.ended_at


def test_late_failed_and_never_done_are_alarms():
    now = timezone.now()
    Run.objects.create(name="daily", began_at=now, ended_at=now, done_at=now - timedelta(hours=26))
    Run.objects.create(name="backup", began_at=now, ended_at=now, done_at=now)
    assert jobs.alarms(now) == []
    assert [one.split(":")[0] for one in jobs.alarms(now + timedelta(seconds=1))] == ["daily"]
    Run.objects.filter(name="backup").update(failed="documents")
    assert jobs.alarms(now) == ["backup: failed in documents"]
    Run.objects.all().delete()
    assert jobs.alarms(now) == ["daily: never done", "backup: never done"]
    with pytest.raises(CommandError, match="never done"):
        call_command("check_service")


def test_the_daily_run_goes_on_after_an_error_and_ends_with_one(monkeypatch, capsys):
    monkeypatch.setattr(custody, "run", broken)
    with pytest.raises(CommandError, match="the others are done: custody"):
        call_command("daily")
    said = capsys.readouterr()
    assert "duplicates.possible_duplicates: 0" in said.out
    assert "custody: failed" in said.err
    monkeypatch.undo()
    call_command("daily")
    assert Run.objects.get(name="daily").failed == ""


def test_custody_comes_first_and_comparing_names_last(monkeypatch):
    order = []
    monkeypatch.setattr(custody, "run", lambda: order.append("custody") or {})
    monkeypatch.setattr(duplicates, "run", lambda: order.append("duplicates") or {})
    call_command("daily")
    assert order == ["custody", "duplicates"]


@pytest.mark.django_db(transaction=True)
def test_two_daily_runs_at_once_are_one():
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtext('run:daily'))")
        with pytest.raises(CommandError, match="under way"):
            call_command("daily")
        with other.cursor() as cursor:  # closing alone would let go a moment later
            cursor.execute("SELECT pg_advisory_unlock(hashtext('run:daily'))")
        call_command("daily")
    finally:
        other.close()


def test_the_application_takes_no_run_away(as_application):
    Run.objects.create(name="backup", began_at=timezone.now())
    with as_application():
        with pytest.raises(Error, match="permission denied"), transaction.atomic():
            Run.objects.all().delete()
        assert Run.objects.update(failed="documents") == 1
