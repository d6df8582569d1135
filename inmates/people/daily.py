"""The day's duties of people's records. Safe to run twice."""

from inmates.people.actions import corrections, duplicates


def run():
    """{what: how many}: pairs newly found among those who came since yesterday; alerts to corrections that wait."""
    return {"possible_duplicates": duplicates.find_daily(), "corrections_escalated": corrections.escalate()}
