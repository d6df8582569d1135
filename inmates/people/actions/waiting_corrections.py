"""Corrections that wait for a second person, hour by hour: told again, and no longer in effect where they alone hold."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from audit import trail
from config import clock
from core.workflow import follow
from inmates.people import corrections
from inmates.people.actions.corrections import (
    NOT_NOW,
    apply,
    lock_with_person,
    only_looking,
    record_of,
    refresh,
    tell,
    what_of,
)
from inmates.people.models import Correction, Inmate

State = Correction.State


def escalate():
    """{what: how many}: days worked out again, decisions on paper that lapsed, alerts raised to what still waits."""
    moved = sum(refresh(correction) for correction in Correction.objects.filter(state=State.PROPOSED))
    lapsed = sum(lapse(correction) for correction in Correction.objects.filter(state=State.DECIDED))
    told = sum(tell(correction) for correction in Correction.objects.waiting())
    return {"corrections_moved": moved, "corrections_lapsed": lapsed, "corrections_escalated": told}


@transaction.atomic
def lapse(correction):
    """Take back what on paper alone holds somebody and nobody confirmed within a day; it waits again. Whether it was.

    Policy (`paper_decision_hours`): silence holds nobody. One that frees stays in effect, one of a stay too: taken back, it
    would call somebody released who is inside.
    """
    if correction.inmate_id is None:
        return False
    correction = lock_with_person(correction)
    within = timedelta(hours=settings.POLICY["paper_decision_hours"])
    if correction.state != State.DECIDED or clock.now() - correction.decided_at < within:
        return False
    if correction.inmate.status not in Inmate.ON_REGISTER or "stay" in correction.moves:
        return False
    without = had_it_not_been(correction, _titles)
    if without is None or _titles(correction.inmate) <= without:
        return False
    apply(correction, record_of(correction), by=None, back=True)
    follow(correction, State.PROPOSED)
    correction.save()
    trail.record(
        "correction.lapsed",
        by=None,
        inmate=correction.inmate,
        facility=correction.facility,
        obj=correction,
        detail=what_of(correction),
    )
    return True


def had_it_not_been(correction, look):
    """What `look(person)` says were a correction in effect on paper taken back; None where it cannot be."""
    seen = None
    try:
        with only_looking():
            apply(correction, record_of(correction), by=None, back=True)
            seen = look(Inmate.objects.get(pk=correction.inmate_id))
    except NOT_NOW:
        return None
    return seen


def _titles(inmate):
    """Keys of all that holds a person today."""
    return {key for look in corrections.titles for key in look(inmate)}
