"""Deadlines of appeals: the last day to declare one, counted from the latest judgment in the case."""

from datetime import timedelta

from django.conf import settings

from inmates.sentences.models import CourtAppeal


def last_judged_on(case, judgment):
    """The day of the latest judgment in a case: of the last appeal answered, else the one that was pronounced."""
    answered = [one.decided_on for one in case.court_appeals.all() if one.decided_on]
    return max([*answered, *([judgment.pronounced_on] if judgment and judgment.pronounced_on else [])], default=None)


def last_day_to_appeal(judged_on, kind):
    """The last day to appeal (policy: a number of days a kind); None where the day of the judgment is not known."""
    days = settings.POLICY["cassation_days" if kind == CourtAppeal.Kind.CASSATION else "judgment_appeal_days"]
    return judged_on and judged_on + timedelta(days=days)
