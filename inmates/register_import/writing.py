"""Writing the people of an imported register: the same rows that `admit` and `pronounce` write, thousands at a time.

The line of the register stands as a provisional detention order: what holds the person is known from it alone.
"""

from datetime import date, timedelta

from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from config import clock
from inmates.custody import hooks, sayings
from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, Placement, RegistrationNumber
from inmates.people.actions.identity import sort_key
from inmates.people.models import Inmate, LegalStatus, Task
from inmates.people.search import reindex_many
from inmates.register_reading import rows
from inmates.sentences.calculation import Sentenced
from inmates.sentences.models import Case, ReleaseComputation, Sentence
from inmates.sentences.release_dates import concluded
from inmates.terms import Term

BATCH = 1000
DUE_DAYS = {Task.Kind.TERM_OVER: 0, Task.Kind.PLACEMENT: 7, Task.Kind.TERM_RANGE: 14}
"""Policy: how soon what an import leaves open must be settled; anything else within OTHER_DAYS."""
OTHER_DAYS = 30


class ImportedPerson:
    """Everything that one row of a register becomes. Nothing is saved here."""

    def __init__(self, entry, *, unit, objections, offences, by):
        self.entry, self.unit, self.by = entry, unit, by
        self.admitted_on: date = entry.get("admission_date")
        self.status = entry.get("legal_status")
        self.inmate = self._inmate()
        self.case, self.offences = self._case(), offences
        self.sentence = self._sentence()
        self.orders = self._orders()
        self.admission = Admission(
            inmate=self.inmate,
            facility=unit.facility,
            order=self.orders[0],
            admitted_at=clock.midnight(self.admitted_on),
            admitted_by=by,
        )
        self.number = RegistrationNumber(
            facility=unit.facility,
            number=self.inmate.registration_number,
            inmate=self.inmate,
            admission=self.admission,
            given_on=self.admitted_on,
        )
        self.periods = self._periods()
        self.placement = self._placement(objections)
        self.computation = self._computation()
        for fill in hooks.on_import:
            fill(self.inmate)

    def _inmate(self):
        get, birth = self.entry.get, self.entry.get("birth_date")
        nationality = get("nationality") or ("MA",)
        inmate = Inmate(
            **{column: get(column) or "" for column in NAMES},
            sex=get("sex"),
            birth_date=birth and birth.date,
            birth_precision=birth.precision if birth else Inmate.BirthPrecision.DAY,
            birthplace=get("birthplace") or "",
            nationality=nationality[0],
            second_nationality=nationality[1] if len(nationality) > 1 else "",
            cin=get("cin"),
            group_role=get("role") or "",
            is_returnee=get("returnee"),
            status=Inmate.Status.IN_CUSTODY,
            facility=self.unit.facility,
            unit=self.unit,
            registration_number=get("registration_number"),
            legal_status=self.status,
            admitted_on=self.admitted_on,
        )
        inmate.sort_key = sort_key(inmate)
        return inmate

    def _case(self):
        """The prosecution behind the line. Convicted without a sentence known, it stays open and holds."""
        if self.entry.get("sentence"):
            final = self.entry.get("final_judgment")
            return Case(inmate=self.inmate, state=Case.State.CONVICTED, closed_on=final)
        if self.status == LegalStatus.CIVIL_IMPRISONMENT:
            return None
        return Case(inmate=self.inmate, state=Case.State.OPEN, on_remand=True)

    def _sentence(self):
        penalty = self.entry.get("sentence")
        if penalty is None:
            return None
        term = penalty.term or Term()
        return Sentence(
            case=self.case,
            inmate=self.inmate,
            kind=penalty.kind,
            years=term.years,
            months=term.months,
            days=term.days,
            starts_on=self.admitted_on,
            final_on=self.entry.get("final_judgment"),
        )

    def _orders(self):
        """The line itself and, for a debtor, the civil order that it speaks of: only that one ends with the debt."""
        kinds = [DetentionOrder.Kind.REGISTER]
        if self.status == LegalStatus.CIVIL_IMPRISONMENT:
            kinds.append(DetentionOrder.Kind.CIVIL)
        authority = sayings.REGISTER_OF_THE_PRISON.mark
        return [
            DetentionOrder(
                inmate=self.inmate,
                case=self.case if kind == DetentionOrder.Kind.REGISTER else None,
                kind=kind,
                authority=authority[:120],
                reference=self.inmate.registration_number,
                issued_on=self.admitted_on,
                provisional=True,
            )
            for kind in kinds
        ]

    def _periods(self):
        """On what ground since when: before a final judgment somebody is held on remand."""
        final = self.entry.get("final_judgment")
        spans = [(self.status, self.admitted_on, None)]
        if self.status == LegalStatus.CONVICTED_FINAL and final and final > self.admitted_on:
            spans = [(LegalStatus.REMAND, self.admitted_on, final), (self.status, final, None)]
        return [
            LegalStatusPeriod(
                admission=self.admission, inmate=self.inmate, status=status, starts_on=since, ends_on=until
            )
            for status, since, until in spans
        ]

    def _placement(self, objections):
        return Placement(
            admission=self.admission,
            inmate=self.inmate,
            facility=self.unit.facility,
            unit=self.unit,
            during=DateTimeTZRange(self.admission.admitted_at, None, "[)"),
            exceptions=[objection.code for objection in objections],
            exception_reason=sayings.HELD_BY_REGISTER.mark if objections else "",
            exception_until=clock.today() + timedelta(days=OTHER_DAYS) if objections else None,
            placed_by=self.by,
        )

    def _computation(self):
        on, basis, steps = None, Inmate.ReleaseBasis.NONE, []
        if self.sentence is not None:
            term = self.entry.get("sentence").term
            death = self.sentence.kind == Sentence.Kind.DEATH
            on, basis, steps = concluded([Sentenced(self.admitted_on, term, death=death)])
        elif self.case is not None:
            basis = Inmate.ReleaseBasis.REMAND
        self.inmate.release_on, self.inmate.release_basis = on, basis
        return ReleaseComputation(inmate=self.inmate, on=on, basis=basis, steps=steps, cause="import")

    def tasks(self):
        """One task a kind for what the row leaves open, its warnings as the detail."""
        said_by_kind = {}
        for problem in self.entry.warnings:
            said_by_kind.setdefault(_task_kind(problem, self.entry), []).extend(problem.said)
        return [
            Task(
                inmate=self.inmate,
                facility=self.unit.facility,
                kind=kind,
                said=said,
                due_on=clock.today() + timedelta(days=DUE_DAYS.get(kind, OTHER_DAYS)),
                raised_by=self.by,
            )
            for kind, said in said_by_kind.items()
        ]


NAMES = ("family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar")


def _task_kind(problem, entry):
    """Which task a warning leaves."""
    if problem.column == "offence":
        return Task.Kind.OFFENCE
    if problem.column == "unit":
        return Task.Kind.PLACEMENT
    if problem.column == "sentence" and entry.get("sentence"):
        return Task.Kind.TERM_RANGE if problem.said == rows.LONG_TERM() else Task.Kind.TERM_OVER
    return Task.Kind.OTHER


def _quiet_triggers():
    """Name the setting that the history triggers ask for, so that they need not fail over its absence at every row.

    Each such failure ends a subtransaction, which walks through all foreign keys still to be checked: with thousands of
    rows in one transaction that took ten times as long as the rows themselves. No trigger is left out.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true)")


def write(arrived, *, tell=lambda done, total: None):
    """Save everything that the rows become, table by table, and make the names searchable. Call it inside a transaction."""
    _quiet_triggers()
    tables = [
        [one.inmate for one in arrived],
        [one.case for one in arrived if one.case],
        [order for one in arrived for order in one.orders],
        [one.admission for one in arrived],
        [one.number for one in arrived],
        [period for one in arrived for period in one.periods],
        [one.placement for one in arrived],
        [one.sentence for one in arrived if one.sentence],
        [one.computation for one in arrived],
        [task for one in arrived for task in one.tasks()],
        [
            Case.offences.through(case=one.case, offence=offence)
            for one in arrived
            if one.case
            for offence in one.offences
        ],
    ]
    total = sum(map(len, tables)) + len(arrived)
    done = 0
    for table in tables:
        for start in range(0, len(table), BATCH):
            batch = table[start : start + BATCH]
            type(batch[0]).objects.bulk_create(batch)
            done += len(batch)
            tell(done, total)
    for react in hooks.after_import:
        react(arrived)
    people = [one.inmate for one in arrived]
    for start in range(0, len(people), BATCH):
        reindex_many(people[start : start + BATCH])
        done += len(people[start : start + BATCH])
        tell(done, total)
    return people
