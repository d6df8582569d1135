"""The papers of courts that may be scanned: on which records they stand, and when there is one."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inmates.sentences.models import Adjustment, Case, CourtAppeal, Sentence


@dataclass(frozen=True)
class CourtPaper:
    """One kind of paper.

    field: where its record keeps the scan. person: the way from the record to the person. there: conditions under which a
    record has such a paper at all.
    """

    model: type
    field: str
    label: str
    person: str = "inmate"
    there: tuple = ()

    def of(self, inmate):
        """The records of a person that have such a paper."""
        return self.model.objects.filter(**{self.person: inmate}, **dict(self.there)).select_related(self.field)

    def person_of(self, record):
        """The person whom the paper is about."""
        for name in self.person.split("__"):
            record = getattr(record, name)
        return record


WITHOUT_PRISON = Q(state=Case.State.CONVICTED) & ~Q(closing_reference="")
ENDED = Q(state__in=(Case.State.ACQUITTED, Case.State.DROPPED)) | WITHOUT_PRISON
COURT_PAPERS = {
    "judgment": CourtPaper(Sentence, "document", _("Scan of the judgment")),
    "final": CourtPaper(
        Sentence, "final_document", _("Scan of the paper that says it is final"), there=(("final_on__isnull", False),)
    ),
    "ruling": CourtPaper(CourtAppeal, "document", _("Scan of the ruling"), "case__inmate", (("outcome__gt", ""),)),
    "retrial": CourtPaper(
        CourtAppeal,
        "retrial_document",
        _("Scan of the decision that ended the retrial"),
        "case__inmate",
        (("retrial_outcome__gt", ""),),
    ),
    "reduction": CourtPaper(
        Adjustment,
        "document",
        _("Scan of the decision that shortens the term"),
        "sentence__inmate",
        (("pardon", None),),
    ),
    "closing": CourtPaper(
        Case,
        "document",
        _("Scan of the decision that ended the case"),
        there=(("pk__in", Case.objects.filter(ENDED).values("pk")),),
    ),
}
