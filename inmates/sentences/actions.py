"""Cases, sentences and what changes them; after each change the release date is computed again and the old one kept."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, follow, lock, transition
from inmates.people.actions.alerts import raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import sayings
from inmates.sentences.models import (
    Adjustment,
    Case,
    Pardon,
    PardonInstrument,
    ReleaseComputation,
    Sentence,
    Settlement,
)
from inmates.sentences.release_dates import calculated


@transaction.atomic
def recompute(inmate, *, cause, by):
    """Compute the release date again, keep the old and the new one with the steps, and return the stored person."""
    stored = lock(inmate)
    on, basis, steps = calculated(stored)
    last = stored.release_computations.first()
    if last is None or (stored.release_on, stored.release_basis, last.steps) != (on, basis, steps):
        ReleaseComputation.objects.create(
            inmate=stored, before=stored.release_on, on=on, basis=basis, steps=steps, cause=cause
        )
        if (stored.release_on, stored.release_basis) != (on, basis):
            trail.record(
                "release_date.computed",
                by=by,
                inmate=stored,
                detail={"from": _iso(stored.release_on), "to": _iso(on), "basis": basis, "cause": cause},
            )
        stored.release_on, stored.release_basis = on, basis
        stored.save(update_fields=["release_on", "release_basis"])
    inmate.release_on, inmate.release_basis = on, basis
    return stored


@transaction.atomic
def recompute_on_new_facts(inmate, *, cause, by):
    """Compute again after a change of what a release date rests on: a settlement in force ends, the rules answer first.

    Where they give no date any longer, somebody must settle it today: a task, and an alert to the prison and the
    national office. Returns the stored person.
    """
    settlement = Settlement.objects.select_for_update().filter(inmate=inmate, ended_at=None).first()
    if settlement is not None:
        settlement.ended_at, settlement.ended_why = clock.now(), cause
        settlement.save()
        trail.record("release_date.settlement_ended", by=by, inmate=inmate, obj=settlement, detail={"cause": cause})
    before = Inmate.objects.values_list("release_basis", flat=True).get(pk=inmate.pk)
    stored = recompute(inmate, cause=cause, by=by)
    in_a_stay = stored.status in (Inmate.Status.IN_CUSTODY, Inmate.Status.ABSENT)
    if in_a_stay and before != stored.release_basis == Inmate.ReleaseBasis.UNSETTLED:
        said = sayings.NO_DATE() if settlement is None else sayings.GROUND_CHANGED()
        raise_task(stored, kind=Task.Kind.RELEASE_DATE, due_on=clock.today(), said=said, by=by)
        reference = str(stored.release_computations.first().pk)
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
            raise_alert(stored, Alert.Kind.RELEASE_DATE, audience, reference, said)
    return stored


def _iso(day):
    return day.isoformat() if day else None


@transaction.atomic
def open_case(inmate, *, court, number, offences=(), on_remand=False, by):
    """Record a prosecution."""
    by.require("inmates.manage_sentences", at=inmate.facility)
    case = Case.objects.create(inmate=inmate, court=court, number=number, on_remand=on_remand)
    case.offences.set(offences)
    trail.record("case.opened", by=by, inmate=inmate, obj=case)
    return case


@transaction.atomic
def pronounce(sentence, *, remand=(), by):
    """Record a sentence (an unsaved `Sentence`) with its remand periods `[first day, day after last)`.

    A term outside the range of every offence of the case must have been acknowledged (`range_acknowledged_by`); raises
    ValidationError otherwise, or when remand periods are reversed. Closes the case and computes the release date.
    """
    inmate, case = lock(sentence.inmate), lock(sentence.case)
    by.require("inmates.manage_sentences", at=inmate.facility)
    if case.inmate_id != inmate.pk:
        raise ValidationError(_("This case is another person's."))
    if outside_range(sentence, case) and sentence.range_acknowledged_by_id is None:
        raise ValidationError(
            {
                "years": _(
                    "This term lies outside the range of the offence. Confirm that it is what the court pronounced."
                )
            }
        )
    sentence.full_clean()
    sentence.save()
    for first_day, day_after_last in remand:
        period = sentence.remand_periods.model(sentence=sentence, first_day=first_day, day_after_last=day_after_last)
        period.full_clean()
        period.save()
    case.state, case.on_remand = Case.State.CONVICTED, False
    case.closed_on = case.closed_on or sentence.pronounced_on or clock.today()
    case.save()
    trail.record("sentence.recorded", by=by, inmate=inmate, obj=sentence)
    recompute_on_new_facts(inmate, cause="sentence", by=by)
    return sentence


@transaction.atomic
def close_case(case, *, state, on, by):
    """End a prosecution without a conviction that stands (acquitted, dropped): its sentences are quashed from `on`."""
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    if state not in (Case.State.ACQUITTED, Case.State.DROPPED):
        raise ValidationError({"state": _("A case ends by acquittal or by being dropped; a conviction is a sentence.")})
    return _close_case(inmate, case, state=state, on=on, by=by)


@transaction.atomic
def close_case_at_release(case, *, state=Case.State.ACQUITTED, on, by):
    """A release on acquittal, dismissal or a judgment without prison (convicted) closes the case.

    Called by custody inside a release, which asks for its own permission.
    """
    inmate, case = lock(case, "inmate")
    return _close_case(inmate, case, state=state, on=on, by=by)


def _close_case(inmate, case, *, state, on, by):
    ensure(case.state in (Case.State.OPEN, Case.State.CONVICTED), _("This case is closed already."))
    if on > clock.today():
        raise ValidationError({"on": _("This day lies in the future.")})
    case.state, case.on_remand, case.closed_on = state, False, on
    case.save()
    quashed = case.sentences.standing().update(quashed_on=on)
    trail.record("case.closed", by=by, inmate=inmate, obj=case, detail={"state": state})
    compute = recompute_on_new_facts if quashed else recompute  # a settled date rests on the sentences alone
    case.inmate = compute(inmate, cause="case closed", by=by)
    return case


@transaction.atomic
def set_remand(case, *, on_remand, by):
    """Say whether remand is ordered in a prosecution under way; while it is, the case holds the person."""
    inmate, case = lock(case, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(case.state == Case.State.OPEN, _("This case is closed already."))
    case.on_remand = on_remand
    case.save()
    trail.record("case.remand", by=by, inmate=inmate, obj=case, detail={"on_remand": on_remand})
    return case


@transaction.atomic
def declare_appeal(sentence, *, on, by):
    """Record that a judgment was appealed. Raises InvalidTransition once it is final or quashed."""
    inmate, sentence = _own_sentence(sentence, by)
    ensure(sentence.final_on is None, _("This judgment is final."))
    ensure(sentence.appealed_on is None, _("An appeal is recorded already."))
    if on > clock.today() or (sentence.pronounced_on and on < sentence.pronounced_on):
        raise ValidationError({"on": _("The day lies between the judgment and today.")})
    sentence.appealed_on = on
    sentence.save()
    trail.record("sentence.appealed", by=by, inmate=inmate, obj=sentence)
    return sentence


@transaction.atomic
def make_final(sentence, *, on, by):
    """Record the day from which a judgment is final."""
    inmate, sentence = _own_sentence(sentence, by)
    ensure(sentence.final_on is None, _("This judgment is final already."))
    if on > clock.today() or (sentence.pronounced_on and on < sentence.pronounced_on):
        raise ValidationError({"on": _("The day lies between the judgment and today.")})
    sentence.final_on = on
    sentence.save()
    trail.record("sentence.final", by=by, inmate=inmate, obj=sentence)
    return sentence


@transaction.atomic
def relate(sentence, *, relation, decision, by):
    """Record how a sentence stands to the others (confused, cumulated), by a named decision; computes again."""
    inmate, sentence = _own_sentence(sentence, by)
    if not decision.strip():
        raise ValidationError({"relation_decision": _("Name the decision that says so.")})
    sentence.relation, sentence.relation_decision = relation, decision
    sentence.full_clean()
    sentence.save()
    trail.record("sentence.related", by=by, inmate=inmate, obj=sentence, detail={"relation": relation})
    recompute_on_new_facts(inmate, cause="relation", by=by)
    return sentence


def _own_sentence(sentence, by):
    """A standing sentence and its person, both locked, for somebody who may change it here."""
    inmate, sentence = lock(sentence, "inmate")
    by.require("inmates.manage_sentences", at=inmate.facility)
    ensure(sentence.quashed_on is None, _("This sentence was quashed."))
    return inmate, sentence


def outside_range(sentence, case):
    """Whether the term lies outside the range of every ranged offence of the case; False where no range is known."""
    if sentence.kind != Sentence.Kind.TERM:
        return False
    ranges = [(o.min_years, o.max_years) for o in case.offences.all() if o.max_years is not None]
    months = sentence.years * 12 + sentence.months
    return bool(ranges) and not any((low or 0) * 12 <= months <= high * 12 for low, high in ranges)


@transaction.atomic
def settle_release_date(inmate, *, release_on, reasons, source, by):
    """Enter a release date that the rules do not give, with reasons and the answer it rests on."""
    stored = lock(inmate)
    by.require("inmates.settle_release_date", at=stored.facility)
    ensure(
        stored.release_basis in (Inmate.ReleaseBasis.UNSETTLED, Inmate.ReleaseBasis.SETTLED),
        _("The rules give a date: nothing is to be settled."),
    )
    stored.settlements.filter(ended_at=None).update(ended_at=clock.now(), ended_why="settlement")
    settlement = Settlement(inmate=stored, release_on=release_on, reasons=reasons, source=source, settled_by=by)
    settlement.full_clean()
    settlement.save()
    trail.record("release_date.settled", by=by, inmate=stored, obj=settlement, detail={"to": _iso(release_on)})
    stored.tasks.open().filter(kind=Task.Kind.RELEASE_DATE).update(
        done_at=clock.now(), done_by=by, done_note=sayings.DATE_SETTLED.mark
    )
    recompute(stored, cause="settlement", by=by)
    return settlement


@transaction.atomic
def record_pardon(pardon, *, reference, dated_on, occasion="", by):
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
    pardon.full_clean(exclude=["verified_by", "verified_at"])
    pardon.save()
    trail.record(
        "pardon.recorded", by=by, inmate=inmate, obj=pardon, detail={"prison": pardon.prison, "fine": pardon.fine}
    )
    return pardon


KINDS = {
    Pardon.TermEffect.REMAINDER: Adjustment.Kind.REMAINDER,
    Pardon.TermEffect.REDUCED: Adjustment.Kind.REDUCTION,
    Pardon.TermEffect.COMMUTED: Adjustment.Kind.COMMUTATION,
    Pardon.TermEffect.TO_LIFE: Adjustment.Kind.TO_LIFE,
}


@transaction.atomic
def verify_pardon(pardon, *, by):
    """Confirm a pardon against its instrument: never by the recorder. Only now it changes the sentence, fine or case.

    Returns the pardon; the new release date stands on `pardon.inmate`. Who is free today is released by custody.
    """
    inmate, pardon = lock(pardon, "inmate")
    transition(pardon, Pardon.State.VERIFIED, by=by)
    if pardon.corrects_id is not None:
        _supersede(pardon.corrects_id, by=pardon)
    pardon.save()
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
    case = pardon.case or pardon.sentence.case
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        Case.objects.filter(pk=case.pk).update(
            state=Case.State.DROPPED, on_remand=False, closed_on=pardon.instrument.dated_on
        )
    if pardon.fine == Pardon.FineEffect.REMITTED:
        case.fines.update(remaining=0)
    elif pardon.fine == Pardon.FineEffect.REDUCED:
        for fine in case.fines.select_for_update():
            fine.remaining = min(fine.remaining, pardon.fine_reduced_to)
            fine.save()
    trail.record(
        "pardon.verified", by=by, inmate=inmate, obj=pardon, detail={"prison": pardon.prison, "fine": pardon.fine}
    )
    of_a_term = pardon.prison in KINDS or (pardon.corrects_id is not None and pardon.corrects.prison in KINDS)
    compute = recompute_on_new_facts if of_a_term else recompute
    pardon.inmate = compute(inmate, cause="pardon", by=by)
    return pardon


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
