"""`/reports/statistics/`: the figures of `manage.py statistics` with their denominators."""

from datetime import timedelta

from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from audit import trail
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.people.models import LegalStatus
from inmates.people.participation import may_know_participation
from inmates.small_cells import small
from reports.statistics import statistics


@requires("inmates.view_statistics")
def page(request):
    """The figures as of a day (today). For a text that is no day, or a day ahead, a message and today's figures."""
    today = clock.today()
    wanted = request.GET.get("as_of", "")
    problem = ""
    try:
        day = parse_date(wanted) if wanted else today
    except ValueError:
        day = None
    if day is None:
        day, problem = today, _("This is not a day. Shown: today.")
    elif day > today:
        day, problem = today, _("This day lies ahead. Shown: today.")
    figures = statistics(day)
    trail.viewed("statistics", by=request.user, detail={"as_of": day.isoformat()})
    custody = figures["custody"]
    names = {prison.code: prison for prison in Facility.objects.all()}
    tiers = [
        (1, custody["by_tier"]["1"]),
        (2, custody["by_tier"]["2"]),
        (3, custody["by_tier"]["3"]),
        (None, custody["by_tier"]["unclassified"]),
    ]
    return render(
        request,
        "reports/statistics.html",
        {
            "day": day,
            "wanted": wanted,
            "problem": problem,
            "figures": figures,
            "tiers": tiers,
            "statuses": [(label, custody["by_legal_status"][value]) for value, label in LegalStatus.choices],
            "prisons": [(names[code], people) for code, people in custody["by_facility"].items()],
            "may_know_participation": may_know_participation(request.user),
            "cohorts": [_masked(row, request.user) for row in figures["musalaha"]["per_cohort"]]
            if may_know_participation(request.user)
            else (),
            "shortcuts": [
                (_("Today"), today),
                (_("A month ago"), today - timedelta(days=30)),
                (_("A year ago"), today - timedelta(days=365)),
            ],
        },
    )


MASKED = ("withdrew", "removed", "pardoned", "reduced", "released", "reconvicted")


def _masked(row, user):
    """Small cells of a round are hidden from those without national scope: one hidden cell would give another away, so
    as soon as one of them is small, all of the row's cells that add up are hidden."""
    if user.sees_nation or not any(small(row[key]) for key in MASKED):
        return row
    return {**row, **dict.fromkeys(MASKED)}
