"""Cases, sentences and what changes them. The rules of release dates stand in `calculation.py`."""

from inmates.sentences.models.appeals import CourtAppeal, CourtAppealQuerySet
from inmates.sentences.models.fines import Fine, FinePayment
from inmates.sentences.models.judgments import Case, RemandPeriod, Sentence, SentenceQuerySet, TimeAtLarge
from inmates.sentences.models.offences import Offence, OffenceQuerySet
from inmates.sentences.models.pardons import (
    Adjustment,
    Pardon,
    PardonInstrument,
    PardonQuerySet,
    ReleaseComputation,
    Settlement,
)

__all__ = [
    "Adjustment",
    "Case",
    "CourtAppeal",
    "CourtAppealQuerySet",
    "Fine",
    "FinePayment",
    "Offence",
    "OffenceQuerySet",
    "Pardon",
    "PardonInstrument",
    "PardonQuerySet",
    "ReleaseComputation",
    "RemandPeriod",
    "Sentence",
    "SentenceQuerySet",
    "Settlement",
    "TimeAtLarge",
]
