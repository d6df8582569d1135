"""Ranking of search results: words searched against words borne, one to one, the same order preferred."""

from typing import NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import Indel

from inmates.names.folding import skeleton
from inmates.names.likelihood import likeness
from inmates.names.spellings import forms

WEIGHED = 90  # spellings weighed exactly for one word; before that, nearest consonants
REFINED = 50  # people whose every word is weighed
ENOUGH = 12.0  # nats after which more letters say little more: a name is one of some ten thousands
BEYOND = 0.2  # worth of a nat beyond that
UNMET = -3.0  # nats for a word of the search that the person does not bear
EXTRA = 0.3  # nats lost by each word borne that was not searched for
SWAPPED = 0.5  # nats lost by each pair of words in the other order
BROKEN = 1.0  # nats lost where the words come from two written names (family name in one script, given in the other)
SETTLED = 0.75  # share of what could be reached from which no wider search is made
KEPT = 0.5  # share of the best answer's nats below which an answer is no answer


class Person(NamedTuple):
    """One candidate with the ids of all words of all their written names."""

    id: int
    tokens: list[int]
    lines: list[int]

    def written(self):
        """The ids, one list a written name."""
        out = {}
        for token, line in zip(self.tokens, self.lines, strict=True):
            out.setdefault(line, []).append(token)
        return list(out.values())


def nearest(word, spellings):
    """Ids of the spellings whose consonants are nearest to those of `word`, of {id: text}."""
    best = {}
    texts = {token: skeleton(forms(text).bare)[0] for token, text in spellings.items()}
    for key in {key for form in set(forms(word)) - {""} for key in skeleton(form)}:
        for _, near, token in process.extract(key, texts, scorer=Indel.normalized_similarity, limit=WEIGHED):
            best[token] = max(near, best.get(token, 0))
    return sorted(best, key=lambda token: -best[token])[:WEIGHED]


def weigh(nats):
    """What a likeness is worth among others: rising in full up to ENOUGH, slowly after."""
    return nats if nats <= ENOUGH else ENOUGH + BEYOND * (nats - ENOUGH)


class Question:
    """The words of a search, and what each known spelling is worth for each of them."""

    def __init__(self, words, likely):
        self.words = words
        self.worth = [{token: weigh(nats) for token, nats in weights.items()} for weights in likely]
        self.known = set().union(*self.worth)

    def settled(self, people):
        """Whether somebody among {id: Person} bears every word of the search, nearly as well as anybody could."""
        most = sum(max(worth.values(), default=0.0) for worth in self.worth)
        return any(self.score(person) >= SETTLED * most for person in people.values())

    def rank(self, people):
        """(nats, person), best first."""
        return sorted(((self.score(person), person) for person in people), key=lambda hit: (-hit[0], hit[1].id))

    def answer(self, people, first, texts):
        """Ids, best first: `first` weighed again now that the words never looked up are known by `texts`."""
        for token, text in texts.items():
            for word, worth in zip(self.words, self.worth, strict=True):
                worth.setdefault(token, weigh(likeness(word, text)))
        top = self.rank([person for _, person in first])
        if not top or top[0][0] <= 0:
            return []
        least = top[0][0] * KEPT
        refined = {person.id for _, person in top}
        others = self.rank([person for person in people if person.id not in refined])
        return [person.id for nats, person in [*top, *others] if nats >= least]

    def score(self, person):
        """Nats for one person: the best of their written names, or all of them together at a price."""
        written = person.written()
        best = max(self._fit(words) for words in written)
        if len(written) > 1 and best < self._most(person.tokens):
            best = max(best, self._fit(person.tokens, extra=0.0) - BROKEN)
        return best

    def _most(self, tokens):
        return sum(max((worth.get(t, UNMET) for t in tokens), default=UNMET) for worth in self.worth)

    def _fit(self, words, extra=EXTRA):
        """Words of the search matched to words borne, each once, the surest first."""
        pairs = [
            (worth[token], i, j)
            for i, worth in enumerate(self.worth)
            for j, token in enumerate(words)
            if worth.get(token, UNMET) > UNMET
        ]
        pairs.sort(reverse=True)
        met, taken, total = {}, set(), 0.0
        for nats, i, j in pairs:
            if i not in met and j not in taken:
                met[i] = j
                taken.add(j)
                total += nats
        order = [met[i] for i in sorted(met)]
        swaps = sum(a > b for place, a in enumerate(order) for b in order[place + 1 :])
        return total + UNMET * (len(self.worth) - len(met)) - extra * (len(words) - len(taken)) - SWAPPED * swaps
