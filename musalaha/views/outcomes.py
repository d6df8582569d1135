"""Outcomes of the programme: shares, funnels, and new convictions."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from core.permissions import requires
from inmates.small_cells import small
from musalaha import outcomes as figures
from musalaha import overview
from musalaha.models import Cohort


@requires("musalaha.view_programme")
def outcomes(request):
    """Shares with their denominators, the funnel of each round, and new convictions by years observed."""
    user = request.user
    sets = figures.outcomes()
    rows = [
        ("pardoned", _("Royal pardon, whole or part")),
        ("reduced", _("of them: part only")),
        ("released", _("Released since")),
    ]
    rates = []
    for name, label in rows:
        finished, took_part = sets.share(name, "finished"), sets.share(name, "took_part")
        hide = not user.sees_nation and any(small(n) or small(of - n) for n, of in (finished, took_part))
        rates.append((label, None if hide else finished, None if hide else took_part))
    started = Cohort.objects.exclude(started_on=None).order_by("number")
    return render(
        request,
        "musalaha/outcomes/outcomes.html",
        {
            "rates": rates,
            "finished": len(sets.finished),
            "took_part": len(sets.took_part),
            "running": len(sets.running),
            "windows": figures.reconviction(user=user),
            "funnels": [(cohort, figures.funnel(cohort, user)) for cohort in started],
            "steps": [overview.STEP_LABELS[name] for name in figures.STEPS],
            "national": user.sees_nation,
            "group_labels": {"graduates": _("Graduates"), "others": _("Comparable non-graduates")},
        },
    )
