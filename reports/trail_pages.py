"""The trail for inspectors: who did and who saw what, and the proof that nobody changed it."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.dateparse import parse_date

from accounts import unusual_reading
from accounts.models import User
from audit import heads, signed_context
from audit import trail as writing
from audit.models import Event
from audit.verification import verify
from config import clock
from core.permissions import requires
from facilities.models import Facility
from inmates.people.models import Inmate
from reports import event_labels

PAGE = 50


@requires("audit.view_trail")
def trail(request):
    """`/audit/`: events, newest first, by user, prison, kind and day."""
    query = request.GET
    events = Event.objects.visible_to(request.user).acts().order_by("-id")
    seen = Facility.objects.visible_to(request.user)
    if query.get("user"):
        events = events.filter(actor_name=query["user"])
    if query.get("prison"):
        events = events.filter(facility_id__in=Facility.objects.filter(code=query["prison"]).values("pk"))
    if query.get("kind") == "changes":
        events = events.changes()
    elif query.get("kind") == "views":
        events = events.filter(verb__endswith=".viewed")
    elif query.get("kind") == "refusals":
        events = events.filter(verb__startswith="refused.")
    day = _day(query.get("day", ""))
    if day is not None:
        events = events.filter(at__gte=clock.midnight(day), at__lt=clock.end_of(day))
    before = query.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(pk__lt=int(before))
    rows = list(events[: PAGE + 1])
    people = {
        person.pk: person
        for person in Inmate.objects.visible_to(request.user).filter(
            pk__in={row.inmate_id for row in rows if row.inmate_id}
        )
    }
    prisons = {prison.pk: prison for prison in Facility.objects.all()}
    kept = query.copy()
    kept.pop("before", None)
    writing.viewed("trail", by=request.user)
    return render(
        request,
        "reports/trail.html",
        {
            "rows": [
                (one, people.get(one.event.inmate_id), prisons.get(one.event.facility_id))
                for one in event_labels.described(rows[:PAGE])
            ],
            "query": query,
            "kept": kept.urlencode(),
            "older": rows[PAGE - 1].pk if len(rows) > PAGE else None,
            "users": User.objects.order_by("username").values_list("username", flat=True),
            "prisons": sorted(seen, key=str),
        },
    )


@requires("audit.view_trail")
def reading(request):
    """`/audit/reading/`: who opened unusually many records, and what they said it was for."""
    writing.viewed("reading_list", by=request.user)
    prisons = {prison.pk: prison for prison in Facility.objects.all()}
    rows = [
        (
            asked,
            prisons.get(asked.facility_id),
            unusual_reading.REASONS.get(answer.detail.get("reason")) if answer else None,
        )
        for asked, answer in unusual_reading.unusual(Event.objects.visible_to(request.user))
    ]
    return render(request, "reports/reading.html", {"rows": rows})


def _day(text):
    """A day from an ISO text; None where it is none, or none that any clock here has shown."""
    try:
        day = parse_date(text)
    except ValueError:
        return None
    return day if day and 1900 < day.year < 2200 else None


@requires("audit.view_trail")
def proof(request):
    """`/audit/proof/`: the chain recomputed now."""
    writing.viewed("trail_proof", by=request.user)
    with signed_context.beyond("chain"):
        result = verify()
    may_sign = heads.can_sign() and bool(result.sequence) and not result.faults
    return render(request, "reports/proof.html", {"result": result, "may_sign": may_sign})


@requires("audit.view_trail")
def head(request):
    """`/audit/head/`: the last seal, signed, as a file to be kept elsewhere or printed."""
    with signed_context.beyond("chain"):
        found = verify()
    if found.faults or not found.sequence or not heads.can_sign():
        return redirect("audit:proof")
    writing.viewed("trail_head", by=request.user, detail={"seal": found.sequence})
    line = heads.sign(heads.head_now(found.sequence, found.head))
    answer = HttpResponse(line + "\n", content_type="application/json")
    answer["Content-Disposition"] = f'attachment; filename="head-{found.sequence}.jsonl"'
    return answer
