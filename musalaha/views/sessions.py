"""Sessions of a round: the timetable, single sessions, and attendance of a whole session on one page."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audit import trail
from config import clock
from core.action_pages import action_form, form_page
from core.forms import ReasonForm
from core.permissions import requires
from core.templatetags.display import moment_text
from inmates.people.models import Inmate
from musalaha import holidays
from musalaha.actions import sessions
from musalaha.attendance import people_of
from musalaha.forms.sessions import AttendanceForm, SessionForm, TimetableForm
from musalaha.models import Attendance, Cohort, Session, Strand
from musalaha.timetable import generate, hours
from musalaha.views.scope import cohort_of


def _url(cohort):
    return reverse("musalaha:sessions", args=[cohort.number])


@requires("musalaha.view_programme")
def listing(request, number):
    """All sessions of a round by week, with the public holidays among them."""
    cohort = cohort_of(number)
    of_cohort = list(cohort.sessions.select_related("only_for__inmate").prefetch_related("attendances"))
    scope = set(Inmate.objects.visible_to(request.user).filter(enrolments__cohort=cohort).values_list("pk", flat=True))
    entries = []
    for session in of_cohort:
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
    given = hours(of_cohort)
    return render(
        request,
        "musalaha/sessions/sessions.html",
        {
            "cohort": cohort,
            "weeks": list(weeks.values()),
            "empty": not of_cohort,
            "hours": [(label, given.get(code, 0), cohort.hours_planned.get(code, 0)) for code, label in Strand.choices],
            "manages": request.user.can("musalaha.manage_rounds") and cohort.state in Cohort.LIVE,
        },
    )


@requires("musalaha.manage_rounds")
def timetable(request, number):
    """Fill the round from a weekly pattern: shown first, then made."""
    cohort = cohort_of(number)
    form = TimetableForm(request.POST or None)
    coming = generate(cohort, slots=form.slots) if form.slots else []
    given = hours(coming)
    context = {
        "cohort": cohort,
        "weekdays": [_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday")],
        "count": len(coming),
        "hours": [(label, given.get(code, 0), cohort.hours_planned.get(code, 0)) for code, label in Strand.choices],
        "holidays": holidays.between(cohort.started_on or cohort.starts_on, cohort.ends_on),
        "last_day": timezone.localdate(coming[-1].starts_at) if coming else None,
    }
    template = "musalaha/sessions/timetable.html"
    if request.POST.get("do") != "make":
        return form_page(request, template, {"form": form, **context}, form)
    return action_form(
        request,
        form,
        lambda form: sessions.make_timetable(
            cohort, slots=form.slots, replace=form.cleaned_data["replace"], by=request.user
        ),
        success_message=lambda made: (
            ngettext("%(n)s session added.", "%(n)s sessions added.", len(made)) % {"n": len(made)}
        ),
        back=_url(cohort),
        template=template,
        **context,
    )


@requires("musalaha.manage_rounds")
def new(request, number):
    """Add one session."""
    cohort = cohort_of(number)
    form = SessionForm(request.POST or None, cohort=cohort)
    return action_form(
        request,
        form,
        lambda form: sessions.add_session(cohort, by=request.user, **form.session),
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
        lambda form: sessions.cancel_session(session, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("The session is cancelled."),
        back=_url(session.cohort),
        heading=_("Cancel the session"),
        action_label=_("Cancel the session"),
        cancel_url=_url(session.cohort),
        question=f"{session.subject} · {moment_text(session.starts_at)}",
        template="_confirm.html",
    )


@requires("musalaha.record_attendance")
def attendance(request, pk):
    """Enter the attendance of a session on one page: all present, then the exceptions."""
    session = get_object_or_404(Session.objects.select_related("cohort__facility", "only_for__inmate"), pk=pk)
    people = list(people_of(session).filter(inmate__in=Inmate.objects.visible_to(request.user)))
    marked = {mark.enrolment_id: mark for mark in session.attendances.select_related("marked_by")}
    trail.viewed("attendance", by=request.user, facility=session.cohort.facility, obj=session)
    return action_form(
        request,
        AttendanceForm(request.POST or None, people=people, marked=marked),
        lambda form: sessions.mark_attendance(session, marks=form.marks, by=request.user),
        success_message=lambda rows: (
            _("Attendance entered: %(n)s of %(of)s present.")
            % {"n": sum(row.mark == Attendance.Mark.PRESENT for row in rows), "of": len(rows)}
        ),
        back=_url(session.cohort),
        template="musalaha/sessions/attendance.html",
        session=session,
        cohort=session.cohort,
        entered=next(iter(marked.values()), None),
        marks=Attendance.Mark.choices,
        reasons=Attendance.Reason.choices,
        too_early=timezone.localdate(session.starts_at) > clock.today(),
    )
