"""Who may open the pages of the separate system."""

from tests.factories import make_inmate
from tests.inmates.separate.conftest import decided, proposed
from tests.matrix import DIRECTOR, OFFICER, RECORDS, Route, person_page

BOTH = frozenset({OFFICER, DIRECTOR})


def build(world):
    """A step that waits, and somebody who leaves, told of it."""
    officer, director = world.users[OFFICER], world.users[DIRECTOR]
    world.separate_step = proposed(world.inmate, by=officer)
    world.leaving = make_inmate(world.unit, by=officer)
    decided(world.leaving, officer=officer, director=director)
    world.exit = decided(world.leaving, officer=officer, director=director, ground="gone", served_by=officer)


ROUTES = {
    "inmates:separate": Route(RECORDS),
    "inmates:separate_step": Route(RECORDS, args=lambda world: {"uuid": world.separate_step.uuid}, scoped=True),
    "inmates:separate_notice_pdf": Route(BOTH, args=lambda world: {"uuid": world.exit.uuid}, scoped=True),
    "inmates:tab_separate": person_page(RECORDS),
    "inmates:separate_propose": person_page(frozenset({OFFICER})),
    "inmates:separate_exit": person_page(frozenset({OFFICER})),
    "inmates:separate_leave": Route(BOTH, args=lambda world: {"uuid": world.leaving.uuid}, scoped=True),
}
