"""Civil imprisonment and what it is for: once the fine is paid or remitted, or its case ended, it has no ground left."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from config import clock
from inmates.custody.models import DetentionOrder
from inmates.sentences.models import Case, Fine, Pardon

GONE, DOUBTFUL = "gone", "doubtful"
VERIFIED = Pardon.State.VERIFIED
NO_CONVICTION = (Case.State.ACQUITTED, Case.State.DROPPED)


def without_ground(inmate, orders, *, remitted=frozenset()):
    """`{order: GONE or DOUBTFUL}` of those of these orders of civil imprisonment whose fine is recorded and owed no longer.

    It is gone where the order names its case: the last fine of it was paid or remitted, or it ended without a conviction,
    on or after the day of the order. It is doubtful where that came before, the fine was annulled, or the order names no
    case and a fine went since: a person says whether it is for something else, damages or costs, and it holds on until
    then. `remitted`: keys of fines taken as remitted today.
    """
    return _without_ground(inmate, [order for order in orders if order.lifted_on is None], remitted)


def _without_ground(inmate, orders, remitted=frozenset()):
    civil = [order for order in orders if order.kind == DetentionOrder.Kind.CIVIL]
    if not civil:
        return {}
    cases = {case.pk: case for case in inmate.cases.all()}
    fines = list(Fine.everything.filter(case__inmate=inmate).prefetch_related("payments", "pardons"))
    for fine in fines:
        if fine.pk in remitted:
            fine.remaining, fine.goes_today = 0, True
    found = {}
    for order in civil:
        case = cases.get(order.case_id)
        found[order] = _of_no_case(order, cases, fines) if case is None else _of_its_case(order, case, fines)
    return {order: said for order, said in found.items() if said}


def _of_its_case(order, case, fines):
    if case.state in NO_CONVICTION:
        return GONE if case.closed_on and case.closed_on >= order.issued_on else DOUBTFUL
    fines = [fine for fine in fines if fine.case_id == case.pk]
    standing = [fine for fine in fines if fine.annulled_at is None]
    if any(fine.remaining for fine in standing):
        return None
    since = any(day >= order.issued_on for fine in standing for day, _by in _went(fine))
    return GONE if since else DOUBTFUL if fines else None


def ends_of_civil_imprisonment(inmate):
    """`(order, day, pardon or None)` of each order of civil imprisonment that has ended: since when, and by which pardon.

    The earliest of the day it was lifted, the day after its last one, and the day on which the last of its fines went or
    its case ended without a conviction.
    """
    orders = [order for order in inmate.detention_orders.all() if order.kind == DetentionOrder.Kind.CIVIL]
    gone = {order for order, said in _without_ground(inmate, orders).items() if said == GONE}
    for order in orders:
        ends = [(order.lifted_on, None), (order.expires_on and order.expires_on + timedelta(days=1), None)]
        if order in gone:
            ends.append(_ground_went(order.case))
        ends = [one for one in ends if one[0] and one[0] <= clock.today()]
        if ends:
            yield order, *min(ends, key=lambda one: one[0])


def _ground_went(case):
    """`(day, pardon or None)` on which a case ended without a conviction, or the last of its fines went."""
    if case.state in NO_CONVICTION:
        return case.closed_on, None
    went = (one for fine in case.fines.prefetch_related("payments", "pardons") for one in _went(fine))
    return max(went, key=lambda one: one[0])


def _of_no_case(order, cases, fines):
    owed = [fine for fine in fines if fine.annulled_at is None and fine.case_id in cases]
    if any(fine.remaining and cases[fine.case_id].state not in NO_CONVICTION for fine in owed):
        return None
    went = [day for fine in fines for day, _by in _went(fine, cases.get(fine.case_id))]
    return DOUBTFUL if any(day >= order.issued_on for day in went) else None


def _went(fine, case=None):
    """`(day, pardon or None)` on which something of a fine was paid or remitted, or it was annulled or fell with its case."""
    yield from ((payment.paid_on, None) for payment in fine.payments.all())
    for pardon in fine.pardons.all():
        if pardon.state == VERIFIED:
            yield timezone.localdate(pardon.verified_at), pardon
    if getattr(fine, "goes_today", False):
        yield clock.today(), None
    if fine.annulled_at is not None:
        yield timezone.localdate(fine.annulled_at), None
    if case is not None and case.state in NO_CONVICTION and case.closed_on:
        yield case.closed_on, None


def may_be_without_ground(orders):
    """Of these orders in a query, those of civil imprisonment of people of whom a fine is recorded, or that name a case."""
    fined = Q(inmate__in=Fine.everything.values("case__inmate"))
    return orders.filter(fined | Q(case__isnull=False), kind=DetentionOrder.Kind.CIVIL)
