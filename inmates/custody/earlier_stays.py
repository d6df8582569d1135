"""Days in custody that may count as remand for a sentence: of stays that ended, and of the one that runs."""

from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from inmates.custody.models import Admission
from inmates.people.models import LegalStatus
from inmates.sentences.hooks import Stretch
from inmates.sentences.models import TimeAtLarge
from inmates.sentences.release_dates import stretches_served
from inmates.sentences.stretches import joined, without

OF_THE_TERM = (Admission.Ground.TERM_SERVED, Admission.Ground.PARDON)  # grounds on which nothing but the term had held


def in_custody(inmate):
    """Stretches in which somebody was held and no standing sentence ran: on remand, or under a judgment since quashed.

    Civil imprisonment and an escape leave days out. So do days beyond the term of whoever left as served or pardoned: held too
    long, they count for no other sentence. Remand in a stay in which no standing sentence began is never taken for served.
    """
    served, set_aside = stretches_served(inmate), _set_aside(inmate)
    began = list(inmate.sentences.standing().values_list("starts_on", flat=True))
    escapes = inmate.times_at_large.filter(reason=TimeAtLarge.Reason.ESCAPE)
    out = list(escapes.values_list("first_day", "day_after_last"))
    stays = inmate.admissions.select_related("facility", "order").prefetch_related("legal_statuses")
    for stay in stays.order_by("admitted_at"):
        first = timezone.localdate(stay.admitted_at)
        last = timezone.localdate(stay.released_at) if stay.released_at else clock.today()
        apart = not any(first <= day <= last for day in began)
        days = []
        for period in stay.legal_statuses.all():
            if period.status != LegalStatus.CIVIL_IMPRISONMENT:
                taken = [] if apart and period.status == LegalStatus.REMAND else served
                until = period.ends_on or clock.today()
                found = without(period.starts_on, until, [*taken, *out])
                if stay.ground in OF_THE_TERM and period.status != LegalStatus.REMAND:
                    found = [pair for pair in found if not _beyond(pair, served) or _meets(pair, set_aside)]
                days += found
        where = _("%(place)s, order %(order)s") % {"place": stay.facility.name, "order": stay.order.reference}
        for start, after in joined(days):
            yield Stretch(start, after, where, running=stay.released_at is None)


def _set_aside(inmate):
    """`[first day, last day]` in which somebody was held by judgments that were quashed, or replaced, since."""
    rows = inmate.sentences.exclude(quashed_on=None, replaced_on=None)
    days = rows.values_list("starts_on", "quashed_on", "replaced_on")
    return [(start, max(filter(None, ended))) for start, *ended in days]


def _beyond(pair, served):
    """Whether days begin where a term that was served ended."""
    return any(first < pair[0] == last for first, last in served)


def _meets(pair, stretches):
    return any(first < pair[1] and last >= pair[0] for first, last in stretches)
