"""What the web process vouches for, so that the database writes a password or a second factor, or changes an account.

The application's login alone may do none of it. A page that has asked what the deed asks for (both codes, the old password,
who one is once more) signs the deed, the user and the running transaction with the key of `audit/signed_context.py`; functions
and a trigger of the database's owner (`accounts/migrations/0010_deeds.py`) look at that. Whoever reads the signature of
another connection has nothing: it holds in that one transaction.
"""

import hashlib
import hmac
from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.db import connection, transaction
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from audit import signed_context

SETTING = "register.deed"
ENROLMENT = "enrolment"  # both codes were right
OWN_PASSWORD = "own password"  # noqa: S105  the signed-in user typed the old one
SAME_PASSWORD = "same password"  # noqa: S105  it was typed, and its hash is of an older kind
OWN_FACTOR = "own factor"  # the signed-in user has just said who they are
OWN_CHANGE = "own change"  # the signed-in administrator asks for a change to an account, decides it, or closes one


@contextmanager
def vouched(deed, user):
    """Inside, the database lets this deed be done to this user. For after everything was asked that it demands."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()::text")
            said = f"deed|{deed}|{user.pk}|{cursor.fetchone()[0]}"
        _say(f"{said}|{hmac.new(signed_context.key(), said.encode(), hashlib.sha256).hexdigest()}")
        try:
            yield
        finally:
            if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
                _say("")


def write_password(user, password, *, deed):
    """Write the hash of a user's password: changed by themselves, or the same one under the hasher of today."""
    hashed = make_password(password)
    with vouched(deed, user), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_write_password(%s, %s, %s, %s)", [deed, user.pk, user.password, hashed])
    user.password = hashed


def enrol(change, user, password):
    """Write the hash of the password that somebody chose with both codes, and spend them."""
    hashed = make_password(password)
    with vouched(ENROLMENT, user), connection.cursor() as cursor:
        cursor.execute("SELECT accounts_enrol(%s, %s)", [change.pk, hashed])
    user.password = hashed
    change.refresh_from_db()


def _say(value):
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [SETTING, value])
