"""Custody's duties of the day. Safe to run twice: an alert is made once."""

from django.db import transaction

from config import clock
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder, Outing, Placement
from inmates.people.actions.alerts import raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task

Kind, Audience = Alert.Kind, Alert.Audience


@transaction.atomic
def run(by=None):
    """Raise the alerts and tasks of the day; returns how many of each kind are new."""
    today = clock.today()
    return {
        "releases_overdue": _releases(today),
        "orders_expired": _orders(today),
        "outings_overdue": _outings(),
        "exceptions_ended": _exceptions(today, by),
    }


def _releases(today):
    """Held past the computed day and by nothing else: the prison and, as nobody may be held too long, the national office."""
    made = 0
    for inmate in Inmate.objects.releases_overdue(today).iterator(1000):
        if holds(inmate, day=today):
            continue
        reference = inmate.release_on.isoformat()
        made += raise_alert(inmate, Kind.RELEASE_OVERDUE, Audience.PRISON, reference)
        made += raise_alert(inmate, Kind.RELEASE_OVERDUE, Audience.NATIONAL, reference)
    return made


def _orders(today):
    """Orders that ran out without being lifted or extended, of people still held."""
    expired = DetentionOrder.objects.expired_on(today).filter(inmate__status=Inmate.Status.IN_CUSTODY)
    return sum(
        raise_alert(
            order.inmate, Kind.ORDER_EXPIRED, Audience.PRISON, f"{order.pk}:{order.expires_on}", order.reference
        )
        for order in expired.select_related("inmate")
    )


def _outings():
    """People not back in time."""
    late = Outing.objects.overdue(clock.now())
    return sum(
        raise_alert(outing.inmate, Kind.OUTING_OVERDUE, Audience.PRISON, str(outing.pk))
        for outing in late.select_related("inmate")
    )


def _exceptions(today, by):
    """Exceptions past their end: a task to place the person by the rules, or to give a new reason."""
    made = 0
    for placement in (
        Placement.objects.overdue(today)
        .exclude(inmate__in=Task.objects.open().filter(kind=Task.Kind.PLACEMENT).values("inmate_id"))
        .select_related("inmate")
    ):
        raise_task(placement.inmate, kind=Task.Kind.PLACEMENT, due_on=today, detail=placement.exception_reason, by=by)
        made += 1
    return made
