"""Custody without a title: who is told, at once and again each hour, until somebody is released or a title recorded."""

from datetime import timedelta

from config import clock
from inmates.custody import sayings
from inmates.custody.holds import holds, orders_of_no_case
from inmates.people.actions.alerts import raise_again
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task

EVERY = timedelta(hours=1)
HOLDING = {"holds", "order_end", "release_date", "possible_ends"}  # what of a correction may leave nothing that holds


def tell_if_free(inmate, *, by):
    """After what a court said: whoever nothing holds any longer is told of at once, and released today.

    So is whoever an order of remand alone holds of which no case is under way: see `orders_of_no_case`.
    """
    stored = Inmate.objects.get(pk=inmate.pk)
    if stored.held and (not holds(stored) or orders_of_no_case(stored)):
        tell(stored, by=by)


def tell_after_correction(correction, *, by):
    """The same after a correction or an annulment of what held somebody: an order, a remand, a sentence, a case."""
    if correction.inmate_id is not None and HOLDING & set(correction.moves):
        tell_if_free(correction.inmate, by=by)


def tell(inmate, *, by=None):
    """Tell the prison, and the national office with the inspectors, of somebody whom nothing holds; a task due today.

    Told again each hour, on top of the list, whoever had acknowledged it. Returns how many alerts were raised now.
    """
    today, doubtful = clock.today(), orders_of_no_case(inmate)
    order = inmate.detention_orders.expired_on(today).order_by("-expires_on", "-id").first()
    stay = inmate.admissions.open().values_list("pk", flat=True).first()
    reference = f"{order.pk}:{order.expires_on}" if order else f"stay:{stay}"
    said = sayings.ORDER_RAN_OUT(order=order.reference, day=order.expires_on) if order else []
    said += sayings.NOTHING_HOLDS()
    if doubtful:
        reference = f"case:{doubtful[0].pk}"
        said = [part for one in doubtful for part in sayings.ORDER_OF_NO_CASE(order=one.reference)]
    told = sum(
        raise_again(inmate, Alert.Kind.NO_TITLE, audience, reference, said, every=EVERY)
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL)
    )
    raise_task(inmate, kind=Task.Kind.NO_TITLE, due_on=today, said=said, by=by)
    return told
