"""Who the people are: identity in two scripts, aliases, what is known of the group, and the same person twice."""

from inmates.people.models.doubles import (
    MergeProposal,
    MergeProposalQuerySet,
    PossibleDuplicate,
    PossibleDuplicateQuerySet,
)
from inmates.people.models.identity import (
    Alias,
    GroupRole,
    Inmate,
    InmateQuerySet,
    LegalStatus,
    Organisation,
    ReturneeDossier,
)
from inmates.people.models.intake import ImportBatch, ImportBatchQuerySet, PendingImport, SavedSearch

__all__ = [
    "Alias",
    "GroupRole",
    "ImportBatch",
    "ImportBatchQuerySet",
    "Inmate",
    "InmateQuerySet",
    "LegalStatus",
    "MergeProposal",
    "MergeProposalQuerySet",
    "Organisation",
    "PendingImport",
    "PossibleDuplicate",
    "PossibleDuplicateQuerySet",
    "ReturneeDossier",
    "SavedSearch",
]
