"""The timetable: weekends and public holidays left out, each strand within its hours."""

from datetime import date, time

import pytest
from django.utils import timezone

from musalaha import holidays
from musalaha.actions import sessions as session_actions
from musalaha.timetable import Slot, generate, hours, working_days


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2019, 6, 5), "Fitr"),
        (date(2019, 8, 12), "Adha"),
        (date(2026, 11, 6), "Green March"),
        (date(2026, 7, 30), "Throne"),
        (date(2026, 10, 31), "Unity"),
    ],
)
def test_public_holidays(day, name):
    assert name in str(holidays.on(day).name)
    assert day not in working_days(day, day)


def test_an_ordinary_day_is_none_and_calculated_feasts_say_so():
    assert holidays.on(date(2026, 11, 10)) is None
    assert holidays.on(date(2025, 10, 31)) is None
    feast = next(h for h in holidays.of_year(2030) if "Fitr" in str(h.name))
    assert not feast.certain
    assert abs((feast.day - date(2030, 2, 4)).days) <= 1


def test_a_timetable_fills_each_strand_within_its_hours(cohort, coordinator):
    sessions = session_actions.make_timetable(cohort, by=coordinator)
    given = hours(sessions)
    for strand, planned in cohort.hours_planned.items():
        assert 0 < given[strand] <= planned + 2
    days = {timezone.localdate(session.starts_at) for session in sessions}
    assert all(day.weekday() < 5 and holidays.on(day) is None for day in days)
    assert generate(cohort, slots=[Slot(0, time(9, 30), strand="religion")]) == []
    assert session_actions.make_timetable(cohort, replace=True, by=coordinator)
    assert cohort.sessions.count() == len(sessions)
