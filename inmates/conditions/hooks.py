"""Reactions of conditions to acts of custody, and its own list for the rooms above.

`after_incident`: called `react(incident, by=...)`, in the transaction that records it with its people.
"""

from django.utils import timezone

after_incident = []


def register():
    """Add this room's reactions to custody's lists; called once, when the app is ready."""
    from inmates.custody import hooks

    for listing, reaction in ((hooks.after_arrival, end_on_arrival), (hooks.after_release, end_at_release)):
        if reaction not in listing:
            listing.append(reaction)


def end_on_arrival(inmate, transfer, *, by):
    """A separation is this prison's and ends where the next prison takes over."""
    _end_separations(inmate, timezone.localdate(transfer.arrived_at), by)


def end_at_release(inmate, admission, *, by):
    """A separation ends with the stay."""
    _end_separations(inmate, timezone.localdate(admission.released_at), by)


def _end_separations(inmate, day, by):
    for separation in inmate.separations.select_for_update().running():
        separation.ended_on, separation.ended_by = max(day, separation.began_on), by
        separation.save()
