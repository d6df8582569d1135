"""The one place that knows what day it is.

`today()` and `now()` follow Morocco's clock and, in the demo and in tests, the day chosen with `bin/demo --today`
(setting `TODAY`). The audit trail never asks here: its times are real.
"""

from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The service's current day, in the time zone of the service."""
    return settings.TODAY or timezone.localdate()


def now() -> datetime:
    """The current moment (aware), moved to the chosen day when there is one, at the same hour on Morocco's clocks.

    The hour is kept and not the distance: Morocco's offset from UTC is not the same on every day.
    """
    if settings.TODAY is None:
        return timezone.now()
    hour = timezone.localtime().time()
    return timezone.make_aware(datetime.combine(settings.TODAY, hour)).astimezone(UTC)


def moved() -> bool:
    """Whether the clock stands on a day other than the real one, so that pages can say so."""
    return settings.TODAY is not None and timezone.localdate() != settings.TODAY


def midnight(day: date) -> datetime:
    """The aware first moment of `day` in the time zone of the service."""
    return timezone.make_aware(datetime.combine(day, time.min))


def end_of(day: date) -> datetime:
    """The moment `day` is over: what is true 'as of' a day is true just before it."""
    return midnight(day + timedelta(days=1))
