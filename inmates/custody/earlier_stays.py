"""Earlier stays of the register that may count as remand for a later sentence."""

from django.utils import timezone
from django.utils.translation import gettext as _

from inmates.people.models import LegalStatus
from inmates.sentences.hooks import Stretch
from inmates.sentences.wording import day_in_words


def on_remand(inmate):
    """Stretches on remand in stays that ended; not those in which a standing sentence began, which counts them itself."""
    began = list(inmate.sentences.standing().values_list("starts_on", flat=True))
    periods = inmate.legal_statuses.filter(status=LegalStatus.REMAND, admission__released_at__isnull=False)
    for period in periods.select_related("admission__facility", "admission__order").order_by("starts_on"):
        stay = period.admission
        first, last = timezone.localdate(stay.admitted_at), timezone.localdate(stay.released_at)
        if any(first <= day <= last for day in began):
            continue
        words = {
            "first": day_in_words(period.starts_on),
            "last": day_in_words(period.ends_on),
            "place": stay.facility.name,
            "order": stay.order.reference,
        }
        text = _("On remand from %(first)s, released %(last)s: %(place)s, order %(order)s") % words
        yield Stretch(period.starts_on, period.ends_on, text)
