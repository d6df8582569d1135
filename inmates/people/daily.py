"""The day's duties of people's records. Safe to run twice."""

from inmates.people.actions import corrections


def escalate():
    """{what: how many}: alerts to corrections that wait, which may hold or free somebody."""
    return {"corrections_escalated": corrections.escalate()}
