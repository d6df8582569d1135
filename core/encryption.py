"""Values that stand encrypted in the database, under the service's own keys and not under the database's.

`FIELD_KEYS` is a ring: the first key writes, all of them read, so that a key can be changed without a day on which nothing
opens. `manage.py rotate_field_keys` writes everything anew under the first. `LOOKUP_KEY` is apart from it: under it a value
that must be unique and found whole has a digest beside it, and a key that rotates would change all of those at once.
"""

import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

SEALED = "gAAAA"  # how every token of Fernet begins until the year 2106


@lru_cache(maxsize=8)
def _ring_of(keys):
    return MultiFernet([Fernet(key) for key in keys])


def _ring():
    return _ring_of(tuple(settings.FIELD_KEYS))


def encrypt(text: str) -> str:
    """The text, encrypted and signed."""
    return _ring().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """The text again. Raises `cryptography.fernet.InvalidToken` for what none of the keys has written."""
    return _ring().decrypt(sealed.encode()).decode()


def rotate(sealed: str) -> str:
    """The same text under the first key of the ring."""
    return _ring().rotate(sealed.encode()).decode()


def digest(text: str) -> str:
    """HMAC-SHA-256 of a value under `LOOKUP_KEY`, as 64 figures: the same for the same value, and nothing else is told."""
    return hmac.digest(settings.LOOKUP_KEY.encode(), text.encode(), "sha256").hex()
