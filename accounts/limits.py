"""Slowing down who guesses, without shutting anybody out: neither a prison behind one address, nor a person by name.

Failed tries are counted for a name at a desk, for a desk, and for a name from wherever no desk is known. A desk is a browser
in which somebody signed in before (a signed cookie says so); a browser without one counts as its address. Who guesses from
elsewhere therefore slows down nobody at their own desk. After some free tries each further one waits, 1, 2, 4 ... seconds,
never longer than `SIGN_IN_LONGEST_WAIT`. Counts stand in the database's cache, for all workers together.
"""

import hashlib
import secrets
import time

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core import signing
from django.core.cache import cache
from django.db import connection

COOKIE_LASTS = 400 * 86400
COUNTED_FOR = 15 * 60  # seconds after the last failure
_signer = signing.Signer(salt="accounts.desk")


def desk_of(request):
    """The number of a desk where somebody signed in before, or None."""
    try:
        return _signer.unsign(request.COOKIES.get(settings.DESK_COOKIE_NAME, ""))
    except signing.BadSignature:
        return None


def remember_desk(request, response):
    """From now on this browser is a desk."""
    response.set_cookie(
        settings.DESK_COOKIE_NAME,
        _signer.sign(desk_of(request) or secrets.token_urlsafe(16)),
        max_age=COOKIE_LASTS,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


class Tries:
    """The tries of one name from one place. Ask `wait` first; then say `failed` or `succeeded`."""

    def __init__(self, request, name):
        desk = desk_of(request)
        place = f"desk {desk}" if desk else f"address {get_adapter().get_client_ip(request)}"
        name, free = name.strip().lower(), settings.SIGN_IN_FREE_TRIES
        self.own = _key(f"name {name} at {place}")
        self.free = {self.own: free["name_at_desk"], _key(place): free["desk"]}
        if not desk:
            self.free[_key(f"name {name}")] = free["name"]

    def wait(self):
        """Seconds that are still to be waited, 0 where a try is free. Holds the counts until the request ends."""
        now, longest = time.time(), 0
        with connection.cursor() as cursor:
            for key in sorted(self.free):
                cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])
        for key, (count, last) in self._counts().items():
            if count >= self.free[key]:
                pause = min(2 ** min(count - self.free[key], 20), settings.SIGN_IN_LONGEST_WAIT)
                longest = max(longest, last + pause - now)
        return int(longest) + 1 if longest > 0 else 0

    def failed(self):
        """Count one."""
        now = time.time()
        for key, (count, _last) in self._counts().items():
            cache.set(key, (count + 1, now), COUNTED_FOR)

    def succeeded(self):
        """The name is known here: its own failures are forgotten. Others' from this place are not."""
        cache.delete(self.own)

    def _counts(self):
        known = cache.get_many(self.free)
        return {key: known.get(key, (0, 0)) for key in self.free}


def _key(text):
    return f"tries:{hashlib.sha256(text.encode()).hexdigest()}"
