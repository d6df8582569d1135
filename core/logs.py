"""Lines of the log. What the database says of a fault may quote a row or a search, so it is left out; the rest is kept."""

import logging
import traceback

import psycopg2
from django.db import Error

LEFT_OUT = "(what the database said is not written down)"


class Line(logging.Formatter):
    """A formatter that writes faults by where they came from, and those of the database without their words."""

    def formatException(self, ei):
        return fault_text(ei[1])


def fault_text(fault):
    """The traceback of a fault and of what led to it."""
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
