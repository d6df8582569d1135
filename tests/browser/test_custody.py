"""A stay in custody, as the register office lives it: court and back, a move, a transfer, a separation, out on the day."""

from datetime import timedelta

import pytest
from django.utils import timezone

from inmates.conditions.models import Separation
from inmates.custody.models import Outing, Transfer
from tests import factories
from tests.browser.walker import Walker

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_stay_from_court_to_release(sign_in, clock, prison, other_prison, officer, director, officer2, director2):
    start = timezone.localdate() - timedelta(days=60)
    clock(start)
    inmate = factories.make_inmate(prison.units.get(name="A"), by=officer, days_ago=340, years=1)
    released_on = inmate.release_on
    desk, head = Walker(sign_in(officer)), Walker(sign_in(director))

    # To court, and back with an outcome.
    desk.goto(f"/inmates/{inmate.uuid}/outings/new/")
    desk.fill(kind="court", planned_on=start + timedelta(days=1), place="Cour d'appel de Rabat").send()
    desk.goto("/inmates/court/")
    assert inmate.registration_number in desk.page.locator("main").inner_text()
    clock(start + timedelta(days=1))
    outing = Outing.objects.get()
    desk.goto(f"/inmates/outings/{outing.pk}/leave/").send()
    desk.goto(f"/inmates/outings/{outing.pk}/back/").fill(outcome="Renvoyée à huitaine").send()
    outing.refresh_from_db()
    assert outing.back_at > outing.left_at

    # A move inside the prison.
    clock(start + timedelta(days=2))
    target = prison.units.get(name="B")
    desk.goto(f"/inmates/{inmate.uuid}/move/").fill(unit=str(target.pk), reason="Travaux").send()
    inmate.refresh_from_db()
    assert inmate.unit == target

    # A separation, one day's facts, and its end.
    day = start + timedelta(days=3)
    clock(day)
    head.goto(f"/inmates/{inmate.uuid}/separations/new/")
    head.fill(starts_on=day, until=day + timedelta(days=2), reason="Altercation", health_checked=True).send()
    separation = Separation.objects.get()
    desk.goto(f"/inmates/{inmate.uuid}/separations/{separation.pk}/day/")
    desk.fill(day=day, health_visit_by="Dr Alami", hours_out="3", hours_contact="2.5").send()
    clock(day + timedelta(days=2))
    head.goto(f"/inmates/{inmate.uuid}/separations/{separation.pk}/end/").send()
    separation.refresh_from_db()
    assert separation.ended_on is not None

    # A transfer: proposed, approved, accepted, departed, arrived; the sender loses the record, the receiver has it.
    clock(start + timedelta(days=6))
    desk.goto(f"/inmates/{inmate.uuid}/transfer/").fill(destination=str(other_prison.pk), reason="family").send()
    transfer = Transfer.objects.get()
    if transfer.state != "proposed":
        desk.send()
    here = f"/inmates/transfers/{transfer.uuid}/"
    head.goto(f"{here}approve/").send()
    there, gate = Walker(sign_in(director2)), Walker(sign_in(officer2))
    there.goto(f"{here}accept/").send()
    clock(start + timedelta(days=7))
    desk.goto(f"{here}depart/").send()
    clock(start + timedelta(days=8))
    gate.goto(f"{here}arrive/")
    gate.fill(registration_number="9001", unit=str(other_prison.units.get().pk)).send()
    inmate.refresh_from_db()
    assert (inmate.facility, inmate.registration_number) == (other_prison, "9001")
    assert desk.page.goto(inmate.get_absolute_url()).status == 404
    gate.goto(inmate.get_absolute_url())

    # Nobody goes out a day too early; on the day, the door opens.
    door = {"identity_check": "Carte et photo comparées", "property_return": "Effets rendus contre signature"}
    clock(released_on - timedelta(days=1))
    gate.goto(f"/inmates/{inmate.uuid}/release/").fill(ground="term_served", **door)
    gate.page.locator("main button.btn-primary").first.click()
    gate.page.wait_for_load_state()
    inmate.refresh_from_db()
    assert inmate.status == "in_custody"
    clock(released_on)
    gate.goto(f"/inmates/{inmate.uuid}/release/").fill(ground="term_served", **door).send()
    inmate.refresh_from_db()
    assert inmate.status == "released"
