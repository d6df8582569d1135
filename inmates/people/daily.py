"""The day's duties of people's records. Safe to run twice."""

from inmates.people.actions.waiting_corrections import escalate

__all__ = ["escalate"]
