"""`/reports/statistics/`: the figures of `manage.py statistics` with their denominators."""

from datetime import timedelta

from django.shortcuts import render
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from audit import signed_context, trail
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.custody.models import SeparateGround
from inmates.people.models import LegalStatus
from inmates.people.participation import may_know_participation
from inmates.separate.models import SeparateStep
from inmates.small_cells import hide_nested
from reports import separate_system
from reports.statistics import statistics


def day_asked(request, name, default):
    """`(day, problem)`: the day of one field of the address; for a text that is no day, or a day ahead, the default and why."""
    wanted = request.GET.get(name, "")
    if not wanted:
        return default, ""
    try:
        day = parse_date(wanted)
    except ValueError:
        day = None
    if day is None or day.year < 1900:
        return default, _("This is not a day. Shown: today.")
    if day > clock.today():
        return default, _("This day lies ahead. Shown: today.")
    return day, ""


@requires("inmates.view_statistics")
def page(request):
    """The figures as of a day (today). For a text that is no day, or a day ahead, a message and today's figures."""
    today = clock.today()
    day, problem = day_asked(request, "as_of", today)
    with signed_context.beyond("figures"):
        figures = statistics(day)
        separate = separate_system.figures(day)
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
            "tab": "figures",
            "problem": problem,
            "figures": figures,
            "tiers": tiers,
            "statuses": [(label, custody["by_legal_status"][value]) for value, label in LegalStatus.choices],
            "prisons": [(names[code], people) for code, people in custody["by_facility"].items()],
            "may_know_participation": may_know_participation(request.user),
            "separate": _separate(separate, request.user),
            "cohorts": _rounds(figures["musalaha"]["per_cohort"], request.user),
            "shortcuts": [
                (_("Today"), today),
                (_("A month ago"), today - timedelta(days=30)),
                (_("A year ago"), today - timedelta(days=365)),
            ],
        },
    )


def _separate(counted, user):
    """`[(heading, [(label, people)])]` of the separate system, for the page."""
    tables = separate_system.shown(counted, nation=user.sees_nation, causes=may_know_participation(user))
    grounds = dict(SeparateGround.choices)
    labels = {
        "held": grounds | {"none": _("Without a ground")},
        "in": grounds,
        "out": dict(SeparateStep.Cause.choices) | {"decided": _("By decision"), "released": _("End of custody")},
    }
    headings = {
        "held": _("In the separate system, by ground"),
        "in": _("Came in within a year"),
        "out": _("Went out within a year"),
    }
    return [
        (headings[name], [(labels[name][cell], people) for cell, people in cells.items()])
        for name, cells in tables.items()
    ]


# What each figure of a round is part of.
WITHIN = {
    "graduates": "participants",
    "withdrew": "participants",
    "removed": "participants",
    "pardoned": "graduates",
    "reduced": "pardoned",
    "released": "graduates",
    "reconvicted": "graduates",
}


def _rounds(rows, user):
    """The rounds' figures, small ones hidden from those without national scope."""
    if not may_know_participation(user):
        return ()
    if user.sees_nation:
        return rows
    counted = {row["number"]: {name: row[name] for name in ("participants", *WITHIN)} for row in rows}
    return [{"number": number, **cells} for number, cells in hide_nested(counted, WITHIN).items()]
