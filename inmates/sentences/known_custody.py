"""The custody that the register knows of, where a sentence is entered: since when, and whether days before are missing."""

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from inmates.sentences.stretches import without


def first_known_custody(inmate, start, *, admitted_on=None):
    """The first day of custody on record after `start`, where nobody knows of any from `start` on; else None.

    Police custody before the admission is expected (`police_custody_days`, policy). `admitted_on`: of a stay that is being
    entered.
    """
    stays = (
        [(timezone.localdate(one.admitted_at), one.released_at) for one in inmate.admissions.all()] if inmate.pk else []
    )
    stays += [(admitted_on, None)] if admitted_on else []
    if any(first <= start and (left is None or start <= timezone.localdate(left)) for first, left in stays):
        return None
    first = min((first for first, _left in stays if first > start), default=None)
    expected = timedelta(days=settings.POLICY["police_custody_days"])
    return first if first is not None and start < first - expected else None


def remand_without_custody(sentence):
    """Days `[first, day after last)` of a stay that count as remand though it is not on record for them; else None.

    Remand in no stay at all was entered from its own paper, and police custody before an admission is expected.
    """
    expected = timedelta(days=settings.POLICY["police_custody_days"])
    stays = [(timezone.localdate(one.admitted_at), _after(one.released_at)) for one in sentence.inmate.admissions.all()]
    for period in sentence.remand_periods.all():
        whole = (period.first_day, period.day_after_last)
        for first, after in without(*whole, stays):
            police_custody = any(after == admitted for admitted, _left in stays) and after - first <= expected
            if (first, after) != whole and not police_custody:
                return first, after
    return None


def _after(released_at):
    """The day after the last of a stay: somebody is in custody on the day of the release too."""
    return timezone.localdate(released_at) + timedelta(days=1) if released_at else date.max


def not_on_record(sentence):
    """Whether custody is missing on record for the start of a sentence, or for what counts as its remand."""
    start = first_known_custody(sentence.inmate, sentence.starts_on)
    return start is not None or remand_without_custody(sentence) is not None


def unbroken_since(inmate):
    """The first day of the custody of today, as far as the register knows it; None for somebody who is not held.

    Rule 1: a sentence is counted from there when the custody runs unbroken to the final judgment. An escape breaks it, and
    days at liberty between two stays.
    """
    if not inmate.held:
        return None
    returns = inmate.times_at_large.values_list("day_after_last", flat=True)
    return max([inmate.admitted_on, *returns])
