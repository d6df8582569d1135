"""The programme at a glance: where people stand, what falls due this week, and rounds on a time line."""

from datetime import date, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from audit import signed_context
from config import clock
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon
from musalaha.aftercare.models import FollowUp
from musalaha.models import Application, Cohort, Enrolment, PardonFile, Session

STEP_LABELS = {
    "applied": gettext_lazy("Applied"),
    "eligible": gettext_lazy("Eligible"),
    "accepted": pgettext_lazy("people counted", "Accepted"),
    "started": gettext_lazy("Started"),
    "graduated": pgettext_lazy("people counted", "Graduated"),
    "pardoned": gettext_lazy("Pardoned"),
    "released": pgettext_lazy("people counted", "Released"),
    "followed": gettext_lazy("Followed up"),
    "reconvicted": gettext_lazy("Convicted again"),
}
WIDTH, ROW = 1100, 22


@signed_context.beyond("figures")
def count_people(cohorts):
    """Put `people` (taking part now, or when it ended), `graduates` and `applicants` on each round, in two queries."""
    ended_well = Q(outcome=Enrolment.Outcome.GRADUATED)
    counts = {
        row["cohort_id"]: row
        for row in Enrolment.objects.filter(cohort__in=cohorts)
        .values("cohort_id")
        .annotate(all=Count("pk"), now=Count("pk", filter=Q(ended_on=None)), graduates=Count("pk", filter=ended_well))
    }
    accepted = dict(
        Application.objects.filter(cohort__in=cohorts, state=Application.State.ACCEPTED)
        .values_list("cohort_id")
        .annotate(Count("pk"))
    )
    for cohort in cohorts:
        row = counts.get(cohort.pk, {"all": 0, "now": 0, "graduates": 0})
        cohort.started_people, cohort.people, cohort.graduates = row["all"], row["now"], row["graduates"]
        cohort.with_a_place = accepted.get(cohort.pk, 0)


def timeline(cohorts, today=None):
    """Bars for an SVG: the last cohorts on a common line of time, newest first, and where today stands."""
    today = today or clock.today()
    shown = [cohort for cohort in cohorts if cohort.state != Cohort.State.CANCELLED][:10]
    if not shown:
        return None
    starts = [cohort.started_on or cohort.starts_on for cohort in shown]
    ends = [cohort.completed_on or cohort.ends_on for cohort in shown]
    first, last = min([*starts, today]), max([*ends, today]) + timedelta(days=14)
    first -= timedelta(days=14)
    span = max(1, (last - first).days)

    def x(day):
        return round(WIDTH * (day - first).days / span, 1)

    bars = [
        {
            "cohort": cohort,
            "x": x(start),
            "width": max(4, round(x(end) - x(start), 1)),
            "y": n * ROW,
            "text_y": n * ROW + 15,
        }
        for n, (cohort, start, end) in enumerate(zip(shown, starts, ends, strict=True))
    ]
    return {
        "bars": bars,
        "today": x(today),
        "height": len(shown) * ROW,
        "full": len(shown) * ROW + 18,
        "years": [{"x": x(day), "label": day.year} for day in _new_years(first, last) if x(day) < WIDTH - 20],
    }


def _new_years(first, last):
    return [date(year, 1, 1) for year in range(first.year + 1, last.year + 1)]


def stages(user):
    """Numbers of people at each stage of the path: `[(label, count, url)]`."""
    people = Inmate.objects.visible_to(user)
    applications = Application.objects.visible_to(user)
    by_state = dict(applications.values_list("state").annotate(Count("pk")))
    graduates = Enrolment.objects.visible_to(user).filter(
        outcome=Enrolment.Outcome.GRADUATED, inmate__status="in_custody"
    )
    listing = reverse("musalaha:applications")
    return [
        (_("Asked, not yet answered"), by_state.get("recorded", 0), f"{listing}?state=recorded"),
        (_("On the waiting list"), by_state.get("waiting", 0), f"{listing}?state=waiting"),
        (_("With a place"), by_state.get("accepted", 0), f"{listing}?state=accepted"),
        (_("Taking part"), by_state.get("enrolled", 0), f"{listing}?state=enrolled"),
        (_("Graduates still held"), graduates.values("inmate").distinct().count(), reverse("musalaha:outcomes")),
        (
            _("Pardon files open"),
            PardonFile.objects.live().filter(inmate__in=people).count(),
            reverse("musalaha:pardons"),
        ),
        (
            _("Pardons to be verified"),
            Pardon.objects.filter(inmate__in=people).awaiting().count(),
            reverse("musalaha:pardons"),
        ),
        (
            _("Followed after release"),
            FollowUp.objects.filter(inmate__in=people, done_on=None).values("inmate").distinct().count(),
            reverse("musalaha:follow_ups"),
        ),
    ]


def due_this_week(user):
    """Work that falls due by the end of the week: `[(label, count, url, tone)]`, without empty lines."""
    today = clock.today()
    week_end = today + timedelta(days=6 - today.weekday())
    due = []

    def add(label, count, url, tone="soon"):
        if count:
            due.append((label, count, url, tone))

    for cohort in Cohort.objects.live().order_by("number"):
        url, values = reverse("musalaha:cohort", args=[cohort.number]), {"number": cohort.number}
        if cohort.state == Cohort.State.RUNNING:
            sessions = reverse("musalaha:sessions", args=[cohort.number])
            past = Session.objects.filter(
                cohort=cohort, cancelled_reason="", starts_at__lt=clock.midnight(today), attendances=None
            )
            add(_("Round %(number)s: attendance not entered") % values, past.count(), sessions, "late")
            week = cohort.sessions.filter(
                cancelled_reason="", starts_at__gte=clock.midnight(today), starts_at__lt=clock.end_of(week_end)
            )
            add(_("Round %(number)s: sessions this week") % values, week.count(), sessions, "")
            half = cohort.started_on + (cohort.ends_on - cohort.started_on) / 2
            people = cohort.enrolments.filter(ended_on=None)
            if week_end >= half:
                add(
                    _("Round %(number)s: mid-term reports missing") % values,
                    people.exclude(notes__kind="mid_term").exclude(notes__kind="final").count(),
                    url,
                    "late" if today > half else "soon",
                )
            if week_end >= cohort.ends_on - timedelta(days=7):
                add(
                    _("Round %(number)s: final reports missing") % values,
                    people.exclude(notes__kind="final").count(),
                    url,
                )
            leaving = people.filter(inmate__release_on__lt=cohort.ends_on)
            add(_("Round %(number)s: free before the end") % values, leaving.count(), url, "")
            add(_("Round %(number)s: past its end") % values, int(cohort.ends_on < today), url, "late")
            add(_("Round %(number)s: removals to be signed") % values, people.exclude(removal_code="").count(), url)
        elif cohort.starts_on <= week_end:
            add(
                _("Round %(number)s: starts") % values,
                1,
                url,
                "late" if cohort.starts_on < today else "soon",
            )
    people = Inmate.objects.visible_to(user)
    contacts = FollowUp.objects.due(week_end).filter(inmate__in=people)
    add(_("Contacts after release"), contacts.count(), reverse("musalaha:follow_ups"))
    appeals = Enrolment.objects.filter(
        inmate__in=people, removal_appealed_on__isnull=False, removal_appeal_answered_by=None
    )
    first = appeals.first()
    if first is not None:
        add(_("Appeals against removals"), appeals.count(), reverse("musalaha:participant", args=[first.pk]), "late")
    return due
