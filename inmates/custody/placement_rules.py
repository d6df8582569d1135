"""Placement rules: each one that a person in a unit would break, with its words; the law still lets a person in."""

from dataclasses import replace

from django.db.models import Count, Q

from audit import signed_context
from config import clock
from facilities.models import UNCLASSIFIED, Sex, Unit
from inmates.custody import hooks, sayings
from inmates.custody.hooks import Objection
from inmates.custody.models import KeepApart, Placement
from inmates.people.models import RestrictionStep

OF_THE_RECORD = {"tier", "round"}  # codes of objections that tell what a record holds


def placement_objections(inmate, unit, *, reader=None):
    """Rules that placing `inmate` in `unit` would break, empty when it fits. Lock the unit first when it counts.

    People to be kept apart are named only to a `reader` who may open their records.
    """
    inside = Placement.objects.current().filter(unit=unit).exclude(inmate_id=inmate.pk).count()
    others = separated_from(inmate, reader=reader) if inmate.pk else []
    return _told(reader, inmate, objections_to(inmate, unit, inside, others))


def _closed_to(reader, inmate):
    """Whether the person's record is restricted and the reader not named for it."""
    if reader is None or not inmate.pk:
        return False
    return RestrictionStep.objects.closed_to(reader).filter(inmate=inmate.pk).exists()


def _told(reader, inmate, objections, closed=None):
    """The objections as this reader may know them: what a restricted record holds stands against it, and is not said."""
    if not any(one.code in OF_THE_RECORD for one in objections):
        return objections
    if not (_closed_to(reader, inmate) if closed is None else closed):
        return objections
    return [replace(one, said=sayings.CLOSED_RECORD()) if one.code in OF_THE_RECORD else one for one in objections]


def units_for(inmate, facility, *, reader=None):
    """Units in use of a prison and what stands against each: `[(unit, inside, [Objection, ...]), ...]`, fitting first.

    Three queries more than the number of `hooks.move_checks`, whatever the number of units.
    """
    counted = Count("placements", filter=Q(placements__during__upper_inf=True) & ~Q(placements__inmate_id=inmate.pk))
    units = Unit.objects.in_use(clock.today()).filter(facility=facility).annotate(inside=counted)
    others = separated_from(inmate, reader=reader) if inmate.pk else []
    checked = [(unit, unit.inside, objections_to(inmate, unit, unit.inside, others)) for unit in units]
    closed = _closed_to(reader, inmate)
    checked = [(unit, inside, _told(reader, inmate, against, closed)) for unit, inside, against in checked]
    return sorted(checked, key=lambda row: (len(row[2]), row[0].name))


def separated_from(inmate, *, reader=None):
    """`(placement, scope, said)` of everybody in custody whom this person must not meet."""
    with signed_context.beyond("keep apart"):
        duties = list(KeepApart.objects.open().of(inmate).select_related("first", "second"))
        others = {d.second_id if d.first_id == inmate.pk else d.first_id: d for d in duties}
        places = list(Placement.objects.current().filter(inmate_id__in=others).select_related("inmate"))
    separated = []
    for placement in places:
        duty, other = others[placement.inmate_id], placement.inmate
        if reader is not None and (reader.sees_nation or other.facility_id in reader.facility_ids):
            said = sayings.MEETS(name=other.name, number=other.registration_number, reason=duty.reason)
        else:
            said = sayings.MEETS_SOMEBODY()
        separated.append((placement, duty.scope, said))
    return separated


def objections_to(inmate, unit, inside, separated):
    """The rules one by one, with the number of other people inside and the people to be kept apart already known."""
    objections = []
    if unit.closed_on is not None and unit.closed_on <= clock.today():
        objections.append(Objection("closed", sayings.UNIT_CLOSED()))
    if inside >= unit.working_capacity:
        objections.append(Objection("full", sayings.UNIT_FULL(inside=inside, places=unit.working_capacity)))
    if inmate.sex and unit.sex != inmate.sex:
        said = sayings.HOLDS_WOMEN() if unit.sex == Sex.FEMALE else sayings.HOLDS_MEN()
        objections.append(Objection("sex", said))
    if inmate.tier and inmate.tier not in unit.tiers:
        objections.append(Objection("tier", sayings.NOT_THIS_TIER(tier=inmate.tier)))
    elif not inmate.tier and UNCLASSIFIED not in unit.tiers:
        objections.append(Objection("tier", sayings.NOT_UNCLASSIFIED()))
    if inmate.legal_status and inmate.convicted and not unit.takes_convicted:
        objections.append(Objection("trial", sayings.NOT_CONVICTED()))
    elif inmate.legal_status and not inmate.convicted and not unit.takes_untried:
        objections.append(Objection("trial", sayings.NOT_UNTRIED()))
    for placement, scope, said in separated:
        if placement.unit_id == unit.pk or (
            scope == KeepApart.Scope.PRISON and placement.facility_id == unit.facility_id
        ):
            objections.append(Objection("keep_apart", said))
    if inmate.pk:
        objections += [objection for check in hooks.move_checks for objection in check(inmate, unit)]
    return objections


def meetings(people):
    """Open keep-apart duties between people of a queryset who are held: "who here must not meet?"."""
    duties = KeepApart.objects.open().filter(first__in=people, second__in=people)
    return duties.select_related("first", "second", "first__unit", "second__unit").order_by("opened_on", "id")


def other_of(duty, inmate):
    """The other person of a keep-apart pair."""
    return duty.second if duty.first_id == inmate.pk else duty.first


def may_name(user, other):
    """Whether this user may read who the other person is."""
    return user.sees_nation or other.facility_id in user.facility_ids
