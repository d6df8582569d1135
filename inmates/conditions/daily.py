"""Conditions' duties of the day. Safe to run twice: a breach is alerted once."""

from django.db import transaction
from django.db.models import F, Q

from config import clock
from inmates.conditions.actions.protection import check_place, people_to_check
from inmates.conditions.actions.separations import alert_breach, days_in_a_row
from inmates.conditions.models import MOST_DAYS, Separation


@transaction.atomic
def run(by=None):
    """Raise the alerts of the day; returns how many are new."""
    today = clock.today()
    return {
        "separation_breaches": _separations(today),
        "places_forbidden": sum(check_place(inmate) for inmate in people_to_check()),
    }


def _separations(today):
    """Separations on their sixteenth day in a row or later, also those that ended before anybody was alerted."""
    made = 0
    for separation in (
        Separation.objects.filter(breach_alerted_on=None)
        .filter(Q(ended_on=None) | Q(ended_on__gt=F("authorised_until")))
        .select_related("inmate", "facility")
    ):
        last = separation.ended_on or today
        if last >= separation.began_on:
            days = days_in_a_row(separation.inmate, separation.began_on, last, but=separation.pk)
            if days > MOST_DAYS:
                made += alert_breach(separation, today=today)
    return made
