"""Effects of pardons: the release date with one, and whom one would free, or has freed, today."""

from dataclasses import replace

from config import clock
from inmates.custody.holds import Hold, holds
from inmates.people.models import Alert, Inmate
from inmates.sentences.models import Pardon
from inmates.sentences.release_dates import answered, as_calculated, calculated
from inmates.terms import Term


def release_with(pardon, inmate=None):
    """The release date this person would have if the pardon were verified: `(date or None, basis)`. Writes nothing.

    A settled date would end with it, so the rules answer.
    """
    return _answer_with(pardon, inmate or pardon.inmate)[:2]


def _answer_with(pardon, inmate):
    """The same with the steps; None in their place where the pardon leaves the terms as they are."""
    if pardon.prison in (Pardon.TermEffect.KEPT, Pardon.TermEffect.PROSECUTION):
        return inmate.release_on, inmate.release_basis, None
    sentences = (
        inmate.sentences.standing()
        .select_related("case")
        .prefetch_related("remand_periods", "adjustments")
        .order_by("starts_on", "id")
    )
    taken = []
    for sentence in sentences:
        one = as_calculated(sentence)
        taken.append(_with(one, pardon) if sentence.pk == pardon.sentence_id else one)
    return answered(inmate, sentences, taken) if taken else calculated(inmate)


def _with(sentence, pardon):
    """One sentence as it would stand with the pardon."""
    dated_on = pardon.instrument.dated_on
    term = Term(pardon.years, pardon.months, pardon.days)
    match pardon.prison:
        case Pardon.TermEffect.REMAINDER:
            known = [day for day in (sentence.remainder_pardoned_on, dated_on) if day]
            return replace(sentence, remainder_pardoned_on=min(known))
        case Pardon.TermEffect.REDUCED:
            return replace(sentence, reductions=[*sentence.reductions, (dated_on, term)])
        case Pardon.TermEffect.COMMUTED:
            return replace(sentence, commuted=(dated_on, term, pardon.counted_from))
        case _:
            return replace(sentence, death=False)


def would_free(pardon):
    """Whether somebody is held today whom this unverified pardon would set free."""
    inmate = Inmate.objects.get(pk=pardon.inmate_id)
    if not inmate.held:
        return False
    inmate.release_on, inmate.release_basis, inmate.foreseen_steps = _answer_with(pardon, inmate)  # never saved
    left = holds(inmate)
    if pardon.prison == Pardon.TermEffect.PROSECUTION:
        case_id = pardon.case_id or pardon.sentence.case_id
        left = [hold for hold in left if hold.case_id != case_id or hold.kind == Hold.CIVIL]
    return not left


def alert_reference(pardon):
    """Reference of the alerts of a pardon."""
    return f"pardon-{getattr(pardon, 'pk', pardon)}"


def known_to_free(pardons):
    """Primary keys of those of these unverified pardons that, by an alert of this hour, would free somebody."""
    names = {alert_reference(pk): pk for pk in (getattr(one, "pk", one) for one in pardons)}
    alerts = Alert.objects.filter(kind=Alert.Kind.PARDON_UNVERIFIED, reference__in=names)
    return {names[reference] for reference in alerts.values_list("reference", flat=True)}


def free_today(user):
    """People held in the user's prisons whom a verified pardon has left with nothing that holds them."""
    held = (
        Inmate.objects.in_scope_of(user)
        .in_custody()
        .filter(pardons__state=Pardon.State.VERIFIED, release_on__lte=clock.today())
        .distinct()
    )
    dropped = (
        Inmate.objects.in_scope_of(user)
        .in_custody()
        .filter(pardons__state=Pardon.State.VERIFIED, pardons__prison=Pardon.TermEffect.PROSECUTION)
        .distinct()
    )
    people = {inmate.pk: inmate for inmate in [*held[:100], *dropped[:100]]}
    return [inmate for inmate in people.values() if not holds(inmate)]
