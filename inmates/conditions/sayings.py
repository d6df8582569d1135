"""What the system says in alerts about the conditions of detention."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

SEPARATED_TOO_LONG = Saying(
    "conditions.separated_too_long", _("Separated since %(began_on)s, authorised until %(until)s.")
)
