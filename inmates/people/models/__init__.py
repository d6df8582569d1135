"""Who the people are: identity in two scripts, aliases, what is known of the group; tasks and alerts."""

from inmates.people.models.alerts import Alert
from inmates.people.models.corrections import Annullable, Correction, CorrectionQuerySet, standing_rows
from inmates.people.models.emergency import EmergencyAccess, EmergencyAccessQuerySet
from inmates.people.models.identity import (
    Alias,
    GroupRole,
    Inmate,
    InmateQuerySet,
    LegalStatus,
    Organisation,
    ReturneeDossier,
)
from inmates.people.models.imports import ImportBatch, ImportBatchQuerySet, PendingImport
from inmates.people.models.name_tokens import NameToken, WrittenNames
from inmates.people.models.restrictions import RestrictionStep, RestrictionStepQuerySet
from inmates.people.models.searches import SavedSearch
from inmates.people.models.tasks import Task, TaskQuerySet

__all__ = [
    "Alert",
    "Alias",
    "Annullable",
    "Correction",
    "CorrectionQuerySet",
    "EmergencyAccess",
    "EmergencyAccessQuerySet",
    "GroupRole",
    "ImportBatch",
    "ImportBatchQuerySet",
    "Inmate",
    "InmateQuerySet",
    "LegalStatus",
    "NameToken",
    "Organisation",
    "PendingImport",
    "RestrictionStep",
    "RestrictionStepQuerySet",
    "ReturneeDossier",
    "SavedSearch",
    "Task",
    "TaskQuerySet",
    "WrittenNames",
    "standing_rows",
]
