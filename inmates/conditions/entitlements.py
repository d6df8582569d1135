"""Visits and calls that the regime of a tier promises, against those that took place."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from config import clock
from facilities.models import Regime
from inmates.conditions.models import Contact


@dataclass(frozen=True)
class Entitlement:
    """One thing a regime promises, with what was given so far in its period."""

    label: str
    promised: int
    given: int
    period: str


def entitlements(inmate, *, on=None):
    """Regime of a person, and each entitlement of the month and week of a day (today) with what was given.

    `(None, [])` before the first classification: no regime is laid down for those.
    """
    on = on or clock.today()
    regime = Regime.objects.filter(tier=inmate.tier).first() if inmate.tier else None
    if regime is None:
        return None, []
    month = (on.replace(day=1), on.replace(day=monthrange(on.year, on.month)[1]))
    monday = on - timedelta(days=on.weekday())
    given = inmate.contacts.filter(on__range=(min(month[0], monday), month[1])).values_list("kind", "on")
    visits = sum(1 for kind, day in given if kind == Contact.Kind.VISIT and month[0] <= day <= month[1])
    calls = sum(1 for kind, day in given if kind == Contact.Kind.CALL and monday <= day <= monday + timedelta(days=6))
    return regime, [
        Entitlement(_("Family visits"), regime.visits_per_month, visits, _("this month")),
        Entitlement(_("Calls"), regime.calls_per_week, calls, _("this week")),
    ]
