"""Whether two identities may be one person: name in any script, birth as far as it is known, CIN. Never a decision.

An identity is an Inmate, or a mapping with the keys of `IDENTITY`; what is missing may be left out. A score runs from 0
to 100; from LIKELY on, somebody should look. The same CIN is the same person. A close name alone never is: the birth
must agree too, since a prison service holds many a Mohamed Alaoui.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from inmates.duplicates import sayings as said
from inmates.names import spellings
from inmates.names.likelihood import likeness, rarity
from inmates.people.search import by_name, in_order

IDENTITY = (
    "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar",
    "cin", "birth_date", "birth_precision", "sex",
)  # fmt: skip
LIKELY = 70  # from here on the two are shown as possibly one person
SAME_NAME = 0.72  # share of what an exact hit would be worth, from which two names are one
CLOSE_NAME = 0.67  # ... from which they may be
LOOKED_AT = 40  # people looked at for one identity


class Match(NamedTuple):
    """Somebody already on the register who may be the person, with the score and why."""

    inmate: object
    score: int
    reasons: list[dict]


class _Part(NamedTuple):
    """How two parts of a name (family or given) compare: share of an exact hit, and in which script they do best."""

    share: float
    one: str
    other: str

    @property
    def same_script(self):
        return spellings.script_of(self.one) if spellings.script_of(self.one) == spellings.script_of(self.other) else ""


def likely_same(identity, among):
    """People of `among` who may be this one, likeliest first: list of Match with score >= LIKELY.

    `among` is a queryset of inmates (for intake, the whole service); the record itself is left out.
    """
    identity = as_identity(identity)
    candidates = {}
    if cin := identity.get("cin"):
        candidates |= {inmate.pk: inmate for inmate in among.with_cin(cin)}
    for text in dict.fromkeys(filter(None, (_written(identity, "ar"), _written(identity, "latin")))):
        ids = by_name(among, text)[:LOOKED_AT]
        candidates |= {inmate.pk: inmate for inmate in in_order(among, ids)}
    candidates.pop(identity.get("pk"), None)
    matches = [Match(inmate, *compare(identity, inmate)) for inmate in candidates.values()]
    return sorted((m for m in matches if m.score >= LIKELY), key=lambda m: (-m.score, m.inmate.pk))


def compare(one, other):
    """(score 0-100, reasons) for two identities; the reasons are sayings (see `sayings`)."""
    one, other = as_identity(one), as_identity(other)
    name, reasons = _names(one, other)
    birth, words = _births(one, other)
    reasons += words
    if one.get("cin") and one.get("cin") == other.get("cin"):
        return 100, said.SAME_CIN() + reasons
    differs = bool(one.get("cin") and other.get("cin"))
    if differs:
        reasons += said.CIN_DIFFERS()
    if name < CLOSE_NAME:
        return 0, []
    score = 45 + 40 * min(1.0, (name - CLOSE_NAME) / (0.9 - CLOSE_NAME))
    score += {"same": 15, "compatible": 8, "near": -8, "unknown": -15, "differs": -60}[birth]
    if birth == "same" and name < SAME_NAME:
        score = max(score, LIKELY)
    if differs:
        score -= 10 if birth == "same" else 15
    if one.get("sex") and other.get("sex") and one["sex"] != other["sex"]:
        score -= 30
        reasons += said.SEX_DIFFERS()
    return max(0, min(99, round(score))), reasons


def as_identity(person):
    """The mapping for an Inmate; a mapping is taken as it is, its CIN put in the form that is stored."""
    if isinstance(person, Mapping):
        values = {key: value for key, value in person.items() if value not in (None, "")}
    else:
        values = {key: value for key in ("pk", *IDENTITY) if (value := getattr(person, key)) not in (None, "")}
    if "cin" in values:
        values["cin"] = spellings.number(values["cin"]).replace("-", "").replace("/", "")
    return values


def _written(identity, script):
    return f"{identity.get(f'given_name_{script}', '')} {identity.get(f'family_name_{script}', '')}".strip()


# --- Names ----------------------------------------------------------------------------------------------------------


def _names(one, other):
    """Share of an exact hit for the whole names (the weaker part counts most), and what to say of it."""
    family, given = _part(one, other, "family_name"), _part(one, other, "given_name")
    parts = [part for part in (family, given) if part]
    share = min(part.share for part in parts) if len(parts) == 2 else 0.0
    crossed = _whole(one, other)
    if len(parts) < 2 or crossed > share:
        # A whole name in one field, or family and given name entered the other way round.
        share = crossed
        if share >= CLOSE_NAME and not all(part.share >= CLOSE_NAME for part in parts):
            return share, said.SAME_IN_ANOTHER_ORDER()
    words = []
    if family and family.share >= CLOSE_NAME:
        words += _say(family, _FAMILY, said.ALIKE_FAMILY)
    if given and given.share >= CLOSE_NAME:
        words += _say(given, _GIVEN, said.ALIKE_GIVEN)
    return share, words


def _part(one, other, field):
    """The best comparison of one field over the scripts that each side has; None where a side has none."""
    best = None
    for left in (one.get(f"{field}_ar"), one.get(f"{field}_latin")):
        for right in (other.get(f"{field}_ar"), other.get(f"{field}_latin")):
            if left and right:
                part = _Part(_share(_words(left), _words(right)), left, right)
                best = max(best, part, key=lambda p: (p.share, p.same_script)) if best else part
    return best


def _whole(one, other):
    """The whole names compared word by word, whatever field the words stand in."""
    return max(
        (
            _share(_words(left), _words(right))
            for left in (_written(one, "ar"), _written(one, "latin"))
            for right in (_written(other, "ar"), _written(other, "latin"))
            if left and right
        ),
        default=0.0,
    )


@lru_cache(maxsize=100_000)
def _words(text):
    """The parts of a written name, remembered: one name is compared with many."""
    return tuple(spellings.tokens(text))


def _share(left, right):
    """How much of what an exact hit is worth the words reach, each met once: the weakest word or, where a word is
    missing on one side, the whole less half of that word, whichever is lower.
    """
    if not left or not right:
        return 0.0
    if len(left) > len(right):
        left, right = right, left
    free, weakest, worth = list(right), 1.0, 0.0
    for word in left:
        nats, best = max((likeness(word, candidate), candidate) for candidate in free)
        free.remove(best)
        full = (rarity(word) + rarity(best)) / 2
        # Across scripts even the plainest pair stays below an exact hit: letters leave out what the other writes.
        if spellings.script_of(word) != spellings.script_of(best):
            full *= 0.9
        weakest = min(weakest, max(0.0, nats / full))
        worth += full
    return weakest * worth / (worth + sum(rarity(word) for word in free) * 0.5)


_FAMILY = {"a": said.SAME_FAMILY_AR, "l": said.SAME_FAMILY_LATIN, "": said.SAME_FAMILY_ACROSS}
_GIVEN = {"a": said.SAME_GIVEN_AR, "l": said.SAME_GIVEN_LATIN, "": said.SAME_GIVEN_ACROSS}


def _say(part, same, alike):
    """What a part of the two names says: the same (by script), or alike."""
    if _words(part.one) == _words(part.other) if part.same_script else part.share >= SAME_NAME:
        return same[part.same_script]()
    return alike(one=part.one, other=part.other)


# --- Births ---------------------------------------------------------------------------------------------------------


def _births(one, other):
    """'same', 'compatible' (as far as the less precise one goes), 'near', 'differs' or 'unknown', and what to say."""
    first, second = one.get("birth_date"), other.get("birth_date")
    if not first or not second:
        return "unknown", said.BIRTH_NOT_KNOWN()
    known = {one.get("birth_precision") or "day", other.get("birth_precision") or "day"}
    ours, theirs = _birth(one), _birth(other)
    if known == {"day"}:
        if first == second:
            return "same", said.SAME_BIRTH(one=ours)
        parts = sum(getattr(first, part) == getattr(second, part) for part in ("year", "month", "day"))
        swapped = first.year == second.year and (first.month, first.day) == (second.day, second.month)
        if swapped or parts == 2:
            return "near", said.BIRTHS_NEARLY_SAME(one=ours, other=theirs)
        return "differs", said.BIRTH_DIFFERS(one=ours, other=theirs)
    if first.year == second.year:
        if known <= {"day", "month"} and first.month != second.month:
            return "differs", said.BIRTH_DIFFERS(one=ours, other=theirs)
        return "compatible", said.BIRTH_YEAR(one=first.year, other=second.year)
    if "presumed" in known and abs(first.year - second.year) <= 2:
        return "near", said.PRESUMED_YEAR(one=first.year, other=second.year)
    return "differs", said.BIRTH_YEAR_DIFFERS(one=first.year, other=second.year)


def _birth(identity):
    date, precision = identity["birth_date"], identity.get("birth_precision") or "day"
    return f"{date:%d/%m/%Y}" if precision == "day" else f"{date:%m/%Y}" if precision == "month" else f"{date:%Y}"
