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
from django.core.exceptions import ImproperlyConfigured, SuspiciousOperation
from django.db import connection, transaction
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

SETTING = "register.context"
LASTS = 15 * 60  # seconds; longer than any request
SERVICE_LASTS = 6 * 60 * 60  # a run over a large register must not lose sight of it half-way
SERVICES = frozenset({"daily", "import_register", "check_register", "statistics", "verify_audit"})
PATHS = frozenset(
    {
        "intake matching",  # somebody may be known in another prison: an identity card
        "admission",  # of somebody who has no prison yet, or whose record is in another one
        "register import",  # of many, each of whom may be known elsewhere
        "merge",  # of two records, one of them in another prison
        "unique numbers",  # a CIN belongs to one person in the country
        "keep apart",  # a person whom another, elsewhere, must not meet
        "correction",  # of a record elsewhere, which waits for any second person in the country
        "emergency",  # one page of one record elsewhere, for an hour, told to three
        "figures",  # of the whole country: counts, and the places taken in a round; no name
        "papers",  # whether a certificate was issued, and whether an instrument names somebody elsewhere too
        "chain",  # of events of all prisons; what is shown are counts and numbers
        "elsewhere",  # a 404 on something that exists in another prison is a refusal in the trail
    }
)
TRANSACTION = "audit_transaction()"  # which one this is: what is copied from it is worth nothing in another
BLOCK = 64  # of SHA-256, for HMAC
UNKNOWN_KEY = (
    "The database does not know the key that this process signs with: run migrate (DATABASE_CONTEXT_KEY, SECRET_KEY)."
)
_KEY = b"what a transaction acts for"


def key():
    """The key of the signatures: `DATABASE_CONTEXT_KEY`, else derived from `SECRET_KEY`."""
    given = getattr(settings, "DATABASE_CONTEXT_KEY", "")
    return hmac.digest((given or settings.SECRET_KEY).encode(), _KEY, "sha256")


def as_user(user):
    """Let the running transaction act for a user, with the scope they have now."""
    _set("user", str(user.pk), national=user.sees_nation, places=() if user.sees_nation else user.facility_ids)


@contextmanager
def in_the_name_of(user):
    """Inside, the transaction acts for a user who has not signed in yet, or not as whom they are: for what is recorded of it.

    It shows nobody's rows. None: nothing changes.
    """
    if user is None:
        yield
        return
    before = _said()
    _set("user", str(user.pk))
    try:
        yield
    finally:
        if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
            _put(before or "")


@contextmanager
def service(name):
    """A transaction that acts for a service of this name, in the whole country."""
    if name not in SERVICES:
        raise ValueError(f"no such service: {name}")
    with transaction.atomic():
        _set("service", name, national=True, until=int(time.time()) + SERVICE_LASTS)
        if not _taken():
            raise ImproperlyConfigured(UNKNOWN_KEY)
        yield


def key_is_known():
    """Whether the database takes what this process signs; where not, nobody would see anybody."""
    with transaction.atomic():
        before = _said()
        _set("nobody", "")
        known = _taken()
        _put(before or "")
    return known


def beyond(why):
    """Inside (a block or a function): the same actor sees the whole country, for one of the few paths across prisons."""
    if why not in PATHS:
        raise ValueError(f"no such path: {why}")
    return _beyond()


@contextmanager
def _beyond():
    before = _said()
    if not before or _in_nation(before):  # nobody acts: the owner, who sees everything, or nobody at all
        yield
        return
    kind, name = _believed(before)
    _set(kind, name, national=True)
    try:
        yield
    finally:
        if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
            _put(before)


def across(why, rows, most=None):
    """A list of the rows that the actor's own scope holds, read with the people elsewhere whom they name (`beyond`)."""
    if not (said := _said()) or _in_nation(said):
        return list(rows[:most])
    keys = list(rows.select_related(None).values_list("pk", flat=True)[:most])
    with beyond(why):
        return list(rows.filter(pk__in=keys))


def _in_nation(said):
    return said.split("|")[2:3] == ["1"]


def _believed(said):
    """Kind and name of a context that this process signed: what a statement made up is not signed anew."""
    words, _, mark = said.rpartition("|")
    if not hmac.compare_digest(mark.encode(), _mark(words, _asked(TRANSACTION)).encode()):
        raise SuspiciousOperation("a context that nobody signed")
    return words.split("|")[:2]


def signed(kind, name, *, national=False, places=(), until=None):
    """The setting's value: what is said, and the signature under it, which holds in this very transaction alone."""
    until = int(time.time()) + LASTS if until is None else until
    said = "|".join([kind, name, str(int(national)), ",".join(map(str, sorted(places))), str(until)])
    return f"{said}|{_mark(said, _asked(TRANSACTION))}"


def _mark(said, here):
    return hmac.new(key(), f"{said}|{here}".encode(), hashlib.sha256).hexdigest()


def _set(kind, name, **scope):
    """Say it, until the transaction ends. Raises TransactionManagementError outside of one."""
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a context holds for a transaction, and there is none")
    connection.ensure_connection()
    _put(signed(kind, name, **scope))


def _put(value):
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])


def _taken():
    return _asked("audit_acts() IS NOT NULL")


def _said():
    return _asked(f"current_setting('{SETTING}', true)")


def _asked(what):
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute(f"SELECT {what}")
        return cursor.fetchone()[0]


def install_key():
    """Tell the database the key, by its owner; keys of before hold no longer."""
    padded = key().ljust(BLOCK, b"\0")
    inner, outer = (bytes(byte ^ pad for byte in padded) for pad in (0x36, 0x5C))
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM audit_contextkey WHERE (inner_pad, outer_pad) <> (%s, %s)", [inner, outer])
        cursor.execute(
            "INSERT INTO audit_contextkey (inner_pad, outer_pad) VALUES (%s, %s) ON CONFLICT DO NOTHING", [inner, outer]
        )
