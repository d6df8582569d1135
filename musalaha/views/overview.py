"""The programme's first page and its outcomes."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.permissions import requires
from musalaha import outcomes as figures
from musalaha import path
from musalaha.models import Cohort


@requires("musalaha.view_programme")
def home(request):
    """Rounds on a time line, who is where in the path, and what is due this week."""
    user = request.user
    rounds = list(Cohort.objects.select_related("facility", "unit")[:60])
    path.count_people(rounds)
    return render(
        request,
        "musalaha/overview/home.html",
        {
            "rounds": rounds,
            "timeline": path.timeline(rounds),
            "stages": path.stages(user),
            "due": path.due_this_week(user),
            "may_plan": user.can("musalaha.manage_rounds"),
            "may_select": user.can("musalaha.select"),
        },
    )


@requires("musalaha.view_programme")
def outcomes(request):
    """Shares with their denominators, the funnel of each round, and new convictions by years observed."""
    user = request.user
    found = figures.outcomes()
    rows = [
        ("pardoned", _("Royal pardon, whole or part")),
        ("reduced", _("of them: part only")),
        ("released", _("Released since")),
        ("reconvicted", _("Convicted again: terrorism")),
        ("reconvicted_other", _("Convicted again: another offence")),
    ]
    rates = []
    for name, label in rows:
        finished, took_part = found.share(name, "finished"), found.share(name, "took_part")
        hide = not user.sees_nation and any(
            figures.small(n) or figures.small(of - n) for n, of in (finished, took_part)
        )
        rates.append((label, None if hide else finished, None if hide else took_part))
    completed = Cohort.objects.exclude(started_on=None).order_by("number")
    return render(
        request,
        "musalaha/overview/outcomes.html",
        {
            "rates": rates,
            "finished": len(found.finished),
            "took_part": len(found.took_part),
            "running": len(found.running),
            "windows": figures.reconviction(user=user),
            "funnels": [(cohort, figures.funnel(cohort, user)) for cohort in completed],
            "steps": [path.STEP_LABELS[name] for name in figures.STEPS],
            "national": user.sees_nation,
            "group_labels": {"graduates": _("Graduates"), "others": _("Comparable non-graduates")},
        },
    )
