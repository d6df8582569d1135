"""Worklists of people: tasks."""

from inmates.people.models import Task


def open_tasks(user):
    """Tasks not done in the user's scope, the earliest due first."""
    return Task.objects.visible_to(user).open().select_related("inmate", "facility").order_by("due_on", "id")
