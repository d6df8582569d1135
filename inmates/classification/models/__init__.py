"""Classification: assessment, review, decision, notice, appeal."""

from inmates.classification.models.appeals import Appeal, AppealQuerySet
from inmates.classification.models.assessments import Assessment, AssessmentQuerySet, Finding
from inmates.classification.models.decisions import Notice, TierDecision, TierDecisionQuerySet
from inmates.classification.models.reviews import Review, ReviewQuerySet
from inmates.classification.models.triggers import Postponement, ReviewTrigger

__all__ = [
    "Appeal",
    "AppealQuerySet",
    "Assessment",
    "AssessmentQuerySet",
    "Finding",
    "Notice",
    "Postponement",
    "Review",
    "ReviewQuerySet",
    "ReviewTrigger",
    "TierDecision",
    "TierDecisionQuerySet",
]
