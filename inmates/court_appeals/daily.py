"""Duty of the day: declarations of appeal that were not sent in time. Safe to run twice."""

from django.db import transaction

from config import clock
from inmates.court_appeals import sayings
from inmates.people.actions.alerts import raise_alert
from inmates.people.models import Alert
from inmates.sentences.models import CourtAppeal

Audience = Alert.Audience


@transaction.atomic
def run():
    """Raise the alerts of the day; returns how many of each kind are new."""
    return {"appeals_unsent": _unsent(clock.now())}


def _unsent(now):
    """Declarations still in the prison when they should be at the court: the prison and the national office."""
    made = 0
    for appeal in CourtAppeal.objects.overdue(now).select_related("case__inmate", "facility"):
        said = sayings.APPEAL_NOT_SENT(day=appeal.declared_on)
        for audience in (Audience.PRISON, Audience.NATIONAL):
            made += raise_alert(
                appeal.case.inmate, Alert.Kind.APPEAL_UNSENT, audience, str(appeal.pk), said, facility=appeal.facility
            )
    return made
