"""An order in whose place another of its ground has come: the line of an imported register, a warrant without a last day."""

from datetime import timedelta

import pytest
from django.core.management import call_command

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import orders, releases
from inmates.custody.holds import Hold, holds, nothing_holds
from inmates.custody.models import DetentionOrder
from inmates.people.models import Alert, Inmate
from inmates.sentences import actions as sentences
from tests.factories import make_inmate
from tests.inmates.register_import.sheets import as_csv, row


def day(n):
    return clock.today() + timedelta(days=n)


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def add(inmate, *, by, **fields):
    fields = {"kind": "remand", "authority": "R", "reference": "W 1", "issued_on": day(-200)} | fields
    return orders.add_order(stored(inmate), order=DetentionOrder(**fields), by=by)


def kinds(inmate):
    return [hold.kind for hold in holds(stored(inmate))]


def told(inmate, kind="no_title"):
    return set(inmate.alerts.filter(kind=kind).values_list("audience", flat=True))


def imported(folder, status):
    sheet = folder / "register.csv"
    given = {"Peine": "", "Date du jugement définitif": "", "Date d'écrou": "12/12/2024", "Situation pénale": status}
    sheet.write_bytes(as_csv([row(50101, **given)]))
    call_command("import_register", "--facility", "sale-2", "--commit", "--by", "officer", str(sheet))
    return Inmate.objects.get()


@pytest.fixture
def untried(prison, officer, tmp_path):
    return imported(tmp_path, "Préventif")


@pytest.fixture
def debtor(prison, officer, tmp_path):
    return imported(tmp_path, "Contrainte par corps")


def test_the_line_of_a_register_supports_remand_no_longer_than_the_order_recorded_since(untried, officer):
    assert kinds(untried) == [Hold.REMAND]
    order = add(untried, expires_on=day(0), by=officer)
    assert kinds(untried) == [Hold.REMAND]
    assert nothing_holds(Inmate.objects.in_custody()) == []
    DetentionOrder.objects.filter(pk=order.pk).update(expires_on=day(-1))
    assert kinds(untried) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [untried]
    daily.run()
    assert told(untried) == {"prison", "national"}
    assert untried.tasks.open().get(kind="no_title").due_on == clock.today()
    assert releases.release(stored(untried), ground="order_ended", by=officer)


def test_once_the_real_order_is_lifted_the_line_holds_nothing(untried, officer):
    order = add(untried, by=officer)
    assert kinds(untried) == [Hold.REMAND]
    orders.lift_order(order, on=day(0), reason="Judge", by=officer)
    assert kinds(untried) == []
    assert told(untried) == {"prison", "national"}


def test_the_line_alone_holds_on_and_is_told_of_as_an_order_without_a_last_day(untried, officer):
    assert daily.run()["orders_endless"] == 1
    assert "imported register holds this person" in Alert.objects.get(kind="order_endless").text
    add(untried, kind="civil", expires_on=day(-1), by=officer)  # of another ground
    assert kinds(untried) == [Hold.REMAND]
    second = sentences.open_case(stored(untried), court="Fès", number="B/2", on_remand=True, by=officer)
    add(untried, case=second, expires_on=day(-1), by=officer)  # of another case
    assert [hold.case_id for hold in holds(stored(untried))] == [untried.cases.exclude(pk=second.pk).get().pk]
    assert not told(untried)
    add(untried, case=untried.cases.exclude(pk=second.pk).get(), expires_on=day(30), by=officer)
    Alert.objects.all().delete()
    assert daily.run()["orders_endless"] == 0


def test_the_line_of_a_sentence_is_not_told_of(prison, officer, tmp_path):
    sheet = tmp_path / "register.csv"
    sheet.write_bytes(as_csv([row(50101)]))
    call_command("import_register", "--facility", "sale-2", "--commit", "--by", "officer", str(sheet))
    assert Inmate.objects.get().detention_orders.get().kind == "register"
    assert daily.run()["orders_endless"] == 0


def test_a_warrant_without_a_last_day_supports_no_longer_than_the_prolongation(unit, officer):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=90)
    case, first = inmate.cases.get(), inmate.detention_orders.get()
    DetentionOrder.objects.filter(pk=first.pk).update(case=case)
    later = add(inmate, issued_on=day(-60), expires_on=day(0), by=officer)
    assert kinds(inmate) == [Hold.REMAND]
    assert daily.run()["orders_endless"] == 0
    DetentionOrder.objects.filter(pk=later.pk).update(expires_on=day(-2))
    assert kinds(inmate) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [inmate]
    daily.run()
    assert told(inmate) == {"prison", "national"}


@pytest.mark.parametrize("other", [{"issued_on": -120}, {"expires_on": None}, {"kind": "civil"}])
def test_what_is_older_or_has_no_last_day_or_is_of_another_ground_takes_nothing_away(unit, officer, other):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=90)
    case = inmate.cases.get()
    inmate.detention_orders.update(case=case)
    fields = {"issued_on": -60, "expires_on": -2, "kind": "remand"} | other
    fields |= {name: day(n) for name, n in fields.items() if isinstance(n, int)}
    add(inmate, case=case, by=officer, **fields)
    assert kinds(inmate) == [Hold.REMAND]
    assert nothing_holds(Inmate.objects.in_custody()) == []


def test_a_debtor_of_an_imported_register_leaves_once_the_debt_is_paid(debtor, officer):
    assert kinds(debtor) == [Hold.CIVIL]
    assert nothing_holds(Inmate.objects.in_custody()) == []
    orders.lift_order(debtor.detention_orders.get(kind="civil"), on=day(0), reason="Paid", by=officer)
    assert kinds(debtor) == []
    assert nothing_holds(Inmate.objects.in_custody()) == [debtor]
    assert told(debtor) == {"prison", "national"}
    assert releases.release(stored(debtor), ground="civil_ended", reference="Quittance 4", by=officer)


def test_before_that_the_debt_holds_and_a_paper_opens_the_door_once_confirmed(debtor, officer):
    with pytest.raises(InvalidTransition, match="still holds"):
        releases.release(stored(debtor), ground="civil_ended", reference="Quittance 4", by=officer)
    assert releases.release(stored(debtor), ground="civil_ended", reference="Quittance 4", before_term=True, by=officer)


def test_where_the_civil_order_was_never_one_the_line_holds_on(debtor, officer):
    debtor.detention_orders.filter(kind="civil").delete()
    assert kinds(debtor) == [Hold.ORDER]
    assert nothing_holds(Inmate.objects.in_custody()) == []
    assert daily.run()["orders_endless"] == 1
