"""Scans of the instruments of pardons, attached with the act or after it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import lock
from documents.scans import attach


@transaction.atomic
def attach_instrument_scan(pardon, *, scan, by):
    """Attach the scan of the instrument by which somebody was pardoned; refused once a pardon was verified against one."""
    inmate, pardon = lock(pardon, "inmate")
    by.require("inmates.record_pardon")
    keep_instrument_scan(pardon.instrument, scan, by=by)
    trail.record("pardon.scan_attached", by=by, inmate=inmate, obj=pardon)
    return pardon


def keep_instrument_scan(instrument, scan, *, by):
    """Keep an upload as the scan of an instrument: the scan against which a pardon was verified stays."""
    if scan is None:
        return
    instrument = lock(instrument)
    if not instrument.scan_may_be_replaced:
        raise ValidationError({"scan": _("A pardon was verified against the scan of this instrument: it stays.")})
    attach(instrument, scan, by=by)
