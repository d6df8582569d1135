"""The daily run of custody: alerts and tasks, once each."""

from datetime import timedelta

import pytest

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import outings, placements
from inmates.custody.actions.legal_status import change_legal_status
from inmates.people.actions import alerts, tasks
from inmates.people.models import Task
from inmates.sentences import actions as sentences
from tests.factories import make_inmate


def days(n):
    return clock.today() + timedelta(days=n)


def test_the_daily_run_alerts_once(unit, inmate, officer, inspector):
    make_inmate(unit, by=officer, days_ago=800, years=2)
    outing = outings.plan(inmate, kind="hospital", planned_on=clock.today(), place="CHU", by=officer)
    now = clock.now()
    outings.leave(outing, at=now - timedelta(hours=3), due_back_at=now - timedelta(hours=1), by=officer)
    first = daily.run()
    assert (first["releases_overdue"], first["outings_overdue"]) == (2, 1)
    assert set(daily.run().values()) == {0}
    alert = alerts.waiting_for(inspector).get()
    alerts.acknowledge(alert, by=inspector)
    with pytest.raises(InvalidTransition):
        alerts.acknowledge(alert, by=inspector)


def test_an_exception_past_its_end_becomes_a_task(inmate, prison, officer):
    full = prison.units.get(name="B")
    full.working_capacity = 0
    full.save()
    placement = placements.place(
        inmate, unit=full, exception_reason="Night", exception_until=clock.today() + timedelta(days=1), by=officer
    )
    placement.exception_until = days(-1)
    placement.save()
    assert daily.run()["exceptions_ended"] == 1
    assert daily.run()["exceptions_ended"] == 0
    task = Task.objects.get(kind="placement")
    with pytest.raises(InvalidTransition):
        tasks.settle_task(task, note="", by=officer)
    assert tasks.settle_task(task, note="Moved", by=officer).done_by == officer


def test_who_is_held_on_after_a_term_is_on_remand_from_its_end(inmate, officer, settings):
    sentences.open_case(inmate, court="Rabat", number="99", on_remand=True, by=officer)
    inmate.refresh_from_db()
    assert (daily.run()["held_on_another_ground"], inmate.legal_status) == (0, "convicted_final")
    ends_on = inmate.release_on
    settings.TODAY = ends_on + timedelta(days=2)
    assert daily.run()["held_on_another_ground"] == 1
    inmate.refresh_from_db()
    assert inmate.legal_status == "remand"
    assert list(inmate.legal_statuses.order_by("starts_on").values_list("status", "ends_on")) == [
        ("convicted_final", ends_on),
        ("remand", None),
    ]
    assert daily.run()["held_on_another_ground"] == 0


def test_what_was_changed_by_hand_since_the_end_stands_and_who_is_held_by_nothing_stays_convicted(
    unit, inmate, officer, settings
):
    idle = make_inmate(unit, by=officer)
    sentences.open_case(inmate, court="Rabat", number="99", on_remand=True, by=officer)
    inmate.refresh_from_db()
    settings.TODAY = inmate.release_on + timedelta(days=1)
    change_legal_status(inmate, status="civil_imprisonment", on=settings.TODAY, by=officer)
    assert daily.run()["held_on_another_ground"] == 0
    for person, status in ((inmate, "civil_imprisonment"), (idle, "convicted_final")):
        person.refresh_from_db()
        assert person.legal_status == status
