"""Corrections: foreseen, made, confirmed by a second person, decided on paper on the day of a release, refused.

What the hourly run does about those that wait stands in `waiting_corrections.py`.
"""

from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import InvalidTransition, StaleRecord, ensure, lock, say_more, transition
from inmates.people import corrections, hooks, sayings
from inmates.people.actions import taking_back
from inmates.people.actions.alerts import raise_again, settle, waiting_for
from inmates.people.models import Alert, Correction, Inmate, Task

State = Correction.State
RELEASE_DATE = "release_date"
NO_SENTENCE = {Inmate.ReleaseBasis.NONE, Inmate.ReleaseBasis.REMAND}  # there is no date to move
EVERY = timedelta(hours=1)
NOT_NOW = (InvalidTransition, StaleRecord, ValidationError, IntegrityError)  # what stands against a try
_trying = ContextVar("trying", default=False)


@dataclass
class Foreseen:
    """What a correction would do: release dates and their bases before and after, what it moves, papers printed since.

    `days`: other days that it moves, as a `Correction` keeps them. `moves`: codes; not empty means that a second person
    confirms. `papers`: those handed out before, see `corrections.printed`. `lines`: what else follows, in words. `calls`:
    tasks and alerts that it raises, of those that the one who corrects may read; `settles`: tasks that it closes.
    """

    before: object = None
    after: object = None
    basis_before: str = ""
    basis_after: str = ""
    days: dict = field(default_factory=dict)
    moves: list = field(default_factory=list)
    papers: list = field(default_factory=list)
    lines: list = field(default_factory=list)
    calls: list = field(default_factory=list)
    settles: list = field(default_factory=list)


class _OnlyLooking(Exception):
    """Takes a try back."""


@contextmanager
def only_looking():
    """What is done within is taken back at its end."""
    token = _trying.set(True)
    try:
        with suppress(_OnlyLooking), transaction.atomic():
            yield
            raise _OnlyLooking
    finally:
        _trying.reset(token)


def foresee(correctable, record, values, *, annul=False, enter=False, by):
    """Try the change, look at what it does, and take it back. Raises ValidationError where it cannot be made at all."""
    seen = Foreseen()
    person = correctable.person_of(record)
    with only_looking():
        before, looks, called = _release_of(person), _looks(person), _called(person, by)
        tried = [lock(one) for one in (person, record) if one][-1]  # the person first, as whoever confirms does
        weighty = [
            code for name, code in correctable.weighty.items() if name in values and _differs(tried, name, values)
        ]
        if annul and correctable.undo is not None:
            taking_back.take(correctable, tried, taking_back.planned(correctable, tried), by=by)
        else:
            _write(correctable, tried, values, annul=annul, restore=enter, by=by)
        after = _release_of(person)
        moved = {code: (looks[code], look) for code, look in _looks(person).items() if look != looks[code]}
        seen.moves = list(moved)
        seen.days = {code: _as_text(days(*moved[code])) for code, days in corrections.days_of.items() if code in moved}
        then = _called(person, by)
        seen.calls = [then[key] for key in then.keys() - called.keys()]
        seen.settles = [task for key, task in called.items() if key not in then and isinstance(task, Task)]
    (seen.before, seen.basis_before), (seen.after, seen.basis_after) = before, after
    if before != after and not {seen.basis_before, seen.basis_after} <= NO_SENTENCE:
        seen.moves.insert(0, RELEASE_DATE)
    seen.moves += sorted({code for check in corrections.moved_by for code in check(record)})
    seen.moves += [code for code in weighty if code not in seen.moves]
    if annul:
        seen.moves += [code for code in correctable.always if code not in seen.moves]
        seen.lines = correctable.foretold(record) if correctable.foretold else []
    if person is not None:
        seen.papers = corrections.printed(person)
    return seen


def _differs(record, name, values):
    return corrections.stored(record, name) != values[name]


def _release_of(person):
    if person is None:
        return None, ""
    return Inmate.objects.values_list("release_on", "release_basis").get(pk=person.pk)


def _looks(person):
    """What the rooms watch of a person, as it is stored now."""
    if person is None:
        return {}
    stored = Inmate.objects.get(pk=person.pk)
    return {code: look(stored) for code, look in corrections.watched.items()}


def _as_text(sides):
    """`[before, after]`, lists of `(name, day)`, as JSON keeps them."""
    return [[[name, day and day.isoformat()] for name, day in side] for side in sides]


def _called(person, by):
    """Tasks and alerts about a person that wait, as far as a user may read them."""
    if person is None or by is None:
        return {}
    found = [*Task.objects.open().visible_to(by).filter(inmate=person), *waiting_for(by).filter(inmate=person)]
    return {(type(one), one.pk): one for one in found}


@transaction.atomic
def correct(correctable, record, values, *, why, paper, by):
    """Put fields of a record right: `values` is `{field: value as stored}`. At once, or when a second person confirms.

    Raises ValidationError where nothing differs, the record would not hold, or it says not why and on what paper.
    """
    return _make(correctable, record, values, kind=Correction.Kind.CHANGE, why=why, paper=paper, by=by)


@transaction.atomic
def annul(correctable, record, *, why, paper, by):
    """Say that a record was entered for the wrong person, or an act by mistake: it counts for nothing from now on.

    A record annulled stays stored; of an act taken back the correction keeps every value that it had written.
    """
    if not correctable.may_go:
        raise InvalidTransition(_("Records of this kind are corrected, not annulled."))
    kind = Correction.Kind.TAKEN_BACK if correctable.undo else Correction.Kind.ANNULMENT
    return _make(correctable, record, {}, kind=kind, why=why, paper=paper, by=by)


@transaction.atomic
def enter(correctable, record, *, why, paper, by):
    """Let a new record count that was stored as counting for nothing: at once, or once a second person confirms.

    Foreseen, told, decided on paper and refused as any correction. `why`: the mark of a saying, or a person's words.
    """
    return _make(correctable, record, {}, kind=Correction.Kind.ENTRY, why=why, paper=paper, by=by)


def _make(correctable, record, values, *, kind, why, paper, by):
    person = correctable.person_of(record)
    if person is not None:
        person = lock(person)
    record = lock(record)
    facility = correctable.prison_of(record)
    by.require(correctable.permission, at=facility)
    entered = kind == Correction.Kind.ENTRY
    annulled = kind not in (Correction.Kind.CHANGE, Correction.Kind.ENTRY)
    if annulled and correctable.refuse and (reason := correctable.refuse(record)):
        raise InvalidTransition(reason)
    if not entered:
        ensure_said(why, paper)
    waiting = Correction.objects.waiting().filter(subject=correctable.key, record=record.pk)
    ensure(not waiting.exists(), _("A correction of this record waits for a second person already."))
    ensure(entered or getattr(record, "annulled_at", None) is None, _("This record was annulled."))
    changes = {name: [corrections.stored(record, name), value] for name, value in values.items()}
    changes = {name: pair for name, pair in changes.items() if pair[0] != pair[1]}
    others = []
    if kind == Correction.Kind.TAKEN_BACK:
        own, *others = taking_back.planned(correctable, record)
        changes = own["changes"]
    if not changes and not annulled and not entered:
        raise ValidationError(_("Nothing differs from what is recorded."))
    values = {name: new for name, (_old, new) in changes.items()}
    seen = foresee(correctable, record, values, annul=annulled, enter=entered, by=by)
    correction = Correction.objects.create(
        inmate=person,
        facility=facility,
        kind=kind,
        subject=correctable.key,
        record=record.pk,
        changes=changes,
        others=others,
        why=why.strip(),
        paper=paper.strip(),
        moves=seen.moves,
        release_before=seen.before,
        release_after=seen.after,
        basis_before=seen.basis_before,
        basis_after=seen.basis_after,
        days=seen.days,
        papers=seen.papers,
        made_by=by,
        not_by=correctable.not_by(record) if annulled and correctable.not_by else [],
        state=State.PROPOSED if seen.moves else State.DONE,
    )
    if not seen.moves:
        apply(correction, record, by=by)
    _record("correction.proposed" if seen.moves else "correction.made", correction, by=by)
    if seen.moves:
        tell(correction)
    return correction


def ensure_said(why, paper):
    """Refuse a correction that says not why, or on what paper, at the field."""
    errors = {}
    if message := say_more(why):
        errors["why"] = message
    if not paper.strip():
        errors["paper"] = _("Name the paper that shows it.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
@signed_context.beyond("correction")
def confirm(correction, *, by):
    """Confirm a correction, by a second person: it takes effect, unless it had already on paper."""
    correction = lock_with_person(correction)
    before = correction.state
    transition(correction, State.DONE, by=by)
    if before == State.PROPOSED:
        work_out_days(correction, by=by)
        apply(correction, record_of(correction), by=by)
    correction.save()
    _record("correction.confirmed", correction, by=by)
    settle(Alert.Kind.CORRECTION, _reference(correction), by=by)
    return correction


@transaction.atomic
@signed_context.beyond("correction")
def refuse(correction, *, reason, by):
    """Do not confirm a correction, with a reason. What had taken effect on paper is taken back."""
    correction = lock_with_person(correction)
    before = correction.state
    transition(correction, State.REFUSED, by=by)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    correction.refusal = reason.strip()
    if before == State.DECIDED:
        apply(correction, record_of(correction), by=by, back=True)
    correction.save()
    _record("correction.refused", correction, by=by)
    settle(Alert.Kind.CORRECTION, _reference(correction), by=by)
    return correction


@transaction.atomic
@signed_context.beyond("correction")
def withdraw(correction, *, by):
    """Who made a correction withdraws it while it waits: it changes nothing, and the record may be corrected anew."""
    correction = lock_with_person(correction)
    transition(correction, State.WITHDRAWN, by=by)
    correction.save()
    _record("correction.withdrawn", correction, by=by)
    settle(Alert.Kind.CORRECTION, _reference(correction), by=by)
    return correction


@transaction.atomic
@signed_context.beyond("correction")
def decide_on_paper(correction, *, paper, by):
    """Let a correction take effect on a day that it moves, on paper; a second person confirms within a day."""
    correction = lock_with_person(correction)
    lapsed = correction.lapsed
    transition(correction, State.DECIDED, by=by)
    ensure(not lapsed, _("It was in effect on paper once, and nobody confirmed it: a second person confirms first."))
    work_out_days(correction, by=by)
    ensure(
        correction.presses_today,
        _("None of the days that it moves has come: a second person confirms first."),
    )
    if not paper.strip():
        raise ValidationError({"paper": _("Name the paper of this decision.")})
    correction.decision_paper = paper.strip()
    apply(correction, record_of(correction), by=by)
    correction.save()
    _record("correction.decided", correction, by=by)
    tell(correction)
    return correction


def refresh(correction, *, by=None):
    """Work the days of a correction that waits out again, as other facts now have it. Returns whether they were others."""
    if correction.state != State.PROPOSED or correction.inmate_id is None or _trying.get():
        return False
    changed = work_out_days(correction, by=by)
    if changed:
        correction.save(update_fields=changed)
    return bool(changed)


def refresh_all_of(inmate, *, by=None):
    """The same of every correction about a person that waits: a fact has changed on which their days rest."""
    if not _trying.get():
        for correction in inmate.corrections.filter(state=State.PROPOSED):
            refresh(correction, by=by)


def work_out_days(correction, *, by):
    """Take over, unsaved, what a correction would move as of now; the names of the fields that were others.

    One that cannot take effect any longer keeps what it says, and so does one that would move nothing by now.
    """
    correctable, record = corrections.find(correction.subject), _stored_record(correction)
    if any(corrections.stored(record, name) != old for name, (old, _new) in correction.changes.items()):
        return []
    values = {name: new for name, (_old, new) in correction.changes.items()}
    entered = correction.kind == Correction.Kind.ENTRY
    annulled = correction.kind in (Correction.Kind.ANNULMENT, Correction.Kind.TAKEN_BACK)
    try:
        seen = foresee(correctable, record, values, annul=annulled, enter=entered, by=by)
    except NOT_NOW:
        return []
    if not seen.moves:
        return []
    now = {
        "release_before": seen.before,
        "release_after": seen.after,
        "basis_before": seen.basis_before,
        "basis_after": seen.basis_after,
        "days": seen.days,
        "moves": seen.moves,
    }
    changed = [name for name, value in now.items() if getattr(correction, name) != value]
    for name in changed:
        setattr(correction, name, now[name])
    return changed


def lock_with_person(correction):
    """The correction as stored, locked after its person."""
    if correction.inmate_id is None:
        return lock(correction)
    inmate, correction = lock(correction, "inmate")
    correction.inmate = inmate
    return correction


def _stored_record(correction):
    """The record a correction is about, annulled or not."""
    return corrections.find(correction.subject).model._base_manager.get(pk=correction.record)


def record_of(correction):
    """The same, locked."""
    return lock(_stored_record(correction))


def apply(correction, record, *, by, back=False):
    """Write the new values, or with `back` the old ones. Raises StaleRecord where the record says something else by now."""
    correctable = corrections.find(correction.subject)
    if correction.kind == Correction.Kind.TAKEN_BACK:
        if not back and correctable.refuse is not None and (why := correctable.refuse(record)):
            raise InvalidTransition(why)
        taking_back.take(correctable, record, taking_back.of(correction, record), back=back, by=by)
    else:
        _put(correction, correctable, record, by=by, back=back)
    for react in hooks.after_correction:
        react(correction, by=by)


def _put(correction, correctable, record, *, by, back):
    here, there = (1, 0) if back else (0, 1)
    changed = [n for n, pair in correction.changes.items() if corrections.stored(record, n) != pair[here]]
    if changed:
        raise StaleRecord(_("This record was changed since the correction was made: correct it anew."))
    values = {name: pair[there] for name, pair in correction.changes.items()}
    annul, entry = correction.kind == Correction.Kind.ANNULMENT, correction.kind == Correction.Kind.ENTRY
    against = correctable.refuse if annul else correctable.late if entry else None
    if against is not None and not back and (why := against(record)):
        raise InvalidTransition(why)  # what hangs on it, or stands against it, may have come since
    goes, comes = (entry, annul) if back else (annul, entry)
    _write(correctable, record, values, annul=goes, restore=comes, back=back, by=by)


def _write(correctable, record, values, *, annul=False, restore=False, back=False, by):
    stored = type(record)._base_manager.get(pk=record.pk)
    for name, value in values.items():
        corrections.write_value(record, name, value)
    if annul:
        record.annulled_at = clock.now()
    elif restore:
        record.annulled_at = None
    else:
        over = back and correctable.history is not None and correctable.history(stored)
        if correctable.check is not None and not over:
            correctable.check(stored, record)
        with signed_context.beyond("unique numbers"):
            record.full_clean(validate_constraints=False)
        corrections.check_constraints(correctable, record)
    record.save()
    follow = (correctable.annulled if annul or restore else None) or correctable.after
    if follow is not None:
        follow(record, by=by)


def _record(verb, correction, *, by):
    """The event tells what was corrected, not the values: they stand with the correction and may be sensitive."""
    of = {"inmate": correction.inmate, "facility": correction.facility, "obj": correction}
    trail.record(verb, by=by, **of, detail=what_of(correction))


def what_of(correction):
    """What an event tells of a correction: which fields of what, and what it moves."""
    return {"subject": correction.subject, "fields": sorted(correction.changes), "moves": correction.moves}


def _reference(correction):
    """By which its alerts are found."""
    return f"correction {correction.pk}"


def tell(correction):
    """Tell those who may confirm, and the prison; again each hour, whoever had acknowledged it. How many were told now."""
    if correction.lapsed:
        return _tell_them(correction, sayings.CORRECTION_LAPSED(since=timezone.localdate(correction.decided_at)))
    since = timezone.localdate(correction.made_at)
    said = sayings.CORRECTION_WAITS(since=since)
    if correction.first_date is not None:
        dates = set(correction.moves) & correction.DATED
        of = sayings.CORRECTION_OF_DAYS_WAITS if dates else sayings.CORRECTION_OF_A_DATE_WAITS
        said = of(since=since, day=correction.first_date)
    return _tell_them(correction, said)


def _tell_them(correction, said):
    about = corrections.find(correction.subject).told_about(_stored_record(correction))
    return sum(
        raise_again(person, Alert.Kind.CORRECTION, audience, _reference(correction), said, every=EVERY)
        for person in about
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL, Alert.Audience.REVIEWERS)
    )
