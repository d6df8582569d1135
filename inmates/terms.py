"""A length of imprisonment, and how it runs on the calendar. Shared by the sentences and by the register import.

Moroccan Penal Code, article 30, as reported: one month alone is 30 days; longer terms run in Gregorian months, from
date to date.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time as a court pronounces it: whole years, months and days, each nought or more."""

    years: int = 0
    months: int = 0
    days: int = 0

    def check(self) -> None:
        """Raise ValueError for a term that nobody could pronounce: a negative or a broken number."""
        for part in (self.years, self.months, self.days):
            if not isinstance(part, int) or part < 0:
                raise ValueError(f"A term is made of whole numbers of years, months and days, not below 0: {self!r}")

    @property
    def all_months(self) -> int:
        """Years and months together, in months."""
        return self.years * 12 + self.months

    @property
    def is_one_month(self) -> bool:
        """Exactly one month and nothing else: 30 days when a court pronounces it."""
        return self.all_months == 1 and self.days == 0

    def as_served(self) -> "Term":
        """The term as it runs: one month alone becomes 30 days."""
        return Term(days=30) if self.is_one_month else self

    @property
    def parts(self) -> tuple[int, int, int]:
        """Years, months, days."""
        return self.years, self.months, self.days

    @property
    def weight(self) -> int:
        """How long it is, in millionths of a day of months of mean length: only to say which of two terms is longer."""
        served = self.as_served()
        return served.all_months * 30_436_875 + served.days * 1_000_000

    def less(self, part: "Term") -> "Term | None":
        """What is left without `part`, where months can be taken from months and days from days; else None."""
        months, days = self.all_months - part.all_months, self.days - part.days
        return Term(months // 12, months % 12, days) if months >= 0 and days >= 0 else None

    def __bool__(self) -> bool:
        return bool(self.years or self.months or self.days)


def step(start: date, months: int, days: int = 0) -> date | None:
    """`months` in one step, a missing day becoming the last of its month, then `days`; None beyond the calendar."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    reached = date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))
    try:
        return reached + timedelta(days=days)
    except OverflowError:
        return None


def month_end(day: date, months: int = 0) -> date:
    """The last day of the month of `day`, or of the month so many months from it."""
    first = day.year * 12 + day.month - 1 + months
    year, month = divmod(first, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])


def end_of(start: date, term: Term) -> date | None:
    """The day a pronounced term ends when nothing shortens it; None beyond year 9999. ValueError if negative."""
    term.check()
    served = term.as_served()
    return step(start, served.all_months, served.days)


def in_words(term: Term) -> str:
    """The term in the language of the reader: "5 years and 6 months"."""
    parts = [
        text % {"n": count}
        for count, text in (
            (term.years, ngettext("%(n)s year", "%(n)s years", min(term.years, 10**6))),
            (term.months, ngettext("%(n)s month", "%(n)s months", min(term.months, 10**6))),
            (term.days, ngettext("%(n)s day", "%(n)s days", min(term.days, 10**6))),
        )
        if count
    ]
    if len(parts) == 3:
        return str(_("%(first)s, %(second)s and %(third)s")) % dict(
            zip(("first", "second", "third"), parts, strict=True)
        )
    if len(parts) == 2:
        return str(_("%(first)s and %(second)s")) % {"first": parts[0], "second": parts[1]}
    return str(parts[0] if parts else ngettext("%(n)s day", "%(n)s days", 0) % {"n": 0})
