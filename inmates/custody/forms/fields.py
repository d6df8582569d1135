"""Fields that many custody forms share: a unit with its places and what stands against it, an exception."""

from django import forms
from django.utils.translation import gettext_lazy as _

from inmates.custody.placement_rules import units_for
from inmates.people.forms.fields import DayField


def unit_field(inmate, facilities, *, reader, label=None, but=None):
    """A choice of units with the places taken and, in words, what stands against each for this person."""
    groups, units = [], {}
    for facility in facilities:
        options = []
        for unit, inside, against in units_for(inmate, facility, reader=reader):
            if unit.pk == but:
                continue
            units[str(unit.pk)] = unit
            why = " ".join(objection.text for objection in against)
            places = _("%(inside)s of %(places)s") % {"inside": inside, "places": unit.working_capacity}
            options.append((str(unit.pk), f"{unit.name} · {places}" + (f" · {why}" if why else "")))
        groups.append((facility.name, options))
    choices = groups if len(groups) > 1 else [option for _name, options in groups for option in options]
    return forms.TypedChoiceField(
        label=label or _("Unit"),
        choices=[("", "—"), *choices],
        coerce=units.__getitem__,
        help_text=_("What stands against a unit is said beside it; a reason and an end are then needed below."),
    )


class ExceptionFields(forms.Form):
    """Reason and end of a placement against a unit's rules; required only where a rule is not met."""

    exception_reason = forms.CharField(
        label=_("Why against the rules"),
        max_length=300,
        required=False,
        help_text=_("Only where the unit is full or does not fit."),
    )
    exception_until = DayField(label=_("Exception until"), required=False)
