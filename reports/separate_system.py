"""The separate system in figures as of the end of any day: on what ground people are in it, who came in, who went out and why."""

from collections import Counter
from datetime import timedelta

from django.db.models import Count

from config import clock
from inmates.custody.models import Admission, SeparateGround
from inmates.separate.in_force import ground_on
from inmates.separate.models import SeparateStep
from inmates.small_cells import hide_table
from reports.statistics import people_on

DAYS = 365  # in and out are counted over so many days, the last one included
OTHER = "released"  # out of it with the end of custody, which takes no exit


def figures(day):
    """`{"held": {ground or "none": people}, "in": {ground: steps}, "out": {cause or "released": steps or stays}}`.

    In and out are what took effect in the year that ended with `day`: decisions that count then, whatever came after.
    """
    rows = people_on(day).annotate(ground_then=ground_on("admission_id", day)).values_list("ground_then")
    held = Counter()
    for ground, people in rows.annotate(people=Count("pk")):
        held[ground or "none"] += people
    since = day - timedelta(days=DAYS)
    steps = SeparateStep.objects.counting(day).filter(effective_on__gt=since, admission__annulled_at=None)
    counted = Counter(steps.order_by().values_list("kind", "ground"))
    left = Admission.objects.filter(released_at__gte=clock.end_of(since), released_at__lt=clock.end_of(day)).exclude(
        ground=Admission.Ground.ORDINARY
    )
    return {
        "held": {name: held[name] for name in (*SeparateGround.values, "none")},
        "in": {ground: counted[SeparateStep.Kind.IN, ground] for ground in SeparateGround.values},
        "out": {cause: counted[SeparateStep.Kind.OUT, cause] for cause in SeparateStep.Cause.values}
        | {OTHER: left.count()},
    }


def shown(counted, *, nation, causes):
    """The figures as a reader may see them: small ones hidden without national scope, exits without causes for some.

    Where causes are not told, all exits are one figure: `{"decided": n, "released": n}`.
    """
    out = counted["out"]
    if not causes:
        out = {"decided": sum(n for cause, n in out.items() if cause != OTHER), OTHER: out[OTHER]}
    tables = {"held": counted["held"], "in": counted["in"], "out": out}
    if nation:
        return tables
    return {name: hide_table({name: cells})[name] for name, cells in tables.items()}
