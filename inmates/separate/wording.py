"""Grounds and causes in words, and who reads the cause of an exit.

Whoever may not know of somebody's part in the programme reads of every exit alike that it was decided: were a cause shown
for some, the blank would tell of the others (`inmates/people/participation.py`).
"""

from django.utils.translation import gettext as _

from inmates.people.participation import may_know_participation
from inmates.separate.models import SeparateStep


def may_know_cause(user, step):
    """Whether this user reads the cause, the reasons and the appeal of a step."""
    return step.kind == SeparateStep.Kind.IN or may_know_participation(user)


def cause_words(user, step):
    """The ground of an admission or the cause of an exit, as this user may read it."""
    return step.get_ground_display() if may_know_cause(user, step) else _("By decision")
