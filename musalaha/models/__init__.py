"""Musalaha: rounds, the inmate's own applications, enrolments, sessions, graduation, and what comes after release."""

from musalaha.models.after import FollowUp, PardonFile, PardonFileQuerySet, Reconviction
from musalaha.models.people import (
    Application,
    ApplicationQuerySet,
    Certificate,
    Enrolment,
    EnrolmentQuerySet,
    ProgressNote,
)
from musalaha.models.rounds import Aim, Cohort, CohortQuerySet, Strand
from musalaha.models.sessions import Attendance, Session

__all__ = [
    "Aim",
    "Application",
    "ApplicationQuerySet",
    "Attendance",
    "Certificate",
    "Cohort",
    "CohortQuerySet",
    "Enrolment",
    "EnrolmentQuerySet",
    "FollowUp",
    "PardonFile",
    "PardonFileQuerySet",
    "ProgressNote",
    "Reconviction",
    "Session",
    "Strand",
]
