"""The day's duty about duplicates. Safe to run twice."""

from inmates.duplicates.actions import pairs


def run():
    """{what: how many}: pairs newly found among those who came since yesterday."""
    return {"possible_duplicates": pairs.find_daily()}
