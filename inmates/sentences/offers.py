"""What this room puts on shared pages: acts on a profile, things to beware of, the day's work."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.offer import Beware, Offer
from inmates.people.models import Inmate


def flags():
    """Nothing here has to be asked of the database."""
    return {}


def offers(user, inmate):
    """Acts that `user` may take now for `inmate`, as `Offer`s."""
    unsettled = inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED
    if unsettled and user.can("inmates.settle_release_date", at=inmate.facility):
        return [Offer(_("Settle the release date"), reverse("inmates:settle_release_date", args=[inmate.uuid]))]
    return []


def warnings(user, inmate):
    """What to beware of with this person, as `Beware`s."""
    if inmate.held and inmate.release_basis == Inmate.ReleaseBasis.UNSETTLED:
        tab = reverse("inmates:tab_custody", args=[inmate.uuid])
        return [Beware(_("Release date"), _("The rules give none: a person must settle it."), "soon", tab)]
    return []


def work(user):
    """What waits for this user today, as `Work`s: release dates are on custody's worklists."""
    return []
