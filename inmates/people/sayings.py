"""What the system says of corrections that wait, and of records opened in an emergency."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.sayings import Saying, shown


def _waits(since, day):
    return _("Entered on %(since)s and not confirmed; of the two release dates, the nearer is %(day)s.") % {
        "since": shown(since),
        "day": shown(day),
    }


def _opened(user, ends_at):
    time = f"{timezone.localtime(ends_at):%H:%M}" if ends_at else shown(None)  # older ones kept it under another name
    return _("%(user)s opened this record, until %(day)s at %(time)s. Reason given:") % {
        "user": shown(user),
        "day": shown(ends_at),
        "time": time,
    }


OPENED_ELSEWHERE = Saying("people.opened_elsewhere", _opened)
CORRECTION_WAITS = Saying("people.correction_waits", _("Entered on %(since)s and not confirmed by a second person."))
CORRECTION_LAPSED = Saying(
    "people.correction_lapsed",
    _("Decided on paper on %(since)s and not confirmed in time: it is in effect no longer, and waits."),
)
CORRECTION_OF_DAYS_WAITS = Saying(
    "people.correction_of_days_waits",
    _("Entered on %(since)s and not confirmed; of the days that it moves, the nearest is %(day)s."),
)
CORRECTION_OF_A_DATE_WAITS = Saying("people.correction_of_a_date_waits", _waits)
