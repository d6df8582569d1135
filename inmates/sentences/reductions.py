"""Bounds of automatic reductions (Law 03-23, articles 632-1 ff. as reported; policy): how much, and not before when."""

from django.conf import settings

from inmates.sentences.models import Adjustment
from inmates.sentences.release_dates import as_calculated
from inmates.terms import Term, step

Source = Adjustment.Source


def reach_is_open(sentence):
    """Whether somebody must confirm that automatic reductions reach this sentence at all.

    Law 43-22 excludes terrorism from alternative penalties; whether Law 03-23 reaches it is to be checked. Policy: off,
    until `automatic_reductions` is set, for every case that is not known to be of other offences only.
    """
    offences = list(sentence.case.offences.all())
    elsewhere = bool(offences) and not any(offence.terrorism for offence in offences)
    return not settings.POLICY["automatic_reductions"] and not elsewhere


def counted_term(sentence):
    """The term from which it is taken: the pronounced one, or what it was commuted to; None for life and death."""
    taken = as_calculated(sentence)
    return taken.commuted[1] if taken.commuted else taken.term


def granted(sentence, source=None, *, among=None):
    """What was taken from a sentence so far, by one source or by all (of those `among`, if given): a `Term`."""
    found = [
        one
        for one in (sentence.adjustments.all() if among is None else among)
        if one.superseded_at is None and one.kind == Adjustment.Kind.REDUCTION and source in (None, one.source)
    ]
    months = sum(one.years * 12 + one.months for one in found)
    return Term(months=months, days=sum(one.days for one in found))


def together(one, other):
    """Two lengths of time as one."""
    return Term(months=one.all_months + other.all_months, days=one.days + other.days)


def longest(term):
    """The most that automatic reductions may take from a term: by the month up to a year, by the year above."""
    policy = settings.POLICY
    months = term.all_months + (1 if term.days else 0)
    if months <= 12:
        return Term(days=policy["automatic_reduction_days_a_month"] * months)
    return Term(months=policy["automatic_reduction_months_a_year"] * -(-months // 12))


def longer(one, other, start):
    """Whether one length of time, counted from a day, ends after the other; beyond the calendar is longest."""
    ends = [step(start, term.all_months, term.days) for term in (one, other)]
    return ends[1] is not None and (ends[0] is None or ends[0] > ends[1])


def earliest_day(sentence, term):
    """The first day on which an automatic reduction may be decided: a share of the term is served, remand included."""
    end = step(sentence.starts_on, term.all_months, term.days)
    if end is None:
        return None
    served = -(-(end - sentence.starts_on).days // settings.POLICY["automatic_reduction_served_share"])
    held = sum((period.day_after_last - period.first_day).days for period in sentence.remand_periods.all())
    return step(sentence.starts_on, 0, max(served - held, 0))
