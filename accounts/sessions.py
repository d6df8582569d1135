"""Sessions in the database, where a thief of it has none of them: the browser has the key, the row its digest.

What a session holds is signed for its own row: copied to another one, it is read as nothing. Django's own store is the rest.
"""

import hashlib

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import db
from django.core import signing
from django.core.signing import BadSignature
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.module_loading import import_string

FROM = "from"  # of a session: the address and the browser of its sign-in


def digest(key):
    """What the database has of a key. Keys are random and long: no salt, no many rounds."""
    return hashlib.sha256(key.encode()).hexdigest()


class SessionStore(db.SessionStore):
    """`session_key` is what the cookie holds, as everywhere in Django; rows are found by its digest."""

    @classmethod
    def get_model_class(cls):
        """Our own table."""
        from accounts.models import Session

        return Session

    @property
    def key_salt(self):
        """Signatures are for one row."""
        return _salt(digest(self.session_key))

    def _get_session_from_db(self):
        row = self.model.objects.filter(pk=digest(self.session_key), expire_date__gt=timezone.now()).first()
        if row is None:
            self._session_key = None
        return row

    def exists(self, session_key):
        """Whether there is a session of this key."""
        return self.model.objects.filter(pk=digest(session_key)).exists()

    def create_model_instance(self, data):
        """The row."""
        row = super().create_model_instance(data)
        row.session_key, row.user_id = digest(row.session_key), data.get(SESSION_KEY)
        return row

    def delete(self, session_key=None):
        """End the session of a key, or this one."""
        if key := session_key or self.session_key:
            self.model.objects.filter(pk=digest(key)).delete()


def opened(row):
    """What a stored session holds; nothing where that was written for another row."""
    try:
        return signing.loads(
            row.session_data, salt=_salt(row.pk), serializer=import_string(settings.SESSION_SERIALIZER)
        )
    except BadSignature:
        return {}


def running(user):
    """`[(row, what it holds)]` of a user's sessions that open a page, the newest sign-in first."""
    rows = user.sessions.filter(expire_date__gt=timezone.now())
    pairs = [(row, opened(row)) for row in rows]
    hashed = user.get_session_auth_hash()
    held = [(row, data) for row, data in pairs if constant_time_compare(data.get(HASH_SESSION_KEY, ""), hashed)]
    return sorted(held, key=lambda pair: pair[1].get("presence", {}).get("began", 0), reverse=True)


def _salt(number):
    return f"accounts.sessions.{number}"
