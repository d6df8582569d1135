"""The tour: one named person for each situation that `docs/tour.md` lists, on any day of loading.

Each is a function with the person it is about (`casting.situation`) and lives through the acts of the pages, like
everybody else in the demo. Who is still held is one of the 812.
"""

from demo.situations import (
    classification,
    conditions,
    corrections,
    custody,
    judgments,
    programme,
    records,
    separate,
    terms,
)
from demo.situations.casting import TOUR, enter, name

PARTS = (
    classification,
    conditions,
    corrections,
    custody,
    judgments,
    programme,
    records,
    separate,
    terms,
)  # each enters its people in TOUR

__all__ = ["PARTS", "TOUR", "enter", "name"]
