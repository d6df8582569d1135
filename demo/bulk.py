"""Many rows at once: history loaded with COPY, the way a service takes over its old registers.

Every constraint of the database holds; the row history is written by its triggers, unless `ignore_history` is on.
"""

import io
import json
from datetime import UTC, datetime, time, timedelta
from functools import cache, lru_cache
from typing import NamedTuple
from uuid import NAMESPACE_OID, UUID, uuid5
from zoneinfo import ZoneInfo

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.fields.ranges import RangeField
from django.db import connection, models

from config import clock
from core import encryption
from core.fields import EncryptedTextField
from demo.people import CIVIL, COURT, FINAL
from demo.texts import first_reasons, periodic_reasons
from inmates.classification.models import TierDecision
from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, Placement, RegistrationNumber, Transfer
from inmates.people.actions.identity import sort_key
from inmates.people.models import Alias, Inmate, ReturneeDossier
from inmates.people.models.name_tokens import WrittenNames
from inmates.people.search import token_ids, written_names
from inmates.sentences.calculation import Sentenced, combine
from inmates.sentences.models import Case, CourtAppeal, Fine, Offence, ReleaseComputation, RemandPeriod, Sentence
from inmates.separate.models import SeparateStep

ZONE = ZoneInfo("Africa/Casablanca")
REVIEW_DAYS, FIRST_DAYS, APPEAL_DAYS = 90, 14, 10
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class Copy:
    """Rows for one table: named fields are given a row at a time, the others take the model's default."""

    def __init__(self, model, *fields):
        self.table = model._meta.db_table
        known = {field.attname: field for field in model._meta.concrete_fields} | {
            field.name: field for field in model._meta.concrete_fields
        }
        given = [known[name] for name in fields]
        rest = [field for field in model._meta.concrete_fields if field not in given and not field.primary_key]
        self.columns = [field.column for field in (*given, *rest)]
        self.writers = [_writer(field) for field in given]
        self.rest = "".join("\t" + _default(field) for field in rest)
        self.lines = []

    def add(self, *values):
        """One row, in the order of the fields named."""
        line = "\t".join(
            ["\\N" if value is None else write(value) for write, value in zip(self.writers, values, strict=True)]
        )
        self.lines.append(f"{line}{self.rest}\n")

    def write(self, cursor):
        """Send the rows and forget them."""
        if self.lines:
            columns = ", ".join(f'"{column}"' for column in self.columns)
            cursor.copy_expert(f'COPY "{self.table}" ({columns}) FROM STDIN', io.StringIO("".join(self.lines)))
            self.lines = []


def _default(field):
    """The field's default as it is written for COPY."""
    value = field.get_default()
    return "\\N" if value is None else _writer(field)(value)


def _writer(field):
    """How a value of this field is written for COPY."""
    if isinstance(field, EncryptedTextField):
        return lambda value: field.get_prep_value(value).translate(_ESCAPES)
    if isinstance(field, models.JSONField):
        return lambda value: json.dumps(value, ensure_ascii=False).translate(_ESCAPES)
    if isinstance(field, ArrayField):
        return lambda value: "{" + ",".join(map(str, value)) + "}"
    if isinstance(field, RangeField):
        return lambda value: f"[{value[0]},{value[1] or ''})"
    if isinstance(field, (models.CharField, models.TextField)):
        return lambda value: value.translate(_ESCAPES)
    if isinstance(field, models.BooleanField):
        return lambda value: "\\N" if value is None else "t" if value else "f"
    return lambda value: "\\N" if value is None else str(value)


def reserve(model, count):
    """`count` fresh primary keys of a table."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return [row[0] for row in cursor.fetchall()]


def moment(day, hour=10, minute=0):
    """An aware moment of a day, local time."""
    return datetime.combine(day, time(hour, minute), ZONE).astimezone(UTC)


class Loader:
    """Writes people with their whole history. `staff` answers `officer(code)`, `assessor(code)` and `reviewer(n)`."""

    def __init__(self, rng, prisons, units, staff):
        self.rng, self.prisons, self.units, self.staff = rng, prisons, units, staff
        self.offences = {}
        for offence in Offence.objects.order_by("valid_from"):
            self.offences[offence.law, offence.article] = offence.pk
        self.terrorism = set(Offence.objects.filter(terrorism=True).values_list("pk", flat=True))
        self.organisations = []
        self.inmates = Copy(
            Inmate, "id", "uuid", "family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar",
            "sort_key",
            "languages", "sex", "birth_date", "birth_precision", "birthplace", "nationality",
            "second_nationality", "cin", "cin_digest",
            "group_role", "organisation_id", "is_returnee", "abc_class", "status", "facility_id", "unit_id",
            "registration_number", "legal_status", "admitted_on", "tier", "tier_since", "next_review_on", "release_on",
            "release_basis", "created_at",
        )  # fmt: skip
        self.aliases = Copy(Alias, "inmate_id", "text", "kind")
        self.dossiers = Copy(ReturneeDossier, "inmate_id", "theatre", "left_on", "returned_on", "how_returned")
        self.cases = Copy(Case, "id", "inmate_id", "court", "number", "state", "on_remand", "closed_on")
        self.case_offences = Copy(Case.offences.through, "case_id", "offence_id")
        self.sentences = Copy(
            Sentence, "id", "uuid", "case_id", "inmate_id", "kind", "years", "months", "days", "starts_on",
            "pronounced_on",
            "count", "final_on", "final_reference", "earlier_custody",
        )  # fmt: skip
        self.appeals = Copy(
            CourtAppeal, "case_id", "judgment_id", "facility_id", "kind", "by_person_at", "court", "last_day",
            "reference", "recorded_by_id", "recorded_at", "receipt_at", "receipt_by_id", "sent_at", "sent_by_id",
            "proof", "outcome", "decided_on", "decision", "outcome_by_id", "outcome_at",
        )  # fmt: skip
        self.fines = Copy(Fine, "case_id", "amount", "remaining")
        self.remand = Copy(RemandPeriod, "sentence_id", "first_day", "day_after_last")
        self.orders = Copy(
            DetentionOrder, "id", "inmate_id", "case_id", "kind", "authority", "reference", "issued_on", "expires_on"
        )
        self.admissions = Copy(
            Admission,
            "id",
            "uuid",
            "inmate_id",
            "facility_id",
            "order_id",
            "admitted_at",
            "admitted_by_id",
            "came_from",
        )
        self.statuses = Copy(LegalStatusPeriod, "admission_id", "inmate_id", "status", "starts_on", "ends_on")
        self.numbers = Copy(RegistrationNumber, "facility_id", "number", "inmate_id", "admission_id", "given_on")
        self.placements = Copy(
            Placement, "admission_id", "inmate_id", "facility_id", "unit_id", "during", "reason", "placed_by_id"
        )
        self.transfers = Copy(
            Transfer, "uuid", "inmate_id", "origin_id", "destination_id", "reason", "state", "unit_id",
            "proposed_by_id",
            "proposed_at", "approved_by_id", "approved_at", "accepted_by_id", "accepted_at", "departed_at",
            "arrived_at",
            "ended_by_id", "ended_at",
        )  # fmt: skip
        self.decisions = Copy(
            TierDecision, "uuid", "inmate_id", "admission_id", "origin", "assessor_id", "decided_by_id", "decided_on",
            "before", "tier", "effective_on", "next_review_on", "reasons",
        )  # fmt: skip
        self.grounds = Copy(
            SeparateStep, "uuid", "inmate_id", "admission_id", "kind", "ground", "origin", "state", "proposed_on",
            "decided_on", "effective_on",
        )  # fmt: skip
        self.computations = Copy(ReleaseComputation, "inmate_id", "made_at", "made_on", "on", "basis", "steps", "cause")
        self.written = Copy(WrittenNames, "inmate_id", "tokens", "lines")

    def load(self, people):
        """Write these people; their `pk` is set. Call it inside a transaction."""
        keys = {
            model: iter(reserve(model, len(people))) for model in (Inmate, Case, Sentence, DetentionOrder, Admission)
        }
        lines = {}
        for person in people:
            written = self._person(person, keys)
            lines[person.pk] = written
        ids = token_ids({token for rows in lines.values() for _, tokens in rows for token in tokens})
        for pk, rows in lines.items():
            self.written.add(
                pk,
                [ids[token] for _, tokens in rows for token in tokens],
                [line for line, tokens in rows for _ in tokens],
            )
        with connection.cursor() as cursor:
            for table in (
                self.inmates, self.aliases, self.dossiers, self.cases, self.case_offences, self.sentences,
                self.appeals, self.fines,
                self.remand, self.orders, self.admissions, self.statuses, self.numbers, self.placements, self.transfers,
                self.decisions, self.grounds, self.computations, self.written,
            ):  # fmt: skip
                table.write(cursor)

    def _uuid(self):
        return UUID(int=self.rng.getrandbits(128), version=4)

    def _person(self, person, keys):
        """Queue the rows of one person; returns their written names, `[(line, tokens), ...]`."""
        person.pk = next(keys[Inmate])
        case, sentence = next(keys[Case]), next(keys[Sentence]) if person.pronounced_on else None
        prison = self.prisons[person.wanted.facility]
        release_on, basis, steps = self._release(person)
        name = person.name
        key, written = _readable(name, tuple(text for text, _kind in person.aliases))
        admission = next(keys[Admission])
        tier_since, next_review = self._decide(person, admission)
        self.inmates.add(
            person.pk, person.uuid or self._uuid(), *name, key, person.languages, person.wanted.sex,
            person.birth_date, person.birth_precision, person.birthplace, person.nationality,
            person.wanted.second_nationality, person.cin, person.cin and encryption.digest(person.cin),
            person.role, self._organisation(person),
            person.wanted.returnee,
            "ABC"[person.tier - 1] if person.tier and person.serial % 3 else "", "in_custody", prison.pk,
            self.units[person.wanted.facility, person.unit].pk, person.number, person.wanted.status, person.admitted_on,
            person.tier, tier_since, next_review, release_on, basis, moment(person.admitted_on),
        )  # fmt: skip
        for text, kind in person.aliases:
            self.aliases.add(person.pk, text, kind)
        if person.dossier:
            how = self.rng.choice(["Retour par voie aérienne", "Remis à la frontière", "Rapatriement organisé", ""])
            self.dossiers.add(person.pk, *person.dossier, how)
        self._prosecuted(person, case, sentence, steps, release_on, basis)
        self._held(person, case, next(keys[DetentionOrder]), admission)
        return written

    def _organisation(self, person):
        if not self.organisations or not person.role:
            return None
        abroad, home = self.organisations
        return self.rng.choice(abroad if person.wanted.returnee else home).pk

    def _release(self, person):
        """`(date, basis, steps)` as `inmates.sentences.release_dates.calculated` finds it for this person."""
        if not person.pronounced_on:
            return None, "remand", []
        death = person.wanted.kind == "death"
        result = combine(
            [
                Sentenced(
                    starts_on=person.starts_on,
                    term=person.term,
                    remand=person.remand,
                    reductions=[],
                    relation=None,
                    death=death,
                    label=person.case_number,
                )
            ]
        )
        steps = [step.stored() for step in result.steps]
        return result.on, "computed" if result.on else "death" if death else "life", steps

    def _decide(self, person, admission):
        """Queue the imported tier decisions; returns `(tier since, next review)`."""
        before, since = None, None
        assessor = self.staff.assessor(person.wanted.facility)
        for n, (day, tier) in enumerate(person.decisions):
            final = person.final_on is not None and person.final_on <= day
            reasons = (
                periodic_reasons(self.rng, tier, before, final=final)
                if n
                else first_reasons(self.rng, tier, final=final)
            )
            self.decisions.add(
                self._uuid(), person.pk, admission, "import", assessor, self.staff.reviewer(person.serial + n), day,
                before, tier, day,
                day + timedelta(days=REVIEW_DAYS), reasons,
            )  # fmt: skip
            since = day if tier != before else since
            before = tier
        last = person.decisions[-1][0] + timedelta(days=REVIEW_DAYS) if person.decisions else None
        return since, last or person.admitted_on + timedelta(days=FIRST_DAYS)

    def _prosecuted(self, person, case, sentence, steps, release_on, basis):
        judged = person.pronounced_on is not None
        state = "convicted" if judged else "open"
        self.cases.add(case, person.pk, COURT, person.case_number, state, not judged, person.pronounced_on)
        for offence in person.offences:
            self.case_offences.add(case, self.offences[offence])
        if judged:
            term = person.term
            self.sentences.add(
                sentence, self._uuid(), case, person.pk, person.wanted.kind, term.years if term else 0,
                term.months if term else 0, term.days if term else 0, person.starts_on, person.pronounced_on,
                1, person.final_on, f"CNA {person.case_number}" if person.final_on else "", "",
            )  # fmt: skip
            if person.wanted.status != FINAL or person.serial % 3:
                self._appealed(person, case, sentence)
            for first_day, day_after_last in person.remand:
                self.remand.add(sentence, first_day, day_after_last)
            if person.fine:
                self.fines.add(case, person.fine, person.fine)
        made_on = person.pronounced_on or person.admitted_on
        self.computations.add(person.pk, moment(made_on, 15), made_on, release_on, basis, steps, "import")

    def _appealed(self, person, case, sentence):
        """The person appealed, the registry sent it on; whoever is finally convicted was answered."""
        officer = self.staff.officer(person.wanted.facility)
        last = person.final_on or clock.today() - timedelta(days=1)
        declared = min(person.pronounced_on + timedelta(days=3), last)
        answered = person.final_on is not None
        self.appeals.add(
            case, sentence, self.prisons[person.wanted.facility].pk, "appeal", moment(declared, 10),
            COURT, person.pronounced_on + timedelta(days=APPEAL_DAYS), f"DA {person.serial}-{person.case_number}", officer,
            moment(declared, 10), moment(declared, 10, 20), officer, moment(declared, 15), officer,
            f"BE {person.case_number}", "confirmed" if answered else "", person.final_on,
            f"AR {person.case_number}" if answered else "", officer if answered else None,
            moment(person.final_on, 15) if answered else None,
        )  # fmt: skip

    def _ground(self, person, admission):
        """The ground that an offence of terrorism gives, as a register that is taken over brings it along."""
        if not any(self.offences[offence] in self.terrorism for offence in person.offences):
            return
        day = person.admitted_on
        self.grounds.add(
            uuid5(NAMESPACE_OID, f"separate:{admission}"), person.pk, admission, "in",
            "conviction" if person.pronounced_on else "charge", "import", "decided", day, day, day,
        )  # fmt: skip

    def _remand_ends_on(self, person):
        """Remand has a last day to come, on which nobody has to act yet; of a convicted person the order names none."""
        return None if person.pronounced_on else clock.today() + timedelta(days=31 + person.serial % 60)

    def _held(self, person, case, order, admission):
        prison = self.prisons[person.wanted.facility]
        officer = self.staff.officer(person.wanted.facility)
        origin = self.prisons[person.came_from[0]] if person.came_from else prison
        entered = moment(person.admitted_on, 9 + person.serial % 8, person.serial % 60)
        self.orders.add(
            order, person.pk, case, "remand", "Juge d'instruction, " + COURT, f"MD {person.case_number}",
            person.admitted_on,
            person.order_ends_on or self._remand_ends_on(person),
        )  # fmt: skip
        self.admissions.add(
            admission,
            self._uuid(),
            person.pk,
            origin.pk,
            order,
            entered,
            self.staff.officer(origin.code),
            person.ordinary_prison,
        )
        self._ground(person, admission)
        rows = person.statuses
        if person.wanted.status == CIVIL:
            rows.append((CIVIL, person.wanted.free_between[1]))
        for (status, start), following in zip(rows, [*rows[1:], (None, None)], strict=True):
            self.statuses.add(admission, person.pk, status, start, following[1])
        unit = self.units[person.wanted.facility, person.unit].pk
        if origin is prison:
            self.numbers.add(prison.pk, person.number, person.pk, admission, person.admitted_on)
            self.placements.add(admission, person.pk, prison.pk, unit, (entered, None), "", officer)
            return
        arrived_on = person.came_from[1]
        left, arrived = moment(arrived_on, 7), moment(arrived_on, 14)
        before = self.units[origin.code, "Prévention"].pk
        self.numbers.add(origin.pk, person.earlier_number, person.pk, admission, person.admitted_on)
        self.numbers.add(prison.pk, person.number, person.pk, admission, arrived_on)
        self.placements.add(
            admission, person.pk, origin.pk, before, (entered, arrived), "", self.staff.officer(origin.code)
        )
        self.placements.add(admission, person.pk, prison.pk, unit, (arrived, None), "", officer)
        self.transfers.add(
            self._uuid(), person.pk, origin.pk, prison.pk, "classification", "arrived", unit,
            self.staff.officer(origin.code), left - timedelta(days=9), self.staff.director(origin.code),
            left - timedelta(days=7), officer, left - timedelta(days=5), left, arrived, officer, arrived,
        )  # fmt: skip


@cache
def _history_triggers():
    return [
        trigger.get_pgid(model)
        for model, trigger in pgtrigger.registered()
        if trigger.name.endswith(("_insert", "_update", "_delete"))
    ]


def ignore_history():
    """Within this transaction no row history is written: for made-up registers of benchmarks only."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('pgtrigger.ignore', %s, true)", ["{" + ",".join(_history_triggers()) + "}"])


class _Written(NamedTuple):
    """A name as `sort_key` and `written_names` read it, without the weight of an Inmate."""

    family_name_latin: str
    given_name_latin: str
    family_name_ar: str
    given_name_ar: str


@lru_cache(maxsize=300_000)
def _readable(name, aliases):
    """`(sort key, tokens by line)` of a name: thousands of people bear the same one."""
    written = _Written(*name)
    return sort_key(written), list(written_names(written, aliases))
