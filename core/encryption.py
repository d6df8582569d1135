"""Values that stand encrypted in the database, under the service's own keys and not under the database's.

`FIELD_KEYS` is a ring: the first key writes, all of them read, so that a key can be changed without a day on which nothing
opens. `manage.py rotate_field_keys` writes everything anew under the first.
"""

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


def _ring():
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])


def encrypt(text: str) -> str:
    """The text, encrypted and signed."""
    return _ring().encrypt(text.encode()).decode()


def decrypt(sealed: str) -> str:
    """The text again. Raises `cryptography.fernet.InvalidToken` for what none of the keys has written."""
    return _ring().decrypt(sealed.encode()).decode()


def rotate(sealed: str) -> str:
    """The same text under the first key of the ring."""
    return _ring().rotate(sealed.encode()).decode()
