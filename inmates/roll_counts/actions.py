"""The roll count: who should be in each unit (placed less out), who was counted, why they differ, who signed."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.templatetags.display import listed
from core.workflow import ensure, left_to_another, lock
from facilities.models import Unit
from inmates.custody.models import Outing
from inmates.roll_counts.models import RollCount, RollCountLine


def expected(facility):
    """`[(unit, placed, out), ...]` of a prison now: people placed in each unit in use, and those of them now out."""
    away = Exists(Outing.objects.out().filter(inmate_id=OuterRef("placements__inmate_id")))
    here = Q(placements__during__upper_inf=True)
    units = (
        Unit.objects.filter(facility=facility)
        .filter(Q(closed_on=None) | Q(closed_on__gt=clock.today()))
        .annotate(placed=Count("placements", filter=here), away=Count("placements", filter=here & away))
        .order_by("name")
    )
    return [(unit, unit.placed, unit.away) for unit in units]


@transaction.atomic
def record(facility, *, counted, explanation="", by):
    """Store a count of every unit in use: `counted` maps unit numbers to heads. A difference may be explained later."""
    by.require("inmates.count_roll", at=facility)
    lines = expected(facility)
    missing = [str(unit) for unit, _placed, _out in lines if counted.get(unit.pk) is None]
    if missing:
        raise ValidationError(_("Count every unit: %(units)s.") % {"units": listed(missing)})
    count = RollCount.objects.create(facility=facility, counted_by=by, explanation=explanation)
    RollCountLine.objects.bulk_create(
        RollCountLine(count=count, unit=unit, placed=placed, out=out, counted=counted[unit.pk])
        for unit, placed, out in lines
    )
    trail.record("roll.counted", by=by, facility=facility, obj=count, detail={"difference": difference(count)})
    return count


def difference(count):
    """Heads counted less heads expected, over all units."""
    return sum(line.difference for line in count.lines.all())


def differs(count):
    """Whether any unit's count differs: a head too many here does not make good one missing there."""
    return any(line.difference for line in count.lines.all())


@transaction.atomic
def explain(count, *, explanation, by):
    """Write down why counted and expected differ, before it is signed."""
    count = lock(count)
    by.require("inmates.count_roll", at=count.facility)
    ensure(count.signed_by_id is None, _("This count is signed already."))
    if not explanation.strip():
        raise ValidationError({"explanation": _("Explain the difference.")})
    count.explanation = explanation
    count.save()
    trail.record("roll.explained", by=by, facility=count.facility, obj=count)
    return count


@transaction.atomic
def sign(count, *, by):
    """Sign a count: never whoever counted, and not while a difference stands unexplained."""
    count = lock(count)
    by.require("inmates.sign_roll", at=count.facility)
    if refusal := left_to_another(by, count.counted_by_id, own=_("Somebody else must sign your count.")):
        raise PermissionDenied(refusal)
    ensure(count.signed_by_id is None, _("This count is signed already."))
    ensure(not differs(count) or count.explanation.strip(), _("Explain the difference first."))
    count.signed_by, count.signed_at = by, clock.now()
    count.save()
    trail.record("roll.signed", by=by, facility=count.facility, obj=count)
    return count
