"""Fields that many custody forms share: a unit with its places and what stands against it, an exception, people by number."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from core.templatetags.display import listed
from inmates.custody.placement_rules import units_for
from inmates.people.forms.fields import DayField
from inmates.people.models import Inmate


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


def people_by_number(text, user):
    """People held in a user's scope by their registration numbers, one a line; ValidationError names the unknown."""
    numbers = list(dict.fromkeys("".join(line.split()).upper() for line in text.splitlines() if line.strip()))
    people = {}
    for person in Inmate.objects.in_scope_of(user).in_custody().filter(registration_number__in=numbers):
        if person.registration_number in people:
            raise ValidationError(
                _("Number %(number)s stands in two prisons."), params={"number": person.registration_number}
            )
        people[person.registration_number] = person
    missing = [number for number in numbers if number not in people]
    if missing:
        raise ValidationError(_("Nobody held here has the number %(numbers)s."), params={"numbers": listed(missing)})
    return [people[number] for number in numbers]
