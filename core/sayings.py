"""Sentences that the system itself writes and keeps: stored as code and parameters, read in the reader's language.

A room defines them in its `sayings.py`, each once:

    ORDER_RAN_OUT = Saying("custody.order_ran_out", _("The order %(order)s ran out on %(day)s."))

To call one gives what is stored, a list with one entry, so that several are added with `+`:

    ORDER_RAN_OUT(order="12/2026", day=order.expires_on)
    [{"code": "custody.order_ran_out", "params": {"order": "12/2026", "day": {"day": "2026-11-25"}}}]

`read` makes sentences of it. What depends on the day of reading (how long ago, how many are left) or on a plural is a
function instead of a template: it is called with the parameters when somebody reads. What a person wrote is no saying: it
stays text, in a column of its own. Where a column holds a person's reason and the system acts in the person's place, it
holds the `mark` of a saying without parameters; `words` reads both.
"""

import inspect
import re
from collections import defaultdict
from datetime import date, datetime
from functools import cached_property

from django.utils.functional import Promise
from django.utils.translation import get_language, override
from django.utils.translation import gettext_lazy as _

from core.templatetags.display import day_text

PLACE = re.compile(r"%\((\w+)\)s")
ARABIC, LATIN = re.compile(r"[\u0600-\u06ff]"), re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
MARK = "§"
NOTHING = "…"

_known = {}


class Saying:
    """One sentence under its code: a lazy template, or a function that writes it when somebody reads."""

    def __init__(self, code, words):
        if code in _known:
            raise ValueError(f"Two sayings have the code {code}.")
        self.code, self.template = code, words
        _known[code] = self

    def __call__(self, **params):
        """What is stored. Raises TypeError for a parameter too many or too few, or one that is frozen in a language."""
        if params.keys() != self.parameters:
            raise TypeError(f"{self.code} takes {sorted(self.parameters)}, not {sorted(params)}.")
        return [{"code": self.code, "params": {name: _stored(value) for name, value in params.items()}}]

    @cached_property
    def parameters(self):
        """The names of its parameters."""
        if not isinstance(self.template, Promise):
            return inspect.signature(self.template).parameters.keys()
        with override(None):
            return dict.fromkeys(PLACE.findall(str(self.template))).keys()

    @property
    def mark(self):
        """What a column for a person's words holds when the system says this in the person's place."""
        if self.parameters:
            raise TypeError(f"{self.code} has parameters and no mark.")
        return MARK + self.code

    def written(self, params):
        """The sentence in the reader's language; a parameter that is not stored is left open."""
        if not isinstance(self.template, Promise):
            return self.template(**{name: _given(params.get(name)) for name in self.parameters})
        values = defaultdict(lambda: NOTHING, {name: _inside(value) for name, value in params.items()})
        return (str(self.template) % values if self.parameters else str(self.template)).strip()


def known():
    """All sayings by code."""
    return dict(_known)


def read(said):
    """What was stored, as text in the reader's language; a code that is gone is shown as it is."""
    sentences = (_known[one["code"]].written(one["params"]) if one["code"] in _known else one["code"] for one in said)
    return " ".join(filter(None, sentences))


def read_each(said):
    """What was stored, each sentence by itself."""
    return [read([one]) for one in said]


def outline(said):
    """The same without its parameters: what sentences of one kind have in common. For templates, not for functions."""
    return " ".join(_known[one["code"]].written({}) for one in said)


def words(text):
    """A column that holds a person's words, or the mark of a saying: the words, in the reader's language if they are ours."""
    saying = _known.get(text.removeprefix(MARK)) if text and text.startswith(MARK) else None
    return saying.written({}) if saying else text


def noted(said, note):
    """What the system said, and after it what a person noted."""
    return " ".join(filter(None, (read(said), words(note))))


def as_written(text):
    """A sentence kept from before there were sayings, in the language in which it was written."""
    return AS_WRITTEN(text=text) if text else []


def _stored(value):
    """A parameter as JSON. Days and moments stay what they are, a place keeps both its names, sayings may be nested."""
    if isinstance(value, Promise) or (isinstance(value, str) and type(value) is not str):
        raise TypeError(f"{value!r} would be frozen in one language: pass a saying, a number, a day or a name.")
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    if value is None or isinstance(value, str | int | list):
        return value
    if hasattr(value, "name_ar") and hasattr(value, "name_fr"):
        return {"ar": value.name_ar, "fr": value.name_fr}
    if hasattr(value, "name"):
        return value.name
    raise TypeError(f"{value!r} cannot be kept in a saying.")


def _given(value):
    """A stored parameter as it was given; of two names, the reader's."""
    if isinstance(value, dict):
        if "moment" in value:
            return datetime.fromisoformat(value["moment"])
        if "day" in value:
            return date.fromisoformat(value["day"])
        return value["ar"] if _arabic() else value["fr"]
    return value


def _inside(value):
    """A stored parameter inside its sentence; nested sayings as they read."""
    return read(value) if isinstance(value, list) else shown(_given(value))


def shown(value):
    """A value inside a sentence: a day in words, a reference in the other script set apart so that it never turns round."""
    if value is None or value == "":
        return NOTHING
    if isinstance(value, date):
        return day_text(value)
    text = str(value)
    foreign = LATIN if _arabic() else ARABIC
    return f"\u2068{text}\u2069" if isinstance(value, str) and foreign.search(text) else text


def _arabic():
    return (get_language() or "").startswith("ar")


def _as_written(text):
    return text


AS_WRITTEN = Saying("core.as_written", _as_written)
NOTHING_MORE = Saying("core.nothing_more", _("Nothing more is recorded."))
