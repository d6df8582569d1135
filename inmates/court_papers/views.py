"""Scans of what courts said: read by all who may read the record, attached by the records office."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from audit import trail
from core.permissions import requires
from documents import responses
from documents.scans import ScanForm
from inmates.court_papers import actions
from inmates.court_papers.papers import COURT_PAPERS
from inmates.people.visible import visible_person
from inmates.sentences.views.frame import person_form


def _paper(request, uuid, paper, pk):
    """The person, the kind of paper, and the record that it stands on; 404 where there is none."""
    inmate = visible_person(request, uuid)
    if paper not in COURT_PAPERS:
        raise Http404
    kind = COURT_PAPERS[paper]
    return inmate, kind, get_object_or_404(kind.of(inmate), pk=pk)


@requires("inmates.view_record")
def court_paper(request, uuid, paper, pk):
    """The scan of a judgment, of a ruling, of a certificate that it is final, or of what ended a case."""
    inmate, kind, record = _paper(request, uuid, paper, pk)
    scan = getattr(record, kind.field)
    if scan is None:
        raise Http404
    trail.viewed("judgment_scan", by=request.user, inmate=inmate, obj=record, detail={"paper": paper})
    return responses.download(scan)


@requires("inmates.manage_sentences")
def attach_court_paper(request, uuid, paper, pk):
    """Attach such a scan, where it was not at hand when the act was recorded."""
    inmate, kind, record = _paper(request, uuid, paper, pk)
    return person_form(
        request,
        inmate,
        ScanForm(request.POST or None, request.FILES or None),
        lambda form: actions.attach_court_paper(record, paper=paper, by=request.user, **form.cleaned_data),
        kind.label,
        _("Scan attached."),
        lead_text=str(record),
        action_label=_("Attach"),
    )
