"""The worklists, page by page: what waits for a decision, an answer, a notice, an appeal, and which reviews fall due."""

from datetime import datetime
from urllib.parse import urlencode

from django.db.models import F, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.classification.tier_changes import DIRECTIONS, direction, direction_words
from inmates.classification.worklists import assessors, closed_and_waiting, worklists
from inmates.people.models import Inmate

ROWS = 50
MOST = 1000


@requires("inmates.view_classification")
def reviews(request):
    """One worklist, fifty rows at a time; the oldest or most overdue first."""
    user, query = request.user, request.GET
    lists = worklists(user)
    chosen = query.get("list") if query.get("list") in lists else "waiting"
    label, rows, key, person = lists[chosen]
    rows = _filtered(rows, person, query, chosen)
    page, next_after = _page(rows, key, query.get("after", ""))
    kept = {name: query[name] for name in ("prison", "direction", "assessor") if query.get(name)}
    context = {
        "heading": _("Reviews"),
        "chosen": chosen,
        "label": label,
        "tabs": [_tab(name, entry, chosen, kept) for name, entry in lists.items()],
        "rows": _shown(page, chosen),
        "next_url": "?" + urlencode({"list": chosen, **kept, "after": next_after}) if next_after else "",
        "prisons": Facility.objects.visible_to(user),
        "directions": [(name, direction_words(name)) for name in DIRECTIONS],
        "assessors": assessors(user) if chosen in ("due", "overdue") else [],
        "query": query,
        "closed": closed_and_waiting(user),
        "may_restrict": user.can("inmates.restrict_record"),
        "may_assess": user.can("inmates.assess"),
        "may_oversee": user.can("inmates.view_statistics"),
    }
    return render(request, "inmates/classification/reviews/reviews.html", context)


def _filtered(rows, person, query, chosen):
    if query.get("prison"):
        rows = rows.filter(**{f"{person}facility__code": query["prison"]})
    before, after = F("inmate__tier"), F("assessment__proposed_tier")
    if chosen in ("waiting", "returned") and query.get("direction") in DIRECTIONS:
        rows = rows.filter(
            {
                "first": Q(inmate__tier=None),
                "same": Q(assessment__proposed_tier=before),
                "stricter": Q(inmate__tier__gt=after),
                "milder": Q(inmate__tier__lt=after),
            }[query["direction"]]
        )
    assessor = query.get("assessor", "")
    if chosen in ("due", "overdue") and assessor.isdecimal() and len(assessor) < 19:
        rows = rows.filter(last_assessor=int(assessor))
    return rows


def _page(rows, key, after):
    """Fifty rows behind the cursor, and the cursor of the next page or nothing."""
    value, _sep, pk = after.partition("~")
    moment = _moment(value) if pk.isdecimal() and len(pk) < 19 else None
    if moment is not None:
        rows = rows.filter(Q(**{f"{key}__gt": moment}) | Q(**{key: moment, "pk__gt": int(pk)}))
    page = list(rows.order_by(key, "pk")[: ROWS + 1])
    if len(page) <= ROWS:
        return page, ""
    last = page[ROWS - 1]
    return page[:ROWS], f"{getattr(last, key).isoformat()}~{last.pk}"


def _moment(text):
    """The day or the moment that a cursor names; None where it names none."""
    try:
        moment = parse_date(text) or parse_datetime(text)
    except ValueError:
        return None
    if isinstance(moment, datetime) and timezone.is_naive(moment):
        return None
    return moment if moment and 1900 < moment.year < 2200 else None


def _tab(name, entry, chosen, kept):
    label, rows, _key, _person = entry
    count = rows.order_by()[: MOST + 1].count()
    kept = {"prison": kept["prison"]} if "prison" in kept else {}
    return {
        "label": label,
        "url": "?" + urlencode({"list": name, **kept}),
        "count": f"{MOST}+" if count > MOST else count,
        "active": name == chosen,
        "late": name == "overdue" and count > 0,
    }


def _shown(page, chosen):
    """Rows with what the table prints, the same shape for every list."""
    today = clock.today()
    shown = []
    for row in page:
        inmate = row if isinstance(row, Inmate) else row.decision.inmate if chosen == "notices" else row.inmate
        entry = {"row": row, "inmate": inmate}
        if chosen in ("waiting", "returned"):
            towards = direction(inmate.tier, row.assessment.proposed_tier)
            entry |= {
                "direction": direction_words(towards),
                "direction_code": towards,
                "age": (today - _day(row.submitted_at)).days,
            }
        shown.append(entry)
    return shown


def _day(moment):
    return timezone.localdate(moment)
