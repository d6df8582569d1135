"""The test of a state machine: each pair of states for each user, checked against the table of its model.

A room's test brings a row into a state and names its users; what may happen is read from `TRANSITIONS`, nowhere else.
"""

import pytest
from django.core.exceptions import FieldDoesNotExist, PermissionDenied

from core.workflow import InvalidTransition, next_states, transition


def check_step(record, to, user):
    """Take a record to a state as a user, without saving: it succeeds, with stamps, if and only if the table says so.

    The record is left as it was stored. Returns whether the step was taken.
    """
    table, before = type(record).TRANSITIONS, record.state
    step = table.get((before, to))
    if step and step.permission is None:  # nobody takes it
        step = None
    steps = [step] if step else [one for (_before, after), one in table.items() if after == to]
    open_to_user = any(one.open_to(record, user) for one in steps)
    expected = None
    if not open_to_user:
        expected = PermissionDenied
    elif step is None:
        expected = InvalidTransition
    elif step.refused_to(record, user):
        expected = PermissionDenied
    offered = to in next_states(record, user)
    if expected is None:
        assert offered
        transition(record, to, by=user)
        assert record.state == to
        if step.stamp:
            assert getattr(record, f"{step.stamp}_by") == user
            assert _when(record, step.stamp) is not None
    else:
        assert not offered
        with pytest.raises(expected):
            transition(record, to, by=user)
        assert record.state == before
    record.refresh_from_db()
    return expected is None


def _when(record, stamp):
    """The moment or day of a stamp, whichever the model has."""
    try:
        record._meta.get_field(f"{stamp}_at")
    except FieldDoesNotExist:
        return getattr(record, f"{stamp}_on")
    return getattr(record, f"{stamp}_at")
