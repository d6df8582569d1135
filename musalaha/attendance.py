"""Attendance: shares by strand and person, requirements still missing, and suggestions of a conversation.

A share is presence in the sessions marked, excused absences left out; a catch-up session makes up for one absence of
its strand. Only sessions between somebody's first day and their last one concern them.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from config import clock
from musalaha.models import Attendance, ProgressNote, Session, Strand

Mark = Attendance.Mark
IN_A_ROW = 3


@dataclass
class Share:
    """Presence in one strand, or in all: `present` times of the sessions that count; `unmarked` ones are not known."""

    present: int = 0
    of: int = 0
    unmarked: int = 0
    excused: int = 0

    @property
    def percent(self):
        """Whole per cent, rounded down; None where nothing counts yet."""
        return 100 * self.present // self.of if self.of else None


@dataclass
class Record:
    """One person's attendance: by strand, in all, and absences without a reason in a row at the end."""

    by_strand: dict = field(default_factory=dict)
    total: Share = field(default_factory=Share)
    absent_in_a_row: int = 0

    def lowest(self):
        """The strand with the lowest share, as `(strand, Share)`, or None."""
        known = [(strand, share) for strand, share in self.by_strand.items() if share.of]
        return min(known, key=lambda pair: pair[1].percent) if known else None


def records(enrolments, until=None):
    """Attendance of several enrolments, in two queries: `{enrolment id: Record}`. `until`: the last day that counts."""
    enrolments = list(enrolments)
    until = until or clock.today()
    sessions = list(
        Session.objects.filter(
            cohort_id__in={enrolment.cohort_id for enrolment in enrolments},
            cancelled_reason="",
            starts_at__lt=clock.end_of(until),
        ).order_by("starts_at")
    )
    marks = {
        (mark.session_id, mark.enrolment_id): mark.mark
        for mark in Attendance.objects.filter(enrolment__in=enrolments, session__in=sessions)
    }
    by_cohort = defaultdict(list)
    for session in sessions:
        by_cohort[session.cohort_id].append(session)
    return {enrolment.pk: _record(enrolment, by_cohort[enrolment.cohort_id], marks) for enrolment in enrolments}


def concerns(session, enrolment):
    """Whether a session is one of this person's: in their time, and not another's one-to-one."""
    if session.only_for_id not in (None, enrolment.pk):
        return False
    if session.starts_at < clock.midnight(enrolment.started_on):
        return False
    return enrolment.ended_on is None or session.starts_at < clock.end_of(enrolment.ended_on)


def _record(enrolment, sessions, marks):
    record = Record(by_strand={strand: Share() for strand in Strand.values})
    made_up = defaultdict(int)
    for session in sessions:
        if not concerns(session, enrolment):
            continue
        mark = marks.get((session.pk, enrolment.pk))
        if session.catch_up:
            made_up[session.strand] += mark == Mark.PRESENT
            continue
        share = record.by_strand[session.strand]
        share.unmarked += mark is None
        share.excused += mark == Mark.EXCUSED
        share.of += mark in (Mark.PRESENT, Mark.ABSENT)
        share.present += mark == Mark.PRESENT
        if mark == Mark.ABSENT:
            record.absent_in_a_row += 1
        elif mark == Mark.PRESENT:
            record.absent_in_a_row = 0
    for strand, share in record.by_strand.items():
        share.present = min(share.of, share.present + made_up[strand])
        record.total.present += share.present
        record.total.of += share.of
        record.total.unmarked += share.unmarked
        record.total.excused += share.excused
    return record


def shortfalls(enrolment, until=None):
    """Requirements of graduation still missing, as texts: attendance by strand, the final report."""
    record = records([enrolment], until)[enrolment.pk]
    return missing(enrolment, record, has_final=enrolment.notes.filter(kind=ProgressNote.Kind.FINAL).exists())


def missing(enrolment, record, *, has_final):
    """As `shortfalls`, from what was read already."""
    least = enrolment.cohort.min_attendance
    texts = [
        _("%(strand)s: present in %(present)s of %(of)s sessions, %(least)s %% needed.")
        % {"strand": Strand(strand).label, "present": share.present, "of": share.of, "least": least}
        for strand, share in record.by_strand.items()
        if share.of and 100 * share.present < least * share.of
    ]
    if not has_final:
        texts.append(_("The final report is not written."))
    return texts


def conversation(enrolment, record):
    """Reason for a conversation, or an empty text. A suggestion to talk, never a sanction."""
    if record.absent_in_a_row >= IN_A_ROW:
        return _("Absent %(times)s times in a row: a conversation may help.") % {"times": record.absent_in_a_row}
    lowest = record.lowest()
    if lowest and lowest[1].of >= IN_A_ROW and lowest[1].percent < enrolment.cohort.min_attendance:
        return _("%(strand)s at %(percent)s %%: a conversation may help.") % {
            "strand": Strand(lowest[0]).label,
            "percent": lowest[1].percent,
        }
    return ""


def people_of(session):
    """Enrolments that a session concerns, by name, with their mark if there is one."""
    day = timezone.localdate(session.starts_at)
    enrolments = session.cohort.enrolments.filter(Q(ended_on=None) | Q(ended_on__gte=day), started_on__lte=day)
    if session.only_for_id:
        enrolments = enrolments.filter(pk=session.only_for_id)
    return enrolments.select_related("inmate").order_by("inmate__sort_key", "pk")


def unmarked_sessions(cohort, until=None):
    """Sessions past whose attendance nobody has entered."""
    return cohort.sessions.filter(
        cancelled_reason="", starts_at__lt=clock.end_of(until or clock.today()), attendances=None
    ).order_by("starts_at")
