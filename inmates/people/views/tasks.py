"""Tasks by day, and settling one."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.action_pages import action_form
from core.addresses import page_of
from core.permissions import requires
from inmates.people.actions import tasks as task_actions
from inmates.people.forms import tasks as forms
from inmates.people.models import Task
from inmates.people.visible import closed_among, named
from inmates.people.worklists import open_tasks


@requires("inmates.settle_task")
def settle_task(request, pk):
    """Close a task with what was done."""
    task = get_object_or_404(Task.objects.visible_to(request.user).select_related("inmate"), pk=pk)
    closed_among(request.user, [task.inmate])
    return action_form(
        request,
        form=forms.NoteForm(request.POST or None),
        act=lambda form: task_actions.settle_task(task, note=form.cleaned_data["note"], by=request.user),
        heading=named(task.get_kind_display(), task.inmate),
        lead_text=task.text,
        back=_tasks(),
        success_message=_("Task closed."),
    )


def _tasks():
    return reverse("inmates:tasks")


@requires("inmates.view_record")
def tasks(request):
    """What somebody has to settle, by day."""
    trail.viewed("task_list", by=request.user)
    waiting = open_tasks(request.user)
    kind = request.GET.get("kind", "")
    if kind in Task.Kind.values:
        waiting = waiting.filter(kind=kind)
    page = page_of(request, waiting)
    closed_among(request.user, [task.inmate for task in page])
    return render(
        request,
        "inmates/people/tasks/tasks.html",
        {
            "page": page,
            "kinds": Task.kinds_for(request.user),
            "kind": kind,
            "today": clock.today(),
            "may_settle": request.user.can("inmates.settle_task"),
        },
    )
