"""What each step of a transfer writes on the trail: of whom, by whom, what."""

import pytest

from inmates.transfers import actions as transfers
from tests.inmates.custody.test_trail import hours, written


@pytest.mark.parametrize("national", [False, True])
def test_a_transfer(inmate, prison, other_prison, officer, officer2, director, coordinator, national):
    proposer = coordinator if national else officer
    moving = transfers.propose(inmate, destination=other_prison, reason="family", national=national, by=proposer)
    if not national:
        transfers.approve(moving, by=director)
    transfers.accept(moving, by=officer2)
    transfers.depart(moving, at=hours(-1), by=officer)
    transfers.arrive(moving, unit=other_prison.units.get(), registration_number="77", by=officer2)
    said = {"to": "toulal-2", "reason": "family", "national": national}
    approved = [] if national else [("transfer.approved", director.pk, {})]
    agreed = "transfer.acknowledged" if national else "transfer.accepted"
    assert written("transfer.", inmate_id=inmate.pk, facility_id=prison.pk) == [
        ("transfer.proposed", proposer.pk, said),
        *approved,
        (agreed, officer2.pk, {}),
        ("transfer.departed", officer.pk, {}),
        ("transfer.arrived", officer2.pk, {}),
    ]


def test_a_transfer_that_does_not_come_about(inmate, other_prison, officer, director):
    first = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.refuse(first, refusal="court_date", by=director)
    again = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.cancel(again, refusal="no_longer_needed", by=officer)
    assert [row[:2] for row in written("transfer.", inmate_id=inmate.pk)] == [
        ("transfer.proposed", officer.pk),
        ("transfer.refused", director.pk),
        ("transfer.proposed", officer.pk),
        ("transfer.cancelled", officer.pk),
    ]
