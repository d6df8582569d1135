"""A correction passes the checks of an entry, and says at the field, in words, what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import legal_status
from inmates.custody.derived_columns import disagreements
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import CourtAppeal
from tests.factories import ago, make_inmate
from tests.inmates.sentences.conftest import day

WHY = {"why": "Typed wrong from the paper at hand", "paper": "Letter 5"}


@pytest.fixture
def tried(unit, officer):
    return make_inmate(unit, by=officer, legal_status="convicted_appeal")


def correct(key, record, by, **values):
    kind = correctables.find(key)
    stored = {name: correctables.as_stored(record, name, value) for name, value in values.items()}
    return corrections.correct(kind, record, stored, by=by, **WHY)


def refused(key, record, by, field, **values):
    with pytest.raises(ValidationError) as refusal:
        correct(key, type(record).objects.get(pk=record.pk), by, **values)
    assert list(refusal.value.message_dict) == [field]
    assert not Correction.objects.exists()
    return refusal.value.message_dict[field][0]


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("starts_on", {"starts_on": day(1500)}),
        ("pronounced_on", {"pronounced_on": day(1)}),
        ("final_on", {"final_on": day(-2000)}),  # before the judgment
        ("final_on", {"final_on": day(1)}),
        ("acts_on", {"acts_on": day(-100)}),  # after the judgment
    ],
)
def test_a_day_that_could_not_be_entered_is_not_corrected_to(inmate, officer, field, values):
    refused("sentence", inmate.sentences.get(), officer, field, **values)


@pytest.mark.parametrize(
    ("field", "values", "words"),
    [
        ("years", {"kind": "life"}, "Life and death sentences have no term."),
        ("years", {"years": 0}, "Enter the term in years, months or days."),
        ("final_on", {"final_on": None}, "take its finality back"),
        ("relation_decision", {"relation": "cumulated"}, "Name the decision that says so."),
    ],
)
def test_what_the_database_refuses_is_said_in_words_at_the_field(client, inmate, officer, field, values, words):
    sentence = inmate.sentences.get()
    type(sentence).objects.filter(pk=sentence.pk).update(final_reference="C 1")
    assert words in refused("sentence", sentence, officer, field, **values)
    client.force_login(officer)
    names = correctables.find("sentence").fields
    sent = {name: getattr(sentence, name) for name in names} | values
    sent = {name: "" if value is None else value for name, value in sent.items()}
    page = client.post(reverse("inmates:correct", args=["sentence", sentence.pk]), sent | WHY)
    assert page.status_code == 422
    assert words in str(page.context["form"].errors.get(field, dict(page.context["form"].errors)))
    assert "Constraint" not in page.content.decode()


def test_another_day_of_finality_waits_for_a_second_person(inmate, officer, director):
    sentence = inmate.sentences.get()
    made = correct("sentence", sentence, officer, final_on=day(-20))
    assert (made.state, made.moves) == ("proposed", ["finality"])
    corrections.confirm(made, by=director)
    sentence.refresh_from_db()
    assert sentence.final_on == day(-20)


def test_too_short_a_reason_is_said_before_anybody_confirms(client, inmate, officer):
    address = reverse("inmates:annul", args=["sentence", inmate.sentences.get().pk])
    client.force_login(officer)
    answer = client.post(address, WHY | {"why": "Wrong"})
    assert answer.status_code == 422
    assert "at least 20" in answer.context["form"].errors["why"][0]
    assert client.post(address, WHY).status_code == 200  # to be read


# Declarations of appeal


@pytest.fixture
def appeal(tried, officer):
    return court_appeals.declare_appeal(
        tried.cases.get(), kind="appeal", party="person", court="Rabat", reference="12/2026", at=ago(150), by=officer
    )


def test_who_declared_an_appeal_when_and_of_what_kind_is_put_right(appeal, tried, officer):
    made = correct(
        "court_appeal", appeal, officer, by_person_at=None, by_prosecution_at=ago(149), kind="cassation", court="Fès"
    )
    assert made.state == "done"
    appeal.refresh_from_db()
    assert (appeal.party, appeal.kind, appeal.court) == ("prosecution", "cassation", "Fès")
    assert appeal.last_day == tried.sentences.get().pronounced_on + timedelta(days=10)


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("by_person_at", {"by_person_at": None}),
        ("by_person_at", {"by_person_at": clock.now() + timedelta(days=1)}),
        ("by_person_at", {"by_person_at": ago(300)}),  # before the judgment
        ("reference", {"reference": ""}),
    ],
)
def test_a_declaration_that_could_not_be_entered_is_not_corrected_to(appeal, officer, field, values):
    refused("court_appeal", appeal, officer, field, **values)


def test_after_its_receipt_it_was_not_declared_and_it_stays_the_persons(appeal, officer):
    court_appeals.give_receipt(appeal, at=ago(149), by=officer)
    appeal.refresh_from_db()
    for value in (ago(148), None):
        refused("court_appeal", appeal, officer, "by_person_at", by_person_at=value, by_prosecution_at=ago(150))


def test_a_declaration_of_another_person_is_annulled_and_the_judgment_may_be_final(appeal, tried, officer):
    sentence = tried.sentences.get()
    with pytest.raises(InvalidTransition, match="appeal is open"):
        actions.make_final(sentence, on=day(-1), reference="C 1", by=officer)
    corrections.annul(correctables.find("court_appeal"), appeal, by=officer, **WHY)
    assert not tried.cases.get().court_appeals.exists()
    assert CourtAppeal.everything.get().annulled_at
    with pytest.raises(InvalidTransition, match="annulled"):
        court_appeals.give_receipt(appeal, by=officer)
    actions.make_final(sentence, on=day(-1), reference="C 1", by=officer)
    other = court_appeals.declare_appeal  # its number and its kind are free again
    with pytest.raises(InvalidTransition, match="final"):
        other(tried.cases.get(), kind="appeal", party="person", court="R", reference="12/2026", by=officer)


def test_one_that_a_court_has_answered_is_not_annulled(appeal, officer):
    court_appeals.decide_appeal(appeal, outcome="confirmed", on=day(-100), decision="AR 7", by=officer)
    appeal.refresh_from_db()
    with pytest.raises(InvalidTransition, match="that answer is taken back first"):
        corrections.annul(correctables.find("court_appeal"), appeal, by=officer, **WHY)


# The day of a legal status, the case of an order


def test_the_day_of_a_legal_status_is_put_right_and_the_one_before_ends_there(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    legal_status.change_legal_status(inmate, status="civil_imprisonment", on=day(-20), by=officer)
    first, second = inmate.legal_statuses.order_by("starts_on")
    for when in (day(-40), day(-10)):
        correct("legal_status", second, officer, starts_on=when)
        first.refresh_from_db()
        second.refresh_from_db()
        assert first.ends_on == second.starts_on == when
    assert not list(disagreements())
    for record, when in ((second, day(1)), (second, day(-300)), (first, day(-100))):
        with pytest.raises(ValidationError) as refusal:
            correct("legal_status", record, officer, starts_on=when)
        assert list(refusal.value.message_dict) == ["starts_on"]


def test_the_case_of_an_order_is_put_right_and_only_to_one_of_the_persons(client, unit, officer):
    inmate, other = (make_inmate(unit, by=officer, legal_status="remand") for _n in range(2))
    order = inmate.detention_orders.get()
    refused("order", order, officer, "case", case=other.cases.get())
    client.force_login(officer)
    page = client.get(reverse("inmates:correct", args=["order", order.pk]))
    assert set(page.context["form"].fields["case"].queryset) == {inmate.cases.get()}
    made = correct("order", order, officer, case=inmate.cases.get())
    order.refresh_from_db()
    assert order.case == (inmate.cases.get() if made.state == "done" else None)
    assert Inmate.objects.get(pk=inmate.pk).legal_status == "remand"


def test_an_order_issued_tomorrow_or_run_out_before_the_admission_is_none(inmate, officer):
    order = inmate.detention_orders.get()
    refused("order", order, officer, "issued_on", issued_on=day(1))
    began = timezone.localdate(inmate.admissions.get().admitted_at)
    type(order).objects.filter(pk=order.pk).update(issued_on=began - timedelta(days=9))
    order.refresh_from_db()
    refused("order", order, officer, "expires_on", expires_on=began - timedelta(days=1))


def test_an_annulment_is_of_another_persons_record_or_of_one_entered_twice(client, inmate, officer):
    client.force_login(officer)
    tab = client.get(reverse("inmates:tab_corrections", args=[inmate.uuid])).content.decode()
    assert "entered twice" in tab
    page = client.get(reverse("inmates:annul", args=["sentence", inmate.sentences.get().pk])).content.decode()
    assert "entered twice" in page
    assert "wrong person" not in page
