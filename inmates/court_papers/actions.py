"""The scan of a court's paper, attached after the act was recorded."""

from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from documents.scans import attach
from inmates.court_papers.papers import COURT_PAPERS
from inmates.people.models import Task


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
