"""Musalaha: rounds, the inmate's own applications, enrolments, sessions, graduation, and what comes after release."""

from musalaha.models.aftercare import FollowUp, Reconviction, RecordCheck
from musalaha.models.applications import Application, ApplicationQuerySet
from musalaha.models.cohorts import Aim, Cohort, CohortQuerySet, Strand
from musalaha.models.enrolments import Certificate, Enrolment, EnrolmentQuerySet, ProgressNote
from musalaha.models.pardon_files import PardonFile, PardonFileQuerySet
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
    "RecordCheck",
    "Session",
    "Strand",
]
