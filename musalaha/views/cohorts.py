"""Rounds: planned, opened, filled on the selection board, started, completed, cancelled."""

from django.contrib import messages
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from audit import trail
from core.action_pages import action_button, action_form
from core.forms import ReasonForm
from core.panels import OfferedStep, offered_steps
from core.permissions import requires
from core.workflow import next_states
from inmates.people.models import Inmate
from musalaha import attendance
from musalaha import selection as selecting
from musalaha.actions import cohorts, enrolments
from musalaha.forms.cohorts import CohortForm, CompleteForm, ExtendForm
from musalaha.models import Application, Cohort, ProgressNote, Strand
from musalaha.outcomes import funnel
from musalaha.timetable import hours
from musalaha.views.scope import cohort_of

State = Cohort.State
STEPS = {
    State.CANCELLED: OfferedStep(gettext_lazy("Cancel the round"), "musalaha:cohort_cancel"),
    State.OPEN: OfferedStep(
        pgettext_lazy("button", "Open to applicants"), "musalaha:cohort_open", primary=True, at_once=True
    ),
    State.RUNNING: OfferedStep(
        gettext_lazy("Start the round"),
        "musalaha:cohort_start",
        primary=True,
        at_once=True,
        when=lambda cohort: cohort.applications.filter(state=Application.State.ACCEPTED).exists(),
    ),
    State.COMPLETED: OfferedStep(gettext_lazy("Complete the round"), "musalaha:cohort_complete", primary=True),
}


def page_url(cohort):
    """Address of the page of a round."""
    return reverse("musalaha:cohort", args=[cohort.number])


@requires("musalaha.manage_rounds")
def new(request):
    """Plan a round."""
    last = Cohort.objects.first()
    initial = {"number": last.number + 1 if last else 1, "sex": "M"}

    def act(form):
        data = form.cleaned_data
        fields = {name: data[name] for name in ("unit", "starts_on", "ends_on", "capacity", "sex", "partners")}
        return cohorts.plan_cohort(
            data["number"], facility=data["unit"].facility, hours_planned=form.hours, by=request.user, **fields
        )

    form = CohortForm(request.POST or None, initial=initial)
    return action_form(
        request,
        form,
        act,
        success_message=_("The round is planned."),
        back=page_url,
        heading=_("Plan a round"),
        action_label=_("Plan the round"),
        cancel_url=reverse("musalaha:home"),
    )


@requires("musalaha.view_programme")
def detail(request, number):
    """A round: its state, its participants, and the acts that are possible now."""
    cohort, user = cohort_of(number), request.user
    people = list(
        cohort.enrolments.filter(inmate__in=Inmate.objects.visible_to(user))
        .select_related("inmate__facility", "inmate__unit", "cohort", "certificate")
        .order_by("inmate__sort_key", "pk")
    )
    reports = set(
        ProgressNote.objects.filter(enrolment__in=people, kind=ProgressNote.Kind.FINAL).values_list(
            "enrolment_id", flat=True
        )
    )
    records = attendance.records(people)
    for enrolment in people:
        enrolment.record = records[enrolment.pk]
        if enrolment.ended_on is None:
            enrolment.advice = attendance.conversation(enrolment, enrolment.record)
            enrolment.missing = attendance.missing(enrolment, enrolment.record, has_final=enrolment.pk in reports)
    accepted = list(
        cohort.applications.filter(state=Application.State.ACCEPTED, inmate__in=Inmate.objects.visible_to(user))
        .select_related("inmate__facility", "inmate__unit")
        .order_by("asked_on", "pk")
    )
    trail.viewed("round", by=user, facility=cohort.facility, obj=cohort, detail={"people": len(people)})
    given = hours(cohort.sessions.all())
    manages, following = user.can("musalaha.manage_rounds"), next_states(cohort, user)
    return render(
        request,
        "musalaha/cohorts/cohort.html",
        {
            "cohort": cohort,
            "people": people,
            "accepted": accepted,
            "taken": cohort.places_taken(),
            "running": sum(enrolment.ended_on is None for enrolment in people),
            "hours": [(label, given.get(code, 0), cohort.hours_planned.get(code, 0)) for code, label in Strand.choices],
            "sessions_total": cohort.sessions.filter(cancelled_reason="").count(),
            "unmarked": list(attendance.unmarked_sessions(cohort)[:6]) if cohort.started_on else [],
            "next_sessions": list(selecting.next_sessions(cohort)),
            "funnel": funnel(cohort, user),
            "manages": manages,
            "offered": offered_steps(cohort, user, STEPS, cohort.number),
            "may_extend": manages and cohort.state in Cohort.LIVE,
            "may_select": manages and cohort.state in Cohort.TAKES_APPLICANTS,
            "graduates_now": State.COMPLETED in following and sum(not e.missing for e in people if e.ended_on is None),
            "strands": Strand.choices,
            "steps": _steps(cohort),
            "others": selecting.others_in_unit(cohort) if cohort.state in Cohort.TAKES_APPLICANTS else 0,
        },
    )


def _steps(cohort):
    """Steps of a round, each with its class and its day."""
    order = [State.PLANNED, State.OPEN, State.RUNNING, State.COMPLETED]
    if cohort.state == State.CANCELLED:
        return [
            (_("Planned"), "done", cohort.starts_on),
            (pgettext("of a round", "Cancelled"), "stopped", cohort.cancelled_on),
        ]
    at = order.index(cohort.state)
    days = {State.RUNNING: cohort.started_on, State.COMPLETED: cohort.completed_on}
    last = len(order) - 1
    return [
        (state.label, "done" if n < at or at == last else "now" if n == at else "", days.get(state))
        for n, state in enumerate(order)
    ]


@requires("musalaha.manage_rounds")
@require_POST
def open_(request, number):
    """Open a planned round to applicants."""
    cohort = cohort_of(number)
    return action_button(
        request,
        lambda: cohorts.open_cohort(cohort, by=request.user),
        success_message=_("The round is open to applicants."),
        back=page_url(cohort),
    )


@requires("musalaha.manage_rounds")
@require_POST
def start(request, number):
    """Start a round with everybody accepted, or say who cannot and why."""
    cohort = cohort_of(number)
    return action_button(
        request,
        lambda: cohorts.start_cohort(cohort, by=request.user),
        success_message=_("The round has started: everybody accepted is in the programme unit."),
        back=page_url(cohort),
    )


@requires("musalaha.manage_rounds")
def complete(request, number):
    """End a round."""
    cohort = cohort_of(number)
    rest = cohort.enrolments.filter(ended_on=None).count()
    left = ngettext("%(n)s person still takes part.", "%(n)s people still take part.", rest) % {"n": rest}
    return action_form(
        request,
        CompleteForm(request.POST or None),
        lambda form: cohorts.complete_cohort(cohort, close_rest=form.cleaned_data["close_rest"], by=request.user),
        success_message=_("The round is completed."),
        back=page_url(cohort),
        heading=_("Complete round %(number)s") % {"number": number},
        action_label=_("Complete the round"),
        cancel_url=page_url(cohort),
        question=left if rest else _("Everybody has graduated or left."),
        consequences=[_("Those not graduated return to the unit they came from."), _("No session can be added.")],
        template="_confirm.html",
    )


@requires("musalaha.manage_rounds")
def cancel(request, number):
    """Cancel a round."""
    cohort = cohort_of(number)
    return action_form(
        request,
        ReasonForm(request.POST or None),
        lambda form: cohorts.cancel_cohort(cohort, reason=form.cleaned_data["reason"], by=request.user),
        success_message=_("The round is cancelled."),
        back=page_url(cohort),
        heading=_("Cancel round %(number)s") % {"number": number},
        action_label=_("Cancel the round"),
        danger=True,
        cancel_url=page_url(cohort),
        consequences=[
            _("Participants return to the unit they came from."),
            _("Applicants with a place go back to the waiting list, in order of request."),
        ],
        template="_confirm.html",
    )


@requires("musalaha.manage_rounds")
def extend(request, number):
    """Move the end of a round."""
    cohort = cohort_of(number)
    form = ExtendForm(request.POST or None, initial={"ends_on": cohort.ends_on})
    return action_form(
        request,
        form,
        lambda form: cohorts.extend_cohort(
            cohort, ends_on=form.cleaned_data["ends_on"], reason=form.cleaned_data["reason"], by=request.user
        ),
        success_message=_("The end is moved."),
        back=page_url(cohort),
        heading=_("Move the end of round %(number)s") % {"number": number},
        action_label=_("Move the end"),
        cancel_url=page_url(cohort),
    )


@requires("musalaha.manage_rounds")
@require_POST
def graduate_all(request, number):
    """Graduate everybody who meets the requirements; the others stay for a decision of their own."""
    cohort = cohort_of(number)

    def act():
        certificates, refusals = enrolments.graduate_everybody(cohort, by=request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        return len(certificates)

    return action_button(
        request,
        act,
        success_message=lambda n: ngettext("%(n)s person graduated.", "%(n)s people graduated.", n) % {"n": n},
        back=page_url(cohort),
    )


@requires("musalaha.select")
def selection(request, number):
    """Applicants side by side, in order of request, each with the cautions that bear on the choice."""
    cohort = cohort_of(number)
    rows = selecting.board(cohort, request.user)
    trail.viewed("selection", by=request.user, facility=cohort.facility, obj=cohort, detail={"people": len(rows)})
    taken = cohort.places_taken()
    return render(
        request,
        "musalaha/cohorts/selection.html",
        {"cohort": cohort, "rows": rows, "taken": taken, "places_left": max(0, cohort.capacity - taken)},
    )
