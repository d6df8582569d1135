"""Countries by their two-letter code (ISO 3166-1, and XK), named in the reader's language. From `countries.tsv`."""

from functools import cache
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inmates.names.spellings import normalise

HOME = "MA"
STATELESS = "XX"
_COLUMN = {"en": 0, "fr": 1, "ar": 2}


@cache
def _table():
    """{code: (English, French, Arabic)}."""
    lines = Path(__file__).with_name("countries.tsv").read_text(encoding="utf-8").splitlines()
    return {code: tuple(written) for code, *written in (line.split("\t") for line in lines)}


def name(code):
    """The country's name in the reader's language; a code that stands in no table as it is; nothing for nothing."""
    if code == STATELESS:
        return _("Stateless or not known")
    written = _table().get(code)
    return written[_COLUMN.get((get_language() or "")[:2], 0)] if written else code


@cache
def _sorted(language):
    column = _COLUMN.get(language, 0)
    rest = sorted((code for code in _table() if code != HOME), key=lambda code: normalise(_table()[code][column]))
    return [(code, _table()[code][column]) for code in (HOME, *rest)]


def choices():
    """For a select: Morocco first, then all others in the order of the reader's alphabet."""
    return [*_sorted((get_language() or "")[:2]), (STATELESS, name(STATELESS))]
