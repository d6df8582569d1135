"""What the system says in tasks about sentences and release dates."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

NO_DATE = Saying("sentences.no_date", _("The rules give none: a person must settle it."))
GROUND_CHANGED = Saying(
    "sentences.ground_changed", _("What the settled date rested on has changed, and the rules give none.")
)
DATE_SETTLED = Saying("sentences.date_settled", _("Release date settled."))
