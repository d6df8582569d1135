"""Who may open the pages of duplicates: likely people at intake, pairs, merges."""

from inmates.duplicates.actions import merges, pairs
from inmates.people.actions import identity
from tests.factories import make_inmate
from tests.matrix import DIRECTOR, OFFICER, REVIEWER, Route, person

OFFICERS = frozenset({OFFICER})
SETTLERS = frozenset({OFFICER, DIRECTOR, REVIEWER})


def build(world):
    """A pair on the worklist, and a merge proposed."""
    officer = world.users[OFFICER]
    twins = [make_inmate(world.unit, by=officer) for _number in range(2)]
    world.duplicate = pairs.report(*twins, by=officer)
    gone = identity.register(type(world.inmate)(family_name_latin="Twice", sex="M"), by=officer)
    world.merge = merges.propose(world.inmate, gone, reason="Matrix", by=officer)


ROUTES = {
    "inmates:likely": Route(OFFICERS, method="post", data=lambda w: {"cin": "AB12345"}),
    "inmates:report_duplicate": Route(
        OFFICERS, args=person, scoped=True, method="post", data=lambda w: {"number": "1"}
    ),
    "inmates:duplicates": Route(SETTLERS),
    "inmates:pair": Route(SETTLERS, args=lambda w: {"pk": w.duplicate.pk}, scoped=True),
    "inmates:merges": Route(SETTLERS),
    "inmates:merge": Route(SETTLERS, args=lambda w: {"pk": w.merge.pk}, scoped=True),
}
