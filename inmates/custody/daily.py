"""Custody's duties of the day. Safe to run twice: an alert is made once, and told again by nobody."""

from django.db import transaction
from django.db.models import F, Q

from config import clock
from inmates.custody.actions import raise_task
from inmates.custody.holds import holds
from inmates.custody.models import Alert, DetentionOrder, Outing, Placement, Separation, Task
from inmates.custody.separations import MOST, alert_breach, days_in_a_row
from inmates.people.models import Inmate

Kind, Audience = Alert.Kind, Alert.Audience


@transaction.atomic
def run(by=None):
    """Raise what the day asks for; returns how many alerts and tasks of each kind are new."""
    today = clock.today()
    return {
        "releases_overdue": _releases(today),
        "separation_breaches": _separations(today),
        "orders_expired": _orders(today),
        "outings_overdue": _outings(),
        "exceptions_ended": _exceptions(today, by),
    }


def _alert(inmate, kind, audience, reference, detail=""):
    _found, new = Alert.objects.get_or_create(
        inmate=inmate,
        kind=kind,
        audience=audience,
        reference=reference,
        defaults={"facility_id": inmate.facility_id, "raised_on": clock.today(), "detail": detail},
    )
    return new


def _releases(today):
    """Held past the computed day and by nothing else: the prison and, as nobody may be held too long, the national office."""
    made = 0
    for inmate in Inmate.objects.in_custody().filter(release_on__lt=today).iterator(1000):
        if holds(inmate, day=today):
            continue
        reference = inmate.release_on.isoformat()
        made += _alert(inmate, Kind.RELEASE_OVERDUE, Audience.PRISON, reference)
        made += _alert(inmate, Kind.RELEASE_OVERDUE, Audience.NATIONAL, reference)
    return made


def _separations(today):
    """Separations on their sixteenth day in a row or later, also those that ended without having been told."""
    made = 0
    for separation in (
        Separation.objects.filter(breach_alerted_on=None)
        .filter(Q(ended_on=None) | Q(ended_on__gt=F("authorised_until")))
        .select_related("inmate", "facility")
    ):
        last = separation.ended_on or today
        if last >= separation.began_on:
            days = days_in_a_row(separation.inmate, separation.began_on, last, but=separation.pk)
            if days > MOST:
                made += alert_breach(separation, today=today)
    return made


def _orders(today):
    """Orders that ran out without being lifted or extended, of people still held."""
    expired = DetentionOrder.objects.filter(
        lifted_on=None, expires_on__lt=today, inmate__status=Inmate.Status.IN_CUSTODY
    ).select_related("inmate")
    return sum(
        _alert(order.inmate, Kind.ORDER_EXPIRED, Audience.PRISON, f"{order.pk}:{order.expires_on}", order.reference)
        for order in expired
    )


def _outings():
    """People not back in time."""
    late = Outing.objects.filter(left_at__isnull=False, back_at=None, due_back_at__lt=clock.now())
    return sum(
        _alert(outing.inmate, Kind.OUTING_OVERDUE, Audience.PRISON, str(outing.pk))
        for outing in late.select_related("inmate")
    )


def _exceptions(today, by):
    """Exceptions past their end: a task to place the person by the rules, or to give a new reason."""
    made = 0
    for placement in (
        Placement.objects.current()
        .exclude(exceptions=[])
        .filter(exception_until__lt=today)
        .exclude(inmate__in=Task.objects.open().filter(kind=Task.Kind.PLACEMENT).values("inmate_id"))
        .select_related("inmate")
    ):
        raise_task(placement.inmate, kind=Task.Kind.PLACEMENT, due_on=today, detail=placement.exception_reason, by=by)
        made += 1
    return made
