"""Pardons: recorded by one person from the instrument, verified by another; only then they change anything."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import InvalidTransition, ensure, follow, lock, transition
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Task
from inmates.sentences import hooks, sayings
from inmates.sentences.actions.release_dates import recompute, recompute_on_new_facts
from inmates.sentences.actions.retrials import end_what_is_tried_again, tried_again
from inmates.sentences.actions.scans import keep_instrument_scan
from inmates.sentences.models import Adjustment, Case, CourtAppeal, Pardon, PardonInstrument
from inmates.sentences.reductions import counted_term, granted, longer, together
from inmates.terms import Term


@transaction.atomic
def record_pardon(pardon, *, reference, dated_on, occasion="", scan=None, by):
    """Record what an instrument grants one person (an unsaved `Pardon`): no effect before somebody else verifies it."""
    by.require("inmates.record_pardon")
    inmate = lock(pardon.inmate)
    ensure(dated_on <= clock.today(), _("The instrument's date lies in the future."))
    pardon.instrument, _created = PardonInstrument.objects.get_or_create(
        reference=reference, dated_on=dated_on, defaults={"occasion": occasion}
    )
    pardon.recorded_by, pardon.state = by, Pardon.State.RECORDED
    same = Pardon.objects.filter(
        instrument=pardon.instrument, sentence=pardon.sentence, case=pardon.case, state=Pardon.State.VERIFIED
    )
    ensure(
        pardon.corrects_id is not None or not same.exists(),
        _("This instrument's pardon is recorded and verified already; a mistake in it is corrected from its own page."),
    )
    subject = pardon.sentence or pardon.case
    if subject is None or subject.inmate_id != inmate.pk:
        raise ValidationError({"sentence": _("Choose one of this person's own sentences or prosecutions.")})
    _check_fine(pardon)
    _check_sentence(pardon)
    pardon.full_clean(exclude=["verified_by", "verified_at"])
    pardon.save()
    keep_instrument_scan(pardon.instrument, scan, by=by)
    trail.record(
        "pardon.recorded", by=by, inmate=inmate, obj=pardon, detail={"prison": pardon.prison, "fine": pardon.fine}
    )
    return pardon


def _check_sentence(pardon):
    """Refuse, at its field, what no instrument can grant of this sentence: dated before it, or more than its whole term."""
    sentence = first = pardon.sentence
    if sentence is None:
        return
    while first.replaces is not None:
        first = first.replaces
    if pardon.instrument.dated_on < (first.pronounced_on or first.starts_on):
        message = _("The instrument is older than the judgment: it grants nothing of this sentence.")
        raise ValidationError({"dated_on": message})
    term = counted_term(sentence) if pardon.prison == Pardon.TermEffect.REDUCED else None
    if term is not None:
        others = [
            one for one in sentence.adjustments.all() if one.pardon_id is None or one.pardon_id != pardon.corrects_id
        ]
        taken = together(granted(sentence, among=others), Term(pardon.years, pardon.months, pardon.days))
        if not longer(term, taken, sentence.starts_on):
            raise ValidationError({"years": _("With what was granted before, nothing would be left of the term.")})


def _check_fine(pardon):
    """Refuse, at its field, a fine of another case, or one named where the fine is kept or would not fall."""
    fine = pardon.of_fine
    if fine is None:
        return
    if pardon.fine == Pardon.FineEffect.KEPT:
        raise ValidationError({"of_fine": _("The fine is kept: name none.")})
    if fine.case != pardon.prosecution:
        raise ValidationError({"of_fine": _("This fine is of another case.")})
    if pardon.fine == Pardon.FineEffect.REDUCED and pardon.fine_reduced_to >= fine.remaining:
        raise ValidationError({"fine_reduced_to": _("Less than this is left of the fine already.")})


def _named_fine(pardon):
    """The fine a pardon touches, locked.

    None where it is not known and the pardon also touches the prison term, which does not wait for it. Of the fine alone:
    raises InvalidTransition.
    """
    fines = list(pardon.prosecution.fines.select_for_update())
    fine = pardon.fine_among(fines)
    if fine is None and pardon.prison == Pardon.TermEffect.KEPT:
        ensure(fines, _("No fine is recorded in this case: the prison's records office records the fine first."))
        raise InvalidTransition(
            _("Several fines are recorded in this case: record the pardon again and name the fine.")
        )
    return fine


KINDS = {
    Pardon.TermEffect.REMAINDER: Adjustment.Kind.REMAINDER,
    Pardon.TermEffect.REDUCED: Adjustment.Kind.REDUCTION,
    Pardon.TermEffect.COMMUTED: Adjustment.Kind.COMMUTATION,
    Pardon.TermEffect.TO_LIFE: Adjustment.Kind.TO_LIFE,
}


@transaction.atomic
def verify_pardon(pardon, *, read=True, by):
    """Confirm a pardon against its instrument: never by the recorder. Only now it changes the sentence, fine or case.

    Where no scan of the instrument is kept, somebody says that the instrument itself was `read`; the trail keeps which it was.
    Returns the pardon; the new release date stands on `pardon.inmate`. Who is free today is released by custody.
    """
    inmate, pardon = lock(pardon, "inmate")
    transition(pardon, Pardon.State.VERIFIED, by=by)
    scanned = pardon.instrument.document_id is not None
    _ensure_it_has_a_subject(pardon)
    ensure(scanned or read, _("No scan of the instrument is kept: say that you have read the instrument itself."))
    if pardon.corrects_id is not None:
        _supersede(pardon.corrects_id, by=pardon)
    if pardon.fine != Pardon.FineEffect.KEPT:
        pardon.of_fine = _named_fine(pardon)
        pardon.fine_before = pardon.of_fine and pardon.of_fine.remaining
    pardon.save()
    if pardon.fine != Pardon.FineEffect.KEPT and pardon.of_fine is None:
        said = sayings.FINE_MISSING(reference=pardon.instrument.reference, case=str(pardon.prosecution))
        raise_task(inmate, kind=Task.Kind.FINE_MISSING, due_on=clock.today(), said=said, by=by)
    if pardon.prison in KINDS:
        Adjustment.objects.create(
            sentence=pardon.sentence,
            kind=KINDS[pardon.prison],
            source=Adjustment.Source.PARDON,
            pardon=pardon,
            decided_on=pardon.instrument.dated_on,
            years=pardon.years,
            months=pardon.months,
            days=pardon.days,
            counted_from=pardon.counted_from,
            entered_by=by,
        )
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        _end_prosecution(pardon)
    if pardon.of_fine is not None:
        _touch(pardon.of_fine, pardon)
    trail.record(
        "pardon.verified",
        by=by,
        inmate=inmate,
        obj=pardon,
        detail={"prison": pardon.prison, "fine": pardon.fine, "scan": scanned},
    )
    of_a_term = pardon.prison in KINDS or (pardon.corrects_id is not None and pardon.corrects.prison in KINDS)
    compute = recompute_on_new_facts if of_a_term else recompute
    pardon.inmate = compute(inmate, cause="pardon", by=by)
    for react in hooks.after_corrected_pardon if pardon.corrects_id is not None else ():
        react(pardon, by=by)
    if pardon.of_fine is not None:
        hooks.something_lost(inmate, by=by)
    return pardon


def _ensure_it_has_a_subject(pardon):
    """Refuse a pardon that would change nothing: of a record annulled since, or of a prosecution that has ended."""
    again = _("Reject this pardon, and record it of what stands.")
    case, sentence = pardon.prosecution, pardon.sentence
    gone = case.annulled_at is not None or (sentence is not None and sentence.annulled_at is not None)
    ensure(not gone, f"{_('This record was annulled.')} {again}")
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        stands = case.sentences.standing().exists() and not tried_again(case)
        judged = case.state == Case.State.CONVICTED or stands
        ensure(not judged, f"{_('There is a judgment: the prosecution is over.')} {again}")
        ensure(case.state == Case.State.OPEN, _("This case is closed already."))


def _end_prosecution(pardon):
    """The case ends; where a count is tried again and another stands, what is tried again does."""
    case, instrument = lock(pardon.prosecution), pardon.instrument
    if again := tried_again(case):
        end_what_is_tried_again(
            case, again, outcome=CourtAppeal.Retrial.DROPPED, on=instrument.dated_on, reference=instrument.reference
        )
    else:
        case.state, case.on_remand, case.closed_on = Case.State.DROPPED, False, instrument.dated_on
        case.save()


def _touch(fine, pardon):
    left = pardon.fine_reduced_to if pardon.fine == Pardon.FineEffect.REDUCED else 0
    fine.remaining = min(fine.remaining, left)
    fine.save()


@transaction.atomic
def name_fine(pardon, *, fine, by):
    """Say which fine a verified pardon touches, recorded since or one of several: put once, and the fine falls."""
    inmate, pardon = lock(pardon, "inmate")
    by.require("inmates.verify_pardon")
    ensure(pardon.state == Pardon.State.VERIFIED, _("This pardon is not in force."))
    ensure(pardon.fine != Pardon.FineEffect.KEPT and pardon.of_fine_id is None, _("No fine waits for this pardon."))
    fine = lock(fine)
    if fine.case_id != pardon.prosecution.pk or fine.annulled_at is not None:
        raise ValidationError({"fine": _("This fine is of another case.")})
    _apply_to(fine, pardon, inmate, by=by)
    hooks.something_lost(inmate, by=by)
    return pardon


def apply_waiting_pardon(fine, *, by):
    """A fine was recorded: a verified pardon that waited for it takes effect, where it is the only fine of its case."""
    inmate = fine.case.inmate
    if fine.case.fines.count() != 1:
        return
    for pardon in inmate.pardons.in_force().without_its_fine().select_for_update(of=("self",)):
        if pardon.prosecution.pk == fine.case_id:
            _apply_to(fine, pardon, inmate, by=by)


def _apply_to(fine, pardon, inmate, *, by):
    pardon.of_fine, pardon.fine_before = fine, fine.remaining
    pardon.save()
    _touch(fine, pardon)
    trail.record("pardon.fine_named", by=by, inmate=inmate, obj=pardon, detail={"fine": pardon.fine})
    if not inmate.pardons.in_force().without_its_fine().exists():
        inmate.tasks.open().filter(kind=Task.Kind.FINE_MISSING).update(
            done_at=clock.now(), done_by=by, done_note=sayings.FINE_NAMED.mark
        )


def _supersede(wrong_id, *, by):
    """The pardon that another one, `by`, corrects has no effect any longer; both stay on the record."""
    wrong = Pardon.objects.select_for_update().get(pk=wrong_id)
    follow(wrong, Pardon.State.SUPERSEDED)
    wrong.superseded_by = by
    wrong.save()
    Adjustment.objects.filter(pardon=wrong, superseded_at=None).update(
        superseded_at=clock.now(), superseded_reason=f"pardon {by.pk}"
    )


@transaction.atomic
def reject_pardon(pardon, *, reason, by):
    """The instrument does not say what was recorded: nothing happens, and the record says why."""
    pardon = lock(pardon)
    transition(pardon, Pardon.State.REJECTED, by=by)
    ensure(reason.strip(), _("Say why the instrument does not confirm it."))
    pardon.rejected_reason = reason
    pardon.save()
    trail.record("pardon.rejected", by=by, inmate=pardon.inmate, obj=pardon)
    return pardon
