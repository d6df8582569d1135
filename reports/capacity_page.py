"""`/reports/capacity/`: places needed and places there are over the next two years, and what some more arrivals would do."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.permissions import requires
from core.templatetags.display import day_text
from facilities.models import Facility, Sex
from reports import capacity, charts
from reports.tables import FORMATS, Table

MOST = 100_000  # people that may be supposed


@requires("inmates.view_statistics")
def page(request):
    """The forecast for the prisons in the user's scope; `?sex=`, `?more=` people over `?over=` months; `?format=` a file."""
    today = clock.today()
    sex = request.GET.get("sex") if request.GET.get("sex") in Sex.values else Sex.MALE.value
    more, over = _whole(request, "more", 0, 0, MOST), _whole(request, "over", 6, 1, capacity.MONTHS)
    prisons = list(Facility.objects.visible_to(request.user).open_on(today))
    with signed_context.beyond("figures"):
        found, whole = capacity.forecast(prisons, sex, supposed=more, over=over, today=today)
        by_tier = capacity.tiers(prisons, sex, today)
    kind = request.GET.get("format") if request.GET.get("format") in FORMATS else ""
    detail = {"as_of": today.isoformat(), "figures": "capacity", "more": more}
    trail.viewed("statistics", by=request.user, detail=detail | ({"format": kind} if kind else {}))
    days = capacity.month_ends(today)
    lines = [(one, *_line(one, days)) for one in sorted(found, key=_pressing)]
    table = Table(
        f"capacity-{today:%Y-%m-%d}",
        _("Places needed and places there are, from %(day)s") % {"day": day_text(today)},
        [_("Prison"), _("Places"), _("Now"), *(f"{days[n]:%d/%m/%Y}" for n in capacity.MARKS), _("No place left")],
        [[one.place.name, one.places[0], *held, full] for one, held, full in lines]
        + [[_("Together"), whole.places[0], *_line(whole, days)[0], _line(whole, days)[1]]],
        [str(note) for note in method()],
    )
    if kind:
        return table.response(kind)
    parts = [_("Held now, and still held"), _("Arriving as in the last year")] + (
        [_("Supposed to arrive")] if more else []
    )
    title = _("People and places at the end of each month")
    bars = [
        charts.Bar(f"{day:%m/%Y}", (whole.here[n], whole.usual[n], whole.supposed[n]))
        for n, day in enumerate(days)
        if n
    ]
    query = {"sex": sex, "more": more, "over": over}
    return render(
        request,
        "reports/figures/capacity.html",
        {
            "tab": "capacity",
            "lines": lines,
            "whole": (whole, *_line(whole, days)),
            "days": [days[n] for n in capacity.MARKS],
            "by_tier": by_tier,
            "sex": sex,
            "sexes": Sex.choices,
            "more": more,
            "over": over,
            "most": MOST,
            "months": capacity.MONTHS,
            "method": method(),
            "files": [(kind, f"?{urlencode({**query, 'format': kind})}") for kind in FORMATS],
            "chart": charts.stacked_bars(
                bars,
                name="capacity",
                title=title,
                description=_("From %(first)s to %(last)s people. The table below says the same.")
                % {"first": min(whole.held), "last": max(whole.held)},
                marks=whole.places[1:],
            ),
            "key": charts.key(parts, name="capacity"),
        },
    )


def method():
    """How it is worked out, in sentences that travel with the figures."""
    return [
        _("Whoever has a computed day of release leaves at the end of that month; who has none stays."),
        _(
            "Arrivals go on as in the last twelve months, prison by prison; nobody who arrives in these two years leaves in them."
        ),
        _("Supposed arrivals come evenly over the months chosen, and go to the prisons by their free places."),
        _(
            "Places are the working places of units in use then; separation and medical units are not counted,"
            " transfers not foreseen."
        ),
    ]


def _line(one, days):
    """`([people now and at each mark], when no place is left in words)`."""
    full = one.full_after
    words = "—" if full is None else _("now") if full == 0 else f"{days[full]:%m/%Y}"
    return [one.held[0], *(one.held[n] for n in capacity.MARKS)], words


def _pressing(one):
    """The soonest full first, then by name."""
    full = one.full_after
    return (capacity.MONTHS + 1 if full is None else full, str(one.place))


def _whole(request, name, default, least, most):
    """A whole number of the address within its limits, the default for anything else."""
    text = request.GET.get(name, "")
    return min(max(int(text), least), most) if text.isascii() and text.isdecimal() and len(text) < 10 else default
