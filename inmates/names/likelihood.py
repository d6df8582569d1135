"""How likely two tokens are the same name: across scripts by learned letters, within one script by weighted edits.

The unit everywhere is the nat: log of how much likelier the two spellings are as one name than by chance. A long name
spelled plainly gives 15 and more, a doubtful short one 2; below 0 they are likelier strangers.
"""

import math
from functools import cache, lru_cache
from pathlib import Path

from rapidfuzz.distance import Levenshtein

from inmates.names.folding import script_of, skeleton
from inmates.names.spellings import forms

LETTERS = Path(__file__).parent / "letters.tsv"  # made by bench/learn_letters.py
UNSEEN_DROP = 1e-5  # a letter left out or put in where the pairs never did
UNSEEN_SWAP = 1e-6  # a letter for another one, never seen
SOUND_EDIT = 6.0  # nats lost by a different consonant, within one script
VOWEL_EDIT = 2.5  # ... by a different long vowel or breath
LETTER_EDIT = 1.0  # ... by any different letter, on top
TAIL_COST = 2.5  # Benali for Ali
_SOFT = str.maketrans("", "", "wyh")
STEM_COST = 0.3  # the article there or not
UNFINISHED = (1.0, 0.25)  # a name typed half-way: once, and per letter still missing


@cache
def _letters():
    """The learned table: units by first Arabic letter, single insertions, and letter chances by script."""
    one, two, added = {}, {}, {}
    counts = {"a": {}, "l": {}}
    for line in LETTERS.read_text(encoding="utf-8").splitlines():
        kind, left, right, value = line.split("\t")
        if kind == "u":
            chance = math.exp(float(value))
            if not left:
                added[right] = chance
            else:
                (one if len(left) == 1 else two).setdefault(left, {})[right] = chance
        else:
            counts[kind][left, right] = int(value)
    return one, two, added, {script: _following(pairs) for script, pairs in counts.items()}


def _following(pairs):
    """Log chance of each letter after each other one, and of an unseen one after each."""
    first = {}
    for (letter, _), count in pairs.items():
        first[letter] = first.get(letter, 0) + count
    seen = {(p, c): math.log((count + 0.5) / (first[p] + 15)) for (p, c), count in pairs.items()}
    return seen, {p: math.log(0.5 / (count + 15)) for p, count in first.items()}


@lru_cache(maxsize=200_000)
def rarity(token):
    """Nats that an exact hit on this token is worth: minus the log of its chance as a string of letters."""
    seen, unseen = _letters()[3][script_of(token)]
    pairs = zip("^" + token, token + "$", strict=True)
    return -sum(seen[pair] if pair in seen else unseen.get(pair[0], -4.0) for pair in pairs)


def _table(arabic, latin):
    """Forward sums: how probable each beginning of the one is with each beginning of the other."""
    one, two, added, _ = _letters()
    n, m = len(arabic), len(latin)
    rows = [[0.0] * (m + 1) for _ in range(n + 2)]
    rows[0][0] = 1.0
    put_in = [added.get(letter, UNSEEN_DROP) for letter in latin]
    put_two = [added.get(latin[j : j + 2], 0.0) for j in range(m - 1)]
    none = {}
    for i in range(n + 1):
        row = rows[i]
        for j in range(m):
            if row[j]:
                row[j + 1] += row[j] * put_in[j]
                if j + 1 < m and put_two[j]:
                    row[j + 2] += row[j] * put_two[j]
        if i == n:
            break
        single = one.get(arabic[i], none).get
        double = two.get(arabic[i : i + 2]) if i + 2 <= n else None
        left_out = single("", UNSEEN_DROP)
        below = rows[i + 1]
        for j in range(m + 1):
            here = row[j]
            if not here:
                continue
            below[j] += here * left_out
            for width in (1, 2, 3):
                if j + width > m:
                    break
                chunk = latin[j : j + width]
                chance = single(chunk, UNSEEN_SWAP) if width == 1 else single(chunk)
                if chance:
                    below[j + width] += here * chance
                if double and (chance := double.get(chunk)):
                    rows[i + 2][j + width] += here * chance
    return rows


def _log(chance):
    return math.log(chance) if chance > 0.0 else -700.0


@lru_cache(maxsize=200_000)
def _across(arabic, latin):
    return _log(_table(arabic, latin)[len(arabic)][len(latin)]) + rarity(arabic) + rarity(latin)


@lru_cache(maxsize=200_000)
def _within(one, other):
    """Two spellings in one script: the worth of the rarer less the cost of what differs."""
    worth = min(rarity(one), rarity(other))
    if one == other:
        return worth
    cost = min(_edits(a, b) for a in skeleton(one) for b in skeleton(other))
    return worth - cost - LETTER_EDIT * Levenshtein.distance(one, other)


def _edits(one, other):
    """Nats lost between two skeletons."""
    hard = Levenshtein.distance(one.translate(_SOFT), other.translate(_SOFT))
    return SOUND_EDIT * hard + VOWEL_EDIT * max(0, Levenshtein.distance(one, other) - hard)


def likeness(one, other):
    """Nats for two tokens, each in either script, articles and filiation there or not."""
    if one == other:
        return rarity(one)
    first, second = script_of(one), script_of(other)
    if first == second:
        compare = _within
    else:
        compare = _across
        if first == "l":
            one, other = other, one
    left, right = forms(one), forms(other)
    best = compare(left.whole, right.whole)
    if left.bare != left.whole or right.bare != right.whole:
        best = max(best, compare(left.bare, right.bare) - STEM_COST)
    if left.tail and not right.tail:
        best = max(best, compare(left.tail, right.bare) - TAIL_COST)
    elif right.tail and not left.tail:
        best = max(best, compare(left.bare, right.tail) - TAIL_COST)
    return best


@lru_cache(maxsize=100_000)
def beginning(typed, name):
    """Nats for `typed` as the beginning of `name`: a word still being typed."""
    best = -700.0
    for stem in dict.fromkeys((name, forms(name).bare)):
        best = max(best, _begins(typed, stem))
    if forms(typed).bare != typed:
        best = max(best, _begins(forms(typed).bare, forms(name).bare) - STEM_COST)
    return best


def _begins(typed, name):
    once, each = UNFINISHED
    if script_of(typed) == script_of(name):
        if not name.startswith(typed):
            return -700.0
        return rarity(typed) - once - each * (len(name) - len(typed))
    best = -700.0
    if script_of(typed) == "l":
        rows = _table(name, typed)
        cuts = [(rows[i][-1], i) for i in range(1, len(name))]
    else:
        rows = _table(typed, name)
        cuts = [(rows[len(typed)][j], j) for j in range(1, len(name))]
    for chance, cut in cuts:
        if chance:
            worth = _log(chance) + rarity(typed) + rarity(name[:cut]) - once - each * (len(name) - cut)
            best = max(best, worth)
    return best
