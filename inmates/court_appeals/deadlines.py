"""Deadlines of appeals: the last day to declare one, counted from the latest judgment in the case."""

from datetime import timedelta

from django.conf import settings

from inmates.sentences.models import CourtAppeal


def last_judged_on(case, judgment):
    """The day of the latest judgment on a count of a case: of the last appeal answered, or of the end of what was tried
    again after it, else the one that was pronounced.
    """
    answered = [one.retrial_ended_on or one.decided_on for one in answers_about(case, judgment)]
    return max([*answered, *([judgment.pronounced_on] if judgment and judgment.pronounced_on else [])], default=None)


def answers_about(case, judgment):
    """The appeals in a case that a court has answered about a judgment, or about one before it on the same count."""
    return [
        one
        for one in case.court_appeals.all()
        if one.outcome and (None in (judgment, one.judgment) or one.judgment.count == judgment.count)
    ]


def last_day_to_appeal(judged_on, kind):
    """The last day to appeal (policy: a number of days a kind); None where the day of the judgment is not known."""
    days = settings.POLICY["cassation_days" if kind == CourtAppeal.Kind.CASSATION else "judgment_appeal_days"]
    return judged_on and judged_on + timedelta(days=days)
