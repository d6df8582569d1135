"""A diary: what happens on which day. Acts run in order of their day, with the service's clock standing on it.

So the demo's history goes through the very actions that the pages use, and each believes that its day is today. The
audit trail keeps its real times; only `on`, the service's day, is the day of the act.
"""

import heapq
from contextlib import contextmanager
from itertools import count

from django.conf import settings
from django.db import transaction


@contextmanager
def standing_on(day):
    """The clock stands on `day` inside the block."""
    before = settings.TODAY
    settings.TODAY = day
    try:
        yield
    finally:
        settings.TODAY = before


class Diary:
    """Acts by day; an act may enter further acts for its own day or later ones."""

    def __init__(self, today):
        self.today = today
        self._entries = []
        self._order = count()

    def __len__(self):
        return len(self._entries)

    def on(self, day, act, /, *args, **kwargs):
        """Enter `act(*args, **kwargs)` for a day, not after today. Acts of one day keep the order of their entry."""
        heapq.heappush(self._entries, (min(day, self.today), next(self._order), act, args, kwargs))

    def live(self, advance=lambda day, done, left: None):
        """Run everything, a transaction a day. `advance` is told the day, the acts done and those still entered."""
        done = 0
        while self._entries:
            day = self._entries[0][0]
            advance(day, done, len(self))
            with standing_on(day), transaction.atomic():
                while self._entries and self._entries[0][0] == day:
                    _day, _order, act, args, kwargs = heapq.heappop(self._entries)
                    act(*args, **kwargs)
                    done += 1
