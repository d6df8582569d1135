"""Transfers: every state x every state x every role, ordinary and national, read from the table of the model."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import roles
from config import clock
from core.workflow import InvalidTransition, next_states
from inmates.custody.models import Transfer
from inmates.transfers import actions as transfers
from inmates.transfers.worklists import transfers_to_decide
from tests.factories import also, make_user
from tests.matrix.transitions import check_step

State = Transfer.State
SENDER, RECEIVER, NATION = "sender", "receiver", "national"
# Who takes each step, by hand: the table is checked against it, role by role and prison by prison.
MAY = {
    (State.PROPOSED, State.APPROVED): {(roles.DIRECTOR, SENDER)},
    (State.PROPOSED, State.REFUSED): {(roles.DIRECTOR, SENDER)},
    (State.PROPOSED, State.CANCELLED): {(roles.OFFICER, SENDER), (roles.DIRECTOR, SENDER)},
    (State.APPROVED, State.ACCEPTED): {(roles.OFFICER, RECEIVER), (roles.DIRECTOR, RECEIVER)},
    (State.APPROVED, State.REFUSED): {(roles.OFFICER, RECEIVER), (roles.DIRECTOR, RECEIVER)},
    (State.APPROVED, State.CANCELLED): {(roles.OFFICER, SENDER), (roles.DIRECTOR, SENDER)},
    (State.ACCEPTED, State.DEPARTED): {(roles.OFFICER, SENDER)},
    (State.ACCEPTED, State.CANCELLED): {(roles.OFFICER, SENDER), (roles.DIRECTOR, SENDER)},
    (State.DEPARTED, State.ARRIVED): {(roles.OFFICER, RECEIVER), (roles.DIRECTOR, RECEIVER)},
}
NATIONAL_ORDER = {
    pair: {(roles.COORDINATOR, NATION)} if pair[1] == State.CANCELLED else who
    for pair, who in MAY.items()
    if pair[1] != State.REFUSED
}


def test_every_state_is_a_step_of_the_way_or_stops_it():
    """And whoever is awaited or about to go has one that something follows."""
    assert sorted([*Transfer.STEPS, *Transfer.STOPPED]) == sorted(State)
    assert set(Transfer.STOPPED) & set(Transfer.LIVE) == set()
    assert set(Transfer.LIVE) - {State.PROPOSED} == {*Transfer.COMING, *Transfer.LEAVING}
    assert set(Transfer.LEAVING) <= set(Transfer.BEFORE_DEPARTURE)


@pytest.fixture
def people(prison, other_prison):
    """One user a role at the sender, one at the receiver; those with national scope once."""
    users = {}
    for role in roles.PERMISSIONS:
        if role in roles.NATIONAL:
            users[role, NATION] = make_user(role)
        else:
            users[role, SENDER] = make_user(role, prison)
            users[role, RECEIVER] = make_user(role, other_prison)
    return users


@pytest.fixture
def in_state(inmate, prison, other_prison, director, officer, officer2):
    """Makes a transfer in a state, with the stamps of a transfer that came there."""

    def make(state, *, national=False):
        reached = list(Transfer.STEPS).index(state) if state in Transfer.STEPS else 0
        now = clock.now()
        return Transfer.objects.create(
            inmate=inmate,
            origin=prison,
            destination=other_prison,
            reason="family",
            national=national,
            state=state,
            proposed_by=officer,
            approved_by=director if reached >= 1 and not national else None,
            approved_at=now if reached >= 1 or national else None,
            accepted_by=officer2 if reached >= 2 else None,
            accepted_at=now if reached >= 2 else None,
            departed_at=now if reached >= 3 else None,
            arrived_at=now if reached >= 4 else None,
            ended_by=officer2 if state not in Transfer.LIVE else None,
            ended_at=now if state not in Transfer.LIVE else None,
            refusal="no_place" if state in (State.REFUSED, State.CANCELLED) else "",
        )

    return make


@pytest.mark.parametrize("national", [False, True], ids=["agreed", "ordered"])
@pytest.mark.parametrize("before", State)
def test_every_step_for_every_role(in_state, people, before, national):
    transfer = in_state(before, national=national)
    for to, (who, user) in product(State, people.items()):
        allowed = who in (NATIONAL_ORDER if national else MAY).get((before, to), ())
        assert check_step(transfer, to, user) == allowed, (to, who)


def test_states_that_something_follows_are_live():
    assert Transfer.LIVE == ["proposed", "approved", "accepted", "departed"]
    assert Transfer.BEFORE_DEPARTURE == ["proposed", "approved", "accepted"]


def test_nobody_approves_what_they_proposed_though_a_director(in_state, officer, director):
    also(officer, roles.DIRECTOR)
    both = type(officer).objects.get(pk=officer.pk)
    transfer = in_state(State.PROPOSED)
    assert next_states(transfer, both) == {State.REFUSED, State.CANCELLED}
    with pytest.raises(PermissionDenied, match="Somebody else must approve"):
        transfers.approve(transfer, by=both)
    assert not transfers_to_decide(both).exists()
    assert transfers.approve(transfer, by=director).approved_by == director


@pytest.mark.parametrize("before", State)
def test_a_transfer_waits_for_those_who_take_it_further(in_state, people, before):
    transfer = in_state(before)
    for who, user in people.items():
        further = {to for to in Transfer.STEPS if who in MAY.get((before, to), ())}
        assert transfers_to_decide(user).filter(pk=transfer.pk).exists() == bool(further), who


def test_the_page_offers_what_the_table_opens(client, in_state, officer, director, coordinator, officer2):
    transfer = in_state(State.APPROVED, national=True)
    pages = {}
    for user in (officer, director, coordinator, officer2):
        client.force_login(user)
        pages[user.username] = [
            act.label for act in client.get(reverse("inmates:transfer", args=[transfer.uuid])).context["offered"]
        ]
    assert pages == {
        "officer": [],
        "director": [],
        "coordinator": ["Cancel the transfer"],
        "officer2": ["Acknowledge"],
    }


@pytest.mark.parametrize(
    "fields",
    [
        {"approved_at": None},
        {"approved_by": None},
        {"accepted_at": clock.now()},
        {"ended_at": clock.now()},
        {"national": True},
    ],
)
def test_the_database_keeps_who_and_when_together(in_state, fields):
    transfer = in_state(State.APPROVED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Transfer.objects.filter(pk=transfer.pk).update(**fields)
    transfer.refresh_from_db()
    assert transfer.approved_by is not None


def test_a_national_order_has_no_approver_and_nobody_refuses_it(in_state, officer2, coordinator):
    order = in_state(State.APPROVED, national=True)
    with pytest.raises(InvalidTransition, match="acknowledged"):
        transfers.refuse(order, refusal="no_place", by=officer2)
    with pytest.raises(ValidationError):
        transfers.cancel(order, refusal="", by=coordinator)
    order.refresh_from_db()
    assert (order.state, order.approved_by, order.ended_by) == ("approved", None, None)
