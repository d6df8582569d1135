"""Transfers: each step by whom it belongs to; responsibility and access pass on arrival."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from core.workflow import InvalidTransition
from inmates.custody.actions import keep_apart, stays, transfers
from inmates.custody.models import Placement, RegistrationNumber, Transfer
from inmates.people.models import Inmate
from tests.factories import make_inmate


@pytest.fixture
def proposed(inmate, other_prison, officer):
    """A transfer that waits for the sender's director."""
    return transfers.propose(inmate, destination=other_prison, reason="family", by=officer)


def travel(transfer, director, officer, officer2):
    """Approved, accepted, departed."""
    transfers.approve(transfer, by=director)
    transfers.accept(transfer, by=officer2)
    return transfers.depart(transfer, by=officer)


def test_the_whole_way(proposed, inmate, other_prison, director, officer, officer2, client):
    transfer = travel(proposed, director, officer, officer2)
    assert transfer.file_at_departure["registration_number"] == inmate.registration_number
    unit = other_prison.units.get()
    transfers.arrive(transfer, unit=unit, registration_number="77", by=officer2)
    inmate.refresh_from_db()
    assert (inmate.facility, inmate.unit, inmate.registration_number) == (other_prison, unit, "77")
    assert RegistrationNumber.objects.filter(inmate=inmate).count() == 2
    assert Placement.objects.current().get(inmate=inmate).unit == unit
    assert not Inmate.objects.visible_to(officer).filter(pk=inmate.pk).exists()
    assert Inmate.objects.visible_to(officer2).filter(pk=inmate.pk).exists()
    client.force_login(officer)
    page = client.get(reverse("inmates:transfer", args=[transfer.uuid]))
    assert transfer.file_at_departure["registration_number"] in page.content.decode()
    assert client.get(inmate.get_absolute_url()).status_code == 404
    assert client.get(reverse("inmates:transfer_paper", args=[transfer.uuid])).content.startswith(b"%PDF-")


def test_nobody_approves_what_they_proposed_nor_for_another_prison(proposed, officer, director, director2):
    for user in (officer, director2):
        with pytest.raises(PermissionDenied):
            transfers.approve(proposed, by=user)
    assert transfers.approve(proposed, by=director).state == "approved"
    with pytest.raises(InvalidTransition):
        transfers.approve(proposed, by=director)


def test_the_receiver_accepts_only_what_was_approved(proposed, director, officer, officer2):
    with pytest.raises(InvalidTransition):
        transfers.accept(proposed, by=officer2)
    transfers.approve(proposed, by=director)
    with pytest.raises(PermissionDenied):
        transfers.accept(proposed, by=officer)
    assert transfers.accept(proposed, by=officer2).state == "accepted"


def test_refusal_and_cancellation_need_a_code(proposed, director, officer, inmate, other_prison):
    with pytest.raises(ValidationError):
        transfers.refuse(proposed, refusal="", by=director)
    assert transfers.refuse(proposed, refusal="court_date", by=director).state == "refused"
    again = transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    assert transfers.cancel(again, refusal="no_longer_needed", by=officer).state == "cancelled"
    with pytest.raises(InvalidTransition):
        transfers.cancel(again, refusal="no_longer_needed", by=officer)


def test_a_national_order_is_acknowledged_not_refused(inmate, other_prison, coordinator, officer, officer2):
    with pytest.raises(PermissionDenied):
        transfers.propose(inmate, destination=other_prison, reason="safety", national=True, by=officer)
    order = transfers.propose(inmate, destination=other_prison, reason="safety", national=True, by=coordinator)
    assert order.state == "approved"
    with pytest.raises(InvalidTransition, match="acknowledged"):
        transfers.refuse(order, refusal="no_place", by=officer2)
    with pytest.raises(PermissionDenied):
        transfers.cancel(order, refusal="no_longer_needed", by=officer)
    assert transfers.accept(order, by=officer2).state == "accepted"


def test_one_transfer_at_a_time_and_elsewhere(proposed, inmate, prison, other_prison, officer):
    with pytest.raises(InvalidTransition):
        transfers.propose(inmate, destination=other_prison, reason="family", by=officer)
    transfers.cancel(proposed, refusal="no_longer_needed", by=officer)
    with pytest.raises(ValidationError):
        transfers.propose(inmate, destination=prison, reason="family", by=officer)


def test_a_number_taken_at_the_destination_changes_nothing(proposed, other_prison, director, officer, officer2, inmate):
    unit = other_prison.units.get()
    make_inmate(unit, by=officer2, number="500")
    transfer = travel(proposed, director, officer, officer2)
    with pytest.raises(ValidationError, match="already used"):
        transfers.arrive(transfer, unit=unit, registration_number="500", by=officer2)
    transfer.refresh_from_db()
    assert transfer.state == "departed"


def test_a_release_ends_a_transfer_that_has_not_left(unit, other_prison, officer):
    person = make_inmate(unit, by=officer, days_ago=800, years=2)
    transfer = transfers.propose(person, destination=other_prison, reason="family", by=officer)
    stays.release(person, ground="term_served", by=officer)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.refusal) == ("cancelled", "released")


def test_on_the_road_nobody_is_released(unit, other_prison, officer, director, officer2):
    person = make_inmate(unit, by=officer, days_ago=800, years=2)
    transfer = transfers.propose(person, destination=other_prison, reason="family", by=officer)
    travel(transfer, director, officer, officer2)
    with pytest.raises(InvalidTransition, match="on the road"):
        stays.release(person, ground="term_served", by=officer)


def test_what_speaks_against_it_is_said_before_it_is_confirmed(client, inmate, other_prison, officer, officer2):
    enemy = make_inmate(other_prison.units.get(), by=officer2)
    keep_apart.open_pair(inmate, enemy, scope="prison", reason="Threats", by=officer)
    client.force_login(officer)
    data = {"destination": other_prison.pk, "reason": "family"}
    address = reverse("inmates:transfer_new", args=[inmate.uuid])
    first = client.post(address, data)
    assert "must not meet" in first.content.decode().lower()
    assert enemy.name not in first.content.decode()
    assert not Transfer.objects.exists()
    client.post(address, data | {"confirmed": str(other_prison.pk)})
    assert Transfer.objects.get().state == "proposed"


def test_a_list_is_proposed_as_a_whole_or_not_at_all(client, unit, other_prison, officer):
    people = [make_inmate(unit, by=officer) for _n in range(3)]
    numbers = "\n".join(person.registration_number for person in people)
    client.force_login(officer)
    data = {"destination": other_prison.pk, "reason": "capacity"}
    refused = client.post(reverse("inmates:transfer_many"), data | {"numbers": numbers + "\n999999999"})
    assert "999999999" in refused.content.decode()
    assert not Transfer.objects.exists()
    assert client.post(reverse("inmates:transfer_many"), data | {"numbers": numbers}).status_code == 302
    assert Transfer.objects.count() == 3
