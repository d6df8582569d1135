"""Reactions that judgments leave to the rooms above. They add to these lists when their app is ready.

All are called in the transaction of the act.
`after_judgment`: `react(inmate, on, by=...)`, when what courts said about a person has changed from the day `on`, or is
now final.
`after_retrial`: `react(appeal, held, until, by=...)`, when a case was sent back to be tried again; `held` says whether
the ruling keeps the person on remand, and `until` which day at most, if it says so.
`after_reduction`: `react(inmate, by=...)`, when a decision other than a pardon has shortened a term.
`earlier_custody`: `find(inmate)`, gives the `Stretch`es of earlier stays that may count as remand.
"""

from dataclasses import dataclass
from datetime import date

after_judgment = []
earlier_custody = []
after_retrial = []
after_reduction = []


@dataclass(frozen=True)
class Stretch:
    """Time in custody of an earlier stay, `[first day, day after last)`, with words for the page."""

    first_day: date
    day_after_last: date
    text: str


def uncounted(inmate, *, before=None):
    """Stretches of earlier stays that count for no standing sentence yet; only those begun before a day, if one is given."""
    counted = [
        (period.first_day, period.day_after_last)
        for sentence in inmate.sentences.standing().prefetch_related("remand_periods")
        for period in sentence.remand_periods.all()
    ]
    return [
        stretch
        for find in earlier_custody
        for stretch in find(inmate)
        if (before is None or stretch.first_day < before)
        and not any(first <= stretch.first_day and stretch.day_after_last <= after for first, after in counted)
    ]


def judged(inmate, on, *, by):
    """Tell the rooms above that what courts said about this person has changed."""
    for react in after_judgment:
        react(inmate, on, by=by)
