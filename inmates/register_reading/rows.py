"""One row of a register: read cell by cell, then checked against itself. What needs the tables is checked elsewhere."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from django.utils.translation import gettext_lazy as _

from core.sayings import Saying, read
from inmates.register_reading import cells, headers
from inmates.register_reading.dates import Birth, read_birth, read_date
from inmates.register_reading.errors import ReaderError
from inmates.register_reading.penalties import Penalty, read_penalty
from inmates.register_reading.sheet import Sheet
from inmates.register_reading.text import is_arabic
from inmates.terms import end_of

READERS: dict[str, Callable] = {
    "registration_number": cells.read_number,
    **dict.fromkeys(headers.NAMES, cells.read_name),
    "cin": cells.read_cin,
    "birth_date": read_birth,
    "birthplace": cells.read_text,
    "sex": cells.read_sex,
    "nationality": cells.read_nationality,
    "admission_date": read_date,
    "legal_status": cells.read_legal_status,
    "sentence": read_penalty,
    "final_judgment": read_date,
    "role": cells.read_role,
    "returnee": cells.read_answer,
    "unit": cells.read_text,
    "offence": lambda value: cells.read_text(value, 300),
    "notes": lambda value: cells.read_text(value, cells.NOTE_LENGTH),
}

YOUNGEST, ADULT, OLDEST = 12, 18, 110
"""Below 12 nobody answers under penal law; below 18 a minor is held apart; beyond 110 it is a slip of the pen."""

LONG_TERM_MONTHS = 18 * 12
"""The longest term so far for joining a group abroad; above it other counts must stand beside: warn, never block."""

MISSING = Saying("intake.missing", _("This is missing."))
NO_NAME = Saying("intake.no_name", _("The name is missing in both scripts."))
ONE_NAME = Saying("intake.one_name", _("Only one part of the name is given."))
WRONG_SCRIPT = Saying(
    "intake.wrong_script",
    _("“%(value)s” is not in the script of its column, and the other script already holds something else."),
)
NO_BIRTH = Saying("intake.no_birth", _("The birth date is missing; a year alone would do."))
NUMBER_TWICE = Saying("intake.number_twice", _("Registration number %(number)s stands in row %(row)s already."))
WRONG_SEX = Saying("intake.wrong_sex", _("This prison does not hold people of this sex."))
NO_SUCH_UNIT = Saying("intake.no_such_unit", _("This prison has no unit “%(value)s”."))
NO_OFFENCE = Saying("intake.no_offence", _("The offence is not given."))
FUTURE = Saying("intake.future", _("This day has not come yet: %(day)s."))
AFTER_AS_OF = Saying("intake.after_as_of", _("This day is after the day for which the register is read: %(day)s."))
BEFORE_BIRTH = Saying("intake.before_birth", _("Admitted before birth."))
TOO_YOUNG = Saying("intake.too_young", _("Younger than %(age)s on admission."))
MINOR = Saying("intake.minor", _("A minor on admission: younger than %(age)s."))
TOO_OLD = Saying("intake.too_old", _("Older than %(age)s."))
CIN_OF_FOREIGNER = Saying("intake.cin_of_foreigner", _("A CIN is for Moroccans; the nationality given is another."))
NO_SENTENCE = Saying("intake.no_sentence", _("Finally convicted, but the sentence is missing."))
NO_SENTENCE_YET = Saying("intake.no_sentence_yet", _("Convicted under appeal, but the sentence is missing."))
SENTENCE_ON_REMAND = Saying("intake.sentence_on_remand", _("On remand, but a sentence is given."))
FINAL_ON_REMAND = Saying("intake.final_on_remand", _("On remand, but a final judgment is given."))
FINAL_UNDER_APPEAL = Saying("intake.final_under_appeal", _("Convicted under appeal, but a final judgment is given."))
NO_FINAL_DATE = Saying("intake.no_final_date", _("Finally convicted, but the day of the final judgment is missing."))
FINAL_BEFORE_BIRTH = Saying("intake.final_before_birth", _("Judged before birth."))
FINAL_BEFORE_ADMISSION = Saying(
    "intake.final_before_admission",
    _("Judged before admission: was this person at liberty in between?"),
)
TERM_OVER = Saying("intake.term_over", _("The term was over on %(day)s: what still holds this person?"))
LONG_TERM = Saying("intake.long_term", _("The term is above 18 years: which other counts stand beside?"))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, or to be looked at, in one cell. `field`: its name in the JSON answer; `column`: its key here."""

    row: int
    field: str
    column: str
    said: list

    @property
    def message(self) -> str:
        """What is wrong, in the reader's language."""
        return read(self.said)

    def as_json(self) -> dict:
        """The shape that `import_register` prints."""
        return {"row": self.row, "field": self.field, "message": self.message}


@dataclass(slots=True)
class Entry:
    """One row as read. `values` holds what could be read; `raw` every cell as it stood, for the file of refused rows.

    An error keeps the row out; a warning lets it in and leaves a task.
    """

    row: int
    raw: Sequence
    values: dict = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)
    errors: list[Problem] = field(default_factory=list)
    warnings: list[Problem] = field(default_factory=list)

    def get(self, column: str):
        """The value of a field, None where the cell was empty or could not be read."""
        return self.values.get(column)

    def error(self, column: str, said: list) -> None:
        """Keep the row out because of this cell."""
        self.errors.append(Problem(self.row, field_name(column), column, said))

    def warn(self, column: str, said: list) -> None:
        """Let the row in, with a task."""
        self.warnings.append(Problem(self.row, field_name(column), column, said))


def field_name(column: str) -> str:
    """The name of a column in the JSON answer: "birth_date" -> "birth date"; every part of a name is "name"."""
    return "name" if column in headers.NAMES else column.replace("_", " ")


def read_register(sheet: Sheet, columns: Sequence[str | None] | None = None) -> Iterator[Entry]:
    """Every row of a sheet, read. `columns`: the field of each column, as proposed when not given."""
    if columns is None:
        columns = propose_columns(sheet)
    for number, values in sheet.rows():
        yield read_row(number, values, columns)


def propose_columns(sheet: Sheet) -> list[str | None]:
    """The field of each column, from the headers and the first rows."""
    return headers.propose(sheet.headers, [values for _number, values in islice(sheet.rows(), 50)])


def read_row(number: int, raw: Sequence, columns: Sequence[str | None]) -> Entry:
    """Read each cell of a row; what cannot be read becomes an error at its field."""
    entry = Entry(number, raw)
    for column, value in zip(columns, raw, strict=False):
        if column is None:
            continue
        try:
            entry.values[column] = READERS[column](value)
        except ReaderError as error:
            entry.unread.add(column)
            entry.error(column, error.said)
    _settle_names(entry)
    return entry


def check_row(
    entry: Entry,
    *,
    today: date,
    facility_sex: Collection[str],
    units: Iterable[str],
    as_of: date | None = None,
    seen: dict[str, int] | None = None,
) -> Entry:
    """Check a row against itself, the day, the prison and the rows before it; adds to the entry's errors and warnings.

    `today`: no date may lie after it. `as_of`: the day for which the register is read (today when not given): terms
    over by then, and days after it, are warnings. `facility_sex`: the sexes that the prison holds, {"M"}, {"F"} or
    both. `units`: its units' names; the entry's unit becomes the name as the prison writes it. `seen`: registration
    numbers met so far and their rows, kept by the caller's loop.
    """
    as_of = as_of or today
    _check_required(entry)
    _check_number(entry, {} if seen is None else seen)
    if (sex := entry.get("sex")) and sex not in facility_sex:
        entry.error("sex", WRONG_SEX())
    if unit := entry.get("unit"):
        known = {cells.unit_key(name): name for name in units}
        if cells.unit_key(unit) in known:
            entry.values["unit"] = known[cells.unit_key(unit)]
        else:
            entry.error("unit", NO_SUCH_UNIT(value=unit))
    _check_days(entry, today, as_of)
    _check_birth(entry, today)
    _check_conviction(entry, as_of)
    if entry.get("cin") and entry.get("nationality") and "MA" not in entry.get("nationality"):
        entry.warn("cin", CIN_OF_FOREIGNER())
    if not entry.get("offence") and "offence" not in entry.unread:
        entry.warn("offence", NO_OFFENCE())
    return entry


def _settle_names(entry: Entry) -> None:
    """Put a name written in the wrong column into that of its script, and part a full name that comes in one cell."""
    for latin, arabic in ((n, n.replace("_latin", "_ar")) for n in headers.NAMES if n.endswith("_latin")):
        for here, there, wrong in ((latin, arabic, True), (arabic, latin, False)):
            name = entry.get(here)
            if not name or is_arabic(name) is not wrong:
                continue
            if entry.get(there) and entry.get(there) != name:
                entry.error(here, WRONG_SCRIPT(value=name))
            entry.values[there], entry.values[here] = entry.get(there) or name, None
    for script in ("latin", "ar"):
        for part in ("family", "given"):
            entry.values.setdefault(f"{part}_name_{script}", None)
        full = entry.values.pop(f"full_name_{script}", None)
        if full and not entry.get(f"family_name_{script}") and not entry.get(f"given_name_{script}"):
            # Where one cell holds it all, which part is the family's is not for us to say: it is kept whole, in order.
            entry.values[f"family_name_{script}"] = full


def _check_required(entry: Entry) -> None:
    for column in headers.REQUIRED:
        if entry.get(column) is None and column not in entry.unread:
            entry.error(column, MISSING())
    names = [entry.get(column) for column in headers.NAMES]
    if not any(names):
        if not entry.unread & set(headers.NAMES):
            entry.error("family_name_latin", NO_NAME())
    elif not any(entry.get(f"family_name_{s}") and entry.get(f"given_name_{s}") for s in ("latin", "ar")):
        entry.warn("family_name_latin", ONE_NAME())
    if entry.get("birth_date") is None and "birth_date" not in entry.unread:
        entry.warn("birth_date", NO_BIRTH())


def _check_number(entry: Entry, seen: dict[str, int]) -> None:
    number = entry.get("registration_number")
    if number and seen.setdefault(number, entry.row) != entry.row:
        entry.error("registration_number", NUMBER_TWICE(number=number, row=seen[number]))


def _check_days(entry: Entry, today: date, as_of: date) -> None:
    for column in ("admission_date", "final_judgment"):
        day = entry.get(column)
        if day and day > today:
            entry.error(column, FUTURE(day=day))
        elif day and day > as_of:
            entry.warn(column, AFTER_AS_OF(day=day))


def _check_birth(entry: Entry, today: date) -> None:
    birth: Birth | None = entry.get("birth_date")
    admitted: date | None = entry.get("admission_date")
    if not birth:
        return
    if birth.date > today:
        entry.error("birth_date", FUTURE(day=birth.date))
    elif _years(birth.latest, today) > OLDEST:
        entry.error("birth_date", TOO_OLD(age=OLDEST))
    if admitted and birth.date > admitted:
        entry.error("admission_date", BEFORE_BIRTH())
    # A birth known by its year may have been on its first day: doubt is not held against the row.
    elif admitted and birth.date <= today:
        age = _years(birth.date, admitted)
        if age < YOUNGEST:
            entry.error("birth_date", TOO_YOUNG(age=YOUNGEST))
        elif age < ADULT:
            entry.warn("birth_date", MINOR(age=ADULT))


def _check_conviction(entry: Entry, as_of: date) -> None:
    status: str | None = entry.get("legal_status")
    sentence: Penalty | None = entry.get("sentence")
    final: date | None = entry.get("final_judgment")
    admitted: date | None = entry.get("admission_date")
    birth: Birth | None = entry.get("birth_date")

    if status == "convicted_final":
        if not sentence and "sentence" not in entry.unread:
            entry.error("sentence", NO_SENTENCE())
        if not final and "final_judgment" not in entry.unread:
            entry.warn("final_judgment", NO_FINAL_DATE())
    elif status == "convicted_appeal":
        if not sentence and "sentence" not in entry.unread:
            entry.warn("sentence", NO_SENTENCE_YET())
        if final:
            entry.error("final_judgment", FINAL_UNDER_APPEAL())
    elif status == "remand":
        if sentence:
            entry.error("sentence", SENTENCE_ON_REMAND())
        if final:
            entry.error("final_judgment", FINAL_ON_REMAND())

    if final and birth and birth.date > final:
        entry.error("final_judgment", FINAL_BEFORE_BIRTH())
    elif final and admitted and final < admitted:
        entry.warn("final_judgment", FINAL_BEFORE_ADMISSION())
    if sentence and sentence.kind == "term":
        if (sentence.term.all_months, sentence.term.days) > (LONG_TERM_MONTHS, 0):
            entry.warn("sentence", LONG_TERM())
        # Counted from admission, without remand: whoever is over by this count is over by any.
        ends = admitted and status != "remand" and end_of(admitted, sentence.term)
        if ends and ends <= as_of:
            entry.warn("sentence", TERM_OVER(day=ends))


def _years(born: date, on: date) -> int:
    """Full years of age; a leap-day birthday falls on 1 March in common years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
