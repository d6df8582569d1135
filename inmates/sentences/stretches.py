"""Stretches of days, `[first day, day after last)`."""


def without(first_day, day_after_last, taken):
    """What is left of a stretch without other ones, in order."""
    left, start = [], first_day
    for first, after in sorted(taken):
        if first > start and start < day_after_last:
            left.append((start, min(first, day_after_last)))
        start = max(start, after)
    if start < day_after_last:
        left.append((start, day_after_last))
    return left


def joined(stretches):
    """The same days, with those stretches made one that touch or overlap."""
    whole = []
    for first, after in sorted(stretches):
        if whole and first <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], after))
        else:
            whole.append((first, after))
    return whole
