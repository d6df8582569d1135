"""Who may open the pages of appeals to courts."""

from inmates.court_appeals import actions as court_appeals
from tests.matrix import OFFICER, RECORDS, Route, person_with

RECORDS_OFFICE = frozenset({OFFICER})


def build(world):
    """An appeal in the person's case."""
    officer = world.users[OFFICER]
    world.court_appeal = court_appeals.declare_appeal(
        world.case, kind="appeal", party="person", court="Rabat", reference="MATRIX-1", by=officer
    )


ROUTES = {
    "inmates:appeal_deadlines": Route(RECORDS),
    "inmates:court_appeals": Route(RECORDS),
    "inmates:court_appeal_new": Route(RECORDS_OFFICE, args=person_with("case"), scoped=True),
    "inmates:court_appeal_receipt": Route(RECORDS_OFFICE, args=person_with("court_appeal"), scoped=True),
    "inmates:court_appeal_receipt_paper": Route(RECORDS, args=person_with("court_appeal"), scoped=True),
    "inmates:court_appeal_send": Route(RECORDS_OFFICE, args=person_with("court_appeal"), scoped=True),
    "inmates:court_appeal_outcome": Route(RECORDS_OFFICE, args=person_with("court_appeal"), scoped=True),
}
