"""What the system says in tasks and alerts about classification, and in a person's place when one act ends another."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config import clock
from core.sayings import Saying, shown


def _review_overdue(due_on):
    days = (clock.today() - due_on).days
    text = ngettext(
        "The review was due on %(day)s, %(days)s day ago.", "The review was due on %(day)s, %(days)s days ago.", days
    )
    return text % {"day": shown(due_on), "days": days}


REVIEW_OVERDUE = Saying("classification.review_overdue", _review_overdue)
UNIT_TAKES_TIER = Saying("classification.unit_takes_tier", _("The unit takes the tier in force."))
RELEASED = Saying("classification.released", _("The person was released."))
