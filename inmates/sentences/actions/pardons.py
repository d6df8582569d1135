"""Pardons: recorded by one person from the instrument, verified by another; only then they change anything."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from config import clock
from core.workflow import ensure, follow, lock, transition
from inmates.sentences.actions.release_dates import recompute, recompute_on_new_facts
from inmates.sentences.actions.scans import keep_instrument_scan
from inmates.sentences.models import Adjustment, Case, Pardon, PardonInstrument


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
    pardon.full_clean(exclude=["verified_by", "verified_at"])
    pardon.save()
    keep_instrument_scan(pardon.instrument, scan, by=by)
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
