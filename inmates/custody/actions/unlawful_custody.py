"""Custody without a title: who is told, at once and again each hour, until somebody is released or a title recorded."""

from datetime import timedelta

from django.db.models import Q

from config import clock
from inmates.custody import hooks, sayings
from inmates.custody.civil_imprisonment import GONE, without_ground
from inmates.custody.holds import doubtful_orders, holds
from inmates.custody.models import DetentionOrder
from inmates.custody.release_grounds import proposed
from inmates.people.actions.alerts import raise_again, settle_all
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task

EVERY = timedelta(hours=1)
FREE = (Alert.Kind.NO_TITLE, Alert.Kind.RELEASE_OVERDUE)  # kinds that say that somebody must go free today
HOLDING = {"holds", "order_end", "release_date", "possible_ends"}  # what of a correction may leave nothing that holds
OF_A_FINE = ("fine", "payment")  # whose corrections may leave civil imprisonment without its ground


def tell_if_free(inmate, *, by):
    """After what a court said: whoever nothing holds any longer is told of at once, and released today.

    So is whoever an order alone holds that may be of something that has ended: see `doubtful_orders`. What was told of
    somebody whom something holds again is settled.
    """
    stored = Inmate.objects.get(pk=inmate.pk)
    if stored.held and to_be_told_of(stored):
        tell(stored, by=by)
    else:
        settle_if_held(stored)


def to_be_told_of(inmate):
    """Whether nothing holds somebody today, or only what a person must look at."""
    return not holds(inmate) or bool(doubtful_orders(inmate))


def settle_if_held(inmate):
    """Once something holds somebody again, nobody is to be released today: what was told of that is settled.

    In nobody's name, so that it is told anew at once when nothing holds again. Called wherever a title is recorded, and by
    the duties of the day.
    """
    if inmate.status not in Inmate.ON_REGISTER or to_be_told_of(inmate):
        return
    settle_all(inmate, kinds=FREE, by=None)
    done = {"done_at": clock.now(), "done_note": sayings.HELD_AGAIN.mark}
    inmate.tasks.open().filter(kind=Task.Kind.NO_TITLE).update(**done)
    for react in hooks.after_held_again:
        react(inmate)


def told_that_they_are_free():
    """People on the register of whom it was told, and not settled, that nothing holds them."""
    told = Alert.objects.filter(kind__in=FREE, acknowledged_at=None)
    pardoned = Task.objects.open().filter(kind=Task.Kind.TERM_OVER, inmate__pardons__isnull=False)
    untitled = Task.objects.open().filter(kind=Task.Kind.NO_TITLE)
    people = Inmate.objects.filter(status__in=Inmate.ON_REGISTER)
    return people.filter(
        Q(pk__in=told.values("inmate")) | Q(pk__in=untitled.values("inmate")) | Q(pk__in=pardoned.values("inmate"))
    )


def tell_after_correction(correction, *, by):
    """The same after a correction or an annulment of what held somebody: an order, a remand, a sentence, a case."""
    if correction.inmate_id is not None and (HOLDING & set(correction.moves) or correction.subject in OF_A_FINE):
        tell_if_free(correction.inmate, by=by)


def tell(inmate, *, by=None):
    """Tell the prison, and the national office with the inspectors, of somebody whom nothing holds; a task due today.

    Told again each hour, on top of the list, whoever had acknowledged it. Returns how many alerts were raised now.
    """
    today, doubtful = clock.today(), doubtful_orders(inmate)
    order = inmate.detention_orders.expired_on(today).order_by("-expires_on", "-id").first()
    last = proposed(inmate)
    if order and last and last.on and last.on > order.expires_on + timedelta(days=1):
        order = None  # it had run out before, and a term or another title held until now
    stay = inmate.admissions.open().values_list("pk", flat=True).first()
    reference = f"{order.pk}:{order.expires_on}" if order else f"stay:{stay}"
    said = sayings.ORDER_RAN_OUT(order=order.reference, day=order.expires_on) if order else []
    for civil, why in without_ground(inmate, inmate.detention_orders.in_force_on(today)).items():
        said += sayings.CIVIL_WITHOUT_GROUND(order=civil.reference) if why == GONE else []
    said += sayings.NOTHING_HOLDS()
    if doubtful:
        reference = f"case:{doubtful[0].pk}"
        said = [part for one in doubtful for part in _doubt(one)]
    told = sum(
        raise_again(inmate, Alert.Kind.NO_TITLE, audience, reference, said, every=EVERY)
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL)
    )
    raise_task(inmate, kind=Task.Kind.NO_TITLE, due_on=today, said=said, by=by)
    return told


def _doubt(order):
    if order.kind == DetentionOrder.Kind.CIVIL:
        return sayings.CIVIL_DOUBTFUL(order=order.reference)
    saying = sayings.ORDER_OF_A_RETURN if hasattr(order, "admission") else sayings.ORDER_OF_NO_CASE
    return saying(order=order.reference)
