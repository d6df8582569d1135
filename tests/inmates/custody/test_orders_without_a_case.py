"""An order of remand that names no case: it is of the only one under way, and holds nobody in silence once that has ended."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import orders, releases
from inmates.custody.holds import Hold, doubtful_orders, holds
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions as sentences
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def prolongation(**fields):
    fields = {"kind": "remand", "authority": "R", "reference": "P 2", "issued_on": day(-10)} | fields
    return DetentionOrder(expires_on=day(50), **fields)


@pytest.fixture
def untried(unit, officer):
    return make_inmate(unit, by=officer, legal_status="remand")


def test_remand_without_a_case_is_of_the_only_one_under_way_and_ends_with_it(untried, officer):
    case = untried.cases.get()
    order = orders.add_order(untried, order=prolongation(), by=officer)
    assert order.case == case
    assert orders.add_order(untried, order=prolongation(kind="civil", reference="C"), by=officer).case is None
    untried.detention_orders.filter(kind="civil").delete()
    end_case(case, state="acquitted", by=officer)
    assert holds(stored(untried)) == []
    assert releases.release(stored(untried), ground="acquittal", reference="A 1", by=officer)


def test_of_several_it_is_asked_which_and_nothing_typed_is_lost(client, untried, officer):
    other = sentences.open_case(untried, court="Fès", number="B/2", on_remand=True, by=officer)
    with pytest.raises(ValidationError) as refusal:
        orders.add_order(untried, order=prolongation(), by=officer)
    assert list(refusal.value.message_dict) == ["case"]
    client.force_login(officer)
    typed = {"kind": "remand", "authority": "R", "reference": "P 2", "issued_on": f"{day(-1):%d/%m/%Y}"}
    typed |= {"expires_on": f"{day(50):%d/%m/%Y}"}
    address = reverse("inmates:add_order", args=[untried.uuid])
    refused = client.post(address, typed)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["case"])
    assert 'value="P 2"' in refused.content.decode()
    assert client.post(address, typed | {"case": other.pk}).status_code == 302
    assert untried.detention_orders.get(reference="P 2").case == other


@pytest.fixture
def nameless(untried):
    """An order of remand recorded without its case before that was asked."""
    order = prolongation(inmate=untried)
    order.save()
    return order


def test_once_the_last_case_has_ended_whoever_it_alone_holds_is_told_of_until_somebody_says(untried, nameless, officer):
    assert daily.run()["held_without_title"] == 0
    end_case(untried.cases.get(), state="acquitted", by=officer)
    assert [hold.kind for hold in holds(stored(untried))] == [Hold.ORDER]
    told = Alert.objects.filter(inmate=untried, kind="no_title")
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert "P 2 names no case" in told.first().text
    assert untried.tasks.open().get(kind="no_title").due_on == clock.today()
    daily.run()
    assert untried.tasks.open().filter(kind="no_title").exists()
    with pytest.raises(InvalidTransition, match="P 2 still holds"):
        releases.release(stored(untried), ground="acquittal", reference="A 1", by=officer)
    orders.lift_order(nameless, on=clock.today(), reason="Of the case acquitted", by=officer)
    assert releases.release(stored(untried), ground="acquittal", reference="A 1", by=officer)


def test_an_order_of_a_case_not_yet_recorded_or_beside_something_else_tells_of_nobody(untried, nameless, officer):
    other = sentences.open_case(untried, court="Fès", number="B/2", by=officer)
    end_case(untried.cases.exclude(pk=other.pk).get(), state="acquitted", by=officer)
    assert doubtful_orders(stored(untried)) == []  # another case is under way
    end_case(other, state="dropped", on=day(-1), by=officer)
    DetentionOrder.objects.filter(pk=nameless.pk).update(issued_on=day(0))
    untried.cases.update(closed_on=day(-1))
    assert doubtful_orders(stored(untried)) == []  # issued since: of a case that nobody has entered yet
    assert daily.run()["held_without_title"] == 0
    DetentionOrder.objects.filter(pk=nameless.pk).update(issued_on=day(-10))
    civil = prolongation(kind="civil", reference="C", inmate=untried)
    civil.save()
    assert doubtful_orders(stored(untried)) == []
    civil.delete()
    assert doubtful_orders(stored(untried)) == [nameless]


def test_the_same_of_an_arrest_warrant(untried, officer):
    warrant = DetentionOrder(kind="arrest", authority="R", reference="M 2", issued_on=day(-50), expires_on=day(50))
    orders.add_order(untried, order=warrant, by=officer)
    assert daily.run()["held_without_title"] == 0
    end_case(untried.cases.get(), by=officer)
    assert [hold.kind for hold in holds(stored(untried))] == [Hold.ORDER]
    assert untried.tasks.open().get(kind="no_title").due_on == clock.today()
    untried.tasks.open().delete()
    untried.alerts.all().delete()
    assert daily.run()["held_without_title"] == 2
    assert "M 2 names no case" in untried.alerts.filter(kind="no_title").first().text
    stay = releases.release(stored(untried), ground="acquittal", reference="A 1", before_term=True, by=officer)
    assert [hold["what"] for hold in stay.release_file["against"]] == ["M 2"]
