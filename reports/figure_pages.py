"""`/reports/statistics/…`: people by any two dimensions, two days beside each other, who came and left, and months in a row."""

from datetime import timedelta
from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import signed_context, trail
from config import clock
from core.permissions import requires
from core.templatetags.display import colon, day_text
from facilities.models import Facility
from inmates.custody.models import Admission
from inmates.people.models import Inmate
from inmates.small_cells import hide_table, small
from reports import charts, timeliness
from reports.crossings import NOT_HELD, count, events, flow, month_ends, trend
from reports.dimensions import DIMENSIONS
from reports.statistics_pages import day_asked
from reports.tables import FORMATS, Table

CHANGING = ("tier", "prison", "status", "term")  # what may become another while somebody is held
SPANS = (12, 24, 60)
PEOPLE = gettext_lazy("People")
TOGETHER = gettext_lazy("Together")
SUM = "sum"  # of a row or a column of figures


@requires("inmates.view_statistics")
def cross(request):
    """People by one or two dimensions when a day ended; or by one dimension on two days, with the difference."""
    asked = _Asked(request)
    rows, columns = asked.dimension("rows", "tier"), asked.dimension("columns", "", none=True)
    earlier = asked.day("than", None)
    if columns in (rows, None) or earlier:
        columns = None
    with signed_context.beyond("figures"):
        figures = _beside(asked, rows, earlier) if earlier else _crossed(asked, rows, columns)
        used = _values(rows, [key[0] for key in figures])
    names = rows.labels()
    if earlier:
        across = {earlier: day_text(earlier), asked.until: day_text(asked.until)}
    elif columns is None:
        across = {"": PEOPLE}
    else:
        labels = columns.labels()
        across = {value: labels.get(value, value) for value in _values(columns, [key[1] for key in figures])}
    table = {row: {column: figures.get((row, column), 0) for column in across} for row in used}
    shown = _shown(request.user, table, across, total=columns is not None)
    lines = [(names.get(row, row), _row(shown[row], row, earlier, columns, asked, rows)) for row in used]
    totals = list(shown[SUM].values())
    header = [rows.label, *across.values()]
    if earlier:
        header.append(_("Difference"))
        totals.append(_difference(totals))
    elif columns is not None:
        header.append(TOGETHER)
    title = (
        _("People in custody by %(rows)s and %(columns)s") % {"rows": rows.label, "columns": columns.label}
        if columns
        else _("People in custody by %(rows)s") % {"rows": rows.label}
    )
    whole = [[str(name), *(n for n, _url in cells)] for name, cells in lines]
    return asked.answer(
        "reports/figures/cross.html",
        "crossing",
        Table(
            f"people-{asked.until:%Y-%m-%d}",
            f"{title} · {asked.when}",
            header,
            [*whole, [str(TOGETHER), *totals]],
            [_note(one) for one in filter(None, (rows, columns))],
        ),
        {"heading": title, "lines": lines, "totals": totals, "header": header, "rows": rows, "columns": columns,
         "earlier": earlier},
    )  # fmt: skip


def _crossed(asked, rows, columns):
    """`{(row, column): people}`; without a second dimension the column is empty."""
    dimensions = [rows, columns] if columns else [rows]
    return {
        (key if columns else (*key, "")): n for key, n in count(asked.until, *dimensions, prison=asked.prison).items()
    }


def _beside(asked, rows, earlier):
    """`{(row, day): people}` of two days."""
    return {
        (*key, day): n for day in (earlier, asked.until) for key, n in count(day, rows, prison=asked.prison).items()
    }


def _values(dimension, found):
    """The values that occur, in the dimension's own order; what it does not know comes last."""
    order = {value: n for n, value in enumerate(dimension.labels())}
    return sorted(set(found), key=lambda value: (order.get(value, len(order)), str(value)))


def _row(cells, row, earlier, columns, asked, rows):
    """`[(people, address of their list)]` of one row; the difference of two days at its end."""
    line = [
        (n, _people(asked, ((rows, row), (columns, column))) if n and not earlier and column != SUM else "")
        for column, n in cells.items()
    ]
    if earlier:
        line.append((_difference(cells.values()), ""))
    return line


def _difference(days):
    """What changed from the first to the second of two figures; None where one of them is hidden."""
    before, after = days
    return None if None in (before, after) else after - before


def _shown(user, table, columns, *, total=True, together=True):
    """`{row: {column: people or None}}` with `SUM` of each row (`total`) and of each column (`together`) as a reader may see it.

    A sum of few people tells of them as a cell does, so sums are hidden by the same rule and in the same go.
    """
    whole = {row: {**cells, **({SUM: sum(cells.values())} if total else {})} for row, cells in table.items()}
    if together:
        names = [*columns, *([SUM] if total else [])]
        whole[SUM] = {name: sum(cells[name] for row, cells in whole.items()) for name in names}
    return whole if user.sees_nation else hide_table(whole)


def _people(asked, chosen):
    """The address of the list of these people, where the list can show them: today, to whoever sees the whole country."""
    chosen = [(dimension, value) for dimension, value in chosen if dimension is not None]
    if asked.until != asked.today or not asked.user.sees_nation or not asked.user.can("inmates.view_record"):
        return ""
    if not all(dimension.filter for dimension, _value in chosen):
        return ""
    query = {
        "status": Inmate.Status.IN_CUSTODY,
        **{dimension.filter: dimension.wanted(value) for dimension, value in chosen},
    }
    if asked.prison is not None:
        query["prison"] = asked.prison.code
    return f"{reverse('inmates:list')}?{urlencode(query)}"


@requires("inmates.view_statistics")
def flows(request):
    """Who came, left and changed between the ends of two days; each person counted once, from what was to what became."""
    asked = _Asked(request)
    by = asked.dimension("by", "tier", among=CHANGING)
    since = asked.day("since", asked.until - timedelta(days=30))
    if since >= asked.until:
        since, asked.problem = (
            asked.until - timedelta(days=30),
            _("The first day does not lie before the second. Shown: the thirty days before it."),
        )
    with signed_context.beyond("figures"):
        figures = flow(since, asked.until, by, prison=asked.prison)
        happened = events(since, asked.until, prison=asked.prison)
        timely = _timely(asked, since)
        labels = {**by.labels(), NOT_HELD: _("Not held")}
    used = [*_values(by, {value for key in figures for value in key} - {NOT_HELD}), NOT_HELD]
    table = {row: {column: figures.get((row, column), 0) for column in used} for row in used}
    shown = _shown(request.user, table, used)
    title = _("From %(since)s to %(until)s, by %(what)s") % {
        "since": day_text(since),
        "until": day_text(asked.until),
        "what": by.label,
    }
    header = [_("Then, and now"), *(labels.get(column, column) for column in used), TOGETHER]
    lines = [(labels.get(row, row), [(n, row == column) for column, n in shown[row].items()]) for row in used]
    totals = list(shown[SUM].values())
    grounds = dict(Admission.Ground.choices)
    left = _shown(request.user, {ground: {"": n} for ground, n in sorted(happened["left"].items())}, [""], total=False)
    return asked.answer(
        "reports/figures/flows.html",
        "flows",
        Table(
            f"flows-{since:%Y-%m-%d}-{asked.until:%Y-%m-%d}",
            title,
            header,
            [
                *([str(name), *(n for n, _same in cells)] for name, cells in lines),
                [str(TOGETHER), *totals],
            ],
            [_note(by)],
        ),
        {"heading": title, "lines": lines, "totals": totals, "header": header, "by": by, "since": since,
         "held_then": sum(n for (before, _after), n in figures.items() if before != NOT_HELD),
         "held_now": sum(n for (_before, after), n in figures.items() if after != NOT_HELD),
         "admitted": _one(request.user, happened["admitted"]), "transferred": _one(request.user, happened["transferred"]),
         "timely": timely, "left": [(grounds.get(ground, ground), n[""]) for ground, n in left.items() if ground != SUM],
         "left_total": left[SUM][""], "changing": [DIMENSIONS[key] for key in CHANGING]},
    )  # fmt: skip


def _timely(asked, since):
    """How late things were done in the period; of classification for whoever may see it."""
    window = {"since": since, "until": asked.until, "prison": asked.prison}
    classified = timeliness.of_classification(**window) if asked.user.can("inmates.view_classification") else []
    found = [*classified, timeliness.of_releases(**window)]
    return found if asked.user.sees_nation else timeliness.hidden(found)


def _one(user, people):
    """A figure that stands alone; None where it is of few people and its reader does not see the country."""
    return None if small(people) and not user.sees_nation else people


@requires("inmates.view_statistics")
def months(request):
    """People in custody at the end of each month, by one dimension, as a chart and a table."""
    asked = _Asked(request)
    by = asked.dimension("by", "tier")
    wanted = request.GET.get("months", "")
    span = int(wanted) if wanted in map(str, SPANS) else SPANS[0]
    with signed_context.beyond("figures"):
        found = trend(month_ends(asked.until, span), by, prison=asked.prison)
        used = _values(by, {value for _day, figures in found for value in figures})
    labels = by.labels()
    table = {day: {value: figures.get(value, 0) for value in used} for day, figures in found}
    shown = _shown(request.user, table, used, together=False)
    title = _("People in custody at the end of each month, by %(what)s") % {"what": by.label}
    names = [str(labels.get(value, value)) for value in used]
    lines = [(day, list(shown[day].values())) for day, _figures in found]
    sums = [cells[-1] or 0 for _day, cells in lines]
    bars = [charts.Bar(f"{day:%m/%Y}", tuple(n or 0 for n in cells[:-1])) for day, cells in lines]
    return asked.answer(
        "reports/figures/months.html",
        "months",
        Table(
            f"months-{asked.until:%Y-%m-%d}",
            title,
            [_("Day"), *names, TOGETHER],
            [[f"{day:%d/%m/%Y}", *cells] for day, cells in lines],
            [_note(by)],
        ),
        {"heading": title, "lines": lines, "names": names, "by": by, "span": span, "spans": SPANS,
         "chart": charts.stacked_bars(
             bars, name="months", title=title,
             description=_("From %(first)s to %(last)s people. The table below says the same.")
             % {"first": min(sums), "last": max(sums)},
         ),
         "key": charts.key(names, name="months")},
    )  # fmt: skip


def _note(dimension):
    """How a dimension is counted, after its name."""
    return f"{dimension.label}{colon()}{dimension.about}"


class _Asked:
    """What the address asks for: a day, dimensions, a prison, a file; what it does not know falls back and says so."""

    def __init__(self, request):
        self.request, self.user, self.today = request, request.user, clock.today()
        self.problem = ""
        self.until = self.day("as_of", self.today)
        self.prisons = list(Facility.objects.visible_to(request.user))
        self.prison = next((one for one in self.prisons if one.code == request.GET.get("prison")), None)

    def day(self, name, default):
        """The day of one field, the default where it is empty, none or ahead."""
        day, problem = day_asked(self.request, name, default)
        if problem and name != "as_of":
            problem = _("One of the two days is no day, or lies ahead: it was left out.")
        self.problem = self.problem or problem
        return day

    def dimension(self, name, default, *, among=tuple(DIMENSIONS), none=False):
        """The dimension of one field; with `none` the field may be empty."""
        wanted = self.request.GET.get(name, default)
        return DIMENSIONS[wanted] if wanted in among else None if none else DIMENSIONS[default]

    @property
    def when(self):
        """The day in words, for titles."""
        return day_text(self.until)

    def answer(self, template, what, table, context):
        """The page, or its table as the file that `?format=` names; recorded either way."""
        kind = self.request.GET.get("format")
        query = {name: value for name, value in self.request.GET.items() if name != "format" and value}
        trail.viewed(
            "statistics", by=self.user, detail={"as_of": self.until.isoformat(), "figures": what, **self._file(kind)}
        )
        if kind in FORMATS:
            return table.response(kind)
        shared = {
            "day": self.until, "prison": self.prison, "prisons": self.prisons, "problem": self.problem, "tab": what,
            "dimensions": list(DIMENSIONS.values()), "notes": table.notes, "hidden": any(None in row for row in table.rows),
            "files": [(kind, f"?{urlencode({**query, 'format': kind})}") for kind in FORMATS],
        }  # fmt: skip
        return render(self.request, template, {**shared, **context})

    def _file(self, kind):
        return {"format": kind} if kind in FORMATS else {}
