"""The daily run of custody: alerts and tasks, once each."""

from datetime import timedelta

import pytest

from config import clock
from core.workflow import InvalidTransition
from inmates.custody import daily
from inmates.custody.actions import outings, placements
from inmates.people.actions import alerts, tasks
from inmates.people.models import Task
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
