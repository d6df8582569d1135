"""Worklists of transfers: those a user may read, those that wait for their next step."""

from django.db.models import Q

from inmates.custody.models import Transfer


def transfers_in_scope(user):
    """Transfers this user may read, with what a row shows."""
    return Transfer.objects.visible_to(user).select_related("inmate", "origin", "destination", "unit")


def transfers_to_decide(user):
    """Transfers whose next step forwards is this user's: to approve, to accept, to depart, to receive."""
    theirs = Q(pk=None)
    for (state, to), step in Transfer.TRANSITIONS.items():
        if to in Transfer.STEPS and any(user.can(permission) for permission in step.permissions):
            left_to_others = Q(pk=None)
            for field in step.not_by:
                left_to_others |= Q(**{f"{field}__in": user.one_side})
            theirs |= Q(state=state, **{f"{step.at}__in": user.facility_ids}) & ~left_to_others
    return transfers_in_scope(user).filter(theirs)
