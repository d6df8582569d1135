"""Reactions that judgments leave to the rooms above. They add to these lists when their app is ready.

All are called in the transaction of the act.
`after_judgment`: `react(inmate, on, by=...)`, when what courts said about a person has changed from the day `on`, or is
now final.
`after_retrial`: `react(appeal, held, until, by=...)`, when a case was sent back to be tried again; `held` says whether
the ruling keeps the person on remand, and `until` which day at most, if it says so.
"""

after_judgment = []
after_retrial = []


def judged(inmate, on, *, by):
    """Tell the rooms above that what courts said about this person has changed."""
    for react in after_judgment:
        react(inmate, on, by=by)
