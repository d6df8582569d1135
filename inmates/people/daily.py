"""The day's duties of people's records. Safe to run twice."""

from inmates.people.actions import duplicates


def run():
    """{what: how many}: pairs newly found among those who came since yesterday."""
    return {"possible_duplicates": duplicates.find_daily()}
