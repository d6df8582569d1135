"""How days of separation are counted, to the day."""

from datetime import timedelta

import pytest

from config import clock
from inmates.conditions.actions import separations


@pytest.mark.parametrize(
    ("last_of_the_earlier", "first", "last", "in_a_row"),
    [
        (-3, 0, 4, 5 + 8),  # two days between: the eight of the earlier one are counted in
        (0, 0, 4, 5 + 10),  # a day that belongs to both counts once
        (2, 0, 4, 5 + 10),  # ... and so do three
        (-10, 4, 8, 5 + 1),  # a gap of thirteen days
        (-10, 5, 9, 5 + 1),  # ... of fourteen
        (-10, 6, 10, 5),  # ... of fifteen: the count begins anew
    ],
)
def test_days_in_a_row(inmate, director, officer, settings, last_of_the_earlier, first, last, in_a_row):
    def day(n):
        return today + timedelta(days=n)

    today = clock.today()
    earlier = separations.authorise(
        inmate, reason="R", starts_on=day(-10), until=day(4), health_checked=True, by=director
    )
    settings.TODAY = day(5)
    separations.end(earlier, on=day(last_of_the_earlier), by=officer)
    assert separations.days_in_a_row(inmate, day(first), day(last)) == in_a_row
    assert separations.days_in_a_row(inmate, day(first), day(last), but=earlier.pk) == 5
