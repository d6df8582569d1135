"""Civil imprisonment ends with what it is for: the fine that is paid, pardoned or annulled, the case that fell."""

from datetime import timedelta

import pytest
import time_machine

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import orders, releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.fines.actions import pay_fine, record_fine
from inmates.people.actions import corrections
from inmates.people.corrections import find
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_follow_through
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def kinds(inmate):
    return [hold.kind for hold in holds(stored(inmate))]


@pytest.fixture
def served(unit, officer):
    """Somebody whose term is over, with a fine of that case."""
    return make_inmate(unit, by=officer, years=0, months=6, days_ago=300)


@pytest.fixture
def fine(served, officer):
    fine = record_fine(served.cases.get(), amount=5000, imposed_on=day(-300), by=officer)
    served.alerts.all().delete()  # told of already, as the term is over: begins untold
    served.tasks.all().delete()
    return fine


def civil(inmate, *, by, case=None, **fields):
    fields = {"kind": "civil", "authority": "R", "reference": "C 1", "issued_on": day(-10)} | fields
    order = DetentionOrder(case=case, expires_on=day(60), **fields)
    return orders.add_order(stored(inmate), order=order, by=by)


def pay(fine, amount, *, by):
    fine.refresh_from_db()
    return pay_fine(fine, amount=amount, paid_on=day(0), receipt="Q 1", by=by)


def pardon(inmate, reference="G 1", *, coordinator, reviewer, **fields):
    granted = Pardon(
        inmate=inmate, sentence=inmate.sentences.get(), **({"prison": "kept", "fine": "remitted"} | fields)
    )
    granted = pardon_follow_through.record_pardon(granted, reference=reference, dated_on=day(-1), by=coordinator)
    return pardon_follow_through.verify_pardon(granted, by=reviewer)


def assert_told(inmate, text):
    told = inmate.alerts.filter(kind="no_title", acknowledged_at=None)
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert text in told.first().text
    assert inmate.tasks.open().get(kind="no_title").due_on == clock.today()
    daily.run()
    assert inmate.tasks.open().filter(kind="no_title").exists()


def test_once_the_fine_of_its_case_is_paid_it_holds_nobody_and_everybody_is_told(served, fine, officer):
    civil(served, case=fine.case, by=officer)
    pay(fine, 4999, by=officer)
    assert kinds(served) == [Hold.CIVIL]
    assert not served.tasks.open().filter(kind="no_title").exists()
    pay(fine, 1, by=officer)
    assert kinds(served) == []
    assert_told(served, "C 1 has no ground left")
    assert releases.release(stored(served), ground="civil_ended", reference="Q 1", by=officer)


def test_the_same_once_it_is_pardoned(served, fine, officer, coordinator, reviewer):
    civil(served, case=fine.case, by=officer)
    pardon(served, coordinator=coordinator, reviewer=reviewer, fine="reduced", fine_reduced_to=10)
    assert kinds(served) == [Hold.CIVIL]
    pardon(served, "G 2", coordinator=coordinator, reviewer=reviewer)
    assert kinds(served) == []
    assert_told(served, "C 1 has no ground left")


@pytest.mark.parametrize("named", [True, False])
def test_prison_and_fine_pardoned_the_release_on_the_pardon_is_open(unit, officer, coordinator, reviewer, named):
    inmate = make_inmate(unit, by=officer)
    fine = record_fine(inmate.cases.get(), amount=5000, imposed_on=day(-100), by=officer)
    civil(inmate, case=fine.case if named else None, by=officer)
    pardon(inmate, prison="remainder", coordinator=coordinator, reviewer=reviewer)
    assert kinds(inmate) == ([] if named else [Hold.CIVIL])
    assert_told(inmate, "ground left")
    assert releases.release(stored(inmate), ground="pardon", by=officer)


@pytest.mark.parametrize(("fine_too", "told"), [(True, True), (False, False)])
def test_a_pardon_that_waits_and_would_free_from_both_is_told_of_each_hour(
    unit, officer, coordinator, reviewer, fine_too, told
):
    inmate = make_inmate(unit, by=officer)
    fine = record_fine(inmate.cases.get(), amount=5000, imposed_on=day(-100), by=officer)
    civil(inmate, case=fine.case, by=officer)
    granted = Pardon(
        inmate=inmate, sentence=inmate.sentences.get(), prison="remainder", fine="remitted" if fine_too else "kept"
    )
    granted = pardon_follow_through.record_pardon(granted, reference="G 1", dated_on=day(-1), by=coordinator)
    assert inmate.alerts.filter(kind="pardon_unverified").exists() == told
    assert stored(inmate).held


def test_a_pardon_of_prison_alone_opens_nothing_while_the_fine_is_owed(unit, officer, coordinator, reviewer):
    inmate = make_inmate(unit, by=officer)
    record_fine(inmate.cases.get(), amount=5000, imposed_on=day(-100), by=officer)
    civil(inmate, by=officer)
    pardon(inmate, prison="remainder", fine="kept", coordinator=coordinator, reviewer=reviewer)
    with pytest.raises(InvalidTransition, match="C 1 still holds"):
        releases.release(stored(inmate), ground="pardon", by=officer)


def test_of_a_case_that_was_acquitted_it_holds_nobody_though_the_fine_is_on_record(served, fine, officer):
    civil(served, case=fine.case, by=officer)
    end_case(fine.case, state="acquitted", by=officer)
    assert kinds(served) == []
    assert_told(served, "C 1 has no ground left")


def test_that_names_no_case_it_holds_on_and_a_person_is_asked(served, fine, officer):
    order = civil(served, by=officer)
    pay(fine, 5000, by=officer)
    assert kinds(served) == [Hold.CIVIL]
    assert_told(served, "C 1 may have no ground left")
    with pytest.raises(InvalidTransition, match="C 1 still holds"):
        releases.release(stored(served), ground="term_served", by=officer)
    orders.lift_order(order, on=day(0), reason="Paid", by=officer)
    assert releases.release(stored(served), ground="civil_ended", by=officer)


def test_issued_since_or_beside_another_fine_that_is_owed_nobody_is_told(served, fine, officer):
    order = civil(served, issued_on=day(0), by=officer)
    pay(fine, 5000, by=officer)
    DetentionOrder.objects.filter(pk=order.pk).update(issued_on=day(0), reference="C 2")
    fine.payments.update(paid_on=day(-1))
    served.tasks.open().delete()
    served.alerts.all().delete()
    assert daily.run()["held_without_title"] == 0  # for something that nobody has recorded yet
    DetentionOrder.objects.filter(pk=order.pk).update(issued_on=day(-10))
    other = sentences.open_case(stored(served), court="Fès", number="B/2", by=officer)
    record_fine(other, amount=100, imposed_on=day(-20), by=officer)
    assert daily.run()["held_without_title"] == 0
    assert nothing_holds(Inmate.objects.in_custody()) == []


def test_of_a_fine_that_was_annulled_a_person_is_asked(served, fine, officer, director):
    civil(served, case=fine.case, by=officer)
    waiting = corrections.annul(find("fine"), fine, why="Meant for a namesake of his", paper="J 1", by=officer)
    if waiting.state == "proposed":
        corrections.confirm(waiting, by=director)
    assert kinds(served) == [Hold.CIVIL]
    assert_told(served, "C 1 may have no ground left")
    record_fine(served.cases.get(), amount=700, imposed_on=day(-300), by=officer)
    daily.run()
    assert not served.tasks.open().filter(kind="no_title").exists()


def test_of_which_no_fine_was_ever_recorded_it_holds_on_and_nobody_is_told(served, officer):
    civil(served, case=served.cases.get(), by=officer)
    assert kinds(served) == [Hold.CIVIL]
    assert daily.run()["held_without_title"] == 0


# Of its case, issued after the fine was paid: for damages or costs, which no fine records


def test_issued_after_its_fine_was_paid_it_holds_and_a_person_is_asked(served, fine, officer):
    pay(fine, 5000, by=officer)
    fine.payments.update(paid_on=day(-280))
    civil(served, case=fine.case, by=officer)
    assert kinds(served) == [Hold.CIVIL]
    served.alerts.all().delete()
    served.tasks.all().delete()
    daily.run()
    assert_told(served, "C 1 may have no ground left")
    with pytest.raises(InvalidTransition, match="C 1 still holds"):
        releases.release(stored(served), ground="term_served", by=officer)


def test_a_pardon_of_before_it_was_issued_does_not_open_it(served, fine, officer, coordinator, reviewer):
    with time_machine.travel(clock.now() - timedelta(days=50)):
        pardon(served, coordinator=coordinator, reviewer=reviewer)
    assert kinds(served) == []
    civil(served, case=fine.case, by=officer)
    assert kinds(served) == [Hold.CIVIL]
    with pytest.raises(InvalidTransition, match="C 1 still holds"):
        releases.release(stored(served), ground="pardon", by=officer)


@pytest.mark.parametrize("paid", [-10, -5, 0])
def test_paid_on_its_day_or_since_it_holds_nobody(served, fine, officer, paid):
    civil(served, case=fine.case, by=officer)
    pay(fine, 5000, by=officer)
    fine.payments.update(paid_on=day(paid))
    assert kinds(served) == []
