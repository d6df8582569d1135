"""Custody: under which order a person is held, where, since when, with whom not, and how they left."""

from inmates.custody.models.keep_apart import KeepApart, KeepApartGroup, KeepApartQuerySet
from inmates.custody.models.outings import Outing
from inmates.custody.models.separate import SeparateGround
from inmates.custody.models.stays import (
    Admission,
    AdmissionQuerySet,
    DateRange,
    DetentionOrder,
    LegalStatusPeriod,
    Placement,
    PlacementQuerySet,
    RegistrationNumber,
    TsTzRange,
)
from inmates.custody.models.transfers import Transfer, TransferQuerySet

__all__ = [
    "Admission",
    "AdmissionQuerySet",
    "DateRange",
    "DetentionOrder",
    "KeepApart",
    "KeepApartGroup",
    "KeepApartQuerySet",
    "LegalStatusPeriod",
    "Outing",
    "Placement",
    "PlacementQuerySet",
    "RegistrationNumber",
    "SeparateGround",
    "Transfer",
    "TransferQuerySet",
    "TsTzRange",
]
