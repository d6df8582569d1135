"""Heads: the last link of the chain, signed with a key that is not in the database, to be kept where no database owner reaches.

A file of heads is lines of JSON, oldest first, one head each. The key is an Ed25519 private key in the file that
`AUDIT_SIGNING_KEY` names; its public half, and those of keys used before, stand in the file of `AUDIT_PUBLIC_KEYS`, for
whoever verifies without being able to sign.
"""

import base64
import json
import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import send_mail
from django.utils import timezone

from audit.models import Seal

END = "-----END PUBLIC KEY-----"


class BadHead(Exception):
    """A line of a file of heads that is none, or that no known key signed."""


@dataclass(frozen=True)
class Head:
    """The chain as it stood at `at` (ISO, UTC): so many seals, the last of this hash."""

    sequence: int
    hash: str
    at: str

    def signed_text(self):
        """What is signed."""
        return f"register trail head\n{self.sequence}\n{self.hash}\n{self.at}\n".encode()


def head_now(sequence, hash):
    """The head of a chain that ends like this, as of now."""
    return Head(sequence, hash, timezone.now().isoformat(timespec="seconds"))


def keep():
    """Sign the chain's head as it is and add it to the file of heads, and mail it where addresses are set; returns the line.

    Run on a schedule. A head that no longer agrees with the one kept before is not covered up: raises BadHead. None where
    there is no seal yet, or none since the head kept last.
    """
    last = Seal.objects.order_by("-sequence").first()
    if last is None:
        return None
    path = settings.AUDIT_HEADS_FILE
    if path.exists():
        before = read(path)[-1]
        if not Seal.objects.filter(sequence=before.sequence, hash=before.hash).exists():
            raise BadHead(
                f"the chain no longer holds the seal {before.sequence} of {before.at}: verify_audit --against {path}"
            )
        if before.sequence == last.sequence:
            return None
    line = export(head_now(last.sequence, last.hash), path)
    if settings.AUDIT_HEADS_MAIL:
        send_mail(f"Head of the trail: seal {last.sequence}", line + "\n", None, settings.AUDIT_HEADS_MAIL)
    return line


def can_sign():
    """Whether this service has a key to sign with; a demo makes its own."""
    path = settings.AUDIT_SIGNING_KEY
    return path is not None and (settings.DEMO or path.exists())


def sign(head):
    """A head as the line that is kept."""
    key = _signing_key()
    line = {
        "sequence": head.sequence,
        "hash": head.hash,
        "at": head.at,
        "key": _name(key.public_key()),
        "signature": base64.b64encode(key.sign(head.signed_text())).decode(),
    }
    return json.dumps(line)


def export(head, path):
    """Add a signed head to a file, on the disk before this returns. The file is made where there is none (0600)."""
    line = sign(head)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), "a") as file:
        file.write(line + "\n")
        file.flush()
        os.fsync(file.fileno())
    return line


def read(path):
    """The heads of a file, oldest first. Raises BadHead with the number of the line that cannot be believed."""
    keys = {_name(key): key for key in _public_keys()}
    heads = []
    for number, line in enumerate(Path(path).read_text().splitlines(), 1):
        if line.strip():
            heads.append(_believed(line, number, keys))
    if not heads:
        raise BadHead("the file holds no head")
    return heads


def _believed(line, number, keys):
    """The head of a line, once its signature is proved."""
    try:
        said = json.loads(line)
        head = Head(int(said["sequence"]), str(said["hash"]), str(said["at"]))
        key, signature = keys.get(said["key"]), base64.b64decode(said["signature"])
    except (ValueError, KeyError, TypeError) as error:
        raise BadHead(f"line {number} is no head") from error
    if key is None:
        raise BadHead(f"line {number} was signed with a key that is not known here")
    try:
        key.verify(signature, head.signed_text())
    except InvalidSignature as error:
        raise BadHead(f"the signature on line {number} is wrong") from error
    return head


def _signing_key():
    """The private key. A demo or a test makes one on first use; a real service is given its own."""
    path = settings.AUDIT_SIGNING_KEY
    if path is None:
        raise ImproperlyConfigured(
            "AUDIT_SIGNING_KEY is not set: it names the file of the key that signs the heads of the trail."
        )
    if settings.DEMO and not path.exists():
        text = Ed25519PrivateKey.generate().private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(text)
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ImproperlyConfigured("AUDIT_SIGNING_KEY must name an Ed25519 key.")
    return key


def _public_keys():
    """The keys that a signature may be proved with."""
    keys = []
    if settings.AUDIT_PUBLIC_KEYS:
        for part in settings.AUDIT_PUBLIC_KEYS.read_text().split(END)[:-1]:
            keys.append(serialization.load_pem_public_key((part.strip() + "\n" + END + "\n").encode()))
    if settings.AUDIT_SIGNING_KEY and settings.AUDIT_SIGNING_KEY.exists():
        keys.append(_signing_key().public_key())
    return [key for key in keys if isinstance(key, Ed25519PublicKey)]


def _name(key):
    """A short name of a public key, to find it by."""
    raw = key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    digest = hashes.Hash(hashes.SHA256())
    digest.update(raw)
    return digest.finalize().hex()[:16]
