"""Transfers: each step by whom it belongs to; responsibility and access pass on arrival."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.conditions.actions import separations
from inmates.custody.actions import keep_apart, outings, releases
from inmates.custody.models import Placement, RegistrationNumber, Transfer
from inmates.people.actions import alerts, tasks
from inmates.people.models import Inmate
from inmates.transfers import actions as transfers
from tests.factories import also, make_inmate


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
    releases.release(person, ground="term_served", by=officer)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.refusal) == ("cancelled", "released")


def test_on_the_road_nobody_is_released(unit, other_prison, officer, director, officer2):
    person = make_inmate(unit, by=officer, days_ago=800, years=2)
    transfer = transfers.propose(person, destination=other_prison, reason="family", by=officer)
    travel(transfer, director, officer, officer2)
    with pytest.raises(InvalidTransition, match="on the road"):
        releases.release(person, ground="term_served", by=officer)


def test_what_speaks_against_it_is_said_before_it_is_confirmed(client, inmate, other_prison, officer, officer2):
    other = make_inmate(other_prison.units.get(), by=officer2)
    keep_apart.open_pair(inmate, other, scope="prison", reason="Threats", by=officer)
    client.force_login(officer)
    data = {"destination": other_prison.pk, "reason": "family"}
    address = reverse("inmates:transfer_new", args=[inmate.uuid])
    first = client.post(address, data)
    assert "must not meet" in first.content.decode().lower()
    assert other.name not in first.content.decode()
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


def test_what_waits_for_a_person_follows_them(proposed, inmate, prison, other_prison, director, officer, officer2):
    tasks.raise_task(inmate, kind="other", due_on=clock.today(), note="Still to do", by=officer)
    done = tasks.raise_task(inmate, kind="placement", due_on=clock.today(), note="Done", by=officer)
    tasks.settle_task(done, note="Done here", by=officer)
    appointment = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    dropped = outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    outings.cancel(dropped, reason="Put off", by=officer)
    transfers.arrive(
        travel(proposed, director, officer, officer2),
        unit=other_prison.units.get(),
        registration_number="77",
        by=officer2,
    )
    assert inmate.tasks.get(kind="other").facility == other_prison
    assert inmate.tasks.get(kind="placement").facility == prison
    appointment.refresh_from_db()
    dropped.refresh_from_db()
    assert (appointment.facility, dropped.facility) == (other_prison, prison)
    assert tasks.settle_task(inmate.tasks.get(kind="other"), note="Done there", by=officer2).done_by == officer2


def test_a_separation_ends_with_the_arrival(proposed, inmate, other_prison, director, officer, officer2):
    today = clock.today()
    earlier = separations.authorise(
        inmate,
        reason="R",
        starts_on=today - timedelta(days=40),
        until=today - timedelta(days=38),
        health_checked=True,
        by=director,
    )
    separations.end(earlier, on=today - timedelta(days=38), by=director)
    running = separations.authorise(
        inmate, reason="R", starts_on=today, until=today + timedelta(days=9), health_checked=True, by=director
    )
    transfer = travel(proposed, director, officer, officer2)
    running.refresh_from_db()
    assert running.ended_on is None
    transfers.arrive(transfer, unit=other_prison.units.get(), registration_number="77", by=officer2)
    running.refresh_from_db()
    earlier.refresh_from_db()
    assert (running.ended_on, running.ended_by) == (today, officer2)
    assert (earlier.ended_on, earlier.ended_by) == (today - timedelta(days=38), director)


def test_nobody_departs_who_is_out_already(proposed, inmate, director, officer, officer2):
    hearing = outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    outings.leave(hearing, at=clock.now() - timedelta(minutes=5), by=officer)
    with pytest.raises(InvalidTransition, match="out already"):
        travel(proposed, director, officer, officer2)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.departed_at) == ("accepted", None)
    outings.back(hearing, by=officer)
    assert transfers.depart(proposed, by=officer).state == "departed"


def test_nobody_departs_in_the_future_nor_after_an_escape(proposed, inmate, director, officer, officer2):
    transfers.approve(proposed, by=director)
    transfers.accept(proposed, by=officer2)
    with pytest.raises(ValidationError) as refusal:
        transfers.depart(proposed, at=clock.now() + timedelta(minutes=5), by=officer)
    assert list(refusal.value.message_dict) == ["at"]
    with pytest.raises(PermissionDenied):
        transfers.depart(proposed, by=officer2)
    outings.record_escape(inmate, account="Over the wall", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        transfers.depart(proposed, by=officer)
    proposed.refresh_from_db()
    assert proposed.state == "accepted"


def test_a_transfer_is_proposed_for_somebody_held_here_to_where_they_may_live(inmate, other_prison, officer, officer2):
    fields = {"destination": other_prison, "reason": "family", "by": officer}
    with pytest.raises(PermissionDenied):
        transfers.propose(inmate, **(fields | {"by": officer2}))
    with pytest.raises(ValidationError) as refusal:
        transfers.propose(inmate, **(fields | {"reason": "whim"}))
    assert list(refusal.value.message_dict) == ["reason"]
    other_prison.holds_men = False
    other_prison.holds_women = True
    with pytest.raises(ValidationError) as refusal:
        transfers.propose(inmate, **fields)
    assert list(refusal.value.message_dict) == ["destination"]
    other_prison.refresh_from_db()
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        transfers.propose(inmate, **(fields | {"destination": other_prison}))
    assert not Transfer.objects.exists()


def test_who_agreed_and_when_is_kept(proposed, director, officer, officer2, other_prison, unit):
    transfers.approve(proposed, by=director)
    with pytest.raises(ValidationError) as refusal:
        transfers.accept(proposed, unit=unit, by=officer2)
    assert list(refusal.value.message_dict) == ["unit"]
    transfers.accept(proposed, unit=other_prison.units.get(), by=officer2)
    proposed.refresh_from_db()
    assert (proposed.approved_by, proposed.accepted_by, proposed.unit) == (
        director,
        officer2,
        other_prison.units.get(),
    )
    assert proposed.approved_at <= proposed.accepted_at <= clock.now()


def test_each_side_refuses_in_its_turn_and_only_the_sender_takes_back(proposed, director, director2, officer, officer2):
    for user in (officer, officer2, director2):
        with pytest.raises(PermissionDenied):
            transfers.refuse(proposed, refusal="no_place", by=user)
    with pytest.raises(PermissionDenied):
        transfers.cancel(proposed, refusal="no_longer_needed", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        transfers.cancel(proposed, refusal="", by=officer)
    assert list(refusal.value.message_dict) == ["refusal"]
    transfers.approve(proposed, by=director)
    with pytest.raises(PermissionDenied):
        transfers.refuse(proposed, refusal="no_place", by=director)
    transfers.refuse(proposed, refusal="no_place", note="Full", by=officer2)
    proposed.refresh_from_db()
    assert (proposed.state, proposed.refusal, proposed.note, proposed.ended_by) == (
        "refused",
        "no_place",
        "Full",
        officer2,
    )
    assert proposed.ended_at <= clock.now()


def test_an_arrival_is_after_the_departure_in_a_unit_of_that_prison(
    proposed, inmate, unit, other_prison, director, officer, officer2
):
    fields = {"unit": other_prison.units.get(), "registration_number": "77", "by": officer2}
    with pytest.raises(InvalidTransition):
        transfers.arrive(proposed, **fields)
    transfer = travel(proposed, director, officer, officer2)
    with pytest.raises(PermissionDenied):
        transfers.arrive(transfer, **(fields | {"by": officer}))
    for wrong, field in (
        ({"unit": unit}, "unit"),
        ({"at": transfer.departed_at}, "at"),
        ({"at": clock.now() + timedelta(minutes=5)}, "at"),
    ):
        with pytest.raises(ValidationError) as refusal:
            transfers.arrive(transfer, **(fields | wrong))
        assert list(refusal.value.message_dict) == [field]
    road = inmate.outings.get()
    assert (road.kind, road.destination, road.left_at) == ("transfer", other_prison, transfer.departed_at)
    with pytest.raises(InvalidTransition, match="ends with its arrival"):
        outings.back(road, by=officer)
    with pytest.raises(InvalidTransition, match="on the road"):
        outings.record_escape(inmate, account="Ran", by=officer)
    at = clock.now()
    transfers.arrive(transfer, at=at, **fields)
    road.refresh_from_db()
    transfer.refresh_from_db()
    assert (road.back_at, transfer.arrived_at, transfer.ended_by, transfer.state) == (at, at, officer2, "arrived")
    assert inmate.placements.get(unit=unit).during.upper == at


def test_what_speaks_against_a_transfer_is_told(inmate, other_prison, officer):
    unit = other_prison.units.get()
    assert transfers.objections(inmate, other_prison) == []
    hearing = outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    assert [text for text in transfers.objections(inmate, other_prison) if "Expected in court" in text]
    outings.cancel(hearing, reason="Put off", by=officer)
    assert transfers.objections(inmate, other_prison) == []
    unit.takes_convicted = False
    unit.save()
    [against] = transfers.objections(inmate, other_prison)
    assert against.startswith("No unit fits without an exception")
    assert "does not take the convicted" in against
    unit.closed_on = clock.today()
    unit.save()
    assert transfers.objections(inmate, other_prison) == ["This prison has no unit in use."]
    other_prison.holds_men, other_prison.holds_women = False, True
    assert "This prison does not hold people of this sex." in transfers.objections(inmate, other_prison)


def test_a_proposer_who_is_also_director_does_not_approve_their_own(inmate, other_prison, officer, director):
    also(director, roles.OFFICER)
    both = type(director).objects.get(pk=director.pk)
    transfer = transfers.propose(inmate, destination=other_prison, reason="family", by=both)
    with pytest.raises(PermissionDenied, match="Somebody else"):
        transfers.approve(transfer, by=both)
    transfer.refresh_from_db()
    assert (transfer.state, transfer.approved_by) == ("proposed", None)


def test_the_senders_director_takes_a_transfer_back(proposed, director, director2):
    with pytest.raises(PermissionDenied):
        transfers.cancel(proposed, refusal="no_longer_needed", by=director2)
    assert transfers.cancel(proposed, refusal="no_longer_needed", by=director).state == "cancelled"


def test_what_was_told_of_the_stay_and_nobody_has_read_follows_the_person(
    proposed, inmate, prison, other_prison, director, officer, officer2
):
    def told(kind, audience="prison", reference="R"):
        alerts.raise_alert(inmate, kind, audience, reference, note="N")
        return inmate.alerts.get(kind=kind, audience=audience, reference=reference)

    moving = [told("order_expiring"), told("release_date"), told("order_endless"), told("no_title", "national")]
    read, of_the_place = told("order_expired"), [told("not_authorised"), told("appeal_unsent")]
    alerts.acknowledge(read, by=officer)
    unit, gone = other_prison.units.get(), travel(proposed, director, officer, officer2)
    assert not alerts.waiting_for(officer2).exists()  # on the road the sender still answers
    transfers.arrive(gone, unit=unit, registration_number="77", by=officer2)
    assert {one.facility for one in inmate.alerts.filter(pk__in=[one.pk for one in moving])} == {other_prison}
    assert {one.facility for one in inmate.alerts.exclude(pk__in=[one.pk for one in moving])} == {prison}
    assert set(alerts.waiting_for(officer2)) == set(moving[:3])
    assert set(alerts.waiting_for(officer)) == set(of_the_place)
    assert not alerts.raise_alert(inmate, "order_expiring", "prison", "R", note="N")  # told once, to whom it concerns
