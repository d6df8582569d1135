"""What a request showed to its reader: whose record was opened, which names were written on the page.

`SightMiddleware` begins one for each request; rooms say what they show where it is done in one place (`visible_person`, the
names of a person), and pages say what they are with `trail.viewed`. At the end of the request it becomes events: what the
page said it is, or `page.viewed`, with the people named on it.
"""

from contextlib import contextmanager
from contextvars import ContextVar

MOST_NAMED = 500  # no page shows as many; an event stays small all the same
_now: ContextVar["Sight | None"] = ContextVar("sight", default=None)


class Sight:
    """What one request showed so far. `views`: arguments of `trail.viewed`; `people`: primary keys of those named."""

    def __init__(self):
        self.views = []
        self.people = set()
        self.subject = None

    def forget(self):
        """Nothing was shown after all: the page was refused."""
        self.__init__()


@contextmanager
def watching():
    """Collect what is shown, inside; gives the Sight."""
    sight = Sight()
    token = _now.set(sight)
    try:
        yield sight
    finally:
        _now.reset(token)


def current():
    """The Sight of this request, or None outside of one."""
    return _now.get()


def opened(inmate):
    """Say that the request is about this person's record."""
    if (sight := _now.get()) is not None:
        sight.subject = inmate


def named(inmate):
    """Say that this person's name is being written on the page."""
    number = getattr(inmate, "pk", None)  # a person read from a file has none yet
    if (sight := _now.get()) is not None and number is not None and len(sight.people) < MOST_NAMED:
        sight.people.add(number)
