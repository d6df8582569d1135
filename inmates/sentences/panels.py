"""What this room puts on shared pages: acts on a profile, cautions, the day's work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from core.panels import Caution, OfferedAction
from inmates.people.models import Inmate


def offered_actions(user, inmate):
    """Acts that `user` may take now for `inmate`, as `OfferedAction`s."""
    unsettled = inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED
    if unsettled and user.can("inmates.settle_release_date", at=inmate.facility):
        return [OfferedAction(_("Settle the release date"), reverse("inmates:settle_release_date", args=[inmate.uuid]))]
    return []


def cautions(user, inmate):
    """Cautions about this person, as `Caution`s."""
    if inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED:
        tab = reverse("inmates:tab_custody", args=[inmate.uuid])
        return [Caution(_("Release date"), _("The rules give none: a person must settle it."), "soon", tab)]
    return []
