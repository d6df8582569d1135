"""Going: the transfer out to an ordinary prison, which a decided exit allows and nothing else does."""

from django.db import transaction
from django.utils.translation import gettext as _

from core.workflow import ensure, lock
from inmates.custody.actions.releases import release
from inmates.custody.models import Admission
from inmates.separate.in_force import standing
from inmates.separate.models import SeparateStep


@transaction.atomic
def leave(inmate, *, at=None, reference="", identity_check="", property_return="", by):
    """End the stay here: custody goes on in the ordinary prison that the exit names. Returns the stay.

    Raises InvalidTransition without a decided exit in effect, and what a release raises.
    """
    inmate = lock(inmate)
    by.require("inmates.release", at=inmate.facility)
    step = standing(inmate)
    ensure(
        step is not None and step.kind == SeparateStep.Kind.OUT,
        _("No exit from the separate system is in effect: it is proposed by one and decided by another."),
    )
    return release(
        inmate,
        ground=Admission.Ground.ORDINARY,
        left_for=step.destination,
        reference=reference,
        at=at,
        identity_check=identity_check,
        property_return=property_return,
        by=by,
    )
