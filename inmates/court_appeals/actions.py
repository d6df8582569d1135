"""Appeals and cassations: declared, receipt given, sent to the court, answered; the later judgment replaces the earlier."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import InvalidTransition, ensure, lock
from documents.scans import attach
from inmates.court_appeals import hooks, sayings
from inmates.court_appeals.deadlines import last_day_to_appeal, last_judged_on
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Task
from inmates.sentences.actions.earlier_custody import ask_about_earlier_custody
from inmates.sentences.actions.judgments import check_range, quash
from inmates.sentences.actions.release_dates import recompute_on_new_facts
from inmates.sentences.finality import is_final
from inmates.sentences.hooks import judged
from inmates.sentences.models import Case, CourtAppeal

Kind, Party, Outcome = CourtAppeal.Kind, CourtAppeal.Party, CourtAppeal.Outcome
MOVING = (Outcome.CHANGED, Outcome.QUASHED, Outcome.SENT_BACK, Outcome.NO_PRISON)  # answers that leave less or other


@transaction.atomic
def declare_appeal(case, *, kind, party, court, reference="", judgment=None, at=None, by):
    """Record that a judgment in a case was appealed, or that the other party joins an appeal against it already open.

    `judgment` is the sentence appealed against: the only one, if left out; of several each has a declaration of its own,
    under one number where the register gave one. Where a count ended without prison beside one that stands it is the
    sentence set aside: that acquittal is appealed. A late declaration is recorded too: whether it is admissible is for the
    court. Raises InvalidTransition once the judgment is final.
    """
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(case.state in (Case.State.CONVICTED, Case.State.ACQUITTED), _("Nothing was judged in this case."))
    judgment = _judgment_of(case, judgment)
    ensure(judgment is None or not is_final(judgment), _("This judgment is final."))
    at, detail = at or clock.now(), {"kind": kind, "party": party}
    judged_on = last_judged_on(case, judgment)
    if at > clock.now() or (judged_on and timezone.localdate(at) < judged_on):
        raise ValidationError({"at": _("The day lies between the judgment and today.")})
    appeal = case.court_appeals.select_for_update(of=("self",)).open().about(judgment).filter(kind=kind).first()
    _ensure_number_is_free(inmate.facility, case, kind, reference.strip())
    if appeal is None:
        if party != Party.PROSECUTION and not reference.strip():
            raise ValidationError({"reference": _("Enter the number in the register of declarations.")})
        appeal = CourtAppeal(
            case=case,
            judgment=judgment,
            facility=inmate.facility,
            kind=kind,
            court=court,
            reference=reference.strip(),
            last_day=last_day_to_appeal(judged_on, kind),
            recorded_by=by,
        )
    elif not _joins(appeal, party):
        raise InvalidTransition(_("This appeal is recorded already."))
    elif reference.strip() and not (party == Party.PROSECUTION and appeal.by_person_at):
        detail["before"], appeal.reference = appeal.reference, reference.strip()
    elif reference.strip():  # the number of the person's declaration stays: a receipt names it
        detail["notice"] = reference.strip()
    if party in (Party.PERSON, Party.BOTH):
        appeal.by_person_at = appeal.by_person_at or at
    if party in (Party.PROSECUTION, Party.BOTH):
        appeal.by_prosecution_at = appeal.by_prosecution_at or at
    appeal.full_clean()
    appeal.save()
    trail.record("court_appeal.declared", by=by, inmate=inmate, obj=appeal, detail=detail)
    return appeal


def _judgment_of(case, judgment):
    """The judgment appealed against, one of `Case.appealable`; None where nothing stands (an acquittal)."""
    open_to_it = case.appealable
    if judgment is None and len(open_to_it) > 1:
        raise ValidationError({"judgment": _("Several judgments were given in this case: choose one.")})
    if judgment is None:
        return open_to_it[0] if open_to_it else None
    if judgment not in open_to_it:
        raise ValidationError({"judgment": _("Choose a sentence that stands in this case.")})
    return open_to_it[open_to_it.index(judgment)]


def _ensure_number_is_free(prison, case, kind, reference):
    """Refuse, at its field, a number of the register that another case has."""
    with signed_context.beyond("unique numbers"):
        taken = CourtAppeal.objects.filter(facility=prison, kind=kind, reference=reference).exclude(case=case).exists()
    if reference and taken:
        raise ValidationError({"reference": _("This number is already used in this prison.")})


def _joins(appeal, party):
    """Whether an appeal by this party adds something to the one that is open."""
    missing = {Party.PERSON: appeal.by_person_at, Party.PROSECUTION: appeal.by_prosecution_at}
    return any(at is None and party in (one, Party.BOTH) for one, at in missing.items())


@transaction.atomic
def give_receipt(appeal, *, at=None, by):
    """Record that the person has the receipt of their declaration in hand."""
    inmate, appeal = _open_appeal(appeal, by)
    ensure(appeal.by_person_at is not None, _("The person has declared nothing: there is no receipt to give."))
    ensure(appeal.receipt_at is None, _("The receipt was given already."))
    appeal.receipt_at, appeal.receipt_by = _moment(at, appeal), by
    appeal.save()
    trail.record("court_appeal.receipt_given", by=by, inmate=inmate, obj=appeal)
    return appeal


@transaction.atomic
def send_appeal(appeal, *, proof, at=None, by):
    """Record that the person's declaration went to the court, with the proof of it."""
    inmate, appeal = _open_appeal(appeal, by)
    ensure(appeal.by_person_at is not None, _("The prosecution sends its own appeal."))
    ensure(appeal.sent_at is None, _("This declaration was sent already."))
    if not proof.strip():
        raise ValidationError({"proof": _("Enter the number of the slip, or who signed for it.")})
    appeal.sent_at, appeal.sent_by, appeal.proof = _moment(at, appeal), by, proof.strip()
    appeal.save()
    trail.record("court_appeal.sent", by=by, inmate=inmate, obj=appeal)
    return appeal


def _moment(at, appeal):
    at = at or clock.now()
    if not appeal.by_person_at <= at <= clock.now():
        raise ValidationError({"at": _("The moment lies between the declaration and now.")})
    return at


def _open_appeal(appeal, by):
    """An appeal that waits for its answer and its person, both locked, for somebody who may change it here."""
    inmate = lock(appeal.case.inmate)
    _case, appeal = lock(appeal, "case")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(appeal.case.annulled_at is None and appeal.annulled_at is None, _("This record was annulled."))
    ensure(appeal.outcome == "", _("The court's answer to this appeal is recorded already."))
    return inmate, appeal


@transaction.atomic
def decide_appeal(appeal, *, outcome, on, decision, sentence=None, remand=(), held=False, until=None, scan=None, by):
    """Record a court's answer. The date, the legal status and what holds the person follow.

    A new term (`sentence`, unsaved) replaces the judgment appealed against, with its start and its remand; where an
    acquittal was appealed it brings its own start and `remand`. Sent back: the case is under way again, on remand
    (`held`, `until` a day) or not, as the ruling says. A suspended term or a fine in the place of prison leaves a
    conviction that holds nobody. The scan of the ruling is that of the new sentence too.
    """
    inmate, appeal = _open_appeal(appeal, by)
    case, judgment = appeal.case, _standing_now(appeal, outcome)
    if not appeal.declared_on <= on <= clock.today():
        raise ValidationError({"on": _("The day lies between the appeal and today.")})
    if outcome in MOVING and judgment and judgment.pronounced_on and on < judgment.pronounced_on:
        raise ValidationError(
            {"on": _("The judgment that stands came later: what it answers is entered on its own appeal.")}
        )
    if not decision.strip():
        raise ValidationError({"decision": _("Enter the reference of the ruling.")})
    if held and not inmate.admissions.open().exists():
        raise ValidationError({"held": _("This person is not in custody: admit them on the order first.")})
    appeal.judgment = judgment or appeal.judgment
    _answer(appeal, outcome=outcome, on=on, decision=decision, by=by)
    attach(appeal, scan, by=by)
    match outcome:
        case Outcome.CHANGED:
            if judgment is None and appeal.judgment is not None and sentence is not None:
                sentence.count = appeal.judgment.count
            _replace(case, judgment, sentence, remand, on=on, document=appeal.document, by=by)
        case Outcome.QUASHED:
            _acquit(case, judgment or appeal.judgment, on=on)
        case Outcome.SENT_BACK:
            _try_again(case, judgment, held=held, on=on)
        case Outcome.NO_PRISON:
            _spare(case, judgment, on=on)
    trail.record("court_appeal.decided", by=by, inmate=inmate, obj=appeal, detail={"outcome": outcome})
    if outcome in MOVING:
        recompute_on_new_facts(inmate, cause="judgment on appeal", by=by)
    if outcome == Outcome.SENT_BACK:
        for react in hooks.after_retrial:
            react(appeal, held, until, by=by)
    judged(inmate, on, by=by, lost=outcome in MOVING)
    return appeal


def _standing_now(appeal, outcome):
    """The sentence that an answer is about, locked: see `CourtAppeal.standing_judgment`.

    Raises InvalidTransition where the case is, or was, tried again since.
    """
    standing = appeal.standing_judgment
    if outcome in MOVING:
        ensure(appeal.case.state != Case.State.OPEN, _("Nothing was judged in this case."))
        if standing not in (None, appeal.judgment) and appeal.judgment.quashed_on is not None:
            raise InvalidTransition(
                _("This case was tried again since: a ruling on the new judgment answers an appeal against that one.")
            )
    return standing and lock(standing)


@transaction.atomic
def answer_at_release(case, *, outcome, on, decision, by):
    """The decision that ended a case at the door is the court's answer to the appeals still open in it.

    One declared after that day it does not answer: a task asks for that answer. Called by custody inside a release, which
    asks for its own permission.
    """
    inmate, case = lock(case, "inmate")
    for appeal in case.court_appeals.select_for_update(of=("self",)).open():
        if appeal.declared_on > on:
            said = sayings.ANSWER_MISSING(day=appeal.declared_on)
            raise_task(inmate, kind=Task.Kind.COURT_ANSWER, due_on=clock.today(), said=said, by=by)
            continue
        _answer(appeal, outcome=outcome, on=on, decision=decision, by=by)
        trail.record("court_appeal.decided", by=by, inmate=inmate, obj=appeal, detail={"outcome": outcome})


def _answer(appeal, *, outcome, on, decision, by):
    """Write what a court answered; the task that asked for it is done once no appeal of the person is open."""
    appeal.outcome, appeal.decided_on, appeal.decision = outcome, on, decision.strip()
    appeal.outcome_by, appeal.outcome_at = by, clock.now()
    appeal.full_clean()
    appeal.save()
    inmate = appeal.case.inmate
    if not CourtAppeal.objects.open().filter(case__inmate=inmate).exists():
        inmate.tasks.open().filter(kind=Task.Kind.COURT_ANSWER).update(
            done_at=clock.now(), done_by=by, done_note=sayings.COURT_ANSWERED.mark
        )


def _replace(case, judgment, sentence, remand, *, on, document, by):
    """The sentence of a later judgment takes the place of the earlier one, or stands where there was an acquittal."""
    if sentence is None:
        raise ValidationError({"sentence_kind": _("Enter the new sentence.")})
    sentence.case, sentence.inmate_id, sentence.pronounced_on = case, case.inmate_id, on
    sentence.document = document
    if judgment is not None:
        sentence.replaces, sentence.count, sentence.starts_on = judgment, judgment.count, judgment.starts_on
        sentence.acts_on = sentence.acts_on or judgment.acts_on
    check_range(sentence, case)
    if judgment is not None:
        sentence.earlier_custody, sentence.held_elsewhere = judgment.earlier_custody, judgment.held_elsewhere
        sentence.days_left_out = judgment.days_left_out
        remand = list(judgment.remand_periods.values_list("first_day", "day_after_last"))
        judgment.replaced_on = on
        judgment.save()
    sentence.full_clean()
    sentence.save()
    for first_day, day_after_last in remand:
        sentence.remand_periods.create(first_day=first_day, day_after_last=day_after_last)
    case.state, case.on_remand, case.closed_on = Case.State.CONVICTED, False, case.closed_on or on
    case.save()
    if judgment is None:
        ask_about_earlier_custody(case.inmate, by=by)


def _acquit(case, judgment, *, on):
    """Nothing of the judgment stands; with no other count left the case ends. It may have ended at a release before."""
    if judgment is None and case.state == Case.State.ACQUITTED:
        raise ValidationError({"outcome": _("The judgment was an acquittal: it was confirmed, or a term pronounced.")})
    if judgment is not None and judgment.stands:
        quash(judgment, on)
    if case.state == Case.State.CONVICTED and not case.sentences.standing().exists():
        case.state, case.on_remand, case.closed_on = Case.State.ACQUITTED, False, on
        case.save()


def _try_again(case, judgment, *, held, on):
    """Quashed and sent back: the case is under way again. What was pronounced on another count of it stands."""
    if judgment is not None:
        quash(judgment, on)
    case.state, case.on_remand, case.closed_on = Case.State.OPEN, held, None
    case.save()


def _spare(case, judgment, *, on):
    """A suspended term or a fine takes the place of the judgment: the conviction stands, and no prison with it."""
    if judgment is not None and judgment.stands:
        quash(judgment, on)
    case.state, case.on_remand, case.closed_on = Case.State.CONVICTED, False, case.closed_on or on
    case.save()
