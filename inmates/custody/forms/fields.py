"""Fields that many custody forms share: a moment in one box, a unit with its places and what stands against it."""

import re

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from inmates.custody.placement_rules import units_for
from inmates.people.forms.fields import DayField
from inmates.people.register_reading.text import tidy

_CLOCK = re.compile(r"^(?P<day>.*?)[\s,،]+(?P<hour>[01]?\d|2[0-3])[:hH](?P<minute>[0-5]\d)$")


class MomentField(DayField):
    """A day and a time in one box, as people here write it: dd/mm/yyyy hh:mm, any digits. Empty may mean now."""

    def __init__(self, **options):
        options.setdefault("help_text", _("Day and time, for example 17/05/2026 09:30. Empty means now."))
        options.setdefault("required", False)
        super().__init__(**options)
        self.widget.attrs["placeholder"] = _("dd/mm/yyyy hh:mm")

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else f"{timezone.localtime(value):%d/%m/%Y %H:%M}"

    def clean(self, value):
        """The aware moment, None when empty."""
        text = tidy(forms.CharField.clean(self, value))
        if not text:
            return None
        match = _CLOCK.match(text)
        if match is None:
            raise ValidationError(_("Write the day and the time, for example 17/05/2026 09:30."))
        day = super().clean(match["day"])
        naive = timezone.datetime(day.year, day.month, day.day, int(match["hour"]), int(match["minute"]))
        return timezone.make_aware(naive)


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
