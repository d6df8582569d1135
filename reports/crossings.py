"""People in custody when a day ended, by one or two dimensions; two days beside each other; who came, left and changed.

Always counted from history, so that what is recorded late counts on its day. Every table adds up to everybody held.
"""

from collections import Counter

from django.db.models import Count, OuterRef, Subquery

from config import clock
from inmates.custody.models import Admission, Placement, Transfer
from inmates.terms import month_end
from reports.statistics import people_on

NOT_HELD = "not held"


def count(day, *dimensions, prison=None):
    """`{(value, ...): people}` of everybody held when `day` ended, in every prison or in one, by these dimensions."""
    values = {f"by_{one.key}": one.value(day) for one in dimensions}
    rows = _held(day, prison).annotate(**values).values_list(*values).annotate(people=Count("pk")).order_by()
    found = Counter()
    for *key, number in rows:
        found[tuple(key)] += number
    return found


def _held(day, prison):
    """Who was in custody when `day` ended, in every prison or in one."""
    return people_on(day) if prison is None else people_on(day).filter(facility=prison)


def flow(since, until, dimension, *, prison=None):
    """`{(value at the end of since, value at the end of until): people}`; `NOT_HELD` for whoever was not in custody then.

    With `prison`, whoever was in another one counts as not held.
    """
    before, after = (
        dict(_held(day, prison).annotate(value=dimension.value(day)).values_list("inmate_id", "value"))
        for day in (since, until)
    )
    return Counter((before.get(one, NOT_HELD), after.get(one, NOT_HELD)) for one in before.keys() | after.keys())


def events(since, until, *, prison=None):
    """What happened after the end of `since` until the end of `until`.

    `admitted`, `transferred` (arrived from another prison) and `left` (`{ground: people}`), in every prison or in one. Who
    left is counted where the last place was.
    """
    window = {"gte": clock.end_of(since), "lt": clock.end_of(until)}
    came, left = (
        Admission.objects.filter(**{f"{name}__{edge}": moment for edge, moment in window.items()})
        for name in ("admitted_at", "released_at")
    )
    moved = Transfer.objects.filter(
        state=Transfer.State.ARRIVED, **{f"arrived_at__{edge}": moment for edge, moment in window.items()}
    )
    if prison is not None:
        last = Placement.objects.filter(admission=OuterRef("pk")).order_by("-during").values("facility")[:1]
        came, moved = came.filter(facility=prison), moved.filter(destination=prison)
        left = left.annotate(last_in=Subquery(last)).filter(last_in=prison.pk)
    grounds = left.values_list("ground").annotate(people=Count("pk")).order_by()
    return {"admitted": came.count(), "transferred": moved.count(), "left": dict(grounds)}


def month_ends(until, months):
    """The last days of the `months` months before that of `until`, then `until` itself; the earliest first."""
    return [*(month_end(until, -n) for n in range(months, 0, -1)), until]


def trend(days, dimension, *, prison=None):
    """`[(day, {value: people})]` for each of these days."""
    return [(day, Counter({key[0]: n for key, n in count(day, dimension, prison=prison).items()})) for day in days]
