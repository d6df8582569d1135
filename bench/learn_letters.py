"""Learn how Arabic letters are written in Latin ones, from pairs of spellings, and write inmates/people/letters.tsv.

A pair model of small chunks (at most two Arabic letters against at most three Latin ones), fitted by expectation and
maximisation; each round weighs a pair by how likely it is a pair at all, so that noise in the file fades out. Pairs
with letters that foreign names lack count three times, since they are the ones that look like Moroccan names.

    python bench/learn_letters.py ../shared/data/name-pairs.tsv [--half] [--out FILE]

`--half` learns from one half of the Arabic names only (by hash): bench/names.py --half measures on the other.
"""

import argparse
import csv
import math
import sys
from collections import Counter, defaultdict
from hashlib import md5
from multiprocessing import Pool
from pathlib import Path

from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent.parent))
from inmates.names.folding import script_of
from inmates.names.spellings import forms, tokens

TRANSITIONS = [(1, 0), (1, 1), (1, 2), (1, 3), (0, 1), (0, 2), (2, 1), (2, 2), (2, 3)]
START = {
    (1, 0): 0.3,
    (1, 1): 1,
    (1, 2): 0.15,
    (1, 3): 0.01,
    (0, 1): 0.3,
    (0, 2): 0.01,
    (2, 1): 0.01,
    (2, 2): 0.01,
    (2, 3): 0.01,
}
ROUNDS = 9
DISTINCT = "عحخقصضطظذث"


def held_out(arabic):
    """Whether a name belongs to the half that `--half` does not learn from."""
    return md5(arabic.encode(), usedforsecurity=False).digest()[0] & 1 == 1


def read_pairs(path):
    """(Arabic token, Latin token) pairs of single tokens in the right scripts, as normalised text."""
    with open(path, encoding="utf-8", newline="") as file:
        for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            arabic, latin = tokens(row[0]), tokens(row[1])
            if len(arabic) == len(latin) == 1 and script_of(arabic[0]) == "a" and script_of(latin[0]) == "l":
                yield arabic[0], latin[0]


def letter_counts(words):
    """How often each letter follows each other one, ^ and $ being the ends."""
    pairs = Counter()
    for word in words:
        pairs.update(zip("^" + word, word + "$", strict=True))
    return pairs


def log_chance(pairs):
    """Log probability of a word under letter_counts."""
    first = Counter()
    for (letter, _), count in pairs.items():
        first[letter] += count

    def of(word):
        return sum(math.log((pairs[p, c] + 0.5) / (first[p] + 15)) for p, c in zip("^" + word, word + "$", strict=True))

    return of


def expect(job):
    """Expected count of each unit over a share of the pairs."""
    share, chance, doubt = job
    counts = defaultdict(float)
    for arabic, latin, weight, by_chance in share:
        n, m = len(arabic), len(latin)
        ahead = [[0.0] * (m + 1) for _ in range(n + 1)]
        ahead[0][0] = 1.0
        edges = []
        for i in range(n + 1):
            for j in range(m + 1):
                if not ahead[i][j]:
                    continue
                for da, dl in TRANSITIONS:
                    if i + da <= n and j + dl <= m:
                        unit = (arabic[i : i + da], latin[j : j + dl])
                        p = chance.get(unit, 0.0)
                        if p:
                            ahead[i + da][j + dl] += ahead[i][j] * p
                            edges.append((i, j, i + da, j + dl, unit, p))
        total = ahead[n][m]
        if not total:
            continue
        back = [[0.0] * (m + 1) for _ in range(n + 1)]
        back[n][m] = 1.0
        if doubt:
            weight /= 1 + math.exp(min(50, 1.0 - (math.log(total) - by_chance)))
        for i, j, i2, j2, unit, p in reversed(edges):
            through = p * back[i2][j2]
            back[i][j] += through
            counts[unit] += weight * ahead[i][j] * through / total
    return counts


def learn(pairs, processes):
    """Chance of each unit, from weighted pairs."""
    units = Counter()
    for arabic, latin, weight, _ in pairs:
        n, m = len(arabic), len(latin)
        for i in range(n + 1):
            for j in range(m + 1):
                if abs(i / n - j / m) <= 0.45:
                    for da, dl in TRANSITIONS:
                        if i + da <= n and j + dl <= m:
                            units[arabic[i : i + da], latin[j : j + dl]] += weight
    chance = {u: c * START[len(u[0]), len(u[1])] for u, c in units.items() if c >= (2 if len(u[0]) < 2 else 8)}
    with Pool(processes) as pool:
        for turn in track(range(ROUNDS), description="Learning letters"):
            total = sum(chance.values())
            chance = {u: c / total for u, c in chance.items()}
            counts = defaultdict(float)
            for share in pool.imap(expect, [(pairs[k::8], chance, turn >= 2) for k in range(8)]):
                for unit, count in share.items():
                    counts[unit] += count
            # Long units must earn their place, or the model learns words by heart.
            chance = {}
            for unit, count in counts.items():
                count -= 0.3 if len(unit[0]) < 2 and len(unit[1]) < 3 else 2.0
                if count > 0.05:
                    chance[unit] = count
    total = sum(chance.values())
    return {u: c / total for u, c in chance.items()}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs")
    parser.add_argument("--half", action="store_true")
    parser.add_argument("--out", default=str(Path(__file__).parent.parent / "inmates/people/letters.tsv"))
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    wanted = set()
    for arabic, latin in read_pairs(options.pairs):
        if not (options.half and held_out(arabic)):
            bare = forms(arabic).bare, forms(latin).bare
            if len(bare[0]) <= 16 and len(bare[1]) <= 20:
                wanted.add(bare)
    counts = {"a": letter_counts({a for a, _ in wanted}), "l": letter_counts({latin for _, latin in wanted})}
    chance_a, chance_l = log_chance(counts["a"]), log_chance(counts["l"])
    pairs = [
        (arabic, latin, 3.0 if set(arabic) & set(DISTINCT) else 1.0, chance_a(arabic) + chance_l(latin))
        for arabic, latin in sorted(wanted)
    ]
    units = learn(pairs, options.processes)
    with open(options.out, "w", encoding="utf-8", newline="\n") as out:
        for (arabic, latin), p in sorted(units.items()):
            out.write(f"u\t{arabic}\t{latin}\t{math.log(p):.3f}\n")
        for script, letters in counts.items():
            for (p, c), n in sorted(letters.items()):
                out.write(f"{script}\t{p}\t{c}\t{n}\n")
    print(f"{len(pairs)} pairs, {len(units)} units -> {options.out}")


if __name__ == "__main__":
    main()
