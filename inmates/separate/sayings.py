"""What the system says in tasks and alerts about the separate system."""

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying

CHARGE_CHANGED = Saying(
    "separate.charge_changed",
    _("No offence of terrorism is recorded any longer: propose the exit, or another ground."),
)
FOUND_GONE = Saying(
    "separate.found_gone",
    _("At the review the ground was found to stand no longer: propose the exit, or another ground."),
)
QUASHED = Saying("separate.quashed", _("The ground was quashed on appeal: propose the exit, or another ground."))
GOES_TO = Saying("separate.goes_to", _("Exit decided: transfer to %(prison)s."))
NO_GROUND = Saying("separate.no_ground", _("No decided ground since %(day)s."))
DECIDED = Saying("separate.decided", _("Decided."))
ORDINARY_WING = Saying("separate.ordinary_wing", _("An ordinary wing: nobody of the separate system lives there."))
MIXED_WING = Saying("separate.mixed_wing", _("People of the separate system meet others there."))
