"""Outings, escape and return, orders, legal status, roll counts, visits; each with what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from facilities.models import Regime
from inmates.conditions import entitlements
from inmates.conditions.actions import contacts
from inmates.custody.actions import orders, outings, roll_counts, stays
from inmates.custody.models import DetentionOrder, Outing
from inmates.people.actions import tasks
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


@pytest.fixture
def warrant(inmate, officer):
    """A remand warrant of ten days ago that runs out today."""
    today = clock.today()
    dates = {"issued_on": today - timedelta(days=10), "expires_on": today}
    order = DetentionOrder(kind="remand", authority="R", reference="A", **dates)
    return orders.add_order(inmate, order=order, by=officer)


def test_an_order_is_extended_to_a_later_day_by_a_decision_with_a_reference(warrant, officer, officer2):
    later = clock.today() + timedelta(days=60)
    for until, reference, field in ((clock.today(), "B", "until"), (later, " ", "reference"), (later, "", "reference")):
        with pytest.raises(ValidationError) as refusal:
            orders.extend_order(warrant, until=until, reference=reference, by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.extend_order(warrant, until=later, reference="B", by=officer2)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (clock.today(), "A")
    orders.extend_order(warrant, until=later, reference="B", by=officer)
    warrant.refresh_from_db()
    assert (warrant.expires_on, warrant.reference) == (later, "B")
    event = Event.objects.get(verb="order.extended")
    assert event.detail == {"from": clock.today().isoformat(), "to": later.isoformat()}


def test_an_order_without_an_end_is_not_extended(inmate, officer):
    order = inmate.detention_orders.get()
    with pytest.raises(ValidationError):
        orders.extend_order(order, until=clock.today(), reference="B", by=officer)


def test_an_order_is_lifted_once_between_its_issue_and_today(warrant, officer):
    today = clock.today()
    for day in (warrant.issued_on - timedelta(days=1), today + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            orders.lift_order(warrant, on=day, reason="Ended", by=officer)
        assert list(refusal.value.message_dict) == ["on"]
    with pytest.raises(ValidationError) as refusal:
        orders.lift_order(warrant, on=today, reason=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reason"]
    warrant.refresh_from_db()
    assert warrant.lifted_on is None
    orders.lift_order(warrant, on=warrant.issued_on, reason="Ended", by=officer)
    warrant.refresh_from_db()
    assert (warrant.lifted_on, warrant.lifted_reason) == (warrant.issued_on, "Ended")
    with pytest.raises(InvalidTransition):
        orders.lift_order(warrant, on=today, reason="Ended", by=officer)
    with pytest.raises(InvalidTransition):
        orders.extend_order(warrant, until=today + timedelta(days=9), reference="C", by=officer)


def test_an_order_may_be_lifted_on_the_present_day(warrant, officer):
    assert orders.lift_order(warrant, on=clock.today(), reason="Ended", by=officer).lifted_on == clock.today()


def test_a_new_order_is_of_the_present_and_of_this_persons_case(inmate, unit, officer, officer2):
    def order(**fields):
        fields = {"kind": "arrest", "authority": "R", "reference": "N", "issued_on": clock.today()} | fields
        return DetentionOrder(**fields)

    stranger = make_inmate(unit, by=officer)
    for wrong, field in (
        ({"issued_on": clock.today() + timedelta(days=1)}, "issued_on"),
        ({"case": stranger.cases.get()}, "case"),
        ({"expires_on": clock.today() - timedelta(days=1)}, "expires_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            orders.add_order(inmate, order=order(**wrong), by=officer)
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        orders.add_order(inmate, order=order(), by=officer2)
    assert inmate.detention_orders.count() == 1
    assert orders.add_order(inmate, order=order(case=inmate.cases.get()), by=officer).inmate == inmate
    stays.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition):
        orders.add_order(inmate, order=order(), by=officer)


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


def test_who_is_not_here_is_not_moved(inmate, prison, other_prison, officer, officer2):
    target = prison.units.get(name="B")
    with pytest.raises(PermissionDenied):
        stays.place(inmate, unit=target, by=officer2)
    with pytest.raises(InvalidTransition, match="another prison"):
        stays.place(inmate, unit=other_prison.units.get(), by=officer)
    with pytest.raises(InvalidTransition, match="this unit already"):
        stays.place(inmate, unit=inmate.unit, by=officer)
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="absent"):
        stays.place(inmate, unit=target, by=officer)
    stays.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        stays.place(inmate, unit=target, by=officer)
    assert not target.placements.exists()


def test_a_move_ends_the_placement_before_it_at_the_same_moment(inmate, unit, prison, officer):
    at = clock.now() - timedelta(hours=3)
    placement = stays.place(inmate, unit=prison.units.get(name="B"), reason="Request", at=at, by=officer)
    before = inmate.placements.get(unit=unit)
    assert (before.during.upper, placement.during.lower, placement.during.upper) == (at, at, None)
    assert (placement.reason, placement.placed_by) == ("Request", officer)
    assert Event.objects.get(verb="inmate.moved").detail == {"from": "A", "to": "B", "exceptions": []}


def test_the_legal_status_is_changed_here_and_only_while_held(inmate, officer, officer2):
    with pytest.raises(PermissionDenied):
        stays.change_legal_status(inmate, status="remand", on=clock.today(), by=officer2)
    with pytest.raises(InvalidTransition):
        stays.change_legal_status(inmate, status="remand", on=clock.today() - timedelta(days=201), by=officer)
    stays.change_legal_status(inmate, status="convicted_final", on=clock.today(), by=officer)
    assert not Event.objects.filter(verb="legal_status.changed").exists()
    stays.change_legal_status(inmate, status="remand", on=clock.today(), by=officer)
    stays.change_legal_status(inmate, status="civil_imprisonment", on=clock.today(), by=officer)
    inmate.refresh_from_db()
    assert inmate.legal_status == "civil_imprisonment"
    assert list(inmate.legal_statuses.order_by("starts_on").values_list("status", "ends_on")) == [
        ("convicted_final", clock.today()),
        ("civil_imprisonment", None),
    ]
    stays.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        stays.change_legal_status(inmate, status="remand", on=clock.today(), by=officer)


def test_one_open_task_of_a_kind_and_its_earlier_day_wins(inmate, officer, officer2):
    today = clock.today()
    first = tasks.raise_task(inmate, kind="other", due_on=today + timedelta(days=3), detail="Call", by=officer)
    again = tasks.raise_task(inmate, kind="other", due_on=today + timedelta(days=9), by=officer)
    assert (again.pk, again.due_on, again.detail) == (first.pk, today + timedelta(days=3), "Call")
    again = tasks.raise_task(inmate, kind="other", due_on=today, detail="Write", by=officer)
    again.refresh_from_db()
    assert (again.pk, again.due_on, again.detail, again.facility) == (first.pk, today, "Write", inmate.facility)
    with pytest.raises(PermissionDenied):
        tasks.settle_task(again, note="Done", by=officer2)
    with pytest.raises(InvalidTransition, match="Say what was done"):
        tasks.settle_task(again, note=" ", by=officer)
    tasks.settle_task(again, note="Done", by=officer)
    again.refresh_from_db()
    assert (again.done_by, again.done_note, again.done_at is None) == (officer, "Done", False)
    with pytest.raises(InvalidTransition, match="done already"):
        tasks.settle_task(again, note="Done", by=officer)
    assert tasks.raise_task(inmate, kind="other", due_on=today, by=officer).pk != first.pk


def test_an_outing_is_planned_for_somebody_held_here_on_a_day_to_come(inmate, unit, officer, officer2):
    stranger = make_inmate(unit, by=officer)
    fields = {"kind": "court", "planned_on": clock.today(), "place": "Rabat", "by": officer}
    for wrong, field in (
        ({"kind": "escape"}, "kind"),
        ({"kind": "transfer"}, "kind"),
        ({"planned_on": clock.today() - timedelta(days=1)}, "planned_on"),
        ({"case": stranger.cases.get()}, "case"),
    ):
        with pytest.raises(ValidationError) as refusal:
            outings.plan(inmate, **(fields | wrong))
        assert list(refusal.value.message_dict) == [field]
    with pytest.raises(PermissionDenied):
        outings.plan(inmate, **(fields | {"by": officer2}))
    planned = outings.plan(inmate, case=inmate.cases.get(), **fields)
    assert (planned.admission, planned.facility, planned.recorded_by) == (
        inmate.admissions.get(),
        inmate.facility,
        officer,
    )
    outings.record_escape(inmate, account="Gone", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.plan(inmate, **fields)
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.leave(planned, by=officer)
    assert inmate.outings.filter(kind="court").count() == 1


def test_nobody_is_out_twice_nor_in_the_future(inmate, hearing, officer):
    doctor = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    now = clock.now()
    for fields, field in (
        ({"at": now + timedelta(minutes=5)}, "at"),
        ({"at": now - timedelta(hours=1), "due_back_at": now - timedelta(hours=1)}, "due_back_at"),
    ):
        with pytest.raises(ValidationError) as refusal:
            outings.leave(hearing, by=officer, **fields)
        assert list(refusal.value.message_dict) == [field]
    left, due = now - timedelta(hours=1), now + timedelta(hours=1)
    outings.leave(hearing, at=left, due_back_at=due, by=officer)
    hearing.refresh_from_db()
    assert (hearing.left_at, hearing.due_back_at) == (left, due)
    with pytest.raises(InvalidTransition, match="out already"):
        outings.leave(doctor, by=officer)
    with pytest.raises(InvalidTransition, match="not out"):
        outings.back(doctor, by=officer)
    for at in (left, now + timedelta(minutes=5)):
        with pytest.raises(ValidationError) as refusal:
            outings.back(hearing, at=at, by=officer)
        assert list(refusal.value.message_dict) == ["at"]
    with pytest.raises(InvalidTransition, match="not waiting"):
        outings.cancel(hearing, reason="Put off", by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, hearing.cancelled_reason) == (None, "")
    outings.back(hearing, at=now - timedelta(minutes=1), outcome="Put off", by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, hearing.outcome) == (now - timedelta(minutes=1), "Put off")
    inmate.refresh_from_db()
    assert inmate.legal_status == "convicted_final"


def test_an_escape_ends_the_outing_and_is_not_ended_by_a_plain_return(
    inmate, unit, other_prison, hearing, officer, officer2
):
    now = clock.now()
    outings.leave(hearing, at=now - timedelta(hours=2), by=officer)
    with pytest.raises(PermissionDenied):
        outings.record_escape(inmate, account="Ran", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        outings.record_escape(inmate, account="Ran", at=now + timedelta(minutes=5), by=officer)
    assert list(refusal.value.message_dict) == ["at"]
    with pytest.raises(InvalidTransition, match="left later"):
        outings.record_escape(inmate, account="Ran", at=now - timedelta(hours=2), by=officer)
    escape = outings.record_escape(inmate, account="Ran", at=now - timedelta(hours=1), by=officer)
    hearing.refresh_from_db()
    assert (hearing.back_at, hearing.outcome) == (now - timedelta(hours=1), "Did not come back")
    assert (escape.admission, escape.outcome) == (inmate.admissions.get(), "Ran")
    with pytest.raises(InvalidTransition, match="not in custody"):
        outings.record_escape(inmate, account="Again", by=officer)
    with pytest.raises(InvalidTransition, match="with a place"):
        outings.back(escape, by=officer)
    with pytest.raises(InvalidTransition, match="another prison"):
        outings.record_return(inmate, unit=other_prison.units.get(), by=officer)
    with pytest.raises(PermissionDenied):
        outings.record_return(inmate, unit=unit, by=officer2)
    for at in (now - timedelta(hours=1), now + timedelta(minutes=5)):
        with pytest.raises(ValidationError) as refusal:
            outings.record_return(inmate, unit=unit, at=at, by=officer)
        assert list(refusal.value.message_dict) == ["at"]
    escape.refresh_from_db()
    assert escape.back_at is None


def test_a_contact_is_of_somebody_held_here_since_the_admission(inmate, officer):
    fields = {"kind": "visit", "by": officer}
    for day in (inmate.admitted_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            contacts.record(inmate, on=day, **fields)
        assert list(refusal.value.message_dict) == ["on"]
    assert contacts.record(inmate, on=inmate.admitted_on, **fields).recorded_by == officer
    stays.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition):
        contacts.record(inmate, on=clock.today(), **fields)
    assert inmate.contacts.count() == 1


def test_a_count_is_made_explained_and_signed_where_it_belongs(prison, officer, officer2, director, director2):
    right = {one.pk: 0 for one in prison.units.all()}
    with pytest.raises(PermissionDenied):
        roll_counts.record(prison, counted=right, by=officer2)
    count = roll_counts.record(prison, counted=right | {prison.units.get(name="A").pk: 1}, by=officer)
    with pytest.raises(PermissionDenied):
        roll_counts.explain(count, explanation="One more", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        roll_counts.explain(count, explanation=" ", by=officer)
    assert list(refusal.value.message_dict) == ["explanation"]
    roll_counts.explain(count, explanation="One more", by=officer)
    with pytest.raises(PermissionDenied):
        roll_counts.sign(count, by=director2)
    roll_counts.sign(count, by=director)
    count.refresh_from_db()
    assert (count.explanation, count.signed_by, count.signed_at is None) == ("One more", director, False)
    with pytest.raises(InvalidTransition, match="signed already"):
        roll_counts.sign(count, by=director)


def test_nobody_signs_their_own_count(prison, officer, director):
    director.groups.add(*officer.groups.all())
    both = type(director).objects.get(pk=director.pk)
    count = roll_counts.record(prison, counted={one.pk: 0 for one in prison.units.all()}, by=both)
    with pytest.raises(PermissionDenied, match="Somebody else"):
        roll_counts.sign(count, by=both)
    count.refresh_from_db()
    assert count.signed_by is None
