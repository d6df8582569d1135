"""Custody: under which order a person is held, where, since when, with whom not, and how they left."""

from inmates.custody.models.conduct import (
    Incident,
    IncidentPerson,
    KeepApart,
    KeepApartGroup,
    KeepApartQuerySet,
    Separation,
    SeparationDay,
)
from inmates.custody.models.desk import Alert, Contact, RollCount, RollCountLine, Task, TaskQuerySet
from inmates.custody.models.moves import Outing, Transfer, TransferQuerySet
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

__all__ = [
    "Admission",
    "AdmissionQuerySet",
    "Alert",
    "Contact",
    "DateRange",
    "DetentionOrder",
    "Incident",
    "IncidentPerson",
    "KeepApart",
    "KeepApartGroup",
    "KeepApartQuerySet",
    "LegalStatusPeriod",
    "Outing",
    "Placement",
    "PlacementQuerySet",
    "RegistrationNumber",
    "RollCount",
    "RollCountLine",
    "Separation",
    "SeparationDay",
    "Task",
    "TaskQuerySet",
    "Transfer",
    "TransferQuerySet",
    "TsTzRange",
]
