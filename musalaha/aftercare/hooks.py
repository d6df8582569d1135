"""Reaction of aftercare to a release."""

from inmates.custody import hooks as custody
from inmates.custody.models import Admission
from musalaha.aftercare.actions import plan_follow_up


def register():
    """Put this room's reaction into custody's list; called once, when the app is ready."""
    custody.after_release.append(follow_release)


def follow_release(inmate, admission, *, by):
    """Plan the contacts after a release: not after death, nor where custody goes on abroad."""
    if admission.ground not in (Admission.Ground.DEATH, Admission.Ground.ABROAD):
        plan_follow_up(admission, by=by)
