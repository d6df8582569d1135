"""Which judgments are final: as recorded, or for an imported register's word alone, which gives no days."""

from django.db.models import Q

from inmates.people.models import LegalStatus
from inmates.sentences.models import Sentence


def judgments_not_final():
    """Standing judgments that are not final. An imported register says "final" without the days of the judgment."""
    said = Q(pronounced_on__isnull=False) | Q(inmate__legal_status=LegalStatus.CONVICTED_APPEAL)
    return Sentence.objects.standing().filter(said, final_on=None)


def is_final(sentence):
    """Whether a judgment that stands is final, as `judgments_not_final` has it; of one set aside, whether recorded so."""
    if sentence.final_on or sentence.pronounced_on or not sentence.stands:
        return sentence.final_on is not None
    return sentence.inmate.legal_status != LegalStatus.CONVICTED_APPEAL


def final_by_the_register(inmate):
    """Standing judgments that are final for an imported register's word alone, which the legal status keeps."""
    return inmate.sentences.standing().filter(
        final_on=None, pronounced_on=None, inmate__legal_status=LegalStatus.CONVICTED_FINAL
    )
