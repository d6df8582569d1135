"""For whom a transaction acts, told to the database in a way that SQL alone cannot imitate.

The web process signs who is signed in, where they serve and until when it holds, and sets that for the one transaction
(`set_config(..., true)`: never for the session, since a pooler hands the connection on). Functions of the database check the
signature with a key that its owner alone can read. What they find decides whose signature a row may carry
(`core_kept`, `core_begins`), and nothing that a statement of the application says about itself does.

Whoever is no person acts as a service by name: `with service("daily")`.
"""

import hashlib
import hmac
import time
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, transaction

SETTING = "register.context"
LASTS = 15 * 60  # seconds; longer than any request, short enough that a copy of it is soon worth nothing
SERVICES = frozenset({"daily", "import_register", "check_register", "statistics", "verify_audit"})
BLOCK = 64  # of SHA-256, for HMAC
_KEY = b"what a transaction acts for"


def key():
    """The key of the signatures: `DATABASE_CONTEXT_KEY`, else derived from `SECRET_KEY`."""
    given = getattr(settings, "DATABASE_CONTEXT_KEY", "")
    return hmac.digest((given or settings.SECRET_KEY).encode(), _KEY, "sha256")


def as_user(user):
    """Let the running transaction act for a user, with the scope they have now."""
    _set("user", str(user.pk), national=user.sees_nation, places=() if user.sees_nation else user.facility_ids)


@contextmanager
def service(name):
    """A transaction that acts for a service of this name, in the whole country."""
    if name not in SERVICES:
        raise ValueError(f"no such service: {name}")
    with transaction.atomic():
        _set("service", name, national=True)
        yield


def signed(kind, name, *, national=False, places=(), until=None):
    """The setting's value: what is said, and the signature under it."""
    until = int(time.time()) + LASTS if until is None else until
    said = "|".join([kind, name, str(int(national)), ",".join(map(str, sorted(places))), str(until)])
    return f"{said}|{hmac.new(key(), said.encode(), hashlib.sha256).hexdigest()}"


def _set(kind, name, **scope):
    """One statement to the server, none of the page's own queries."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a context holds for a transaction, and there is none")
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, signed(kind, name, **scope)])


def install_key():
    """Tell the database the key, by its owner; keys of before hold no longer."""
    padded = key().ljust(BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_contextkey WHERE (inner_pad, outer_pad) <> (%s, %s)", [inner, outer])
        cursor.execute(
            "INSERT INTO audit_contextkey (inner_pad, outer_pad) VALUES (%s, %s) ON CONFLICT DO NOTHING", [inner, outer]
        )
