"""The state of the service, or of one's prison, on the first page: each number leads to its people or its page."""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlencode

from django.db.models import Count
from django.urls import reverse

from audit import signed_context
from config import clock
from inmates.custody import occupancy
from inmates.people.models import Inmate, Task
from inmates.people.participation import may_know_participation
from inmates.terms import step
from reports.statistics import people_on


@dataclass(frozen=True)
class Figure:
    """A number with the address of what it counts; empty where there is none."""

    number: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A prison, or a unit of the only one: people in its working places, and what is late there (None: not for this user)."""

    place: object
    url: str
    inside: int
    places: int
    reviews: Figure | None = None
    releases: Figure | None = None
    tasks: Figure | None = None

    @property
    def fullness(self):
        """People for each working place; without places whoever is inside is one too many."""
        return self.inside / self.places if self.places else self.inside


@dataclass(frozen=True)
class Overview:
    """What one screen says: who is held, what changed, where it is full and where something is late."""

    held: Figure
    changes: dict
    tiers: list
    returnees: Figure
    places: int
    lines: list
    national: bool
    asks_reviews: bool


def overview(user):
    """The overview of whoever may see figures; None for anybody else and where there is no prison."""
    if not user.can("inmates.view_statistics"):
        return None
    today = clock.today()
    prisons = occupancy.prisons(user)
    if not prisons:
        return None
    inside = sum(prison.inside for prison in prisons)
    tiers = {n: sum(getattr(prison, name) for prison in prisons) for n, name in _TIERS}
    returnees = Inmate.objects.in_custody().filter(facility__in=prisons, is_returnee=True).count()
    days = {"week": today - timedelta(days=7), "year": step(today, -12)}
    with signed_context.beyond("figures"):
        before = {name: people_on(day).filter(facility__in=prisons).count() for name, day in days.items()}
    one = prisons[0] if len(prisons) == 1 and not user.sees_nation else None
    return Overview(
        held=Figure(inside, _list()),
        changes={
            name: Figure(inside - before[name], f"{reverse('reports:flows')}?{urlencode(_since(day, one))}")
            for name, day in days.items()
        },
        tiers=[(tier, Figure(people, _list(tier=tier or 0))) for tier, people in tiers.items()],
        returnees=Figure(returnees, _list(returnee="yes")),
        places=sum(prison.places for prison in prisons),
        lines=_units(one) if one is not None and may_know_participation(user) else _prisons(user, prisons, today),
        national=user.sees_nation,
        asks_reviews=user.can("inmates.view_classification"),
    )


_TIERS = ((1, "tier_1"), (2, "tier_2"), (3, "tier_3"), (None, "unclassified"))


def _since(day, prison):
    return {"since": day.isoformat(), **({"prison": prison.code} if prison is not None else {})}


def _list(**filters):
    """The address of the list of people in custody, with these filters."""
    return f"{reverse('inmates:list')}?{urlencode({'status': Inmate.Status.IN_CUSTODY, **filters})}"


def _by_prison(rows):
    """`{facility id: rows}`."""
    return dict(rows.order_by().values_list("facility").annotate(n=Count("pk")))


def _prisons(user, prisons, today):
    """A line for each prison, the fullest first."""
    people = Inmate.objects.filter(facility__in=prisons)
    reviews = _by_prison(people.review_overdue(today)) if user.can("inmates.view_classification") else None
    releases = _by_prison(people.releases_overdue(today))
    tasks = _by_prison(Task.objects.visible_to(user).overdue(today).filter(facility__in=prisons))
    lines = [
        Line(
            prison,
            prison.get_absolute_url(),
            prison.inside,
            prison.places,
            None if reviews is None else Figure(reviews.get(prison.pk, 0), _list(prison=prison.code, review="overdue")),
            Figure(releases.get(prison.pk, 0), prison.get_absolute_url()),
            Figure(tasks.get(prison.pk, 0)),
        )
        for prison in prisons
    ]
    return sorted(lines, key=lambda line: (-line.fullness, str(line.place)))


def _units(prison):
    """A line for each unit in use, the fullest first."""
    lines = [
        Line(unit, reverse("facilities:unit", args=[prison.code, unit.pk]), unit.inside, unit.working_capacity)
        for unit in occupancy.units(prison)
    ]
    return sorted(lines, key=lambda line: (-line.fullness, str(line.place)))
