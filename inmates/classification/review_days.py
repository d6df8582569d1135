"""When the next review is due: the interval of the tier's regime, `REVIEW_DAYS` where it has none (policy).

Overdue is after that day and never on it: `Inmate.objects.review_overdue` (`people/models/identity.py`). What brings a review
forward or puts it off is in `models/triggers.py`; the day that counts is derived in `in_force.py`.
"""

from datetime import timedelta

from facilities.models import REVIEW_DAYS, Regime


def next_review_day(tier, day):
    """The day after which the next review would be late, by the interval of the tier's regime."""
    regime = Regime.objects.filter(tier=tier).first()
    return day + timedelta(days=regime.review_interval_days if regime else REVIEW_DAYS)
