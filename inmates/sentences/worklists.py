"""Worklists of this room: the register of appeals and cassations."""

from inmates.sentences.models import CourtAppeal


def register_of_appeals(user, show):
    """Appeals of the people whose record the user may open: those open, those still to be sent, or those answered."""
    appeals = CourtAppeal.objects.visible_to(user).select_related(
        "case__inmate__facility", "case__inmate__unit", "judgment", "facility"
    )
    if show == "to_send":
        return appeals.to_send().order_by("by_person_at", "id")
    if show == "answered":
        return appeals.exclude(outcome="").order_by("-decided_on", "-id")
    return appeals.open().order_by("-id")
