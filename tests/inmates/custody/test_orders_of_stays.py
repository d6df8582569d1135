"""Which stay and which case an order speaks for: nobody is held by the order of another case, nor freed over a valid one."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import admissions, orders, releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.custody.release_grounds import proposed
from inmates.people.actions import alerts
from inmates.people.models import Inmate, Task
from inmates.sentences import actions as sentences
from tests.factories import ago, end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def people():
    return Inmate.objects.in_custody()


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case, whose order of admission names it."""
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    inmate.detention_orders.update(case=inmate.cases.get())
    return inmate


def again(inmate, unit, officer, *, days_ago=5, legal_status="convicted_appeal", **fields):
    """Admitted once more, on an arrest warrant that names no case unless it says so."""
    fields = {"kind": "arrest", "authority": "R", "reference": "Again", "issued_on": day(-days_ago)} | fields
    admissions.admit(
        stored(inmate), unit=unit, order=DetentionOrder(**fields), legal_status=legal_status,
        registration_number="99009", admitted_at=ago(days_ago), by=officer,
    )  # fmt: skip
    return stored(inmate)


@pytest.fixture
def served(unit, officer):
    """Somebody who served two years, was released, and is back since on a warrant of something not recorded yet."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", at=ago(60), by=officer)
    return again(inmate, unit, officer, legal_status="remand")


# The order of admission, and the cases of earlier stays


def test_a_valid_warrant_of_a_later_stay_holds_beside_cases_that_are_over(served):
    assert [hold.text for hold in holds(served)] == ["Detention order Again still holds."]
    assert nothing_holds(people()) == []
    assert set(daily.run().values()) == {0}
    assert not Task.objects.open().exists()


def test_it_holds_nobody_once_it_has_run_out_or_what_it_was_for_has_ended(served, officer):
    order = served.detention_orders.order_by("pk").last()
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-1))
    assert holds(served) == []
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=None)
    case = sentences.open_case(served, court="Fès", number="7", on_remand=True, by=officer)
    assert [hold.kind for hold in holds(served)] == [Hold.REMAND]
    end_case(case, on=clock.today(), by=officer)
    assert holds(stored(served)) == []
    assert served.tasks.open().get(kind="no_title").due_on == clock.today()


def test_the_order_of_who_comes_back_to_serve_on_holds_through_the_sentence_alone(unit, officer, settings):
    inmate = make_inmate(unit, by=officer, days_ago=300, years=1)
    releases.release(inmate, ground="conditional", reference="C", at=ago(100), by=officer)
    inmate = again(inmate, unit, officer, days_ago=90)
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    settings.TODAY = day(400)
    assert holds(inmate) == []


@pytest.mark.parametrize("status", ["convicted_appeal", "convicted_final"])
def test_nobody_is_admitted_as_convicted_on_a_sentence_that_is_over(client, unit, officer, status):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(inmate, ground="term_served", at=ago(60), by=officer)
    data = {
        "token": str(uuid4()), "kind": "arrest", "authority": "R", "reference": "M 4", "issued_on": f"{day(0):%d/%m/%Y}",
        "legal_status": status, "registration_number": "99010", "unit": unit.pk,
        "admitted_at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
    }  # fmt: skip
    client.force_login(officer)
    address = reverse("inmates:readmit", args=[inmate.uuid])
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "has ended: enter the new sentence" in str(refused.context["form"].sentence.errors["sentence_kind"])
    assert client.post(address, data | {"legal_status": "remand", "court": "Rabat"}).status_code == 302
    assert [hold.kind for hold in holds(stored(inmate))] == [Hold.REMAND]


# Remand in a case without an order of its own


def test_the_order_of_one_case_is_no_title_for_remand_in_another(untried, officer, inspector):
    first = untried.cases.get()
    other = sentences.open_case(untried, court="Rabat", number="99", on_remand=True, by=officer)
    assert [hold.case_id for hold in holds(untried)] == [first.pk]
    end_case(first, on=clock.today(), by=officer)
    assert holds(stored(untried)) == []
    assert nothing_holds(people()) == [untried]
    assert [one.kind for one in alerts.waiting_for(inspector)] == ["no_title"]
    order = DetentionOrder(case=other, kind="remand", authority="R", reference="99/1", issued_on=day(0))
    orders.add_order(untried, order=order, by=officer)
    assert [hold.case_id for hold in holds(stored(untried))] == [other.pk]
    daily.run()
    assert not untried.tasks.open().filter(kind="no_title").exists()


def test_an_order_of_admission_that_names_no_case_still_speaks_for_it(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    other = sentences.open_case(inmate, court="Rabat", number="99", on_remand=True, by=officer)
    end_case(inmate.cases.exclude(pk=other.pk).get(), on=clock.today(), by=officer)
    assert [hold.case_id for hold in holds(stored(inmate))] == [other.pk]
    assert nothing_holds(people()) == []


# A case recorded after the one that the order was for has ended


@pytest.mark.parametrize("state", ["acquitted", "dropped"])
def test_an_order_whose_own_case_has_ended_supports_no_case_recorded_later(unit, officer, state):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=50)
    first = inmate.cases.get()
    end_case(first, state=state, on=day(-2), by=officer)
    later = sentences.open_case(stored(inmate), court="Fès", number="Z/1", on_remand=True, by=officer)
    assert holds(stored(inmate)) == []
    daily.run()
    assert inmate.tasks.open().get(kind="no_title").due_on == clock.today()
    assert nothing_holds(people()) == [inmate]
    order = DetentionOrder(kind="remand", authority="R", reference="Z", issued_on=day(0), case=later)
    orders.add_order(stored(inmate), order=order, by=officer)
    assert [hold.case_id for hold in holds(stored(inmate))] == [later.pk]
    daily.run()
    assert not inmate.tasks.open().filter(kind="no_title").exists()


def test_a_case_recorded_while_the_first_is_under_way_or_of_a_later_warrant_rests_on_the_order(served, unit, officer):
    other = sentences.open_case(served, court="Fès", number="Z/1", on_remand=True, by=officer)
    assert [hold.case_id for hold in holds(stored(served))] == [other.pk]  # what ended was of the stay before
    second = sentences.open_case(stored(served), court="Fès", number="Z/2", on_remand=True, by=officer)
    end_case(other, on=clock.today(), by=officer)
    assert [hold.case_id for hold in holds(stored(served))] == [second.pk]


# A judge ends remand


@pytest.mark.parametrize("names_its_case", [True, False])
def test_a_judge_who_ends_remand_ends_its_order_and_the_door_opens(unit, officer, inspector, names_its_case):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    case, order = inmate.cases.get(), inmate.detention_orders.get()
    if names_its_case:
        inmate.detention_orders.update(case=case)
    sentences.set_remand(case, on_remand=False, reference="J 4/2610", by=officer)
    order.refresh_from_db()
    assert (order.lifted_on, order.lifted_reason) == (clock.today(), "J 4/2610")
    assert holds(stored(inmate)) == []
    assert [one.inmate for one in alerts.waiting_for(inspector)] == [inmate]
    assert inmate.tasks.open().get().kind == "no_title"
    proposal = proposed(stored(inmate))
    assert (proposal.ground, proposal.reference, proposal.case) == ("provisional", "J 4/2610", case)
    assert releases.release(inmate, ground="provisional", reference="J 4/2610", by=officer)


def test_what_else_holds_goes_on_and_nobody_is_told(untried, officer):
    other = sentences.open_case(untried, court="Rabat", number="99", on_remand=True, by=officer)
    for fields in ({"case": other, "kind": "remand"}, {"kind": "civil"}):
        order = DetentionOrder(authority="R", reference="O", issued_on=day(-1), **fields)
        orders.add_order(untried, order=order, by=officer)
    sentences.set_remand(untried.cases.exclude(pk=other.pk).get(), on_remand=False, reference="J 4", by=officer)
    assert [hold.kind for hold in holds(stored(untried))] == [Hold.REMAND, Hold.CIVIL]
    assert not untried.tasks.open().exists()
    with pytest.raises(InvalidTransition, match="On remand in case 99"):
        releases.release(untried, ground="provisional", reference="J 4", case=untried.cases.first(), by=officer)


def test_remand_ordered_anew_needs_an_order_and_is_told_until_there_is_one(untried, officer):
    case = untried.cases.get()
    sentences.set_remand(case, on_remand=False, reference="J 4", by=officer)
    sentences.set_remand(case, on_remand=True, reference="J 5", by=officer)
    assert holds(stored(untried)) == []
    order = DetentionOrder(case=case, kind="remand", authority="R", reference="J 5", issued_on=day(0))
    orders.add_order(untried, order=order, by=officer)
    assert [hold.kind for hold in holds(stored(untried))] == [Hold.REMAND]
