"""The one clock: a moved day keeps its hour, and Python and PostgreSQL agree on what time it is in Morocco."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from config import clock


@pytest.mark.parametrize("real", [datetime(2026, 7, 2, 23, 30, tzinfo=UTC), datetime(2026, 3, 1, 23, 30, tzinfo=UTC)])
@pytest.mark.parametrize("chosen", [date(2016, 7, 4), date(2016, 7, 20), date(2020, 2, 29), date(2027, 1, 1)])
def test_a_moved_clock_stands_on_the_chosen_day_whatever_the_offset_then(settings, monkeypatch, real, chosen):
    monkeypatch.setattr(timezone, "now", lambda: real)
    settings.TODAY = chosen
    assert clock.today() == timezone.localdate(clock.now()) == chosen
    assert timezone.localtime(clock.now()).time() == timezone.localtime(real).time()
    assert clock.midnight(chosen) <= clock.now() < clock.end_of(chosen)
    assert clock.moved()


def test_a_clock_that_is_not_moved_is_the_real_one(settings, monkeypatch):
    real = datetime(2026, 7, 2, 23, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: real)
    settings.TODAY = None
    assert (clock.now(), clock.today(), clock.moved()) == (real, date(2026, 7, 3), False)
    settings.TODAY = date(2026, 7, 3)
    assert (clock.today(), clock.moved()) == (date(2026, 7, 3), False)


def test_python_and_the_database_tell_the_same_time(db, settings):
    """Each brings its own rules, and Morocco's change: where they differ, one of the two is out of date."""
    days = [date(2010, 1, 1) + timedelta(days=7 * n) for n in range(1200)]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg((day + time '23:30') AT TIME ZONE 'UTC' AT TIME ZONE %s ORDER BY day)"
            " FROM unnest(%s::date[]) AS day",
            [settings.TIME_ZONE, days],
        )
        theirs = cursor.fetchone()[0]
    moments = [datetime(day.year, day.month, day.day, 23, 30, tzinfo=UTC) for day in days]
    ours = [timezone.localtime(moment).replace(tzinfo=None) for moment in moments]
    assert [pair for pair in zip(ours, theirs, strict=True) if pair[0] != pair[1]] == []
