"""Reactions of aftercare to a release, and to a stay that is taken back."""

from config import clock
from inmates.custody import hooks as custody
from inmates.custody.models import Admission
from musalaha.aftercare.actions import plan_follow_up


def register():
    """Put this room's reactions into custody's lists; called once, when the app is ready."""
    custody.after_release.append(follow_release)
    custody.admission_undone.append(admission_undone)


def follow_release(inmate, admission, *, by):
    """Plan the contacts after a release: not after death, nor where custody goes on elsewhere."""
    if admission.ground not in Admission.NOT_AT_LIBERTY:
        plan_follow_up(admission, by=by)


def admission_undone(admission):
    """The contacts that were planned after the release from a stay go with it; one that was held stays."""
    planned = admission.follow_ups.filter(done_on=None, lost=False)
    return [(contact, {"annulled_at": clock.now()}) for contact in planned]
