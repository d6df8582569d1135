"""The brake on reading: who opens far more records than is usual is asked why, once a shift. Nothing is ever blocked.

A record is opened by a page about one person; rows of lists, roll counts, court lists and arrivals in bulk are no opened
records. The question stands on every page until it is answered with one key; it and the answer are in the trail, which
inspectors read.
"""

from collections import Counter
from datetime import timedelta

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from audit import trail
from audit.models import Event

POLICY = {
    "fast": 120,  # policy: so many people's records opened ...
    "window": timedelta(minutes=10),  # policy: ... within this time
    "least": 60,  # policy: fewer in a day are never unusual
    "factor": 3,  # policy: so many times one's own usual day is unusual
    "habit": timedelta(days=28),  # policy: what is usual is told by these days
    "shift": timedelta(hours=13),  # policy: asked once in this time, as long as a session lasts
}
REASONS = {
    "inspection": _("Check or inspection"),
    "movement": _("Moves, transfers, court"),
    "entries": _("Catching up on entries"),
    "commission": _("Files for a commission"),
    "other": _("Something else"),
}
ASKED, ANSWERED = "reading.unusual", "reading.explained"
SESSION_KEY = "reading_asked"
LOOKED_BACK = 1000  # events of the user that the count of today looks at; whoever has more today is unusual anyway


def look(request):
    """After a page about a person: ask why, from the next page on, where the user has opened unusually many."""
    user, now = request.user, timezone.now()
    if request.session.get(SESSION_KEY):
        return
    lately, today = _opened(user, now)
    usual = _usual_day(user, now) if today > POLICY["least"] else None
    beyond = usual is not None and today > max(POLICY["least"], POLICY["factor"] * usual)
    if (lately <= POLICY["fast"] and not beyond) or _asked_this_shift(user, now):
        return
    detail = {"lately": lately, "today": today} | ({} if usual is None else {"usual": usual})
    trail.record("reading.unusual", by=user, facility=_prison(user), detail=detail)
    request.session[SESSION_KEY] = True


def explain(request, reason):
    """Keep the user's answer, a code of `REASONS`; they are asked no more in this shift."""
    if request.session.pop(SESSION_KEY, None):
        trail.record("reading.explained", by=request.user, facility=_prison(request.user), detail={"reason": reason})


def unusual(events, most=200):
    """`[(question, answer or None)]` among these events, newest first: who was asked, and what they said."""
    asked = list(events.filter(verb=ASKED).order_by("-id")[:most])
    if not asked:
        return []
    answers = events.filter(verb=ANSWERED, id__gt=asked[-1].pk, actor_id__in={one.actor_id for one in asked})
    waiting, found = {}, {}
    for event in sorted([*asked, *answers], key=lambda one: one.pk):
        if event.verb == ASKED:
            waiting[event.actor_id] = event.pk
        elif (question := waiting.pop(event.actor_id, None)) is not None:
            found[question] = event
    return [(one, found.get(one.pk)) for one in asked]


def _opened(user, now):
    """How many people's records the user opened within the window, and on this day."""
    events = Event.objects.filter(actor_id=user.pk).order_by("-id").values_list("at", "inmate_id", "verb")[:LOOKED_BACK]
    views = [(at, inmate) for at, inmate, verb in events if inmate and verb.endswith(".viewed")]
    day = timezone.localdate(now)
    return (
        len({inmate for at, inmate in views if now - at < POLICY["window"]}),
        len({inmate for at, inmate in views if timezone.localdate(at) == day}),
    )


def _usual_day(user, now):
    """Records that the user opens on a usual day of work: the median of the last weeks; 0 without one. Counted once a day."""
    day = timezone.localdate(now)
    return cache.get_or_set(f"reading-usual-{user.pk}-{day}", lambda: _median(user, now), 24 * 3600)


def _median(user, now):
    since = now - POLICY["habit"]
    seen = (
        Event.objects.filter(actor_id=user.pk, at__gte=since, inmate_id__isnull=False, verb__endswith=".viewed")
        .values_list("on", "inmate_id")
        .distinct()
    )
    days = Counter(on for on, _inmate in seen if on != timezone.localdate(now))
    return sorted(days.values())[len(days) // 2] if days else 0


def _asked_this_shift(user, now):
    return Event.objects.filter(actor_id=user.pk, verb=ASKED, at__gt=now - POLICY["shift"]).exists()


def _prison(user):
    return None if user.sees_nation else next((posting.facility for posting in user.current_postings), None)
