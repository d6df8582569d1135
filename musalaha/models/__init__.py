"""Musalaha: rounds, the inmate's own applications, enrolments, sessions, graduation, pardon files.

The models of aftercare are named here, where Django looks for them.
"""

from musalaha.aftercare import models as aftercare
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
    "PardonFile",
    "PardonFileQuerySet",
    "ProgressNote",
    "Session",
    "Strand",
    "aftercare",
]
