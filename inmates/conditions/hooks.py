"""Reactions of conditions to acts of custody, and its own lists for the rooms above.

`after_incident`: called `react(incident, by=...)`, in the transaction that records it with its people.
`after_discipline`: called `react(person, by=...)` with the `IncidentPerson` whose outcome was decided, in the
transaction of that act.
`after_correction`: called `react(incident, by=...)`, in the transaction that corrected an incident or a part in it.
"""

from django.utils import timezone

from facilities.models import Unit
from inmates.conditions import sayings
from inmates.custody.hooks import Objection

after_incident = []
after_discipline = []
after_correction = []


def register():
    """Add this room's checks and reactions to the lists of custody and transfers; called once, when the app is ready."""
    from inmates.custody import hooks
    from inmates.transfers import hooks as transfers

    for listing, reaction in (
        (hooks.move_checks, separation_objections),
        (hooks.after_admission, check_place),
        (hooks.admission_hangs, since),
        (hooks.after_move, check_place),
        (transfers.after_arrival, end_on_arrival),
        (transfers.after_arrival, check_place),
        (hooks.after_release, end_at_release),
        (hooks.release_undone, separations_again),
        (hooks.after_release_undone, check_place),
    ):
        if reaction not in listing:
            listing.append(reaction)


def separation_objections(inmate, unit):
    """Nobody comes into a separation unit by a plain move: a separation is authorised, or recorded as an emergency."""
    if unit.purpose != Unit.Purpose.SEPARATION or inmate.separations.running().exists():
        return []
    return [Objection("separation", sayings.AUTHORISATION_FIRST(), blocking=True)]


def since(admission):
    """What of this room happened in a stay."""
    inmate, since = admission.inmate, admission.since
    return [
        inmate.contacts.filter(since("on", day=True)),
        inmate.incident_parts.filter(since("incident__happened_at")),
        inmate.separations.filter(since("began_on", day=True)),
        inmate.no_communications.filter(since("starts_on", day=True)),
    ]


def check_place(inmate, act, *, by):
    """Whatever brought somebody to a place, what the law forbids there is told at once."""
    from inmates.conditions.actions import protection

    protection.check_place(inmate)


def end_on_arrival(inmate, transfer, *, by):
    """A separation is this prison's and ends where the next prison takes over."""
    _end_separations(inmate, timezone.localdate(transfer.arrived_at), by)


def end_at_release(inmate, admission, *, by):
    """A separation ends with the stay."""
    _end_separations(inmate, timezone.localdate(admission.released_at), by)


def separations_again(admission):
    """A separation that a release had ended goes on, where the release was entered by mistake."""
    day = timezone.localdate(admission.released_at)
    ended = admission.inmate.separations.filter(ended_on=day, ended_by=admission.released_by)
    return [(separation, {"ended_on": None, "ended_by": None}) for separation in ended.order_by("-id")[:1]]


def _end_separations(inmate, day, by):
    for separation in inmate.separations.select_for_update().running():
        separation.ended_on, separation.ended_by = max(day, separation.began_on), by
        separation.save()
