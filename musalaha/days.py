"""Day and moment of an act: today, or an earlier day when history is entered; never a day to come."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from config import clock

MORNING, EVENING = 8, 17


def given(on, field="on"):
    """`on`, or today where none is given. Raises ValidationError at `field` for a day to come."""
    if on is None:
        return clock.today()
    if on > clock.today():
        raise ValidationError({field: _("This day lies in the future.")})
    return on


def moment_of(day, hour=MORNING):
    """Moment of an act of `day`: now, for today; else the hour at which such acts are entered for the past."""
    return clock.now() if day == clock.today() else clock.midnight(day) + timedelta(hours=hour)
