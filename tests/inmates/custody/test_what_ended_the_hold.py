"""Held beyond the term on another title: what is proposed, and what is told, is of the title that ended last."""

from datetime import datetime, time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from config import clock
from inmates.custody import daily
from inmates.custody.actions import admissions, orders, releases
from inmates.custody.holds import held_beyond_term
from inmates.custody.models import DetentionOrder
from inmates.custody.release_grounds import due_since, how_late, proposed
from inmates.fines.actions import pay_fine, record_fine
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from inmates.sentences import hooks
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_follow_through
from tests.application_rights import rewriting
from tests.factories import end_case, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


@pytest.fixture
def debtor(unit, officer):
    """Somebody whose six months ended long ago, held by civil imprisonment for the fine of the case until today."""
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    fine = record_fine(inmate.cases.get(), amount=500, imposed_on=day(-290), by=officer)
    order = DetentionOrder(
        kind="civil", authority="P", reference="C 1", issued_on=day(-150), expires_on=day(90), case=fine.case
    )
    orders.add_order(stored(inmate), order=order, by=officer)
    inmate.alerts.all().delete()
    inmate.tasks.all().delete()
    return inmate, fine, order


def test_while_it_holds_nobody_is_called_late(client, debtor, officer):
    inmate, _fine, _order = debtor
    assert held_beyond_term(stored(inmate))
    client.force_login(officer)
    for page in (
        stored(inmate).get_absolute_url(),
        reverse("inmates:tab_custody", args=[inmate.uuid]),
        reverse("inmates:releases"),
        inmate.facility.get_absolute_url(),
    ):
        text = client.get(page).content.decode()
        assert "held on another title" in text
        assert "days late" not in text
        assert 'class="late"' not in text
    assert not held_beyond_term(make_inmate(inmate.unit, by=officer))


def test_after_the_fine_was_paid_the_end_of_civil_imprisonment_is_proposed(debtor, officer):
    inmate, fine, _order = debtor
    pay_fine(fine, amount=500, paid_on=day(0), receipt="Q 1", by=officer)
    proposal = proposed(stored(inmate))
    assert (proposal.ground, proposal.on) == ("civil_ended", day(0))
    releases.release(stored(inmate), ground="civil_ended", by=officer)


def test_after_a_pardon_of_the_fine_the_pardon_with_its_instrument(debtor, officer, coordinator, reviewer):
    inmate, fine, _order = debtor
    pardon = Pardon(inmate=inmate, sentence=inmate.sentences.get(), prison="kept", fine="remitted", of_fine=fine)
    pardon = pardon_follow_through.record_pardon(pardon, reference="1-26-5", dated_on=day(-1), by=coordinator)
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    proposal = proposed(stored(inmate))
    assert (proposal.ground, proposal.on, proposal.reference) == ("pardon", day(0), "1-26-5")
    stay = releases.release(stored(inmate), ground="pardon", by=officer)
    assert stay.release_reference == "1-26-5"


def test_while_a_sentence_runs_the_record_says_that_the_fine_is_owed_no_longer(client, unit, officer):
    inmate = make_inmate(unit, by=officer)
    fine = record_fine(inmate.cases.get(), amount=500, imposed_on=day(-100), by=officer)
    order = DetentionOrder(kind="civil", authority="P", reference="C 1", issued_on=day(-10), case=fine.case)
    orders.add_order(stored(inmate), order=order, by=officer)
    client.force_login(officer)
    address = reverse("inmates:tab_custody", args=[inmate.uuid])
    assert "its fine is owed no longer" not in client.get(address).content.decode()
    pay_fine(fine, amount=500, paid_on=day(0), receipt="Q 1", by=officer)
    assert "its fine is owed no longer" in client.get(address).content.decode()


@pytest.mark.parametrize("ends", ["paid", "lifted"])
def test_the_breach_counts_from_the_day_on_which_the_last_hold_ended(client, debtor, officer, ends):
    inmate, fine, order = debtor
    if ends == "paid":
        pay_fine(fine, amount=500, paid_on=day(0), receipt="Q 1", by=officer)
    else:
        orders.lift_order(order, on=day(0), reason="Paid", by=officer)
    daily.run()
    told = inmate.alerts.filter(kind="release_overdue", acknowledged_at=None)
    assert {alert.reference for alert in told} == {day(0).isoformat()}
    assert due_since(stored(inmate)) == day(0)
    client.force_login(officer)
    for page in (inmate.get_absolute_url(), reverse("inmates:tab_custody", args=[inmate.uuid])):
        assert "days late" not in client.get(page).content.decode()


def test_a_case_that_held_nobody_and_ends_later_takes_no_day_off(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    end = stored(inmate).release_on
    case = sentences.open_case(stored(inmate), court="Fès", number="B/2", by=officer)
    end_case(case, state="acquitted", by=officer)
    assert due_since(stored(inmate)) == end


def test_civil_imprisonment_that_ran_out_before_the_fine_was_paid_ended_then(debtor, officer):
    inmate, fine, order = debtor
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-20))
    pay_fine(fine, amount=500, paid_on=day(0), receipt="Q 1", by=officer)
    assert due_since(stored(inmate)) == day(-19)


def test_lifting_the_order_weeks_after_the_fine_was_paid_takes_no_day_off(debtor, officer):
    inmate, fine, order = debtor
    pay_fine(fine, amount=500, paid_on=day(-30), receipt="Q 1", by=officer)
    assert (due_since(stored(inmate)), proposed(stored(inmate)).on) == (day(-30), day(-30))
    order.refresh_from_db()
    orders.lift_order(order, on=day(0), reason="Paid", by=officer)
    assert (due_since(stored(inmate)), proposed(stored(inmate)).on) == (day(-30), day(-30))


def test_lifting_an_order_that_had_run_out_or_whose_case_had_fallen_takes_no_day_off(debtor, officer):
    inmate, _fine, order = debtor
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-20))
    assert due_since(stored(inmate)) == day(-19)
    order.refresh_from_db()
    orders.lift_order(order, on=day(0), reason="Run out", by=officer)
    assert due_since(stored(inmate)) == day(-19)
    other = DetentionOrder(kind="civil", authority="P", reference="C 2", issued_on=day(-100), expires_on=day(90))
    other.case = sentences.open_case(stored(inmate), court="Fès", number="B/2", by=officer)
    orders.add_order(stored(inmate), order=other, by=officer)
    end_case(other.case, on=day(-10), by=officer)
    orders.lift_order(other, on=day(0), reason="Acquitted", by=officer)
    assert due_since(stored(inmate)) == day(-10)


def test_lifted_before_the_fine_was_paid_it_ended_then(debtor, officer):
    inmate, fine, order = debtor
    orders.lift_order(order, on=day(-40), reason="Given up", by=officer)
    pay_fine(fine, amount=500, paid_on=day(0), receipt="Q 1", by=officer)
    assert due_since(stored(inmate)) == day(-40)


def test_an_order_that_had_run_out_long_before_is_not_why_nothing_holds(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    DetentionOrder.objects.create(
        inmate=inmate, kind="remand", authority="R", reference="MD 1", issued_on=day(-300), expires_on=day(-200)
    )
    daily.run()
    texts = {alert.text for alert in inmate.alerts.filter(kind__in=["no_title", "release_overdue"])}
    assert texts
    assert not any("MD 1" in text for text in texts)


def test_an_acquittal_on_record_fills_in_its_reference(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    end_case(inmate.cases.get(), state="acquitted", by=officer)
    case = inmate.cases.get()
    proposal = proposed(stored(inmate))
    assert (proposal.ground, proposal.reference) == ("acquittal", case.closing_reference)
    assert case.closing_reference


def back(inmate, unit, officer):
    order = DetentionOrder(kind="arrest", authority="Cour", reference="M 9", issued_on=day(-20))
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=order,
        legal_status="remand",
        registration_number="9001",
        admitted_at=noon(20),
        by=officer,
    )
    return stored(inmate)


def test_days_held_beyond_a_served_term_count_for_no_other_sentence(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    releases.release(inmate, ground="term_served", at=noon(60), by=officer)
    assert hooks.uncounted(back(inmate, unit, officer)) == []


def test_remand_after_a_served_term_may_count(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=300)
    end_case(inmate.cases.get(), state="acquitted", by=officer)
    releases.release(stored(inmate), ground="acquittal", reference="A 1", at=noon(60), by=officer)
    (stretch,) = hooks.uncounted(back(inmate, unit, officer))
    assert (stretch.first_day, stretch.day_after_last) == (day(-300), day(-60))


def test_the_order_of_a_first_stay_that_names_a_case_under_way_holds_in_lists_too(unit, officer):
    inmate = make_inmate(unit, by=officer, years=0, months=6, days_ago=300)
    case = sentences.open_case(stored(inmate), court="Fès", number="B/9", by=officer)
    with rewriting():
        DetentionOrder.objects.filter(admission__inmate=inmate).update(kind="arrest", case=case)
    assert held_beyond_term(stored(inmate))
    (told,) = how_late([stored(inmate)])
    assert told.held_otherwise
