"""Tasks: one open of a kind, settled with a note."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from core.workflow import InvalidTransition
from inmates.people.actions import tasks


def test_one_open_task_of_a_kind_and_its_earlier_day_wins(inmate, officer, officer2):
    today = clock.today()
    first = tasks.raise_task(inmate, kind="other", due_on=today + timedelta(days=3), note="Call", by=officer)
    again = tasks.raise_task(inmate, kind="other", due_on=today + timedelta(days=9), by=officer)
    assert (again.pk, again.due_on, again.note) == (first.pk, today + timedelta(days=3), "Call")
    again = tasks.raise_task(inmate, kind="other", due_on=today, note="Write", by=officer)
    again.refresh_from_db()
    assert (again.pk, again.due_on, again.note, again.facility) == (first.pk, today, "Write", inmate.facility)
    with pytest.raises(PermissionDenied):
        tasks.settle_task(again, note="Done", by=officer2)
    with pytest.raises(InvalidTransition, match="Say what was done"):
        tasks.settle_task(again, note=" ", by=officer)
    tasks.settle_task(again, note="Done", by=officer)
    again.refresh_from_db()
    assert (again.done_by, again.done_note, again.done_at is None) == (officer, "Done", False)
    with pytest.raises(InvalidTransition, match="done already"):
        tasks.settle_task(again, note="Done", by=officer)
    assert tasks.raise_task(inmate, kind="other", due_on=today, note="Call", by=officer).pk != first.pk
