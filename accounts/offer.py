"""What rooms put on shared pages: acts offered on a profile, things to beware of, and a role's work of the day."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Offer:
    """An act this user may take now. With `why_not`, it is shown with its explanation instead of a link."""

    label: str
    url: str = ""
    primary: bool = False
    why_not: str = ""


@dataclass(frozen=True)
class Beware:
    """Something about a person that must not be overlooked. `tone`: late, soon, or nothing."""

    label: str
    text: str
    tone: str = ""
    url: str = ""


@dataclass(frozen=True)
class Work:
    """A worklist on somebody's home page: how many wait, where, and how pressing (`late`, `soon`, `ok` or nothing)."""

    label: str
    count: int
    url: str
    tone: str = ""
    note: str = ""
