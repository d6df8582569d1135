"""Custody without a title: who is told, at once and again each hour, until somebody is released or a title recorded."""

from datetime import timedelta

from config import clock
from inmates.custody import sayings
from inmates.custody.holds import holds
from inmates.people.actions.alerts import raise_again
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Task

EVERY = timedelta(hours=1)


def tell_of_the_free(inmate, *, by):
    """Tell of somebody whom an act has just left with nothing that holds them, that very day."""
    if inmate.held and not holds(inmate):
        tell(inmate, by=by)


def tell(inmate, *, by=None):
    """Tell the prison, and the national office with the inspectors, of somebody whom nothing holds; a task due today.

    Told again each hour, on top of the list, whoever had acknowledged it. Returns how many alerts were raised now.
    """
    today = clock.today()
    order = inmate.detention_orders.expired_on(today).order_by("-expires_on", "-id").first()
    stay = inmate.admissions.open().values_list("pk", flat=True).first()
    reference = f"{order.pk}:{order.expires_on}" if order else f"stay:{stay}"
    said = sayings.ORDER_RAN_OUT(order=order.reference, day=order.expires_on) if order else []
    said += sayings.NOTHING_HOLDS()
    told = sum(
        raise_again(inmate, Alert.Kind.NO_TITLE, audience, reference, said, every=EVERY)
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL)
    )
    raise_task(inmate, kind=Task.Kind.NO_TITLE, due_on=today, said=said, by=by)
    return told
