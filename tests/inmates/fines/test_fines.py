"""Fines: recorded, paid against a receipt, corrected; a pardon of a fine is verified against one."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.fines import actions as fines
from inmates.people import corrections
from inmates.people.actions import corrections as correcting
from inmates.sentences import actions
from inmates.sentences.models import Fine, FinePayment, Pardon
from tests.factories import end_case, make_inmate
from tests.inmates.sentences.test_pardons import refused


@pytest.fixture
def case(inmate):
    return inmate.cases.get()


@pytest.fixture
def fine(case, officer):
    """A fine of 5,000 dirhams, imposed 100 days ago."""
    return fines.record_fine(case, amount=Decimal(5000), imposed_on=day(-100), by=officer)


@pytest.fixture
def pardon(inmate, coordinator):
    """Record a pardon of a fine alone, for `inmate`, unless said otherwise."""

    def act(reference="1-26-5", **fields):
        fields = {"sentence": inmate.sentences.get(), "prison": "kept", "fine": "remitted"} | fields
        return actions.record_pardon(
            Pardon(inmate=inmate, **fields), reference=reference, dated_on=day(-1), by=coordinator
        )

    return act


def day(n):
    return clock.today() + timedelta(days=n)


def test_a_fine_is_recorded_and_paid_on_pages_with_what_is_left(client, inmate, case, officer):
    client.force_login(officer)
    new = reverse("inmates:fine_new", args=[inmate.uuid, case.pk])
    tab = reverse("inmates:tab_custody", args=[inmate.uuid])
    assert new in client.get(tab).content.decode()
    data = {"amount": "5000", "imposed_on": f"{day(-100):%d/%m/%Y}"}
    for wrong, field in (
        ({"amount": "0"}, "amount"),
        ({"amount": "-3"}, "amount"),
        ({"imposed_on": f"{day(1):%d/%m/%Y}"}, "imposed_on"),
    ):
        answer = client.post(new, data | wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert client.post(new, data).status_code == 302
    fine = Fine.objects.get()
    pay = reverse("inmates:fine_pay", args=[inmate.uuid, fine.pk])
    data = {"amount": "1500", "paid_on": f"{day(-5):%d/%m/%Y}", "receipt": "Q-7"}
    for wrong, field in (
        ({"amount": "5001"}, "amount"),
        ({"paid_on": f"{day(-101):%d/%m/%Y}"}, "paid_on"),
        ({"receipt": " "}, "receipt"),
    ):
        answer = client.post(pay, data | wrong)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert client.post(pay, data).status_code == 302
    page = client.get(tab).content.decode()
    assert "Fine of 5,000 dirhams, 3,500 left" in page
    assert "1,500 dirhams paid on" in page
    assert "Q-7" in page
    assert set(Event.objects.filter(verb__startswith="fine.").values_list("verb", flat=True)) == {
        "fine.recorded",
        "fine.paid",
    }


def test_what_is_refused_of_fines(case, fine, officer, officer2, director):
    for user in (officer2, director):
        with pytest.raises(PermissionDenied):
            fines.record_fine(case, amount=1, imposed_on=day(0), by=user)
        with pytest.raises(PermissionDenied):
            fines.pay_fine(fine, amount=1, paid_on=day(0), receipt="Q", by=user)
    fines.pay_fine(fine, amount=5000, paid_on=day(0), receipt="Q", by=officer)
    with pytest.raises(InvalidTransition, match="Nothing is left"):
        fines.pay_fine(fine, amount=1, paid_on=day(0), receipt="Q", by=officer)
    end_case(case, state="acquitted", on=day(0), by=officer)
    with pytest.raises(InvalidTransition, match="without a conviction"):
        fines.record_fine(case, amount=1, imposed_on=day(0), by=officer)
    for wrong in ({"amount": 0}, {"receipt": ""}):
        fields = {"fine": fine, "amount": 1, "paid_on": day(0), "receipt": "Q", "recorded_by": officer} | wrong
        with pytest.raises(IntegrityError), transaction.atomic():
            FinePayment.objects.create(**fields)


def test_a_fine_typed_wrong_is_corrected_and_one_of_another_person_annulled(fine, officer):
    kind = corrections.find("fine")
    correcting.correct(
        kind, fine, {"amount": "500", "remaining": "500"}, why="A nought too many in it.", paper="J 1", by=officer
    )
    fine.refresh_from_db()
    assert (fine.amount, fine.remaining) == (500, 500)
    with pytest.raises(ValidationError):
        correcting.correct(kind, fine, {"remaining": "501"}, why="More left than imposed.", paper="J 1", by=officer)
    correcting.annul(kind, fine, why="It is another person's fine.", paper="J 1", by=officer)
    assert not Fine.objects.exists()


def test_a_payment_is_put_right_by_itself_and_the_fine_follows(fine, officer):
    kind, why = corrections.find("payment"), {"why": "Typed a nought too many.", "paper": "Receipt Q-7", "by": officer}
    payment = fines.pay_fine(fine, amount=1500, paid_on=day(-5), receipt="Q-7", by=officer)
    correcting.correct(kind, payment, {"amount": "150"}, **why)
    fine.refresh_from_db()
    payment.refresh_from_db()
    assert (payment.amount, fine.remaining) == (150, 4850)
    with pytest.raises(ValidationError, match="not more than is left") as refusal:
        correcting.correct(kind, payment, {"amount": "5001"}, **why)
    assert list(refusal.value.message_dict) == ["amount"]
    with pytest.raises(ValidationError):
        correcting.correct(kind, payment, {"paid_on": day(1).isoformat()}, **why)
    fine.refresh_from_db()
    assert fine.remaining == 4850


def test_a_payment_of_another_fine_is_annulled_and_stays_readable(fine, officer, officer2):
    kind, why = corrections.find("payment"), {"why": "It was paid for a namesake.", "paper": "Receipt Q-7"}
    payment = fines.pay_fine(fine, amount=1500, paid_on=day(-5), receipt="Q-7", by=officer)
    with pytest.raises(PermissionDenied):
        correcting.annul(kind, payment, by=officer2, **why)
    correcting.annul(kind, payment, by=officer, **why)
    fine.refresh_from_db()
    assert (fine.remaining, fine.payments.count(), FinePayment.everything.count()) == (5000, 0, 1)


def test_what_a_pardon_remitted_is_not_owed_again(fine, pardon, reviewer, officer):
    payment = fines.pay_fine(fine, amount=1500, paid_on=day(-5), receipt="Q-7", by=officer)
    actions.verify_pardon(pardon(of_fine=fine), by=reviewer)
    kind = corrections.find("payment")
    correcting.annul(kind, payment, why="It was paid for a namesake.", paper="Receipt Q-7", by=officer)
    fine.refresh_from_db()
    assert fine.remaining == 0


# Pardons


def test_a_pardon_of_a_fine_is_not_verified_before_one_is_recorded(pardon, case, inmate, reviewer, officer):
    recorded = pardon()
    with pytest.raises(InvalidTransition, match="records the fine first"):
        actions.verify_pardon(recorded, by=reviewer)
    recorded.refresh_from_db()
    assert (recorded.state, case.fines.count()) == ("recorded", 0)
    fine = fines.record_fine(case, amount=700, imposed_on=day(-50), by=officer)
    actions.verify_pardon(recorded, by=reviewer)
    recorded.refresh_from_db()
    fine.refresh_from_db()
    assert (recorded.state, recorded.of_fine, fine.remaining) == ("verified", fine, 0)


def test_prison_and_fine_pardoned_the_prison_part_does_not_wait_for_the_fine(pardon, case, inmate, reviewer, officer):
    recorded = pardon(prison="remainder")
    actions.verify_pardon(recorded, by=reviewer)
    inmate.refresh_from_db()
    task = inmate.tasks.open().get(kind="fine_missing")
    assert (inmate.release_on, task.due_on) == (day(-1), day(0))
    assert recorded.instrument.reference in task.text
    fine = fines.record_fine(case, amount=700, imposed_on=day(-50), by=officer)
    recorded.refresh_from_db()
    fine.refresh_from_db()
    assert (recorded.of_fine, fine.remaining) == (fine, 0)
    assert not inmate.tasks.open().filter(kind="fine_missing").exists()
    other = fines.record_fine(case, amount=300, imposed_on=day(-50), by=officer)
    other.refresh_from_db()
    assert other.remaining == 300


def test_one_of_several_fines_is_named_afterwards_and_once(pardon, case, fine, inmate, reviewer, coordinator, officer):
    second = fines.record_fine(case, amount=700, imposed_on=day(-50), by=officer)
    recorded = pardon(prison="remainder", fine="reduced", fine_reduced_to=Decimal(100))
    actions.verify_pardon(recorded, by=reviewer)
    for user in (officer, coordinator):
        with pytest.raises(PermissionDenied):
            actions.name_fine(recorded, fine=second, by=user)
    actions.name_fine(recorded, fine=second, by=reviewer)
    assert sorted(case.fines.values_list("remaining", flat=True)) == [100, 5000]
    with pytest.raises(InvalidTransition, match="No fine waits"):
        actions.name_fine(recorded, fine=fine, by=reviewer)
    with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
        Pardon.objects.filter(pk=recorded.pk).update(of_fine=fine)


def test_no_fine_of_another_person_is_named_afterwards(pardon, case, unit, reviewer, officer):
    other = fines.record_fine(make_inmate(unit, by=officer).cases.get(), amount=1, imposed_on=day(0), by=officer)
    recorded = pardon(prison="remainder")
    actions.verify_pardon(recorded, by=reviewer)
    refused("fine", actions.name_fine, pardon=recorded, fine=other, by=reviewer)
    with pytest.raises(IntegrityError, match="against a fine of this person"), transaction.atomic():
        Pardon.objects.filter(pk=recorded.pk).update(of_fine=other)


def test_where_several_are_recorded_the_pardon_names_one(pardon, case, fine, reviewer, officer):
    fines.record_fine(case, amount=700, imposed_on=day(-50), by=officer)
    unnamed = pardon()
    with pytest.raises(InvalidTransition, match="name the fine"):
        actions.verify_pardon(unnamed, by=reviewer)
    actions.reject_pardon(unnamed, reason="It names no fine.", by=reviewer)
    actions.verify_pardon(pardon(of_fine=fine, fine="reduced", fine_reduced_to=Decimal(1000)), by=reviewer)
    assert sorted(case.fines.values_list("remaining", flat=True)) == [700, 1000]


def test_a_pardon_names_a_fine_of_its_own_case_that_it_lowers(pardon, fine, inmate, unit, officer):
    stranger = make_inmate(unit, by=officer).cases.get()
    other = fines.record_fine(stranger, amount=1, imposed_on=day(0), by=officer)
    second = actions.open_case(inmate, court="Fès", number="8", by=officer)
    elsewhere = fines.record_fine(second, amount=1, imposed_on=day(0), by=officer)
    for wrong in (other, elsewhere):
        refused("of_fine", pardon, of_fine=wrong)
    refused("of_fine", pardon, of_fine=fine, fine="kept", prison="remainder")
    refused("fine_reduced_to", pardon, of_fine=fine, fine="reduced", fine_reduced_to=Decimal(5000))
    assert not Pardon.objects.exists()


def test_the_database_refuses_a_pardon_verified_against_no_fine_or_another_persons(
    pardon, fine, reviewer, unit, officer
):
    other = fines.record_fine(make_inmate(unit, by=officer).cases.get(), amount=1, imposed_on=day(0), by=officer)
    rows = Pardon.objects.filter(pk=pardon().pk)
    verified = {"state": "verified", "verified_by": reviewer, "verified_at": clock.now()}
    for wrong in (None, other):
        with pytest.raises(IntegrityError, match="against a fine of this person"), transaction.atomic():
            rows.update(of_fine=wrong, **verified)
    with pytest.raises(IntegrityError, match="pardon_names_only_a_fine"), transaction.atomic():
        rows.update(of_fine=fine, prison="remainder", fine="kept")
    rows.update(of_fine=fine, **verified)


def test_an_annulled_fine_is_none(pardon, fine, reviewer, officer):
    recorded = pardon(of_fine=fine)
    correcting.annul(corrections.find("fine"), fine, why="It is another person's fine.", paper="J 1", by=officer)
    with pytest.raises(InvalidTransition, match="records the fine first"):
        actions.verify_pardon(recorded, by=reviewer)
