"""Who in an imported register may be on the register already, or stands in the file twice. Flagged, never merged.

Held back are: the same CIN; a close name with the same birth, as far as the less exact one goes. Nobody is compared
with everybody: only people who share a CIN, a birth date, or a birth year and words of their name.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext_lazy as _

from audit import signed_context
from core.sayings import Saying, read_each
from inmates.duplicates import matching
from inmates.names import spellings
from inmates.people.models import Inmate

IMPORTED_BEFORE = Saying(
    "import.imported_before", _("This line of the register was imported before: same number, same person.")
)
MOST_NAMED = 3
"""How many people are named for one row: one is enough to hold it back."""

_COLUMNS = (
    "pk", "uuid", "merged_into", "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar",
    "cin", "birth_date", "birth_precision", "sex",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A row that may be somebody known. `of`: the uuid of a person on the register, or `row:N` of the same file."""

    row: int
    of: str
    score: int
    reasons: list[dict]
    certain: bool = False  # the same CIN, or the same line imported before: nobody can say "someone else"

    def as_json(self) -> dict:
        """The shape that `import_register` prints."""
        return {"row": self.row, "of": self.of, "score": self.score, "reasons": read_each(self.reasons)}


@dataclass(slots=True)
class Known:
    """One identity to compare with: of a row, or of a person on the register."""

    of: str
    identity: dict
    words: frozenset = field(default_factory=frozenset)

    @property
    def birth(self) -> date | None:
        return self.identity.get("birth_date")

    @property
    def exact(self) -> bool:
        """Whether the day of birth is known."""
        return self.identity.get("birth_precision") == "day"


def identity(entry) -> dict:
    """Fields of a row that `matching` compares."""
    birth = entry.get("birth_date")
    known = {column: entry.get(column) for column in matching.IDENTITY if not column.startswith("birth")}
    known |= {"birth_date": birth and birth.date, "birth_precision": birth and birth.precision}
    return {key: value for key, value in known.items() if value}


def find(entries, *, numbers, tell=lambda done: None) -> dict[int, list[Duplicate]]:
    """{row: duplicates, likeliest first} of the rows that must be held back; of two rows it is the later one.

    `entries`: rows without errors. `numbers`: {registration number: uuid} of rows that were imported before.
    `tell(done)` hears how many rows are through.
    """
    rows = [(entry, _known(f"row:{entry.row}", identity(entry))) for entry in entries]
    with signed_context.beyond("intake matching"):
        register = _Index(list(_people([one for _entry, one in rows])))
    file = _Index([])
    by_row: dict[int, list[Duplicate]] = {}
    for done, (entry, one) in enumerate(rows, 1):
        before = numbers.get(entry.get("registration_number"))
        if before is not None:
            reasons = IMPORTED_BEFORE()
            duplicates = [Duplicate(entry.row, before, 100, reasons, certain=True)]
        else:
            duplicates = _alike(entry.row, one, register) or _alike(entry.row, one, file)
        if duplicates:
            best = sorted(duplicates, key=lambda duplicate: -duplicate.score)
            by_row[entry.row] = list({duplicate.of: duplicate for duplicate in reversed(best)}.values())[::-1][
                :MOST_NAMED
            ]
        file.add(one)
        if done % 100 == 0 or done == len(rows):
            tell(done)
    return by_row


def same_person(one, other) -> bool:
    """Whether a row's identity and a person's are so close that one line of a register is the same line."""
    one, other = matching.as_identity(one), matching.as_identity(other)
    if one.get("cin") and one.get("cin") == other.get("cin"):
        return True
    written = [key for key in matching.IDENTITY if "name" in key]
    alike = all(one.get(key) == other.get(key) for key in [*written, "birth_date"])
    return alike or matching.compare(one, other)[0] >= matching.LIKELY


def _alike(row, one, index):
    """The duplicates of one row in an index."""
    duplicates = []
    for other in index.near(one):
        if _plainly_others(one, other):
            continue
        score, reasons = matching.compare(one.identity, other.identity)
        if score >= matching.LIKELY:
            same_cin = bool(one.identity.get("cin")) and one.identity.get("cin") == other.identity.get("cin")
            duplicates.append(Duplicate(row, other.of, score, reasons, certain=same_cin))
    return duplicates


def _plainly_others(one, other):
    """Two cards with two numbers, and births that are known by their year alone: common names, not one person."""
    ours, theirs = one.identity.get("cin"), other.identity.get("cin")
    return bool(ours and theirs and ours != theirs and not (one.exact and other.exact))


def _known(of, identity):
    written = [identity.get(key, "") for key in matching.IDENTITY if "name" in key]
    words = {word for text in written for word in spellings.tokens(text)}
    return Known(of, identity, frozenset(words))


class _Index:
    """People by CIN, by day of birth, and by year of birth with the keys of their names."""

    def __init__(self, known):
        self.by_cin = defaultdict(list)
        self.by_day = defaultdict(list)
        self.by_year = defaultdict(lambda: defaultdict(list))  # whose day is not known
        self.by_year_exact = defaultdict(lambda: defaultdict(list))
        for one in known:
            self.add(one)

    def add(self, one):
        if one.identity.get("cin"):
            self.by_cin[one.identity["cin"]].append(one)
        if one.birth is None:
            return
        if one.exact:
            self.by_day[one.birth].append(one)
        years = self.by_year_exact if one.exact else self.by_year
        for key in _keys(one):
            years[one.birth.year][key].append(one)

    def near(self, one):
        """People whom it makes sense to compare with, each once."""
        near = {id(other): other for other in self.by_cin.get(one.identity.get("cin"), ())}
        if one.birth is None:
            return near.values()
        if one.exact:
            for day in {one.birth, _swapped(one.birth)}:
                near |= {id(other): other for other in self.by_day.get(day, ())}
        near |= self._of_year(self.by_year, one)
        if not one.exact:
            near |= self._of_year(self.by_year_exact, one)
        return near.values()

    def _of_year(self, years, one):
        """People of the same birth year who share the keys of two words of the name (of one, if there is but one)."""
        year = years.get(one.birth.year)
        if not year:
            return {}
        met = Counter()
        seen = {}
        for key in _keys(one):
            for other in year.get(key, ()):
                met[id(other)] += 1
                seen[id(other)] = other
        least = min(2, len(one.words))
        return {number: seen[number] for number, count in met.items() if count >= least}


def _keys(one):
    """The keys of the words of a name, those of one word less one sound included."""
    return {key for word in one.words for key in spellings.probes(word)}


def _swapped(day):
    """The day with its day and month exchanged, a usual slip; the day itself where there is none."""
    return day.replace(month=day.day, day=day.month) if day.day <= 12 else day


def _people(wanted):
    """People on the register, whole country, who share a CIN or a possible birth with somebody wanted."""
    days, years = set(), set()
    for one in wanted:
        if one.birth is None:
            continue
        if one.exact:
            days |= {one.birth, _swapped(one.birth), one.birth.replace(day=1), one.birth.replace(month=1, day=1)}
        else:
            years.add(one.birth.year)
    cins = {one.identity["cin"] for one in wanted if one.identity.get("cin")}
    known = Inmate.objects.order_by().values_list(*_COLUMNS)
    rows = {row[0]: row for row in known.with_cin(*cins)}
    alive = known.filter(merged_into=None)
    for rest in (alive.filter(birth_date__in=days), alive.filter(birth_date__year__in=years)):
        rows |= {row[0]: row for row in rest.iterator(chunk_size=5000)}
    merged = {row[0] for row in rows.values() if row[2] is not None}
    survivors = {person.pk: person.survivor().uuid for person in Inmate.objects.filter(pk__in=merged)}
    return [
        _known(
            str(survivors.get(row[0], row[1])),
            {key: value for key, value in zip(_COLUMNS[3:], row[3:], strict=True) if value},
        )
        for row in rows.values()
    ]
