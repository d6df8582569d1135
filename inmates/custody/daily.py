"""Custody's duties of the day. Safe to run twice: an alert is made once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q

from config import clock
from inmates.custody import sayings
from inmates.custody.actions.admissions import count_liberty_between_stays
from inmates.custody.actions.legal_status import follow_served_term
from inmates.custody.actions.unlawful_custody import EVERY, settle_if_held, tell, to_be_told_of, told_that_they_are_free
from inmates.custody.civil_imprisonment import may_be_without_ground
from inmates.custody.holds import holds, may_be_doubtful, nothing_holds, replaced
from inmates.custody.models import DetentionOrder, Outing, Placement
from inmates.custody.release_grounds import due_since
from inmates.people.actions.alerts import raise_again, raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, LegalStatus, Task
from inmates.sentences.models import Case, TimeAtLarge
from inmates.sentences.release_dates import over_on

Kind, Audience = Alert.Kind, Alert.Audience
ENDLESS = {
    DetentionOrder.Kind.REMAND: sayings.ORDER_ENDLESS,
    DetentionOrder.Kind.REGISTER: sayings.LINE_ENDLESS,
}  # what is said of an order without a last day, by its kind


@transaction.atomic
def run(by=None):
    """Raise the alerts and tasks of the day; returns how many of each kind are new."""
    today = clock.today()
    return {
        "releases_overdue": _releases(today),
        "orders_expired": _orders(today),
        "orders_expiring": _warnings(today),
        "orders_endless": _endless(today),
        "held_without_title": _without_title(today, by),
        "outings_overdue": _outings(),
        "exceptions_ended": _exceptions(today, by),
        "release_scans_missing": _scans(today),
        "liberty_not_counted": _liberty(by),
        "held_on_another_ground": _served(today, by),
    }


def _releases(today):
    """Held past the computed day and by nothing else: the prison and, as nobody may be held too long, the national office.

    Told again each hour, like any custody without a title.
    """
    made = 0
    for inmate in Inmate.objects.releases_overdue(today).iterator(1000):
        if holds(inmate, day=today):
            continue
        due_on = due_since(inmate)
        reference, said = due_on.isoformat(), sayings.RELEASE_OVERDUE(due_on=due_on)
        for audience in (Audience.PRISON, Audience.NATIONAL):
            made += raise_again(inmate, Kind.RELEASE_OVERDUE, audience, reference, said, every=EVERY)
    return made


def _orders(today):
    """Orders that ran out without being lifted or extended, of people still held."""
    expired = DetentionOrder.objects.expired_on(today).filter(inmate__status=Inmate.Status.IN_CUSTODY)
    return sum(
        raise_alert(
            order.inmate, Kind.ORDER_EXPIRED, Audience.PRISON, f"{order.pk}:{order.expires_on}", _ran_out(order)
        )
        for order in expired.select_related("inmate")
    )


def _ran_out(order):
    return sayings.ORDER_RAN_OUT(order=order.reference, day=order.expires_on)


def _warnings(today):
    """Orders of people held that will run out: the prison is told at each of the days of `order_warning_days`, once."""
    marks = sorted(settings.POLICY["order_warning_days"])
    orders = DetentionOrder.objects.in_force_on(today).expiring_by(today + timedelta(days=marks[-1]))
    made = 0
    for order in orders.filter(inmate__status=Inmate.Status.IN_CUSTODY).select_related("inmate"):
        mark = next(mark for mark in marks if (order.expires_on - today).days <= mark)
        reference = f"{order.pk}:{order.expires_on}:{mark}"
        said = sayings.ORDER_EXPIRING(order=order.reference, expires_on=order.expires_on)
        made += raise_alert(order.inmate, Kind.ORDER_EXPIRING, Audience.PRISON, reference, said)
    return made


def _endless(today):
    """Orders in force without a last day: the prison is told again and again while they hold, or support remand.

    Nothing is ended by days gone by: who gave the order is asked until when, and the last day, or the lifting, is entered.
    """
    kinds, every, made = DetentionOrder.Kind, settings.POLICY["endless_remand_days"], 0
    orders = DetentionOrder.objects.in_force_on(today).filter(
        expires_on=None,
        issued_on__lte=today - timedelta(days=every),
        inmate__in=Inmate.objects.in_custody(),
    )
    # A judgment holds through its sentence; where no case is recorded it is all that holds. So does the line of an imported
    # register, unless remand in its case rests on it.
    remand = Case.objects.filter(pk=OuterRef("case"), state=Case.State.OPEN, on_remand=True)
    of_a_term = Q(kind=kinds.JUDGMENT) | (Q(kind=kinds.REGISTER) & ~Exists(remand))
    through = of_a_term & Exists(Case.objects.filter(inmate=OuterRef("inmate")))
    judged = ~Q(kind=kinds.CIVIL) & Q(case__isnull=False, case__annulled_at=None) & ~Q(case__state=Case.State.OPEN)
    for order in orders.exclude(through).exclude(judged).select_related("inmate", "case"):
        if replaced(order):
            continue
        if not _supports_remand(order) and order.pk not in {hold.order_id for hold in holds(order.inmate, day=today)}:
            continue
        times = (today - order.issued_on).days // every
        said = ENDLESS.get(order.kind, sayings.OTHER_ORDER_ENDLESS)(order=order.reference, since=order.issued_on)
        made += raise_alert(order.inmate, Kind.ORDER_ENDLESS, Audience.PRISON, f"{order.pk}:{times}", said)
    return made


def _supports_remand(order):
    """Whether a remand order, the arrest warrant of an admission or the line of a register may be what supports remand."""
    kinds = DetentionOrder.Kind
    if order.kind not in (kinds.REMAND, kinds.ARREST, kinds.REGISTER):
        return False
    if order.case is not None:
        return order.case.state == Case.State.OPEN
    return order.kind != kinds.REGISTER and order.inmate.release_basis == Inmate.ReleaseBasis.REMAND


def _without_title(today, by):
    """People held by nothing from today on: those who must know are told, and each hour again; see `tell`.

    Those past a computed release day are told of by `_releases`, unless an order of theirs has run out too.
    """
    people, in_force = Inmate.objects.in_custody(), DetentionOrder.objects.in_force_on(today)
    expired = people.filter(Exists(DetentionOrder.objects.expired_on(today).filter(inmate=OuterRef("pk"))))
    found = {inmate.pk: inmate for inmate in nothing_holds(people)}
    for inmate in expired.iterator(1000):
        if inmate.pk not in found and not holds(inmate, day=today):
            found[inmate.pk] = inmate
    doubtful = Exists(may_be_doubtful(in_force).filter(inmate=OuterRef("pk")))
    doubtful |= Exists(may_be_without_ground(in_force).filter(inmate=OuterRef("pk")))
    held = Q(release_on__gt=today) | Q(release_basis__in=(Inmate.ReleaseBasis.LIFE, Inmate.ReleaseBasis.DEATH))
    for inmate in people.filter(doubtful).exclude(held).iterator(1000):
        if inmate.pk not in found and to_be_told_of(inmate):
            found[inmate.pk] = inmate
    made = sum(tell(inmate, by=by) for inmate in found.values())
    for inmate in told_that_they_are_free().exclude(pk__in=found).iterator(1000):
        settle_if_held(inmate)
    return made


def _outings():
    """People not back in time."""
    late = Outing.objects.overdue(clock.now())
    return sum(
        raise_alert(
            outing.inmate,
            Kind.OUTING_OVERDUE,
            Audience.PRISON,
            str(outing.pk),
            sayings.NOT_BACK(due_back_at=outing.due_back_at),
        )
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
        raise_task(
            placement.inmate,
            kind=Task.Kind.PLACEMENT,
            due_on=today,
            said=sayings.EXCEPTION_ENDED(day=placement.exception_until),
            note=placement.exception_reason,
            by=by,
        )
        made += 1
    return made


def _liberty(by):
    """People held again of whom nothing is kept about the days between two stays: entered before that was, or imported."""
    between = Count("times_at_large", filter=~Q(times_at_large__reason=TimeAtLarge.Reason.ESCAPE), distinct=True)
    people = Inmate.objects.in_custody().annotate(stays=Count("admissions", distinct=True), between=between)
    return sum(count_liberty_between_stays(inmate, by=by) for inmate in people.filter(stays__gt=F("between") + 1))


def _served(today, by):
    """People whose last sentence has ended and who are held on: their legal status follows, once."""
    ended = Q(release_on__lte=today) | Q(release_basis=Inmate.ReleaseBasis.UNSETTLED)
    convicted = (LegalStatus.CONVICTED_APPEAL, LegalStatus.CONVICTED_FINAL)
    people = Inmate.objects.in_custody().filter(ended, legal_status__in=convicted)
    return sum(follow_served_term(inmate, by=by) for inmate in people if over_on(inmate, today))


def _scans(today):
    """Releases on a written order whose scan was not attached within a day: the national office is told once."""
    late = Task.objects.overdue(today).filter(kind=Task.Kind.RELEASE_SCAN).select_related("inmate")
    return sum(
        raise_alert(task.inmate, Kind.RELEASE_UNPROVEN, Audience.NATIONAL, str(task.pk), note=task.note)
        for task in late
    )
