"""Tasks in detail: long words are cut, and what was settled stays as it was settled."""

from datetime import timedelta

import pytest

from config import clock
from core.workflow import InvalidTransition
from inmates.people.actions import tasks
from inmates.people.models import Task


def test_a_long_detail_is_cut_when_a_task_is_raised_and_when_it_is_raised_again(inmate, officer):
    for first in "ab":
        words = first + "x" * 400
        tasks.raise_task(inmate, kind="other", due_on=clock.today() + timedelta(days=1), note=words, by=officer)
        assert Task.objects.get(kind="other").note == words[:300]


def test_a_task_is_settled_once_even_by_who_still_sees_it_open(inmate, officer):
    task = tasks.raise_task(inmate, kind="other", due_on=clock.today(), note="N", by=officer)
    seen_before = Task.objects.get(pk=task.pk)
    tasks.settle_task(task, note="Done", by=officer)
    with pytest.raises(InvalidTransition, match="done already"):
        tasks.settle_task(seen_before, note="Done again", by=officer)
    assert Task.objects.get(pk=task.pk).done_note == "Done"
