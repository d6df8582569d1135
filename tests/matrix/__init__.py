"""The roles matrix: for every address, who may open it. One module a room holds its `ROUTES`; `test_matrix.py` walks them all.

A route missing here fails the test, so that nobody adds a page without saying whose it is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.roles import APPEALS, ASSESSOR, COORDINATOR, DIRECTOR, INSPECTOR, OFFICER, REVIEWER, SYSADMIN

ALL = frozenset({OFFICER, ASSESSOR, DIRECTOR, REVIEWER, COORDINATOR, APPEALS, INSPECTOR, SYSADMIN})
RECORDS = ALL - {SYSADMIN}
CLASSIFY = frozenset({ASSESSOR, REVIEWER})  # who never hear of anybody's part in the programme


@dataclass(frozen=True)
class Route:
    """`roles` may open it, the others get 403. `args(world)` gives the address's keyword arguments for a person held in
    `sale-2`; with `scoped`, staff of another prison in an allowed role get 404, as for a record that does not exist, save
    the roles in `elsewhere`, for whom the page is open there too. `absent`: roles that may open such pages, to whom this
    one, being somebody else's, is not there.
    `method` is how the page is asked for; a POST carries `data(world)` and must not answer 403, 404 or 500 to `roles`.
    """

    roles: frozenset
    args: Callable = lambda world: {}
    scoped: bool = False
    elsewhere: frozenset = frozenset()
    absent: frozenset = frozenset()
    method: str = "get"
    data: Callable = lambda world: {}
    public: bool = False


def person(world):
    """The address of the person's own record."""
    return {"uuid": world.inmate.uuid}


def person_with(name):
    """The address of one of the person's records, by its name in the world."""
    return lambda world: {"uuid": world.inmate.uuid, "pk": getattr(world, name).pk}


def prison(world):
    """The address of the person's prison."""
    return {"code": world.facility.code}


def person_page(roles):
    """A page of the person's record, closed to other prisons."""
    return Route(roles, args=person, scoped=True)


__all__ = [
    "ALL",
    "APPEALS",
    "ASSESSOR",
    "CLASSIFY",
    "COORDINATOR",
    "DIRECTOR",
    "INSPECTOR",
    "OFFICER",
    "RECORDS",
    "REVIEWER",
    "SYSADMIN",
    "Route",
    "person",
    "person_page",
    "person_with",
    "prison",
]
