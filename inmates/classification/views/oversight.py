"""Oversight of classification over any period."""

from datetime import timedelta

from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import trail
from config import clock
from core.permissions import requires
from inmates.classification import oversight as figures
from inmates.classification.forms.oversight import PeriodForm

TIMELINESS = {
    "first": gettext_lazy("First decisions within 14 days of admission"),
    "reviews": gettext_lazy("Later decisions by the day planned"),
    "notices": gettext_lazy("Notices served within 3 days"),
    "appeals": gettext_lazy("Appeals answered within 15 days"),
}
GROUPS = {
    "-24": gettext_lazy("Up to 24"),
    "25-34": gettext_lazy("25 to 34"),
    "35-44": gettext_lazy("35 to 44"),
    "45+": gettext_lazy("45 and over"),
    "unknown": gettext_lazy("Not known"),
    "moroccan": gettext_lazy("Moroccan"),
    "dual": gettext_lazy("Dual nationality"),
    "foreign": gettext_lazy("Foreign"),
}


@requires("inmates.view_classification")
def oversight(request):
    """Changes, timeliness, agreement, and a breakdown in which unequal treatment would show; of the last year by default."""
    user = request.user
    user.require("inmates.view_statistics")
    end = clock.today()
    period = {"start": end - timedelta(days=364), "end": end}
    given = {name: request.GET.get(name) or f"{period[name]:%d/%m/%Y}" for name in period}
    form = PeriodForm(given)
    if form.is_valid():
        period = form.cleaned_data
    decisions = figures.decisions_in(user, period["start"], period["end"])
    broken_down = figures.breakdown(decisions)
    trail.viewed("oversight", by=user)
    context = {
        "heading": _("Oversight of classification"),
        "form": form,
        "period": period,
        "changes": figures.changes(decisions),
        "timeliness": [
            (TIMELINESS[key], good, of) for key, good, of in figures.timeliness(user, period["start"], period["end"])
        ],
        "agreements": [
            (_("By assessor"), figures.agreement(decisions, "assessor")),
            (_("By reviewer"), figures.agreement(decisions, "reviewer")),
            (_("By prison"), figures.agreement(decisions, "prison")),
        ],
        "breakdowns": [
            (_("By age at the decision"), _named(broken_down["age"])),
            (_("By nationality"), _named(broken_down["origin"])),
        ],
    }
    return render(request, "inmates/classification/reviews/oversight.html", context)


def _named(rows):
    return [(GROUPS[group], cells, total) for group, cells, total in rows]
