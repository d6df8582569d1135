"""The worklists: what waits for a decision, an answer, a notice, an appeal, and which reviews fall due."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import F, OuterRef, Q, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import gettext as _

from accounts.models import User
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.classification.models import Appeal, Assessment, Review
from inmates.classification.panels import SOON_DAYS, unserved
from inmates.classification.reading import DIRECTIONS, direction, direction_words
from inmates.people.models import Inmate

ROWS = 50
MOST = 1000


def _reviews(user, state):
    return (
        Review.objects.visible_to(user)
        .filter(state=state)
        .select_related("inmate__facility", "inmate__unit", "assessment", "assessor")
    )


def _due(people):
    """People by their due day, with who assessed them last."""
    last = Assessment.objects.submitted().filter(inmate=OuterRef("pk")).values("assessor_id")[:1]
    return people.select_related("facility", "unit").annotate(last_assessor=Subquery(last))


def _lists(user):
    """Every list this user may open: name -> (label, rows, key to order by, path to the person)."""
    today, people = clock.today(), Inmate.objects.visible_to(user)
    return {
        "waiting": (_("Awaiting decision"), _reviews(user, Review.State.SUBMITTED), "submitted_at", "inmate__"),
        "returned": (_("Returned"), _reviews(user, Review.State.RETURNED), "submitted_at", "inmate__"),
        "overdue": (_("Overdue"), _due(people.review_overdue(today)), "next_review_on", ""),
        "due": (
            _("Due soon"),
            _due(people.review_due(today, today + timedelta(days=SOON_DAYS))),
            "next_review_on",
            "",
        ),
        "notices": (
            _("Notices to serve"),
            unserved(user).select_related("decision__inmate__facility", "decision__inmate__unit"),
            "due_on",
            "decision__inmate__",
        ),
        "appeals": (
            _("Open appeals"),
            Appeal.objects.visible_to(user)
            .live()
            .select_related("inmate__facility", "inmate__unit", "decision", "decider", "assessor"),
            "due_on",
            "inmate__",
        ),
    }


@requires("inmates.view_classification")
def reviews(request):
    """One worklist, fifty rows at a time; the oldest or most overdue first."""
    user, asked = request.user, request.GET
    lists = _lists(user)
    chosen = asked.get("list") if asked.get("list") in lists else "waiting"
    label, rows, key, person = lists[chosen]
    rows = _filtered(rows, person, asked, chosen)
    page, next_after = _page(rows, key, asked.get("after", ""))
    kept = {name: asked[name] for name in ("prison", "direction", "assessor") if asked.get(name)}
    context = {
        "heading": _("Reviews"),
        "chosen": chosen,
        "label": label,
        "tabs": [_tab(name, entry, chosen, kept) for name, entry in lists.items()],
        "rows": _shown(page, chosen),
        "next_url": "?" + urlencode({"list": chosen, **kept, "after": next_after}) if next_after else "",
        "prisons": Facility.objects.visible_to(user),
        "directions": [(name, direction_words(name)) for name in DIRECTIONS],
        "assessors": _assessors(user) if chosen in ("due", "overdue") else [],
        "asked": asked,
        "may_assess": user.can("inmates.assess"),
        "may_oversee": user.can("inmates.view_statistics"),
    }
    return render(request, "inmates/classification/reviews/reviews.html", context)


def _filtered(rows, person, asked, chosen):
    if asked.get("prison"):
        rows = rows.filter(**{f"{person}facility__code": asked["prison"]})
    before, after = F("inmate__tier"), F("assessment__proposed_tier")
    if chosen in ("waiting", "returned") and asked.get("direction") in DIRECTIONS:
        rows = rows.filter(
            {
                "first": Q(inmate__tier=None),
                "same": Q(assessment__proposed_tier=before),
                "stricter": Q(inmate__tier__gt=after),
                "milder": Q(inmate__tier__lt=after),
            }[asked["direction"]]
        )
    assessor = asked.get("assessor", "")
    if chosen in ("due", "overdue") and assessor.isdecimal() and len(assessor) < 19:
        rows = rows.filter(last_assessor=int(assessor))
    return rows


def _assessors(user):
    """Who has handed in assessments of people in this scope."""
    known = Assessment.objects.visible_to(user).exclude(submitted_at=None).values("assessor_id")
    return User.objects.filter(pk__in=known).order_by("last_name", "username")[:200]


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
