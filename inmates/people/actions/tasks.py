"""Tasks: what somebody has to settle by a day."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from inmates.people.models import Task


@transaction.atomic
def raise_task(inmate, *, kind, due_on, detail="", by=None):
    """Put something on somebody's list; an open task of the same kind is kept and its earlier due day wins."""
    detail = detail[: Task._meta.get_field("detail").max_length]
    task = Task.objects.select_for_update().filter(inmate=inmate, kind=kind, done_at=None).first()
    if task is not None:
        task.due_on, task.detail = min(task.due_on, due_on), detail or task.detail
        task.save()
        return task
    return Task.objects.create(
        inmate=inmate, facility=inmate.facility, kind=kind, due_on=due_on, detail=detail, raised_by=by
    )


@transaction.atomic
def settle_task(task, *, note, by):
    """Close a task and say what was done."""
    task = lock(task)
    by.require("inmates.settle_task", at=task.facility)
    ensure(task.done_at is None, _("This task is done already."))
    ensure(note.strip(), _("Say what was done."))
    task.done_at, task.done_by, task.done_note = clock.now(), by, note
    task.save()
    trail.record("task.settled", by=by, inmate=task.inmate, obj=task, detail={"kind": task.kind})
    return task
