"""The custody that the register knows of, where a sentence is entered: since when, and whether days before are missing."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone


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


def unbroken_since(inmate):
    """The first day of the custody of today, as far as the register knows it; None for somebody who is not held.

    Rule 1: a sentence is counted from there when the custody runs unbroken to the final judgment. An escape breaks it, and
    days at liberty between two stays.
    """
    if not inmate.held:
        return None
    returns = inmate.times_at_large.values_list("day_after_last", flat=True)
    return max([inmate.admitted_on, *returns])
