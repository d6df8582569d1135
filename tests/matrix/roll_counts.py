"""Who may open the pages of roll counts."""

from inmates.roll_counts import actions as roll_counts
from tests.matrix import DIRECTOR, OFFICER, RECORDS, Route, prison

RECORDS_OFFICE = frozenset({OFFICER})


def build(world):
    """One count of the prison, when everybody of the other rooms is in it."""
    officer, inmate = world.users[OFFICER], world.inmate
    counted = {one.pk: placed - out for one, placed, out in roll_counts.expected(inmate.facility)}
    world.roll_count = roll_counts.record(inmate.facility, counted=counted, by=officer)


def _count(world):
    return {"code": world.facility.code, "uuid": world.roll_count.uuid}


ROUTES = {
    "facilities:roll": Route(RECORDS, args=prison, scoped=True),
    "facilities:roll_new": Route(RECORDS_OFFICE, args=prison, scoped=True),
    "facilities:roll_count": Route(RECORDS, args=_count, scoped=True),
    "facilities:roll_explain": Route(RECORDS_OFFICE, args=_count, scoped=True),
    "facilities:roll_sign": Route(frozenset({DIRECTOR}), args=_count, scoped=True),
}
