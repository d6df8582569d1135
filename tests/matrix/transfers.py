"""Who may open the pages of transfers."""

from inmates.transfers import actions as transfers
from tests.matrix import CLASSIFY, COORDINATOR, DIRECTOR, OFFICER, RECORDS, Route, person_page

RECORDS_OFFICE = frozenset({OFFICER})
BOTH = frozenset({OFFICER, DIRECTOR})


def build(world):
    """A transfer that waits for the sender's director."""
    officer = world.users[OFFICER]
    world.transfer = transfers.propose(world.movable, destination=world.other_facility, reason="family", by=officer)


def _transfer(world):
    return {"uuid": world.transfer.uuid}


ROUTES = {
    "inmates:transfers": Route(RECORDS),
    "inmates:transfer_many": Route(RECORDS_OFFICE),
    "inmates:transfer_new": person_page(frozenset({OFFICER, COORDINATOR})),
    "inmates:transfer": Route(RECORDS, args=_transfer),
    "inmates:transfer_paper": Route(RECORDS - CLASSIFY, args=_transfer),
    "inmates:transfer_approve": Route(frozenset({DIRECTOR}), args=_transfer),
    "inmates:transfer_accept": Route(BOTH, args=_transfer),
    "inmates:transfer_refuse": Route(BOTH, args=_transfer),
    "inmates:transfer_cancel": Route(frozenset({OFFICER, DIRECTOR, COORDINATOR}), args=_transfer),
    "inmates:transfer_depart": Route(RECORDS_OFFICE, args=_transfer),
    "inmates:transfer_arrive": Route(BOTH, args=_transfer),
}
