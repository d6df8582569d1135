"""What the system says in tasks, alerts and answers of the programme."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from config import clock
from core.sayings import Saying


def _unverified(recorded_at):
    hours = max(0, int((clock.now() - recorded_at).total_seconds() // 3600))
    text = ngettext(
        "Recorded %(hours)s hour ago and not verified; it would free this person today.",
        "Recorded %(hours)s hours ago and not verified; it would free this person today.",
        hours,
    )
    return text % {"hours": hours}


UNVERIFIED = Saying("musalaha.pardon_unverified", _unverified)
RELEASE_TODAY = Saying(
    "musalaha.release_today", _("Royal pardon verified and nothing else holds this person: release today.")
)
SUPERSEDED = Saying(
    "musalaha.pardon_superseded",
    _("A pardon was superseded: set the fine, or the prosecution, right by hand."),
)
NOT_PARDONED = Saying("musalaha.not_pardoned", _("The pardon was taken back: the person is held as before."))
BACK_TO_UNIT = Saying("musalaha.back_to_unit", _("Back to %(unit)s, %(prison)s, never to a worse regime. %(why)s"))
BACK_TO_ROUND = Saying(
    "musalaha.back_to_round", _("Back to round %(number)s, unit %(unit)s: the removal was set aside.")
)
REMOVAL_SET_ASIDE = Saying("musalaha.removal_set_aside", _("The removal was set aside on appeal."))
ROUND_ELSEWHERE = Saying("musalaha.round_elsewhere", _("Takes part in round %(number)s, which runs in %(unit)s."))
ROUND_HERE = Saying(
    "musalaha.round_here", _("Round %(number)s runs in this unit: participants live apart from others.")
)

# Partners that usually hold the sessions of a strand.
RABITA = Saying("musalaha.partner.rabita", _("Rabita Mohammadia des Oulémas"))
CNDH = Saying("musalaha.partner.cndh", _("National Human Rights Council (CNDH)"))
DGAPR = Saying("musalaha.partner.dgapr", _("General Delegation for Prison Administration and Reintegration"))
FOUNDATION = Saying("musalaha.partner.foundation", _("Mohammed VI Foundation for the Reintegration of Prison Inmates"))
OUTSIDER = Saying(
    "musalaha.outsider", _("Lives in unit %(unit)s, where round %(number)s has begun, and takes no part in it.")
)
