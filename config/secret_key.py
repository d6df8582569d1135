"""The keys of a demo or a test run, made where nobody set `SECRET_KEY`, `FIELD_KEYS` and `LOOKUP_KEY`.

A real service is given its own.
"""

import base64
import hashlib
import os
import secrets
import tempfile
from pathlib import Path


def local_secret(var: Path) -> str:
    """A random key kept in `var/secret-key` (0600), made on first use; two processes at once get the same one."""
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    kept = var / "secret-key"
    if not kept.exists():
        handle, draft = tempfile.mkstemp(dir=var)  # mkstemp makes it 0600
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(48))
        try:
            os.link(draft, kept)
        except FileExistsError:
            pass
        finally:
            os.unlink(draft)
    return kept.read_text()


def field_key(secret: str) -> str:
    """A key for encrypted fields, made from the local secret. Only the demo and the tests use it."""
    return base64.urlsafe_b64encode(hashlib.sha256(f"field-keys:{secret}".encode()).digest()).decode()


def lookup_key(secret: str) -> str:
    """A key for digests of encrypted fields, made from the local secret. Only the demo and the tests use it."""
    return hashlib.sha256(f"lookup-key:{secret}".encode()).hexdigest()
