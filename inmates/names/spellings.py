"""Names as text: how a Moroccan name, in Arabic or Latin script, falls into tokens, and which keys both scripts reach.

    tokens("محمد بن علي")      -> ["محمد", "بنعلي"]
    tokens("Nour-Eddine El Amrani") -> ["noureddine", "elamrani"]
    fold("العمراني") & fold("elamrani") -> {"mrn", ...}

Pure functions, for any text whatever: they never raise and never look at a database.
"""

import re
from functools import lru_cache
from typing import NamedTuple

from inmates.names.folding import plain, script_of, skeleton

MAX_CHARS = 400  # a written name is shorter; what is longer is not a name, and is cut
MAX_TOKENS = 10
MAX_TOKEN = 40

# Particles that belong to the word after them, joined or apart: Ben Ali and Benali, عبد الله and عبدالله.
_LEADING = frozenset(
    (
        *("al", "el", "ul", "il", "l", "abd", "abdel", "abdal", "abdul", "abdou", "abdoul", "abde", "abder", "abdes"),
        *("ben", "bin", "ibn", "bni", "beni", "bent", "bint", "bnt", "ait", "ayt", "ou", "u", "ould", "oulad", "ouled"),
        *("wald", "abou", "abu", "abi", "bou", "bu", "oum", "om", "um", "dhou", "dou"),
        *("ال", "عبد", "بن", "ابن", "بنت", "بني", "ايت", "اولاد", "ولد", "او", "ابو", "ابي", "بو", "ام", "ذو", "لل"),
    )
)
# Particles that belong to the word before them: Nour Eddine, نور الدين, Fath Allah.
_TRAILING = frozenset(
    (
        *("eddine", "eddin", "dine", "din", "uddin", "oddin", "aldin", "eldin", "addin", "edine"),
        *("allah", "ullah", "ellah", "illah", "lillah", "الدين", "الله", "دين"),
    )
)
_ASSIMILATED = re.compile(r"[ea](?:ch|sh|[sdtnrzl])")  # Er Rachidi, Ech Chafi, As Sabti
_COMPOUND = re.compile(r"(fatima|fatim|فاطمه)(?:[ea]?z?z?|ال)(zahr\w*|zohr\w*|زهراء?)")

_AR_ABD = re.compile(r"^عبد(?:ال)(?=.{2})")
_LA_ABD = re.compile(r"^(?:abd|abed)(?:[eaou]*l(?=.)|[eaou]+([sdtnrz]h?|ch)(?=\1)|[eaou]*)(?=...)")
_LA_ARTICLE = re.compile(r"^(?:[eaui]l(?=[^aeiouy]?..)|e(?=ch[^i])|[ea]([sdtnrzl]|ch|sh)(?=\1))(?=...)")
_LA_ELIDED = re.compile(r"^l(?=[aeiouhmgkbrfw]..)")  # Laaroussi for El Aaroussi, Lmrabet for El Mrabet
_LA_DINE = re.compile(r"(?:[aeou]+[dl]?|d)?d[iea]+ne?$")
_FILIATION = re.compile(r"^(?:بن|ابن|بنت|ايت|اولاد|ولد|ben|bin|ibn|bent|bint|ait|ayt|ould|oulad|ouled)(?=...)")
_KUNYA = re.compile(r"^(?:ابو|ابي|abou|abu|abi)(?=..)")


_DIGITS = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")


class Forms(NamedTuple):
    """One token as it is compared: whole, without its article, and without *ben*, *ait* and the like ('' if none)."""

    whole: str
    bare: str
    tail: str


def normalise(text):
    """Lower case, one form a letter, no marks, no invisible characters, single spaces."""
    return plain(str(text)[: MAX_CHARS * 4])[:MAX_CHARS]


def tokens(text):
    """The parts of a written name, particles joined to the word that they belong to."""
    words = [word[:MAX_TOKEN] for word in normalise(text).split()]
    joined, held = [], ""
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if not held and joined and word in _TRAILING:
            joined[-1] += word
        elif following and (word in _LEADING or _assimilated(word, following)):
            held += word
        else:
            joined.append(held + word)
            held = ""
    out = []
    for token in joined:
        compound = _COMPOUND.fullmatch(token)
        out += [f"{compound[1]}a" if compound[1] == "fatim" else compound[1], compound[2]] if compound else [token]
    return [token[:MAX_TOKEN] for token in out[:MAX_TOKENS]]


def number(text):
    """A registration number as it is stored: capitals and plain digits, dashes and strokes kept, no spaces."""
    return "".join(
        char
        for char in str(text)[:MAX_CHARS].translate(_DIGITS).upper()
        if char.isascii() and (char.isalnum() or char in "/-")
    )


def _assimilated(word, following):
    """Whether `word` is an article that took on the sound of the next word (Er Rachidi)."""
    return bool(_ASSIMILATED.fullmatch(word)) and following.startswith(word[1:]) and len(following) > 2


@lru_cache(maxsize=200_000)
def forms(token):
    """The token whole, bare of its article, and bare of its filiation."""
    bare = _bare_arabic(token) if script_of(token) == "a" else _bare_latin(token)
    tail = ""
    if match := _FILIATION.match(bare) or _FILIATION.match(token):
        rest = match.string[match.end() :]
        tail = _bare_arabic(rest) if script_of(rest) == "a" else _bare_latin(rest)
    return Forms(token, bare, tail)


def _bare_arabic(token):
    token = _KUNYA.sub("بو", token)
    if token.startswith("ابن") and len(token) > 5:
        token = token[1:]
    token = _AR_ABD.sub("عبد", token)
    if token.startswith("بنال") and len(token) > 6:
        token = "بن" + token[4:]
    if token.endswith("الدين") and len(token) > 6:
        token = token[:-5] + "دين"
    if token.startswith("ال") and len(token) > 3:
        return token[2:]
    if token.startswith("ل") and len(token) > 5:
        return token[1:]
    return token


def _bare_latin(token):
    token = _KUNYA.sub("bou", token)
    if re.match(r"ab[e]?d[^dr]", token + "x") and len(token) > 6:
        token = _LA_ABD.sub("abd", token)
    if len(token) > 6 and token.endswith(("dine", "din", "ddin", "dden", "deen")) and _LA_DINE.search(token):
        token = _LA_DINE.sub("din", token)
    for pattern in (_LA_ARTICLE, _LA_ELIDED):
        if pattern.match(token) and len(token) > 5:
            return pattern.sub("", token)
    return token


@lru_cache(maxsize=200_000)
def fold(token):
    """The keys under which spellings of one name meet across scripts: consonants alone, and with long vowels."""
    out = set()
    for form in set(forms(token)) - {""}:
        for key in skeleton(form):
            out |= {key.replace("w", "").replace("y", "").replace("h", "") or key, key}
    return frozenset(out)


@lru_cache(maxsize=200_000)
def probes(token):
    """What to look a token up by so that one wrong, missing or added sound still meets: its keys, and each less one."""
    out = set()
    for form in set(forms(token)) - {""}:
        for full in skeleton(form):
            bare = full.replace("w", "").replace("y", "").replace("h", "")
            out |= {"c" + bare, "v" + full}
            # Short keys share too much when shortened; three consonants less one meet only each other.
            if len(bare) >= 4:
                out |= {"c" + bare[:i] + bare[i + 1 :] for i in range(len(bare))}
            elif len(bare) == 3:
                out |= {"d" + bare[:i] + bare[i + 1 :] for i in range(3)}
            if len(full) >= 4:
                out |= {"v" + full[:i] + full[i + 1 :] for i in range(len(full))}
    return frozenset(out)


def prefix_key(token):
    """Consonants with h, in order, without the article: what a name typed half-way begins with, in either script."""
    return next(iter(skeleton(forms(token).bare))).replace("w", "").replace("y", "")
