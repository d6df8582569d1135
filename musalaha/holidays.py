"""Moroccan public holidays, for timetables. Civil ones are fixed by law; religious ones are announced on the eve.

The religious feasts follow the sighting of the moon. Up to `ANNOUNCED_UNTIL` the table holds the days as they were
kept; later ones are calculated and may fall a day earlier or later. Add each year's announcement to `FEASTS`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from django.utils.translation import gettext_lazy as _

CIVIL = {
    (1, 1): _("New Year"),
    (1, 11): _("Independence Manifesto"),
    (1, 14): _("Amazigh New Year"),
    (5, 1): _("Labour Day"),
    (7, 30): _("Throne Day"),
    (8, 14): _("Oued Ed-Dahab"),
    (8, 20): _("Revolution of the King and the People"),
    (8, 21): _("Youth Day"),
    (10, 31): _("Unity Day"),
    (11, 6): _("Green March"),
    (11, 18): _("Independence Day"),
}
SINCE = {(1, 14): 2024, (10, 31): 2026}

# (month, day) of the Hijri calendar, days off, name
HIJRI = [
    (1, 1, 1, _("1 Moharram")),
    (3, 12, 2, _("Aïd al-Mawlid")),
    (10, 1, 2, _("Aïd al-Fitr")),
    (12, 10, 2, _("Aïd al-Adha")),
]

# First days as kept, where they are known: {(Gregorian year, Hijri month): first day}.
FEASTS = {
    (2017, 10): date(2017, 6, 26),
    (2017, 12): date(2017, 9, 1),
    (2018, 10): date(2018, 6, 16),
    (2018, 12): date(2018, 8, 22),
    (2019, 10): date(2019, 6, 5),
    (2019, 12): date(2019, 8, 12),
    (2020, 10): date(2020, 5, 24),
    (2020, 12): date(2020, 7, 31),
    (2021, 10): date(2021, 5, 13),
    (2021, 12): date(2021, 7, 21),
    (2022, 12): date(2022, 7, 10),
    (2023, 10): date(2023, 4, 22),
    (2023, 12): date(2023, 6, 29),
    (2024, 10): date(2024, 4, 10),
    (2024, 12): date(2024, 6, 17),
    (2025, 10): date(2025, 3, 31),
    (2025, 12): date(2025, 6, 7),
}


@dataclass(frozen=True)
class Holiday:
    """A day off. `certain` is False for a calculated feast, which may fall a day earlier or later."""

    day: date
    name: str
    certain: bool = True


@cache
def of_year(year):
    """The public holidays of a year, in order."""
    days_off = [
        Holiday(date(year, month, day), name)
        for (month, day), name in CIVIL.items()
        if year >= SINCE.get((month, day), 0)
    ]
    for month, day, length, name in HIJRI:
        for first, certain in _feast(year, month, day):
            days_off += [Holiday(first + timedelta(days=n), name, certain) for n in range(length)]
    return tuple(sorted((h for h in days_off if h.day.year == year), key=lambda h: h.day))


def on(day):
    """The holiday on a day, or None."""
    return next((holiday for holiday in of_year(day.year) if holiday.day == day), None)


def between(first, last):
    """Holidays from `first` to `last`, both included."""
    return [h for year in range(first.year, last.year + 1) for h in of_year(year) if first <= h.day <= last]


def _feast(year, month, day):
    """First days of a feast in a Gregorian year (now and then two), each with whether it is known."""
    known = FEASTS.get((year, month))
    if known is not None:
        return [(known, True)]
    around = round((year - 622) * 33 / 32)
    days = (_gregorian(hijri, month, day) for hijri in range(around - 1, around + 3))
    return [(first, False) for first in days if first.year == year]


def _gregorian(year, month, day):
    """A day of the tabular Hijri calendar (thirty-year cycle, civil epoch), as a Gregorian date."""
    count = day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + (3 + 11 * year) // 30
    return date.fromordinal(count + 227014)
