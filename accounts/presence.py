"""How long a session lasts, and whether its person is still there. All of it stands in the session, in seconds since 1970.

`began`: the sign-in; `seen`: the last request, give or take a thirtieth of `idle` (half a minute of 15); `idle`: after how
long without one the screen locks, as the page that is open says; `locked`; `confirmed`: when the person last said who they
are. The clock is the real one.
"""

import time
from datetime import UTC, datetime

from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings

KEY = "presence"
EARLIER = 1 / 30  # of `idle`: so much earlier a screen may lock, for not every request writes the session


def begin(session):
    """A session begins: at the sign-in, or with the first request of one that knows nothing of it."""
    now = time.time()
    session[KEY] = {"began": now, "seen": now, "confirmed": now, "idle": idle_seconds(None), "locked": False}
    return session[KEY]


def of(session):
    """What is known of it."""
    return session.get(KEY) or begin(session)


def began(data):
    """When the session that holds this began, or None where it knows nothing of it yet."""
    return datetime.fromtimestamp(data[KEY]["began"], tz=UTC) if KEY in data else None


def write(session, **changes):
    """Change it."""
    session[KEY] = of(session) | changes


def idle_seconds(view):
    """After how many seconds the screen locks on this page."""
    long = getattr(view, "stays_open", False)
    return (settings.SESSION_IDLE_COUNTING if long else settings.SESSION_IDLE).total_seconds()


def touch(session, view=None):
    """The person is there. With a `view`, its page is what is open now."""
    state, now = of(session), time.time()
    idle = idle_seconds(view) if view is not None else state["idle"]
    if now - state["seen"] > idle * EARLIER or idle != state["idle"]:
        write(session, seen=now, idle=idle)


def is_idle(session):
    """Whether nobody was there for too long."""
    state = of(session)
    return time.time() - state["seen"] > state["idle"]


def is_locked(session):
    """Whether the screen is locked, or is to be."""
    return of(session)["locked"] or is_idle(session)


def is_over(session):
    """Whether the session has lasted as long as any may; one that a night code opened, as long as a shift."""
    longest = of(session)["began"] + settings.SESSION_LONGEST.total_seconds()
    return time.time() >= min(longest, session.get("night_until", longest))


def confirm(session):
    """The person has just said who they are; a locked screen opens. The session goes on under a new key."""
    now = time.time()
    session.cycle_key()
    write(session, seen=now, confirmed=now, locked=False)


def is_confirmed(request):
    """Whether the person said who they are within `ACCOUNT_REAUTHENTICATION_TIMEOUT`: at the sign-in, or since."""
    moments = [of(request.session)["confirmed"]]
    moments += [record["at"] for record in get_authentication_records(request, request.user)]
    return time.time() - max(moments) <= settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
