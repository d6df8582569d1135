"""Importing a prison's register: what a file would bring in (`make_plan`), and bringing it in (`import_register`).

A row with an error stays out. So does one that may be somebody known, until a person has looked. All the
others come in together, or nothing does: `import_register` is one transaction.
"""

import hashlib
import json
from dataclasses import dataclass, field
from datetime import date

import pghistory
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit import signed_context, trail
from config import clock
from core.sayings import Saying
from documents import actions as documents
from facilities.models import Facility, Sex, Unit
from inmates.custody.models import RegistrationNumber
from inmates.custody.placement_rules import objections_to
from inmates.duplicates.models import PossibleDuplicate
from inmates.names import spellings
from inmates.people.models import ImportBatch, Inmate
from inmates.register_import.duplicates import Duplicate, find, identity, same_person
from inmates.register_import.rest import BINARY, rest_file
from inmates.register_import.writing import ImportedPerson, write
from inmates.register_reading import cells, headers
from inmates.register_reading.rows import Entry, Problem, check_row, field_name, propose_columns, read_register
from inmates.register_reading.sheet import Sheet, SheetError, open_sheet
from inmates.register_reading.text import fold
from inmates.sentences.models import Offence

NO_COLUMN = Saying("import.no_column", gettext_lazy("No column holds this."))
NUMBER_TAKEN = Saying(
    "import.number_taken", gettext_lazy("Registration number %(number)s is another person's in this prison.")
)
NO_NATIONALITY = Saying("import.no_nationality", gettext_lazy("The nationality is not given: entered as Moroccan."))
NO_SUCH_OFFENCE = Saying(
    "import.no_such_offence",
    gettext_lazy("“%(value)s” is none of the offences known here: choose it on the case."),
)


def silent(stage, done, total):
    """Progress that nobody hears."""


class NotImported(Exception):
    """The register has errors and nothing was written; `plan` says which."""

    def __init__(self, plan):
        self.plan = plan
        super().__init__(_("Nothing was imported: the register has errors."))


@dataclass
class Plan:
    """Result of reading a register. `entries`: every row as read; `duplicates`: by row, the people it may be.

    `missing`: fields that no column holds: nothing at all can be imported then. `someone_else`: rows of which a person
    said that they are none of the people they resemble.
    """

    facility: Facility
    sheet: Sheet
    columns: list[str | None]
    entries: list[Entry] = field(default_factory=list)
    missing: list[Problem] = field(default_factory=list)
    duplicates: dict[int, list[Duplicate]] = field(default_factory=dict)
    objections: dict[int, list] = field(default_factory=dict)
    offences: dict[int, list[Offence]] = field(default_factory=dict)
    someone_else: frozenset[int] = frozenset()

    @property
    def errors(self) -> list[Problem]:
        """Problems that keep rows out."""
        return self.missing + [problem for entry in self.entries for problem in entry.errors]

    @property
    def warnings(self) -> list[Problem]:
        """Problems to be looked at later; each leaves a task."""
        return [problem for entry in self.entries for problem in entry.warnings]

    @property
    def valid(self) -> list[Entry]:
        """Rows without errors, those held back included."""
        return [] if self.missing else [entry for entry in self.entries if not entry.errors]

    @property
    def held(self) -> list[Entry]:
        """Valid rows held back: they may be somebody known."""
        return [entry for entry in self.valid if not self._let_in(entry)]

    @property
    def importable(self) -> list[Entry]:
        """Valid rows not held back."""
        return [entry for entry in self.valid if self._let_in(entry)]

    def _let_in(self, entry) -> bool:
        duplicates = self.duplicates.get(entry.row, ())
        return entry.row in self.someone_else and not any(one.certain for one in duplicates) if duplicates else True

    def as_json(self) -> dict:
        """The answer of the command."""
        return {
            "rows": len(self.entries),
            "valid": len(self.valid),
            "errors": [problem.as_json() for problem in self.errors],
            "warnings": [problem.as_json() for problem in self.warnings],
            "possible_duplicates": [
                duplicate.as_json() for entry in self.held for duplicate in self.duplicates[entry.row]
            ],
        }


def read(data: bytes) -> tuple[Sheet, str]:
    """The sheet of a file and the fingerprint of the file. Raises SheetError."""
    return open_sheet(data), hashlib.sha256(data).hexdigest()


def make_plan(sheet, *, facility, columns=None, as_of: date | None = None, someone_else=(), tell=silent) -> Plan:
    """Read and check every row against itself, the prison and the register of the whole country. Writes nothing.

    `columns`: the field of each column; proposed from the headers when not given. `as_of`: the day for which the
    register is read (today). `tell(stage, done, total)` hears how far it is.
    """
    columns = list(columns) if columns else propose_columns(sheet)
    plan = Plan(facility, sheet, columns, someone_else=frozenset(someone_else))
    plan.missing = [
        Problem(sheet.header_row, field_name(column), column, NO_COLUMN()) for column in headers.missing(columns)
    ]
    units = {unit.name: unit for unit in _units(facility)}
    held_sexes = {sex for sex, held in ((Sex.MALE, facility.holds_men), (Sex.FEMALE, facility.holds_women)) if held}
    offences = _offences()
    seen: dict[str, int] = {}
    for entry in read_register(sheet, columns):
        _tidy_number(entry)
        check_row(entry, today=clock.today(), as_of=as_of, facility_sex=held_sexes, units=units, seen=seen)
        _check_rest(entry, plan, offences)
        plan.entries.append(entry)
        if len(plan.entries) % 200 == 0:
            tell("read", len(plan.entries), None)
    tell("read", len(plan.entries), len(plan.entries))
    if plan.missing:
        return plan
    numbers = _known_numbers(plan)
    valid = plan.valid
    plan.duplicates = find(valid, numbers=numbers, tell=lambda done: tell("compare", done, len(valid)))
    _check_places(plan, units)
    return plan


@transaction.atomic
@signed_context.beyond("register import")
def import_register(
    sheet, sha256, *, name, facility, columns=None, as_of=None, skip_invalid=False, someone_else=(), by, tell=silent
) -> tuple[Plan, ImportBatch | None]:
    """Import what `make_plan` finds importable. With errors nothing at all, unless `skip_invalid`: NotImported is raised.

    Returns the plan and the batch, which is None where no row was left to import (the same file a second time).
    """
    by.require("inmates.import_register", at=facility)
    facility = Facility.objects.select_for_update(no_key=True).get(pk=facility.pk)
    list(Unit.objects.select_for_update(no_key=True).filter(facility=facility).order_by("pk"))
    plan = make_plan(sheet, facility=facility, columns=columns, as_of=as_of, someone_else=someone_else, tell=tell)
    if plan.missing or (plan.errors and not skip_invalid):
        raise NotImported(plan)
    if not plan.importable:
        return plan, None
    units = {unit.name: unit for unit in _units(facility)}
    arrived = [
        ImportedPerson(
            entry,
            unit=units[entry.get("unit")],
            objections=plan.objections.get(entry.row, []),
            offences=plan.offences.get(entry.row, []),
            by=by,
        )
        for entry in plan.importable
    ]
    with pghistory.context(import_of=facility.code):
        people = write(arrived, tell=lambda done, total: tell("write", done, total))
    _record_decisions(plan, dict(zip((entry.row for entry in plan.importable), people, strict=True)), by=by)
    batch = ImportBatch(
        facility=facility,
        file_name=name[:200],
        sha256=sha256,
        imported_by=by,
        rows=len(plan.entries),
        imported=len(people),
        report=_report(plan),
    )
    if len(plan.importable) < len(plan.entries):
        batch.rest = documents.keep(
            rest_file(plan), name="rows-not-imported.xlsx", content_type=BINARY, ending=".xlsx", by=by
        )
    batch.save()
    trail.record(
        "register.imported",
        by=by,
        facility=facility,
        obj=batch,
        detail={"rows": batch.rows, "imported": batch.imported, "sha256": sha256},
    )
    trail.record_many("inmate.imported", by=by, facility=facility, inmates=people, detail={"import": str(batch.uuid)})
    return plan, batch


# --- Checks that need the tables ------------------------------------------------------------------------------------


def _units(facility):
    """Units in use, with how many people each holds now."""
    inside = Count("placements", filter=Q(placements__during__upper_inf=True))
    in_use = Unit.objects.in_use(clock.today()).filter(facility=facility)
    return in_use.annotate(inside=inside).select_related("facility")


def _offences():
    """{folded article or label: versions of that article, the newest last}."""
    known, versions = {}, {}
    for offence in Offence.objects.order_by(F("valid_from").asc(nulls_first=True), "id"):
        versions.setdefault(offence.code, []).append(offence)
        labels = (offence.label, offence.label_fr, offence.label_ar)
        for words in (offence.article, f"{offence.law} {offence.article}", *labels):
            known[fold(words)] = versions[offence.code]
    known.pop("", None)
    return known


def _as_it_stood(versions, day):
    """The version in force on the day of the judgment, else of the admission; the newest where none was."""
    return next((one for one in versions if day and one.in_force_on(day)), versions[-1])


def _tidy_number(entry):
    """A registration number as it is stored: without the spaces and dots that clerks put into it."""
    number = entry.get("registration_number")
    if number is None:
        return
    stored = number.replace(" ", "").replace(".", "")
    if stored != spellings.number(stored):
        entry.unread.add("registration_number")
        entry.values["registration_number"] = None
        entry.error("registration_number", cells.NOT_A_NUMBER(value=number))
    else:
        entry.values["registration_number"] = stored


def _check_rest(entry, plan, offences):
    """Check what `check_row` does not know: the offence among those known, a nationality that nobody gave."""
    if entry.get("nationality") is None and "nationality" not in entry.unread and not entry.get("cin"):
        entry.warn("nationality", NO_NATIONALITY())
    if not entry.get("offence"):
        return
    parts = [entry.get("offence"), *entry.get("offence").replace(" + ", ";").split(";")]
    day = entry.get("final_judgment") or entry.get("admission_date")
    known = [_as_it_stood(offences[fold(part)], day) for part in parts if fold(part) in offences]
    plan.offences[entry.row] = list(dict.fromkeys(known))
    if not known:
        entry.warn("offence", NO_SUCH_OFFENCE(value=entry.get("offence")))


@signed_context.beyond("register import")
def _known_numbers(plan):
    """{number: uuid} of lines that this register holds already; the same number for another person is an error."""
    wanted = {entry.get("registration_number"): entry for entry in reversed(plan.entries)}
    wanted.pop(None, None)
    taken = RegistrationNumber.objects.filter(facility=plan.facility, number__in=wanted).select_related("inmate")
    numbers = {}
    for number in taken:
        entry = wanted[number.number]
        if same_person(identity(entry), number.inmate):
            numbers[number.number] = str(number.inmate.survivor().uuid)
        else:
            entry.error("registration_number", NUMBER_TAKEN(number=number.number))
    return numbers


def _check_places(plan, units):
    """Warn of places that do not fit or are full; the law lets the person in all the same, until the exception ends."""
    inside = {name: unit.inside for name, unit in units.items()}
    for entry in plan.importable:
        name = entry.get("unit")
        person = Inmate(sex=entry.get("sex"), legal_status=entry.get("legal_status"))
        against = objections_to(person, units[name], inside[name], [])
        inside[name] += 1
        if against:
            plan.objections[entry.row] = against
            for objection in against:
                entry.warn("unit", objection.said)


# --- What is kept of an import --------------------------------------------------------------------------------------


def _record_decisions(plan, people, *, by):
    """Record the decision "someone else" on each pair of people."""
    decided = []
    for row, person in people.items():
        for duplicate in plan.duplicates.get(row, ()):
            if duplicate.of.startswith("row:"):
                other = people.get(int(duplicate.of.removeprefix("row:")))
            else:
                other = Inmate.objects.get(uuid=duplicate.of)
            if other is None:
                continue
            first, second = sorted([person, other], key=lambda one: one.pk)
            decided.append(
                PossibleDuplicate(
                    first=first,
                    second=second,
                    score=duplicate.score,
                    reasons=duplicate.reasons,
                    state=PossibleDuplicate.State.SOMEONE_ELSE,
                    settled_by=by,
                    settled_at=clock.now(),
                )
            )
    PossibleDuplicate.objects.bulk_create(decided, ignore_conflicts=True)


def _report(plan):
    """Report kept for its page, as sayings: errors and duplicates row by row, warnings with the rows they were given for."""
    warned: dict[str, dict] = {}
    for problem in plan.warnings:
        line = {"column": problem.column, "said": problem.said, "rows": []}
        warned.setdefault(json.dumps([problem.column, problem.said], sort_keys=True), line)["rows"].append(problem.row)
    return {
        "rows": len(plan.entries),
        "valid": len(plan.valid),
        "errors": [{"row": one.row, "column": one.column, "said": one.said} for one in plan.errors],
        "warnings": list(warned.values()),
        "possible_duplicates": [
            {"row": one.row, "of": one.of, "score": one.score, "reasons": one.reasons}
            for entry in plan.held
            for one in plan.duplicates[entry.row]
        ],
    }


__all__ = ["NotImported", "Plan", "SheetError", "import_register", "make_plan", "read"]
