"""What the system says in alerts about the conditions of detention."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

SEPARATED_TOO_LONG = Saying(
    "conditions.separated_too_long", _("Separated since %(began_on)s, authorised until %(until)s.")
)
MINOR_WITH_ADULTS = Saying("conditions.minor_with_adults", _("Under eighteen, in a unit where adults live."))
NOT_AUTHORISED = Saying("conditions.not_authorised", _("In a separation unit, with no authorisation that runs."))
BARRED = Saying("conditions.barred", _("Age or health forbids it: end the separation today."))
EMERGENCY = Saying("conditions.emergency", _("Separated since %(since)s: to be authorised, or ended, by %(until)s."))
AUTHORISATION_FIRST = Saying(
    "conditions.authorisation_first",
    _("A separation unit: authorise the separation first, or record it as an emergency."),
)
