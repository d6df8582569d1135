"""The service's own jobs: one at a time, and kept when they began, ended and whether all of it worked."""

import traceback
from contextlib import contextmanager
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from core.models import Run

MOST_AGE = {"daily": timedelta(hours=26), "backup": timedelta(hours=26)}  # older than this is an alarm


class AlreadyRunning(Exception):
    """Another process is at the same job at this moment."""


@contextmanager
def one_at_a_time(name):
    """Hold this job for oneself; raises AlreadyRunning. The database lets go by itself when the process dies."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(hashtext(%s))", [f"run:{name}"])
        if not cursor.fetchone()[0]:
            raise AlreadyRunning(name)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [f"run:{name}"])


def run_all(name, parts):
    """Run `{part: function}` in turn and keep the outcome; an error in one stops no other.

    Returns `{part: what it returned}` of those that worked and `{part: why}` of the others; why is told without values.
    """
    begin(name)
    done, failed = {}, {}
    for part, duty in parts.items():
        try:
            with transaction.atomic():
                done[part] = duty()
        except Exception as error:
            failed[part] = "".join(traceback.format_tb(error.__traceback__)) + type(error).__name__
    finish(name, failed)
    return done, failed


def begin(name):
    """Say that the job has begun."""
    Run.objects.update_or_create(name=name, defaults={"began_at": timezone.now(), "ended_at": None})


def finish(name, failed=()):
    """Say that the job has ended, and which parts of it failed."""
    now = timezone.now()
    ended = {"ended_at": now, "failed": ", ".join(failed)[:300]}
    Run.objects.filter(name=name).update(**ended, **({} if failed else {"done_at": now}))


def alarms(now=None):
    """`[text]`: jobs that failed last, or were last done too long ago, or never."""
    now, known, found = now or timezone.now(), {run.name: run for run in Run.objects.all()}, []
    for name, most in MOST_AGE.items():
        run = known.get(name)
        if run is None or run.done_at is None:
            found.append(f"{name}: never done")
        elif now - run.done_at > most:
            found.append(f"{name}: last done {timezone.localtime(run.done_at).isoformat(' ', 'minutes')}")
        if run is not None and run.failed:
            found.append(f"{name}: failed in {run.failed}")
    return found
