"""Effects of pardons: the release date with one, and whom one would free, or has freed, today."""

from copy import copy
from dataclasses import replace

from config import clock
from inmates.custody.civil_imprisonment import without_ground
from inmates.custody.holds import Hold, holds
from inmates.people.models import Alert, Inmate
from inmates.sentences.models import Pardon
from inmates.sentences.release_dates import answered, as_calculated, calculated
from inmates.terms import Term

NO_TERM = (Pardon.TermEffect.KEPT, Pardon.TermEffect.PROSECUTION)


def release_with(pardon, inmate=None):
    """The release date this person would have if the pardon were verified: `(date or None, basis)`. Writes nothing.

    A settled date would end with it, so the rules answer. One that it corrects would count no longer.
    """
    return _answer_with([pardon], inmate or pardon.inmate)[:2]


def _answer_with(pardons, inmate):
    """The same of several, with the steps; None in their place where they leave the terms as they are."""
    of_terms = [pardon for pardon in pardons if pardon.prison not in NO_TERM]
    corrected = [pardon.corrects for pardon in pardons if pardon.corrects_id is not None]
    if not of_terms and all(wrong.prison in NO_TERM for wrong in corrected):
        return inmate.release_on, inmate.release_basis, None
    sentences = (
        inmate.sentences.standing()
        .select_related("case")
        .prefetch_related("remand_periods", "adjustments")
        .order_by("starts_on", "id")
    )
    gone = {wrong.sentence_id: wrong.pk for wrong in corrected}
    taken = []
    for sentence in sentences:
        one = as_calculated(sentence, without=gone.get(sentence.pk))
        for pardon in of_terms:
            one = _with(one, pardon) if pardon.sentence_id == sentence.pk else one
        taken.append(one)
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
    """Whether somebody is held today whom this unverified pardon would set free, alone or with others that wait beside it."""
    inmate = Inmate.objects.get(pk=pardon.inmate_id)
    if not inmate.held:
        return False
    if _would_free([pardon], inmate):
        return True
    others = list(inmate.pardons.filter(state=Pardon.State.RECORDED).exclude(pk=pardon.pk))
    return bool(others) and _would_free([*others, pardon], inmate) and not _would_free(others, inmate)


def _would_free(pardons, inmate):
    """Whether nothing would hold a person once these pardons were all verified."""
    foreseen = copy(inmate)  # never saved
    foreseen.release_on, foreseen.release_basis, foreseen.foreseen_steps = _answer_with(pardons, inmate)
    left = holds(foreseen)
    ended = {one.prosecution.pk for one in pardons if one.prison == Pardon.TermEffect.PROSECUTION}
    left = [hold for hold in left if hold.case_id not in ended or hold.kind == Hold.CIVIL]
    remitted = {fine for pardon in pardons for fine in _remitted(pardon)}
    without = {order.pk for order in without_ground(inmate, inmate.detention_orders.all(), remitted=remitted)}
    return not [hold for hold in left if hold.order_id not in without]


def _remitted(pardon):
    """The key of the fine that a pardon remits, where it is known which."""
    if pardon.fine != Pardon.FineEffect.REMITTED:
        return []
    fine = pardon.fine_among(pardon.prosecution.fines.all())
    return [fine.pk] if fine else []


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
