"""May this person be in this unit? Every rule that is not met, with its words; the law still lets a person in."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from config import clock
from facilities.models import UNCLASSIFIED, Sex, Unit
from inmates.custody import hooks
from inmates.custody.models import KeepApart, Placement


@dataclass(frozen=True)
class Misfit:
    """One rule of a place that a person would not meet: a code kept with the placement, and words for the page."""

    code: str
    text: str


def misfits(inmate, unit):
    """Rules that placing `inmate` in `unit` would break, empty when it fits. Call it with the unit locked when it counts."""
    found = []
    if unit.closed_on is not None and unit.closed_on <= clock.today():
        found.append(Misfit("closed", _("The unit is closed.")))
    inside = Placement.objects.current().filter(unit=unit).exclude(inmate_id=inmate.pk).count()
    if inside >= unit.working_capacity:
        text = _("The unit is full: %(inside)s people, %(places)s places.")
        found.append(Misfit("full", text % {"inside": inside, "places": unit.working_capacity}))
    if unit.sex != inmate.sex:
        found.append(Misfit("sex", _("The unit holds women.") if unit.sex == Sex.FEMALE else _("The unit holds men.")))
    if (inmate.tier or UNCLASSIFIED) not in unit.tiers:
        text = (
            _("The unit does not take tier %(tier)s.")
            if inmate.tier
            else _("The unit does not take people not yet classified.")
        )
        found.append(Misfit("tier", text % {"tier": inmate.tier} if inmate.tier else text))
    if inmate.legal_status and not (unit.takes_convicted if inmate.convicted else unit.takes_untried):
        found.append(
            Misfit(
                "trial",
                _("The unit does not take the convicted.")
                if inmate.convicted
                else _("The unit does not take the untried."),
            )
        )
    if inmate.pk:
        found += [Misfit("keep_apart", text) for text in keep_apart_conflicts(inmate, unit)]
        found += [Misfit("other", text) for check in hooks.move_checks for text in check(inmate, unit)]
    return found


def keep_apart_conflicts(inmate, unit):
    """Texts on people in this unit, or prison, whom the person must not meet."""
    texts = []
    for duty in KeepApart.objects.open().of(inmate).select_related("first", "second"):
        other = duty.second if duty.first_id == inmate.pk else duty.first
        near = Q(facility=unit.facility_id) if duty.scope == KeepApart.Scope.PRISON else Q(unit=unit)
        if Placement.objects.current().filter(near, inmate=other).exists():
            texts.append(
                _("Must not meet %(name)s (%(number)s): %(reason)s")
                % {"name": other.name, "number": other.registration_number, "reason": duty.reason}
            )
    return texts


def units_for(inmate, facility):
    """Units in use of a prison with what stands against each: `[(unit, [Misfit, ...]), ...]`, fitting ones first."""
    units = Unit.objects.in_use(clock.today()).filter(facility=facility)
    return sorted(((unit, misfits(inmate, unit)) for unit in units), key=lambda pair: (len(pair[1]), pair[0].name))
