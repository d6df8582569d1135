"""Scans of what courts and instruments say, attached after the act was recorded."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from documents.scans import attach
from inmates.people.models import Task
from inmates.sentences.scans import COURT_PAPERS


@transaction.atomic
def attach_court_paper(record, *, paper, scan, by):
    """Attach the scan of a court's paper (a key of `COURT_PAPERS`) to the record it stands on."""
    kind = COURT_PAPERS[paper]
    inmate = lock(kind.person_of(record))
    record = lock(record)
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(kind.of(inmate).filter(pk=record.pk).exists(), _("There is no such paper."))
    attach(record, scan, field=kind.field, by=by)
    if paper == "closing":
        inmate.tasks.open().filter(kind=Task.Kind.COURT_SCAN).update(
            done_at=clock.now(), done_by=by, done_note=record.document.name
        )
    trail.record("judgment.scan_attached", by=by, inmate=inmate, obj=record, detail={"paper": paper})
    return record


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
