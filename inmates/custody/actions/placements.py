"""Placement: where a person is, moment by moment, one place at a time."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.custody import hooks
from inmates.custody.models import Placement
from inmates.custody.placement_rules import placement_objections


def open_placement(inmate, admission, unit, *, at, reason="", exception_reason="", exception_until=None, by):
    """Close the running placement and open one in `unit`, counted under the unit's lock. Returns the placement."""
    unit = lock(unit, related=["facility"])
    against = placement_objections(inmate, unit, reader=by)
    if blocking := [objection.text for objection in against if objection.blocking]:
        raise ValidationError({"unit": blocking})
    if against and not (exception_reason.strip() and exception_until):
        raise ValidationError(
            {
                "unit": [objection.text for objection in against]
                + [_("Give a reason and an end date to place the person here all the same.")]
            }
        )
    if against and exception_until <= clock.today():
        raise ValidationError({"exception_until": _("The end of the exception must lie in the future.")})
    end_placement(inmate, at=at)
    placement = Placement.objects.create(
        admission=admission,
        inmate=inmate,
        facility=unit.facility,
        unit=unit,
        during=DateTimeTZRange(at, None, "[)"),
        reason=reason,
        exceptions=[objection.code for objection in against],
        exception_reason=exception_reason if against else "",
        exception_until=exception_until if against else None,
        placed_by=by,
    )
    inmate.facility, inmate.unit = unit.facility, unit
    inmate.save()
    return placement


@transaction.atomic
def place(inmate, *, unit, reason="", exception_reason="", exception_until=None, at=None, by):
    """Move a person inside their prison, from `at` (now) on. Raises ValidationError when rules stand against it."""
    inmate = lock(inmate)
    by.require("inmates.place", at=inmate.facility)
    return _move(
        inmate,
        unit,
        at=at,
        reason=reason,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )


@transaction.atomic
def place_by_another_act(inmate, *, unit, at=None, reason="", exception_reason="", exception_until=None, by):
    """Move a person as another act of theirs asks for (a round that begins, a separation); raises what `place` raises.

    For the rooms above, in the transaction of their own act: who may take that act is theirs to say.
    """
    return _move(
        lock(inmate),
        unit,
        at=at,
        reason=reason,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )


def _move(inmate, unit, *, at, reason="", exception_reason="", exception_until=None, by):
    """Move a locked person to another unit of their prison and tell the rooms above."""
    admission = inmate.admissions.open().first()
    ensure(admission is not None, _("This person is not in custody."))
    ensure(unit.facility_id == inmate.facility_id, _("The unit is in another prison: use a transfer."))
    ensure(inmate.held, _("This person is absent: record the return first."))
    ensure(unit.pk != inmate.unit_id, _("The person is in this unit already."))
    at = at or clock.now()
    ensure(at <= clock.now(), _("The move lies in the future."))
    before = inmate.unit.name
    placement = open_placement(
        inmate,
        admission,
        unit,
        at=at,
        reason=reason,
        exception_reason=exception_reason,
        exception_until=exception_until,
        by=by,
    )
    trail.record(
        "inmate.moved",
        by=by,
        inmate=inmate,
        obj=placement,
        detail={"from": before, "to": unit.name, "exceptions": placement.exceptions},
    )
    for react in hooks.after_move:
        react(inmate, placement, by=by)
    return placement


def end_placement(inmate, *, at):
    """Close the running placement at a moment after it began; returns it, or None when there is none."""
    running = Placement.objects.current().filter(inmate=inmate).select_related("unit").first()
    if running is not None:
        ensure(at > running.during.lower, _("The person came to %(unit)s later than that.") % {"unit": running.unit})
        running.during = DateTimeTZRange(running.during.lower, at, "[)")
        running.save()
    return running
