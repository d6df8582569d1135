"""Sessions: the timetable, one more, one cancelled, and attendance for a whole session on one screen."""

from datetime import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import trail
from config import clock
from core.action_pages import action_form
from core.forms import ReasonForm
from core.permissions import requires
from inmates.people.models import Inmate
from musalaha import holidays
from musalaha.actions import sessions as session_actions
from musalaha.attendance import people_of
from musalaha.forms.sessions import SessionForm
from musalaha.models import Attendance, Cohort, Session, Strand
from musalaha.timetable import Slot, generate, hours
from musalaha.views.scope import cohort_of

HOURS = ("09:30", "11:00", "14:00", "15:30")
WEEKDAYS = range(6)


def _url(cohort):
    return reverse("musalaha:sessions", args=[cohort.number])


@requires("musalaha.view_programme")
def listing(request, number):
    """All sessions of a round by week, with the public holidays among them."""
    cohort = cohort_of(number)
    sessions = list(cohort.sessions.select_related("only_for__inmate").prefetch_related("attendances"))
    scope = set(Inmate.objects.visible_to(request.user).filter(enrolments__cohort=cohort).values_list("pk", flat=True))
    entries = []
    for session in sessions:
        marks = [mark.mark for mark in session.attendances.all()]
        session.day = timezone.localdate(session.starts_at)
        session.present, session.marked = marks.count(Attendance.Mark.PRESENT), len(marks)
        session.past = session.day <= clock.today()
        session.named = session.only_for_id is None or session.only_for.inmate_id in scope
        entries.append((session.day, session, None))
    first, last = cohort.started_on or cohort.starts_on, cohort.completed_on or cohort.ends_on
    entries += [(holiday.day, None, holiday) for holiday in holidays.between(first, last)]
    entries.sort(key=lambda entry: (entry[0], entry[1].starts_at.timestamp() if entry[1] else 0))
    weeks = {}
    for day, session, holiday in entries:
        weeks.setdefault(day.isocalendar()[:2], []).append((day, session, holiday))
    given = hours(sessions)
    return render(
        request,
        "musalaha/sessions/sessions.html",
        {
            "cohort": cohort,
            "weeks": list(weeks.values()),
            "empty": not sessions,
            "hours": [(label, given.get(code, 0), cohort.hours_planned.get(code, 0)) for code, label in Strand.choices],
            "manages": request.user.can("musalaha.manage_rounds") and cohort.state in Cohort.LIVE,
        },
    )


def _chosen(data):
    """The weekly pattern of a sent form: each `slot-<weekday>-<hour>` names a strand, `next` or nothing."""
    slots = []
    minutes = int(data["minutes"][:6]) if data.get("minutes", "").isdecimal() else 90
    minutes = min(max(minutes, 10), 600)
    for weekday in WEEKDAYS:
        for hour in HOURS:
            choice = data.get(f"slot-{weekday}-{hour}", "")
            if choice == "next" or choice in Strand.values:
                at = time.fromisoformat(hour)
                slots.append(
                    Slot(weekday, at, minutes, None if choice == "next" else choice, room=data.get("room", "")[:60])
                )
    return tuple(slots)


@requires("musalaha.manage_rounds")
def timetable(request, number):
    """Fill the round from a weekly pattern: looked at first, then made."""
    cohort = cohort_of(number)
    data = request.POST if request.method == "POST" else _usual()
    slots = _chosen(data)
    found = generate(cohort, slots=slots) if slots else []
    if request.method == "POST" and data.get("do") == "make":
        if not slots:
            messages.error(request, _("Choose at least one hour of the week."))
        else:
            made = session_actions.make_timetable(
                cohort, slots=slots, replace=bool(data.get("replace")), by=request.user
            )
            said = ngettext("%(n)s session added.", "%(n)s sessions added.", len(made))
            messages.success(request, said % {"n": len(made)})
            return redirect(_url(cohort))
    given = hours(found)
    first, last = cohort.started_on or cohort.starts_on, cohort.ends_on
    return render(
        request,
        "musalaha/cohorts/timetable.html",
        {
            "cohort": cohort,
            "rows": [
                (hour, [(weekday, data.get(f"slot-{weekday}-{hour}", "")) for weekday in WEEKDAYS]) for hour in HOURS
            ],
            "weekdays": [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday")],
            "choices": [("", "—"), ("next", _("Next strand")), *Strand.choices],
            "minutes": data.get("minutes") or 90,
            "room": data.get("room", ""),
            "count": len(found),
            "hours": [(label, given.get(code, 0), cohort.hours_planned.get(code, 0)) for code, label in Strand.choices],
            "holidays": holidays.between(first, last),
            "last_day": timezone.localdate(found[-1].starts_at) if found else None,
        },
    )


def _usual():
    """Mornings and afternoons, Friday afternoon free."""
    return {
        f"slot-{weekday}-{hour}": "next"
        for weekday in range(5)
        for hour in HOURS
        if not (weekday == 4 and hour >= "14")
    } | {"minutes": "90"}


@requires("musalaha.manage_rounds")
def new(request, number):
    """Add one session."""
    cohort = cohort_of(number)
    form = SessionForm(request.POST or None, cohort=cohort)
    return action_form(
        request,
        form,
        lambda form: session_actions.add_session(cohort, by=request.user, **form.session),
        success_message=_("The session is added."),
        back=_url(cohort),
        heading=_("Add a session to round %(number)s") % {"number": number},
        action_label=_("Add the session"),
        cancel_url=_url(cohort),
    )


@requires("musalaha.manage_rounds")
def cancel(request, pk):
    """Cancel one session."""
    session = get_object_or_404(Session.objects.select_related("cohort"), pk=pk)
    return action_form(
        request,
        ReasonForm(request.POST or None),
        lambda form: session_actions.cancel_session(session, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("The session is cancelled."),
        back=_url(session.cohort),
        heading=_("Cancel the session"),
        action_label=_("Cancel the session"),
        cancel_url=_url(session.cohort),
        question=f"{session.title} · {timezone.localtime(session.starts_at):%Y-%m-%d %H:%M}",
        template="_confirm.html",
    )


@requires("musalaha.record_attendance")
def attendance(request, pk):
    """Everybody of a session on one screen: all present, then the exceptions."""
    session = get_object_or_404(Session.objects.select_related("cohort__facility", "only_for__inmate"), pk=pk)
    people = list(people_of(session).filter(inmate__in=Inmate.objects.visible_to(request.user)))
    marked = {mark.enrolment_id: mark for mark in session.attendances.select_related("marked_by")}
    errors = []
    if request.method == "POST":
        marks = {
            enrolment.pk: (
                request.POST.get(f"mark-{enrolment.pk}", ""),
                request.POST.get(f"reason-{enrolment.pk}", ""),
                request.POST.get(f"engagement-{enrolment.pk}", "").replace("\x00", "").strip(),
            )
            for enrolment in people
        }
        try:
            rows = session_actions.mark_attendance(session, marks=marks, by=request.user)
        except ValidationError as error:
            errors = error.messages
        else:
            present = sum(row.mark == Attendance.Mark.PRESENT for row in rows)
            messages.success(
                request, _("Attendance entered: %(n)s of %(of)s present.") % {"n": present, "of": len(rows)}
            )
            return redirect(_url(session.cohort))
    for enrolment in people:
        was = marked.get(enrolment.pk)
        enrolment.mark = request.POST.get(f"mark-{enrolment.pk}") or (was.mark if was else Attendance.Mark.PRESENT)
        enrolment.reason = request.POST.get(f"reason-{enrolment.pk}", was.reason if was else "")
        enrolment.engagement = request.POST.get(f"engagement-{enrolment.pk}", was.engagement if was else "")
    trail.viewed("attendance", by=request.user, facility=session.cohort.facility, obj=session)
    return render(
        request,
        "musalaha/sessions/attendance.html",
        {
            "session": session,
            "cohort": session.cohort,
            "people": people,
            "errors": errors,
            "entered": next(iter(marked.values()), None),
            "marks": Attendance.Mark.choices,
            "reasons": Attendance.Reason.choices,
            "too_early": timezone.localdate(session.starts_at) > clock.today(),
        },
    )
