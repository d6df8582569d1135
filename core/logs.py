"""What the service writes about itself: time, level, number of the request, number of the user. Never a name or a search term.

Addresses are logged as the name of the page, without what was asked; of an exception its kind and where it came from,
without its text, which may quote a record.
"""

import logging
import secrets
import time
import traceback
from contextvars import ContextVar

import psycopg2
from django.db import Error

LEFT_OUT = "(what the database said is not written down)"
_request: ContextVar[dict | None] = ContextVar("request", default=None)
logger = logging.getLogger("register.request")


class RequestLogMiddleware:
    """Numbers each request, says the number in `X-Request-ID`, and writes a line when it is answered."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        about = {"number": secrets.token_hex(6), "user": "-"}
        token, began = _request.set(about), time.monotonic()
        try:
            response = self.get_response(request)
            match = getattr(request, "resolver_match", None)
            took = (time.monotonic() - began) * 1000
            logger.info(
                "%s %s %s %.0f ms", request.method, match.view_name if match else "-", response.status_code, took
            )
        finally:
            _request.reset(token)
        response.headers["X-Request-ID"] = about["number"]
        return response

    def process_view(self, request, view, args, kwargs):
        """From here on lines say who is signed in; where nobody asked who it is, nobody is looked up."""
        user = getattr(request, "user", None)
        if user is not None and user.is_authenticated:
            (_request.get() or {}).update(user=user.pk)


class RequestNumber(logging.Filter):
    """Puts the number of the request and of its user on every line; a dash outside of one."""

    def filter(self, record):
        about = _request.get() or {}
        record.request_number, record.user_number = about.get("number", "-"), about.get("user", "-")
        return True


class QuietFormatter(logging.Formatter):
    """A line and, of an exception, its kind, its place and the constraint it broke; never its text."""

    def formatException(self, exc_info):
        """The frames without values, from the outermost on, and the chain of kinds."""
        kinds, error = [], exc_info[1]
        while error is not None:
            constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
            kinds.append(type(error).__name__ + (f" ({constraint})" if constraint else ""))
            error = error.__cause__ or error.__context__
        return "".join(traceback.format_tb(exc_info[2])) + " < ".join(kinds)


def fault_text(fault):
    """The traceback of a fault and of what led to it, for a terminal; without what the database said, which may quote a row."""
    text = "".join(traceback.format_exception(fault)).rstrip("\n")
    for one in _chain(fault):
        if isinstance(one, Error | psycopg2.Error) and str(one):
            text = text.replace(str(one).rstrip("\n"), LEFT_OUT)
    return text


def _chain(fault):
    """A fault, what caused it, and what it came in the middle of."""
    seen, waiting = [], [fault]
    while waiting:
        one = waiting.pop()
        if one is not None and one not in seen:
            seen.append(one)
            waiting += [one.__cause__, one.__context__]
    return seen
