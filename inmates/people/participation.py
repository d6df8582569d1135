"""Who may know of somebody's part in the programme: one rule, asked by every page that would tell of it.

Whoever assesses or decides tiers (assessors and reviewers) never learns that somebody applied, was refused, took part or
left without graduating (nothing of it is ever held against a person). What would tell is left out for
everybody alike, since a blank for some would tell as well:

* of the past they see the prison and never the unit (`held_in`); of today, the unit too;
* of transfers, neither reason nor note, nor who proposed them, nor the unit on arrival or at departure;
* of places against the rules, neither the free text nor tasks about places;
* of the timeline, no move, no step of a transfer but departure and arrival, and nobody's looks.

What speaks for the person, a round completed, reaches them through `classification.hooks.evidence_in_favour`. Whoever
holds another role beside is held to the same: `User.held_permissions` leaves out the programme's permissions.
"""

PERMISSION = "musalaha.view_programme"

# What a timeline would tell beside the programme's own events, which `reports.event_labels` keeps under its permission.
TELLING_EVENTS = frozenset(
    {
        "inmate.moved",
        "task.settled",
        "transfer.accepted",
        "transfer.acknowledged",
        "transfer.approved",
        "transfer.cancelled",
        "transfer.proposed",
        "transfer.refused",
    }
)


def may_know_participation(user):
    """Whether this user may learn of applications, refusals, participation and withdrawals."""
    return user.can(PERMISSION)


def tells_of_participation(verb):
    """Whether an event about a person would tell of their part in the programme: moves, their papers, and who looked."""
    return verb in TELLING_EVENTS or verb.endswith(".viewed")
