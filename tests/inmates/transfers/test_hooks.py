"""What an arrival asks of the rooms above, in the act's own transaction."""

import pytest

from audit.models import Event
from inmates.transfers import actions as transfers
from inmates.transfers import hooks
from tests.inmates.custody.test_hooks import heard


@pytest.mark.parametrize("fail", [True, False], ids=["raises", "agrees"])
def test_an_arrival_stands_or_falls_with_what_follows_it(
    inmate, prison, other_prison, officer, officer2, director, monkeypatch, fail
):
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    transfers.depart(transfer, by=officer)
    calls, fields = [], {"unit": other_prison.units.get(), "registration_number": "77", "by": officer2}
    monkeypatch.setattr(hooks, "after_arrival", [heard(calls, fail)])
    if fail:
        with pytest.raises(ZeroDivisionError):
            transfers.arrive(transfer, **fields)
    else:
        transfers.arrive(transfer, **fields)
    inmate.refresh_from_db()
    transfer.refresh_from_db()
    assert calls == [(inmate.pk, transfer.pk, officer2)]
    assert inmate.facility == (prison if fail else other_prison)
    assert transfer.state == ("departed" if fail else "arrived")
    assert inmate.registration_numbers.filter(number="77").exists() != fail
    assert Event.objects.filter(verb="transfer.arrived").exists() != fail
