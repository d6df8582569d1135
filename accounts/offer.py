"""What rooms put on shared pages: acts offered on a profile, things to beware of, and a role's work of the day."""

from dataclasses import dataclass


def may_have(inmate, flag):
    """Whether it is worth asking the database: False only where the person was loaded with this flag and it is false.

    Each room's `flags()` gives `{name: Exists(...)}` for what is rare; the profile loads all of them in one query.
    """
    return getattr(inmate, flag, True)


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
