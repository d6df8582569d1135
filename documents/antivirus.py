"""ClamAV over its socket, where one is configured (`CLAMAV_SOCKET`); without it nothing is asked.

Configured and out of reach, an upload is refused and the log says so: a wall that is down is not an open door.
"""

import logging
import socket
import struct

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PART = 64 * 1024
SECONDS = 30
logger = logging.getLogger(__name__)


class Unreachable(Exception):
    """The scanner is configured and does not answer."""


def check(content: bytes) -> None:
    """Raise ValidationError for content that the scanner knows as harmful, or that it cannot look at now."""
    if not settings.CLAMAV_SOCKET:
        return
    try:
        answer = ask(content)
    except (OSError, Unreachable) as error:
        logger.error("The virus scanner does not answer; uploads are refused until it does: %s", error)
        raise ValidationError(
            _("Files cannot be checked at the moment, so none is taken. Try again in a while.")
        ) from error
    if answer.endswith(" FOUND"):
        logger.warning("An upload was refused by the virus scanner: %s", answer.removesuffix(" FOUND"))
        raise ValidationError(_("The virus scanner refuses this file. Nothing of it was kept."))


def ask(content: bytes) -> str:
    """What clamd says of the content: `stream: OK`, or `stream: NAME FOUND`. OSError or Unreachable where it says nothing."""
    place = settings.CLAMAV_SOCKET
    family, address = (socket.AF_UNIX, place) if place.startswith("/") else (socket.AF_INET, _host_and_port(place))
    with socket.socket(family, socket.SOCK_STREAM) as scanner:
        scanner.settimeout(SECONDS)
        scanner.connect(address)
        scanner.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PART):
            part = content[start : start + PART]
            scanner.sendall(struct.pack("!L", len(part)) + part)
        scanner.sendall(struct.pack("!L", 0))
        said = b""
        while more := scanner.recv(4096):
            said += more
    answer = said.rstrip(b"\0\n").decode("utf-8", "replace")
    if not answer.endswith((" FOUND", " OK")):
        raise Unreachable(answer or "no answer")
    return answer


def _host_and_port(place: str) -> tuple[str, int]:
    host, _colon, port = place.rpartition(":")
    return host, int(port)
