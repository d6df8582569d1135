"""Papers as types. A part that is missing or blank is an error when the paper is built, not a gap when it is printed.

A room's `papers.py` builds a `Letter` (or a `Certificate`) from its records; `documents.pdf.render` prints it. Every
field is required but those with a default. Text may be lazy: it is printed in the language of the paper. Days are given
as dates and written out by the printer.

    Letter(
        language="fr", title=_("Order to release"), issuer=issuer(prison), place=prison.name, day=day,
        reference="2026/L-12", recipient=_("Registry of the prison"),
        blocks=(Facts((Fact(_("Released on"), day), Fact(_("Decision or paper"), known(stay.release_reference)))),),
    )

What the record may honestly not hold is said by the builder: `UNKNOWN`, or `known(value)`, which prints a dash.
"""

from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import get_args, get_origin, get_type_hints

from django.conf import settings
from django.utils.functional import Promise


class Unknown(Enum):
    """A value that the record does not hold, printed as a dash."""

    UNKNOWN = "unknown"


UNKNOWN = Unknown.UNKNOWN

Words = str | Promise
Name = Words | Unknown
Value = Words | date | Unknown


def known(value):
    """The value, or UNKNOWN where the record holds none. For what may be missing on paper; never for what must stand."""
    if value is None or (isinstance(value, Words) and not str(value).strip()):
        return UNKNOWN
    return value


class Part:
    """Base of every part of a paper. Raises TypeError for a value of another type, None above all, and ValueError for
    blank text and for a list without lines, unless the field's default says that it may be left out.
    """

    def __post_init__(self):
        hints = _hints(type(self))
        for field in fields(self):
            name, may_be_empty = f"{type(self).__name__}.{field.name}", field.default in ("", ())
            _check(name, getattr(self, field.name), hints[field.name], may_be_empty)


@cache
def _hints(part):
    return get_type_hints(part)


def _check(name, value, hint, may_be_empty=False):
    if get_origin(hint) is tuple:
        if not isinstance(value, tuple):
            raise TypeError(f"{name} must be a tuple, not {type(value).__name__}")
        if not value and not may_be_empty:
            raise ValueError(f"{name} has no lines")
        for line in value:
            _check(name, line, get_args(hint)[0])
    elif not isinstance(value, hint):
        raise TypeError(f"{name} cannot be {type(value).__name__}")
    elif isinstance(value, Words) and not may_be_empty and not str(value).strip():
        raise ValueError(f"{name} is blank")


@dataclass(frozen=True, kw_only=True)
class Issuer(Part):
    """The prison or office that speaks, named at the head in both languages whatever the language of the paper."""

    name_ar: str
    name_fr: str


@dataclass(frozen=True)
class Fact(Part):
    """A label and what stands beside it."""

    label: Words
    value: Value


@dataclass(frozen=True, kw_only=True)
class Person(Part):
    """Whom the paper is about, in a frame: the name in both scripts (one may be UNKNOWN, never both) and facts."""

    name_ar: Name
    name_latin: Name
    facts: tuple[Fact, ...]

    def __post_init__(self):
        super().__post_init__()
        if self.name_ar is UNKNOWN and self.name_latin is UNKNOWN:
            raise ValueError("Person has no name in either script")


@dataclass(frozen=True)
class Facts(Part):
    """Labels and values below each other, in a frame."""

    facts: tuple[Fact, ...]
    heading: Words = ""


@dataclass(frozen=True)
class Text(Part):
    """Running text; blank lines part paragraphs."""

    text: Words
    heading: Words = ""


@dataclass(frozen=True)
class Items(Part):
    """Sentences below each other: numbered where they may be referred to, set apart by a bar where they must be seen."""

    lines: tuple[Words, ...]
    heading: Words = ""
    numbered: bool = False
    apart: bool = False


@dataclass(frozen=True)
class Table(Part):
    """A table whose head is repeated on each page. Every row has as many cells as the head."""

    head: tuple[Words, ...]
    rows: tuple[tuple[Value, ...], ...]
    heading: Words = ""

    def __post_init__(self):
        super().__post_init__()
        if any(len(row) != len(self.head) for row in self.rows):
            raise ValueError("Table has a row that is longer or shorter than its head")


@dataclass(frozen=True)
class Choice(Part):
    """A question with boxes to tick by hand."""

    question: Words
    answers: tuple[Words, ...]


@dataclass(frozen=True)
class Lines(Part):
    """Empty lines to write on by hand."""

    count: int
    heading: Words

    def __post_init__(self):
        super().__post_init__()
        if self.count < 1:
            raise ValueError("Lines.count must be one or more")


@dataclass(frozen=True)
class Signer(Part):
    """Who signs: the function, the name where it is known, and what is to be put there (a stamp, a fingerprint)."""

    function: Words
    name: Name = UNKNOWN
    note: Words = ""


@dataclass(frozen=True)
class Signatures(Part):
    """Room for signatures side by side, never parted from the text before them."""

    signers: tuple[Signer, ...]


Block = Person | Facts | Text | Items | Table | Choice | Lines | Signatures


@dataclass(frozen=True, kw_only=True)
class Paper(Part):
    """What every paper states: in which language, by whom, where, when, under which number, and for whom."""

    language: str
    title: Words
    issuer: Issuer
    place: Words
    day: date
    reference: str
    recipient: Words

    def __post_init__(self):
        super().__post_init__()
        if self.language not in dict(settings.LANGUAGES):
            raise ValueError(f"No such language: {self.language}")
        if isinstance(self.day, datetime):
            raise TypeError(f"{type(self).__name__}.day is a day, not a moment")


@dataclass(frozen=True, kw_only=True)
class Letter(Paper):
    """A paper made of blocks, printed in the order given."""

    blocks: tuple[Block, ...]
    subtitle: Words = ""
    landscape: bool = False


@dataclass(frozen=True, kw_only=True)
class Certificate(Paper):
    """One landscape sheet that says what somebody (`recipient`) completed, with a number that can be checked."""

    programme: Words
    before: Words
    other_name: Name
    after: Words
    strands: tuple[Words, ...]
    signatures: Signatures
    note: Words
