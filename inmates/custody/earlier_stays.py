"""Days in custody that may count as remand for a sentence: of stays that ended, and of the one that runs."""

from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from inmates.people.models import LegalStatus
from inmates.sentences.hooks import Stretch
from inmates.sentences.models import TimeAtLarge
from inmates.sentences.release_dates import stretches_served
from inmates.sentences.stretches import joined, without


def in_custody(inmate):
    """Stretches in which somebody was held and no standing sentence ran: on remand, or under a judgment since quashed.

    Civil imprisonment and an escape leave days out. Remand in a stay in which no standing sentence began is never taken for
    served.
    """
    served = stretches_served(inmate)
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
                days += without(period.starts_on, period.ends_on or clock.today(), [*taken, *out])
        where = _("%(place)s, order %(order)s") % {"place": stay.facility.name, "order": stay.order.reference}
        for start, after in joined(days):
            yield Stretch(start, after, where, running=stay.released_at is None)
