"""From stored sentences to the calculation and back: which date a person has, on what basis, by which steps."""

from inmates.people.models import Inmate
from inmates.sentences.calculation import Sentenced, combine
from inmates.sentences.models import Adjustment, Sentence
from inmates.sentences.wording import Step
from inmates.terms import Term

Basis = Inmate.ReleaseBasis


def as_calculated(sentence):
    """One stored sentence with its remand and its adjustments in force, as the calculation takes it."""
    reductions, commuted, remainder = [], None, None
    death = sentence.kind == Sentence.Kind.DEATH
    for adjustment in sentence.adjustments.all():
        if adjustment.superseded_at is not None:
            continue
        term = Term(adjustment.years, adjustment.months, adjustment.days)
        match adjustment.kind:
            case Adjustment.Kind.REDUCTION:
                reductions.append((adjustment.decided_on, term))
            case Adjustment.Kind.COMMUTATION:
                commuted = (adjustment.decided_on, term, adjustment.counted_from)
            case Adjustment.Kind.REMAINDER:
                remainder = min(filter(None, [remainder, adjustment.decided_on]))
            case Adjustment.Kind.TO_LIFE:
                death = False
    fixed = sentence.kind == Sentence.Kind.TERM
    return Sentenced(
        starts_on=sentence.starts_on,
        term=Term(sentence.years, sentence.months, sentence.days) if fixed else None,
        remand=[(period.first_day, period.day_after_last) for period in sentence.remand_periods.all()],
        reductions=reductions,
        commuted=commuted,
        remainder_pardoned_on=remainder,
        relation=sentence.relation or None,
        death=death,
        label=sentence.case.number,
    )


def calculated(inmate):
    """`(date or None, basis, steps)` for a person, from what is stored now.

    A settled date stands before the rules, but only while a sentence stands: without one there is nothing to settle.
    """
    sentences = list(
        inmate.sentences.standing()
        .select_related("case")
        .prefetch_related("remand_periods", "adjustments")
        .order_by("starts_on", "id")
    )
    if not sentences:
        on_remand = inmate.cases.filter(state="open").exists()
        return None, Basis.REMAND if on_remand else Basis.NONE, []
    settled = inmate.settlements.filter(ended_at=None).first()
    if settled is not None:
        step = Step("settled", settled.release_on, {"source": settled.source})
        return settled.release_on, Basis.SETTLED, [step.stored()]
    on, basis, steps = concluded([as_calculated(sentence) for sentence in sentences])
    replaced = inmate.sentences.filter(replaced_on__isnull=False, case__in=[one.case_id for one in sentences])
    if Adjustment.objects.filter(sentence__in=replaced, superseded_at=None).exists():
        return None, Basis.UNSETTLED, [*steps, Step("replaced_was_adjusted").stored()]
    return on, basis, steps


def concluded(taken):
    """`(date or None, basis, steps)` of sentences, one at least, in the form that the calculation takes."""
    result = combine(taken)
    steps = [step.stored() for step in result.steps]
    if result.on is not None:
        return result.on, Basis.COMPUTED, steps
    if result.needs_person:
        return None, Basis.UNSETTLED, steps
    return None, Basis.DEATH if any(one.death for one in taken) else Basis.LIFE, steps
