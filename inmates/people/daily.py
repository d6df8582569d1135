"""The day's duties of people's records. Safe to run twice."""

from inmates.people.actions import corrections, duplicates


def escalate():
    """{what: how many}: alerts to corrections that wait, which may hold or free somebody."""
    return {"corrections_escalated": corrections.escalate()}


def run():
    """{what: how many}: pairs newly found among those who came since yesterday."""
    return {"possible_duplicates": duplicates.find_daily()}
