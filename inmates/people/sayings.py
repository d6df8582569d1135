"""What the system says of corrections that wait."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying, shown


def _waits(since, day):
    return _("Entered on %(since)s and not confirmed; of the two release dates, the nearer is %(day)s.") % {
        "since": shown(since),
        "day": shown(day),
    }


OPENED_ELSEWHERE = Saying("people.opened_elsewhere", _("%(user)s opened this record, until %(until)s. Reason given:"))
CORRECTION_WAITS = Saying("people.correction_waits", _("Entered on %(since)s and not confirmed by a second person."))
CORRECTION_OF_A_DATE_WAITS = Saying("people.correction_of_a_date_waits", _waits)
