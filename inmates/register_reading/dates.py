"""Dates as registers hold them: real dates, dd/mm/yyyy and other text, Arabic-Indic digits, spreadsheet day numbers."""

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.text import fold, folded, is_blank, tidy

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Nobody in a register was born before, and no date in it lies beyond."""

_SERIAL_START = date(1899, 12, 30)
_SERIALS = 10_000, 73_415  # 18 May 1927 to 31 December 2100: shorter numbers are rather years or slips

_DAY_FIRST = re.compile(r"(\d{1,2})\s*[/.\-،,\s]\s*(\d{1,2})\s*[/.\-،,\s]\s*(\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})\s*[/.\-،,\s]\s*(\d{1,2})\s*[/.\-،,\s]\s*(\d{1,2})")
_MONTH_ONLY = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{4})")
_TIME = re.compile(r"(?<=\d)[ T]\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$")
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[/.\-]\s*\d{1,2}\s*[/.\-]\s*\d{2}")
_WRITTEN = re.compile(r"(?:(\d{1,2})(?:er|st|nd|rd|th)? )?([^\W\d_]+) (\d{4})")

_MONTHS = {
    fold(name): number
    for number, names in enumerate(
        (
            "janvier janv jan january يناير",
            "février févr fév february feb فبراير",
            "mars march mar مارس",
            "avril avr april apr أبريل إبريل",
            "mai may ماي مايو",
            "juin june jun يونيو يونيه",
            "juillet juil july jul يوليوز يوليو",
            "août aout august aug غشت أغسطس",
            "septembre sept september sep شتنبر سبتمبر",
            "octobre oct october أكتوبر",
            "novembre nov november نونبر نوفمبر",
            "décembre déc december dec دجنبر ديسمبر",
        ),
        1,
    )
    for name in names.split()
}
_PRESUMED = folded(
    "présumé présumée presume presumed approximately circa vers environ env estimé estimée about around "
    "مفترض مفترضة مفترضا حوالي تقريبا نحو حكما خلال"
)
_BORN = folded("né née le en l an année born on in year سنة عام مزداد مزدادة بتاريخ في")

NOT_A_DATE = Saying(
    "intake.not_a_date",
    _("“%(value)s” is not a date. Write it as day/month/year, for example 17/05/2016."),
)
NO_SUCH_DAY = Saying("intake.no_such_day", _("There is no such day: %(value)s."))
YEAR_ONLY = Saying("intake.year_only", _("“%(value)s” is only a year; the day is needed."))
SHORT_YEAR = Saying("intake.short_year", _("Write the year of %(value)s with four digits."))
OUT_OF_RANGE = Saying("intake.out_of_range", _("The year of %(value)s cannot be right."))


@dataclass(frozen=True, slots=True)
class Birth:
    """A birth date as far as it is known. `date` is the first day of the month or year where only that is known."""

    date: date
    precision: str  # day, month, year or presumed

    @property
    def latest(self) -> date:
        """The last day it can be; for a presumed year, the last of that year."""
        if self.precision == "month":
            return (self.date.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        if self.precision == "year" or (self.precision == "presumed" and (self.date.month, self.date.day) == (1, 1)):
            return self.date.replace(month=12, day=31)
        return self.date


def read_date(value) -> date | None:
    """A full date; None for an empty cell. Raises ReaderError."""
    day = _real(value)
    if day or (isinstance(value, str | None) and is_blank(value)):
        return day
    text = _TIME.sub("", tidy(value))
    if re.fullmatch(r"\d{4}", text):
        raise ReaderError(YEAR_ONLY, value)
    if parts := _written(text):
        if None in parts:
            raise ReaderError(NOT_A_DATE, value)
        return _checked(*parts, value)
    if _SHORT_YEAR.fullmatch(text):
        raise ReaderError(SHORT_YEAR, value)
    raise ReaderError(NOT_A_DATE, value)


def read_birth(value) -> Birth | None:
    """A birth date with its precision: a full date, a month, a year, or "présumé 1974"; None for an empty cell.

    00/00/1974, as registers write an unknown day, is the year. Raises ReaderError.
    """
    day = _real(value)
    if day:
        return Birth(day, "day")
    if isinstance(value, str | None) and is_blank(value):
        return None
    words = re.sub(r"[()\"'’]", " ", _TIME.sub("", tidy(value))).split()
    presumed = any(fold(word) in _PRESUMED for word in words)
    text = " ".join(word for word in words if fold(word) not in _PRESUMED and fold(word.strip(".:")) not in _BORN)
    text = text.strip(" .:")
    if re.fullmatch(r"\d{4}", text):
        return Birth(_checked(1, 1, int(text), value), "presumed" if presumed else "year")
    if match := _MONTH_ONLY.fullmatch(text):
        month, year = map(int, match.groups())
        return Birth(_checked(1, month, year, value), "presumed" if presumed else "month")
    if parts := _written(text):
        day, month, year = (part or 0 for part in parts)
        precision = "day" if day else "month" if month else "year"
        if month == 0 and day:
            raise ReaderError(NO_SUCH_DAY, value)
        return Birth(_checked(day or 1, month or 1, year, value), "presumed" if presumed else precision)
    if _SHORT_YEAR.fullmatch(text):
        raise ReaderError(SHORT_YEAR, value)
    raise ReaderError(NOT_A_DATE, value)


def _real(value) -> date | None:
    """A date that the spreadsheet already knows as one: a date cell, or the number of a day."""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        if not FIRST_YEAR <= value.year <= LAST_YEAR:
            raise ReaderError(OUT_OF_RANGE, value.isoformat())
        return value
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and _SERIALS[0] <= value < _SERIALS[1] + 1:
        return _SERIAL_START + timedelta(days=int(value))
    return None


def _written(text: str) -> tuple[int | None, int, int] | None:
    """Day, month, year of a date in text; None when it has another shape, a None day for "May 1974"."""
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
        return day, month, year
    if match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
        return day, month, year
    if match := _WRITTEN.fullmatch(fold(text)):
        day, name, year = match.groups()
        if name in _MONTHS:
            return (int(day) if day else None), _MONTHS[name], int(year)
    return None


def _checked(day: int, month: int, year: int, value) -> date:
    """The date, if there is such a day in a year that can be meant."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ReaderError(OUT_OF_RANGE, value)
    try:
        return date(year, month, day)
    except ValueError:
        raise ReaderError(NO_SUCH_DAY, value) from None
