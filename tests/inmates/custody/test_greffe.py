"""Outings, escape and return, orders, legal status, roll counts, visits; each with what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from facilities.models import Regime
from inmates.conditions import entitlements
from inmates.conditions.actions import contacts
from inmates.custody.actions import orders, outings, roll_counts, stays
from inmates.custody.models import DetentionOrder, Outing
from tests.factories import UnitFactory, make_inmate


@pytest.fixture
def hearing(inmate, officer):
    """A production in court tomorrow."""
    tomorrow = clock.today() + timedelta(days=1)
    return outings.plan(inmate, kind="court", planned_on=tomorrow, place="Rabat", by=officer)


def test_the_court_list_of_tomorrow(client, hearing, inmate, officer, officer2):
    client.force_login(officer)
    assert inmate.registration_number in client.get(reverse("inmates:court_list")).content.decode()
    client.force_login(officer2)
    assert inmate.registration_number not in client.get(reverse("inmates:court_list")).content.decode()
    with pytest.raises(ValidationError):
        outings.plan(inmate, kind="court", planned_on=clock.today() - timedelta(days=1), place="Rabat", by=officer)


def test_out_and_back_and_the_hearing_changes_the_legal_status(unit, officer, officer2):
    person = make_inmate(unit, by=officer, legal_status="remand")
    outing = outings.plan(person, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    with pytest.raises(PermissionDenied):
        outings.leave(outing, by=officer2)
    outings.leave(outing, at=clock.now() - timedelta(hours=2), by=officer)
    with pytest.raises(InvalidTransition):
        outings.leave(outing, by=officer)
    outings.back(outing, outcome="Convicted", legal_status="convicted_appeal", by=officer)
    person.refresh_from_db()
    assert person.legal_status == "convicted_appeal"
    with pytest.raises(InvalidTransition):
        outings.back(outing, by=officer)


def test_an_outing_is_cancelled_with_a_reason(hearing, officer):
    with pytest.raises(ValidationError):
        outings.cancel(hearing, reason=" ", by=officer)
    assert outings.cancel(hearing, reason="Put off", by=officer).cancelled_reason == "Put off"
    with pytest.raises(InvalidTransition):
        outings.leave(hearing, by=officer)


def test_escape_frees_the_place_and_the_return_goes_on_with_the_stay(inmate, unit, officer):
    with pytest.raises(ValidationError):
        outings.record_escape(inmate, account="", by=officer)
    with pytest.raises(InvalidTransition):
        outings.record_return(inmate, unit=unit, by=officer)
    outings.record_escape(inmate, account="Over the wall", at=clock.now() - timedelta(hours=1), by=officer)
    inmate.refresh_from_db()
    assert (inmate.status, inmate.unit) == ("absent", None)
    assert unit.placements.filter(during__upper_inf=True).count() == 0
    outings.record_return(inmate, unit=unit, by=officer)
    inmate.refresh_from_db()
    assert (inmate.status, inmate.unit) == ("in_custody", unit)
    assert inmate.admissions.count() == 1
    assert not Outing.objects.filter(back_at=None).exists()


def test_an_order_is_extended_and_lifted_once(inmate, officer):
    today = clock.today()
    order = orders.add_order(
        inmate,
        order=DetentionOrder(kind="remand", authority="R", reference="A", issued_on=today, expires_on=today),
        by=officer,
    )
    with pytest.raises(ValidationError):
        orders.extend_order(order, until=today, reference="B", by=officer)
    assert orders.extend_order(order, until=today + timedelta(days=60), reference="B", by=officer).reference == "B"
    with pytest.raises(ValidationError):
        orders.lift_order(order, on=today, reason="", by=officer)
    orders.lift_order(order, on=today, reason="Ended", by=officer)
    with pytest.raises(InvalidTransition):
        orders.lift_order(order, on=today, reason="Ended", by=officer)


def test_the_legal_status_has_a_history(inmate, officer):
    stays.change_legal_status(inmate, status="civil_imprisonment", on=clock.today(), by=officer)
    assert list(inmate.legal_statuses.order_by("starts_on").values_list("status", flat=True)) == [
        "convicted_final",
        "civil_imprisonment",
    ]
    with pytest.raises(InvalidTransition):
        stays.change_legal_status(inmate, status="remand", on=clock.today() + timedelta(days=1), by=officer)


def test_a_count_expects_those_placed_less_those_out(inmate, unit, prison, officer, director, hearing):
    make_inmate(unit, by=officer)
    outings.leave(hearing, by=officer)
    assert {str(one): (placed, out) for one, placed, out in roll_counts.expected(prison)}["A"] == (2, 1)
    heads = {one.pk: 0 for one in prison.units.all()}
    with pytest.raises(ValidationError, match="every unit"):
        roll_counts.record(prison, counted={unit.pk: 1}, by=officer)
    count = roll_counts.record(prison, counted=heads, by=officer)
    with pytest.raises(InvalidTransition, match="Explain"):
        roll_counts.sign(count, by=director)
    with pytest.raises(PermissionDenied):
        roll_counts.sign(count, by=officer)
    roll_counts.explain(count, explanation="Found in the infirmary", by=officer)
    assert roll_counts.sign(count, by=director).signed_by == director
    with pytest.raises(InvalidTransition):
        roll_counts.explain(count, explanation="Later", by=officer)


def test_one_too_many_here_does_not_make_good_one_missing_there(inmate, prison, officer, director):
    units = {one.name: one.pk for one in prison.units.all()}
    count = roll_counts.record(prison, counted={units["A"]: 0, units["B"]: 1, units["C"]: 0}, by=officer)
    assert roll_counts.difference(count) == 0
    assert roll_counts.differs(count)


def test_the_count_is_entered_on_its_page(client, inmate, prison, officer):
    client.force_login(officer)
    address = reverse("facilities:roll_new", args=[prison.code])
    data = {f"unit_{one.pk}": "0" for one in prison.units.all()}
    first = next(iter(data))
    assert client.post(address, data | {first: ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert prison.roll_counts.get().counted_by == officer


def test_visits_count_against_what_the_regime_promises(inmate, officer, officer2):
    inmate.tier, inmate.tier_since = 2, clock.today()
    inmate.save()
    contacts.record(inmate, kind="visit", on=clock.today(), minutes=30, by=officer)
    regime, promised = entitlements.entitlements(inmate)
    assert regime == Regime.objects.get(tier=2)
    assert [(one.promised, one.given) for one in promised] == [(regime.visits_per_month, 1), (2, 0)]
    with pytest.raises(PermissionDenied):
        contacts.record(inmate, kind="visit", on=clock.today(), by=officer2)
    with pytest.raises(ValidationError):
        contacts.record(inmate, kind="call", on=clock.today() + timedelta(days=1), by=officer)


def test_a_move_says_what_stands_against_it(client, inmate, prison, officer):
    convicted_only = UnitFactory(facility=prison, name="W", sex="F", tiers=[1], takes_convicted=False)
    client.force_login(officer)
    address = reverse("inmates:move", args=[inmate.uuid])
    page = client.get(address).content.decode()
    assert "The unit holds women." in page
    refused = client.post(address, {"unit": convicted_only.pk, "reason": "x"})
    assert refused.status_code == 422
    assert "does not take the convicted" in refused.content.decode()
    inmate.refresh_from_db()
    assert inmate.unit.name == "A"
    assert client.post(address, {"unit": prison.units.get(name="B").pk}).status_code == 302


def test_a_move_lies_neither_in_the_future_nor_before_the_last_one(inmate, prison, officer):
    target = prison.units.get(name="B")
    with pytest.raises(InvalidTransition):
        stays.place(inmate, unit=target, at=clock.now() + timedelta(hours=1), by=officer)
    with pytest.raises(InvalidTransition):
        stays.place(inmate, unit=target, at=clock.now() - timedelta(days=900), by=officer)
    assert stays.place(inmate, unit=target, at=clock.now() - timedelta(days=1), by=officer).unit == target
