"""Sessions of a round, their attendance, and notes on participants."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, lock
from musalaha import days
from musalaha.attendance import people_of
from musalaha.models import Attendance, Cohort, ProgressNote, Session
from musalaha.timetable import USUAL_WEEK, generate


def _ensure_open(cohort, by):
    """Raise PermissionDenied, or InvalidTransition for a round that is over, unless its sessions may be changed."""
    by.require("musalaha.manage_rounds", at=cohort.facility)
    ensure(cohort.state in Cohort.LIVE, _("This round is over."))


@transaction.atomic
def make_timetable(cohort, *, slots=USUAL_WEEK, first=None, replace=False, by):
    """Fill the round with sessions from a weekly pattern. `replace` drops those to come that nobody has attended."""
    cohort = lock(cohort, related=("facility",))
    _ensure_open(cohort, by)
    if not slots:
        raise ValidationError(_("Choose at least one hour of the week."))
    if replace:
        cohort.sessions.filter(starts_at__gt=clock.now(), attendances=None, only_for=None, catch_up=False).delete()
    sessions = Session.objects.bulk_create(generate(cohort, slots=slots, first=first))
    trail.record("timetable.made", by=by, facility=cohort.facility, obj=cohort, detail={"sessions": len(sessions)})
    return sessions


@transaction.atomic
def add_session(
    cohort,
    *,
    starts_at,
    strand,
    title,
    aim="text",
    minutes=120,
    facilitator="",
    organisation="",
    room="",
    only_for=None,
    catch_up=False,
    by,
):
    """Add one session: for everybody, a catch-up, or one-to-one with a participant."""
    cohort = lock(cohort, related=("facility",))
    _ensure_open(cohort, by)
    day = timezone.localdate(starts_at)
    if not (cohort.started_on or cohort.starts_on) <= day <= cohort.ends_on:
        raise ValidationError({"day": _("Outside the days of the round.")})
    if only_for is not None and only_for.cohort_id != cohort.pk:
        raise ValidationError({"only_for": _("This person is not in this round.")})
    session = Session(
        cohort=cohort,
        starts_at=starts_at,
        minutes=minutes,
        strand=strand,
        aim=aim,
        title=title,
        facilitator=facilitator,
        organisation=organisation,
        room=room,
        only_for=only_for,
        catch_up=catch_up,
    )
    session.full_clean()
    session.save()
    trail.record("session.added", by=by, facility=cohort.facility, obj=session)
    return session


@transaction.atomic
def cancel_session(session, *, reason, by):
    """Cancel a session, with its reason; it counts for nobody."""
    cohort, session = lock(session, "cohort")
    _ensure_open(cohort, by)
    ensure(not session.cancelled_reason, _("This session is cancelled already."))
    ensure(not session.attendances.exists(), _("Attendance was entered: the session took place."))
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    session.cancelled_reason = reason
    session.save()
    trail.record("session.cancelled", by=by, facility=cohort.facility, obj=session)
    return session


@transaction.atomic
def mark_attendance(session, *, marks, by):
    """Enter a whole session at once: `{enrolment id: (mark, reason, engagement)}`. Entered again, it corrects.

    Raises ValidationError for somebody whom the session does not concern, InvalidTransition for a session to come.
    """
    session = lock(session, related=("cohort__facility",))
    by.require("musalaha.record_attendance", at=session.cohort.facility)
    ensure(session.cohort.started_on is not None, _("The round has not started."))
    ensure(timezone.localdate(session.starts_at) <= clock.today(), _("This session has not taken place yet."))
    ensure(not session.cancelled_reason, _("This session was cancelled."))
    concerned = {enrolment.pk: enrolment for enrolment in people_of(session)}
    rows = []
    for enrolment_id, (mark, reason, engagement) in marks.items():
        if enrolment_id not in concerned:
            raise ValidationError(_("Somebody on the list does not take part in this session: reload the page."))
        if mark not in Attendance.Mark.values:
            raise ValidationError(_("Choose present, absent or excused for each participant."))
        if reason and reason not in Attendance.Reason.values:
            raise ValidationError(_("Choose a reason from the list."))
        if mark == Attendance.Mark.EXCUSED and not reason:
            name = concerned[enrolment_id].inmate.name
            raise ValidationError(_("%(name)s: an excused absence needs its reason.") % {"name": name})
        rows.append(
            Attendance(
                session=session,
                enrolment_id=enrolment_id,
                mark=mark,
                reason="" if mark == Attendance.Mark.PRESENT else reason,
                engagement=engagement[:200],
                marked_by=by,
                marked_at=clock.now(),
            )
        )
    Attendance.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["session", "enrolment"],
        update_fields=["mark", "reason", "engagement", "marked_by", "marked_at"],
    )
    absent = sum(row.mark == Attendance.Mark.ABSENT for row in rows)
    trail.record(
        "attendance.recorded",
        by=by,
        facility=session.cohort.facility,
        obj=session,
        detail={"people": len(rows), "absent": absent},
    )
    return rows


@transaction.atomic
def add_note(enrolment, *, kind="note", strand="", text, on=None, by):
    """Write a note or a report on somebody's progress. The person may read all of them."""
    enrolment = lock(enrolment, related=("inmate__facility",))
    by.require("musalaha.record_attendance", at=enrolment.inmate.facility)
    if not text.strip():
        raise ValidationError({"text": _("Write the note.")})
    ensure(
        kind != ProgressNote.Kind.FINAL or not enrolment.notes.filter(kind=kind).exists(),
        _("The final report is written already."),
    )
    note = ProgressNote(
        enrolment=enrolment, kind=kind, strand=strand, text=text, written_by=by, written_on=days.given(on)
    )
    note.full_clean()
    note.save()
    trail.record("progress.noted", by=by, inmate=enrolment.inmate, obj=note, detail={"kind": kind})
    return note
