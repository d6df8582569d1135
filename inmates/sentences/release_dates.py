"""From stored sentences to the calculation and back: which date a person has, on what basis, by which steps."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q

from inmates.people.models import Inmate
from inmates.sentences.calculation import CONFUSED, CUMULATED, Sentenced, all_pardoned_on, combine
from inmates.sentences.finality import is_final
from inmates.sentences.models import Adjustment, Sentence, TimeAtLarge
from inmates.sentences.over_before import over_since
from inmates.sentences.possible_ends import possible_ends, served_after
from inmates.sentences.wording import Step
from inmates.terms import Term

Basis = Inmate.ReleaseBasis
EARLIEST = ("bound_uninterrupted", "bound_days_counted", "bound_confused", "bound_earliest")
LATEST = ("bound_interrupted", "bound_days_apart", "bound_cumulated", "bound_latest")
OUT_OF_CUSTODY = {  # which step says why a sentence did not run
    TimeAtLarge.Reason.ESCAPE: "at_large",
    TimeAtLarge.Reason.LIBERTY: "at_liberty",
    TimeAtLarge.Reason.SERVED: "at_liberty",
    TimeAtLarge.Reason.ABROAD: "abroad",
}


def as_calculated(sentence, *, without=None):
    """One stored sentence with its remand and its adjustments in force, as the calculation takes it.

    `without`: the key of a pardon whose effect is left out.
    """
    reductions, commuted, remainder = [], None, None
    death = sentence.kind == Sentence.Kind.DEATH
    for adjustment in sentence.adjustments.all():
        if adjustment.superseded_at is not None or (without is not None and adjustment.pardon_id == without):
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
        term=sentence.firm if fixed else None,
        pronounced=sentence.pronounced if fixed and sentence.partly_suspended else None,
        total=sentence.total,
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
    sentences, taken = standing_sentences(inmate)
    if not sentences:
        on_remand = inmate.cases.filter(state="open").exists()
        return None, Basis.REMAND if on_remand else Basis.NONE, []
    settled = inmate.settlements.filter(ended_at=None).first()
    if settled is not None:
        step = Step("settled", settled.release_on, {"source": settled.source})
        return settled.release_on, Basis.SETTLED, [step.stored()]
    return answered(inmate, sentences, taken)


def standing_sentences(inmate):
    """The sentences of a person that stand, and the same as the calculation takes them."""
    sentences = list(
        inmate.sentences.standing()
        .select_related("case")
        .prefetch_related("remand_periods", "adjustments")
        .order_by("starts_on", "id")
    )
    return sentences, [as_calculated(sentence) for sentence in sentences]


def answered(inmate, sentences, taken):
    """`(date or None, basis, steps)` of a person's standing sentences, `taken` as the calculation takes them.

    Beside what the rules of the calculation say: a pardon of a sentence since replaced and a suspended part that was
    revoked are for a person to settle. Wherever there is no date both possible ends are steps, as far as they are known.
    What was over when somebody left custody counts no longer, days out of custody count for none of the others, and
    where all that was left was pardoned nothing is left, whatever else is in doubt.
    """
    on, basis, steps = _by_the_rules(inmate, sentences, taken)
    last = None if _revoked_since(sentences, taken) else all_pardoned_on(taken)
    if on is None and last is not None and last <= (_first(_dates(steps), LATEST) or last):
        return last, Basis.COMPUTED, [*_without_bounds(steps), Step("all_pardoned", last).stored()]
    return on, basis, steps


def _by_the_rules(inmate, sentences, taken):
    away = list(inmate.times_at_large.all())
    replaced = _replaced_and_adjusted(inmate, sentences)
    if doubts := _doubts(sentences, replaced):
        _on, _basis, steps = concluded(taken)
        steps = [*_without_bounds(steps), *doubts, *_ends_in_doubt(sentences, taken, replaced)]
        return _interrupted(away, taken, sentences, None, Basis.UNSETTLED, steps)
    over, left, taken_left = _served(away, sentences, taken)
    if over and not left:
        on, basis, steps = concluded(taken)
        last = max(day for day, _step in over)
        if on is not None and on <= last:
            return on, basis, steps
        return last, Basis.COMPUTED, [*_without_bounds(steps), *(step for _day, step in over)]
    on, basis, steps = with_ends(left, taken_left)
    return _interrupted(away, taken_left, left, on, basis, [*(step for _day, step in over), *steps])


def _doubts(sentences, replaced):
    """The steps of what a person must settle that no calculation sees: revoked suspended parts, a replaced sentence pardoned."""
    doubts = [_revoked(one) for one in sentences if one.suspension_revoked_on]
    return [*doubts, Step("replaced_was_adjusted").stored()] if replaced else doubts


def _replaced_and_adjusted(inmate, sentences):
    """Sentences that a later judgment in these cases replaced, also after a retrial, with what was granted and is in force."""
    replaced = inmate.sentences.exclude(replaced_on=None, quashed_on=None)
    replaced = replaced.filter(reduce(or_, (Q(case=one.case_id, count=one.count) for one in sentences), Q(pk=None)))
    in_force = Adjustment.objects.filter(superseded_at=None)
    replaced = replaced.filter(pk__in=in_force.values("sentence")).select_related("case")
    return list(replaced.prefetch_related("remand_periods", "adjustments"))


def _ends_in_doubt(sentences, taken, replaced):
    """The steps of both ends where a suspended part was revoked, or an adjusted sentence replaced.

    Earliest: the whole term in one, and what the replaced sentence was granted counts for the new one. Latest: the
    suspended part after all else, and the new sentence as it stands.
    """
    revoked = [(one, two) for one, two in zip(sentences, taken, strict=True) if one.suspension_revoked_on]
    whole = [
        replace(two, term=two.pronounced, pronounced=None) if one.suspension_revoked_on and two.pronounced else two
        for one, two in zip(sentences, taken, strict=True)
    ]
    earliest = _ends(sentences, whole)[0]
    if replaced:
        granted = [((one.case_id, one.count), as_calculated(one)) for one in replaced]
        favoured = [_granted(one, two, granted) for one, two in zip(sentences, whole, strict=True)]
        earliest = min(filter(None, [earliest, _ends(sentences, favoured)[0]]), default=None)
    parts = [
        (one.suspension_revoked_on, one.suspended)
        for one, two in revoked
        if two.remainder_pardoned_on is None or two.remainder_pardoned_on < one.suspension_revoked_on
    ]
    latest = served_after(_ends(sentences, taken)[1], parts)
    return _steps_of(min(filter(None, (earliest, latest)), default=None), latest)


def _granted(sentence, one, granted):
    """A sentence with what those before it on the same count of its case were granted."""
    for place, old in granted:
        if place == (sentence.case_id, sentence.count):
            remainder = min(filter(None, [one.remainder_pardoned_on, old.remainder_pardoned_on]), default=None)
            one = replace(
                one,
                reductions=[*one.reductions, *old.reductions],
                commuted=one.commuted or old.commuted,
                remainder_pardoned_on=remainder,
            )
    return one


def _ends(sentences, taken):
    """The earliest and the latest end of sentences: twice the date where the rules give one."""
    on, _basis, steps = with_ends(sentences, taken)
    found = _dates(steps)
    return on or _first(found, EARLIEST), on or _first(found, LATEST)


def _revoked_since(sentences, taken):
    """Whether a suspended part was revoked after what was left of its sentence was pardoned: that part may be left."""
    return any(
        one.suspension_revoked_on
        and two.remainder_pardoned_on
        and two.remainder_pardoned_on < one.suspension_revoked_on
        for one, two in zip(sentences, taken, strict=True)
    )


def _served(away, sentences, taken):
    """`[(day, step)]` of the sentences that were over when somebody left custody, and the others with their calculation.

    Unless a ruling joins a later one to it (confusion, or a total): then they are counted together, and the days between as
    any others at liberty.
    """
    pairs = list(zip(sentences, taken, strict=True))
    days = over_at_leaving(away, sentences, taken)
    left = [pair for pair, over in zip(pairs, days, strict=True) if over is None]
    ended = [(over, sentence) for sentence, over in zip(sentences, days, strict=True) if over is not None]
    # A relation of the only one that ended is to those that are left; of several, it may be among themselves.
    telling = [*(sentence for sentence, _one in left), *(one for _over, one in ended if len(ended) == 1)]
    if left and any(one.relation in (Sentence.Relation.CONFUSED, Sentence.Relation.PARTLY) for one in telling):
        ended, left = [], pairs
    over = [(over.day, Step(over.step, over.day, {"label": one.case.number}).stored()) for over, one in ended]
    return over, [sentence for sentence, _one in left], [one for _sentence, one in left]


def over_at_leaving(away, sentences, taken):
    """Of each sentence how it was `Over` when somebody left custody; else None."""
    return over_since(away, sentences, taken, latest=lambda ones, twos: _ends(ones, twos)[1])


def with_ends(sentences, taken):
    """`concluded`, with both possible ends as steps where it gives no date, as far as they are known."""
    on, basis, steps = concluded(taken)
    if on is None and basis == Basis.UNSETTLED and not _first(_dates(steps), LATEST):
        if any(step["code"] == "relation_unknown" for step in steps):
            steps = [*steps, *(step.stored() for step in _bounds(sentences, taken))]
        first, last = _first(_dates(steps), EARLIEST), _first(_dates(steps), LATEST)
        earliest, latest = possible_ends(taken)
        latest = latest and max(latest, first or latest)
        steps = [*steps, *_steps_of(None if first else earliest, None if last else latest)]
    return on, basis, steps


def _steps_of(earliest, latest):
    """The steps that say these two ends, each where it is known."""
    steps = (("bound_earliest", earliest), ("bound_latest", latest))
    return [Step(code, day).stored() for code, day in steps if day]


def _dates(steps):
    """The date of each kind of step, of stored ones."""
    return {step.code: step.date for step in map(Step.read, steps)}


def _without_bounds(steps):
    """The steps without possible ends, where even the later of them frees nobody."""
    return [step for step in steps if not step["code"].startswith("bound_")]


def _revoked(sentence):
    values = {"term": sentence.suspended, "decided": sentence.suspension_revoked_on, "label": sentence.case.number}
    return Step("suspension_revoked", None, values).stored()


def _first(found, codes):
    """The date of the first of these steps that was taken, or None."""
    return next((found[code] for code in codes if code in found), None)


def _interrupted(away, taken, sentences, on, basis, steps):
    """The same, unless days out of custody fell into the sentences: then both ends are said, without those days and with."""
    found = _dates(steps)
    first, last = on or _first(found, EARLIEST), on or _first(found, LATEST)
    away = [
        one for one in away if one.days and last and one.first_day < _latest_of_those_begun(one, sentences, taken, last)
    ]
    if not away:
        return on, basis, steps
    for one in away:
        values = {"first": one.first_day, "last": one.day_after_last - timedelta(days=1), "term": Term(days=one.days)}
        steps.append(Step(OUT_OF_CUSTODY[one.reason], None, values).stored())
    if first:
        steps.append(Step("bound_uninterrupted", first).stored())
    steps.append(Step("bound_interrupted", last + timedelta(days=sum(one.days for one in away))).stored())
    return None, Basis.UNSETTLED, steps


def _latest_of_those_begun(away, sentences, taken, last):
    """The latest end of the sentences that had begun by the end of these days; `last`, of all of them, where all had.

    Whoever served one sentence, was at liberty, and serves another since, was not away from either.
    """
    begun = [(one, two) for one, two in zip(sentences, taken, strict=True) if one.starts_on < away.day_after_last]
    if len(begun) == len(sentences):
        return last
    if not begun:
        return away.first_day
    some, calculated_some = (list(part) for part in zip(*begun, strict=True))
    return _ends(some, calculated_some)[1] or last


def _bounds(sentences, taken):
    """The steps that say between which dates the end lies, and whether the earlier one is presumed."""
    confused, cumulated = (_all_related(taken, relation) for relation in (CONFUSED, CUMULATED))
    earliest, latest = combine(confused), combine(cumulated)
    earliest = earliest.on or _first({step.code: step.date for step in earliest.steps}, EARLIEST)
    if any(step.code == "starts_apart" for step in latest.steps):
        ends = [one.release().on for one in taken]  # each was served in its own stretch
        last = None if None in ends else max(ends)
    else:
        # One by itself may end later than in a chain that a pardon shortened.
        last = latest.on and max(filter(None, [latest.on, *(one.release().on for one in taken)]))
    if earliest:
        yield Step("bound_confused", earliest)
    if last:
        yield Step("bound_cumulated", max(last, earliest or last))
    if earliest and presumed_confused(sentences):
        yield Step("bound_presumed", earliest)


def _all_related(taken, relation):
    return [one if one.relation else replace(one, relation=relation) for one in taken]


def earliest_end(inmate):
    """The earliest day that the rules leave open, whatever was settled; never before the shortest sentence alone ends.

    None where no sentence stands, or none of them has an end.
    """
    sentences, taken = standing_sentences(inmate)
    if not sentences:
        return None
    on, _basis, steps = answered(inmate, sentences, taken)
    found = _dates(steps)
    away = list(inmate.times_at_large.all())
    running = [two for two, over in zip(taken, over_at_leaving(away, sentences, taken), strict=True) if over is None]
    shortest = min(filter(None, (one.release().on for one in running)), default=None)
    return max(filter(None, (shortest, on or _first(found, EARLIEST))), default=None)


def presumed_end(inmate):
    """The earlier end where the sentences are presumed confused, whatever was settled; None where nothing is presumed."""
    sentences, taken = standing_sentences(inmate)
    return _dates(answered(inmate, sentences, taken)[2]).get("bound_presumed") if len(sentences) > 1 else None


def latest_end(inmate, *, of=None):
    """The latest day that the rules leave open, whatever was settled; None where no sentence stands, or one has no end.

    `of`: of some sentences alone, with the form that the calculation takes.
    """
    sentences, taken = of or standing_sentences(inmate)
    on, _basis, steps = answered(inmate, sentences, taken) if sentences else (None, "", [])
    return on or _first(_dates(steps), LATEST)


def stretches_served(inmate):
    """`[first day, day after last)` of the stretches in which standing sentences run; of several at once, to the latest end."""
    sentences, taken = standing_sentences(inmate)
    away, groups = list(inmate.times_at_large.all()), []
    for one, two, over in zip(sentences, taken, over_at_leaving(away, sentences, taken), strict=True):
        end = (over and over.until) or two.release().on or date.max
        if groups and one.starts_on < groups[-1][1]:
            first, last, ones, twos = groups.pop()
            ones, twos = [*ones, one], [*twos, two]
            together = _ends(ones, twos)[1] or date.max
            groups.append((first, max(last, end, together), ones, twos))
        else:
            groups.append((one.starts_on, end, [one], [two]))
    return [(first, max(first, last)) for first, last, _ones, _twos in groups]


def presumed_confused(sentences):
    """Whether sentences of which no ruling says how they stand to each other are presumed confused.

    Policy, after articles 119 and 120 of the Penal Code as recalled: all the acts came before the first final
    conviction, and no ruling cumulates. An act whose day is not recorded presumes nothing. A judgment that an imported
    register calls final, without the day, may have been so from the day after its acts.
    """
    final = [one.final_on or (one.acts_on and one.acts_on + timedelta(days=1)) for one in sentences if is_final(one)]
    first_final = min(filter(None, final), default=None)
    return all(
        one.acts_on is not None
        and one.relation not in (Sentence.Relation.CUMULATED, Sentence.Relation.PARTLY)
        and (first_final is None or one.acts_on < first_final)
        for one in sentences
    )


@dataclass(frozen=True)
class Bounds:
    """Between which dates a term ends that a person must settle; None where no date is known.

    `related` is False where the sentences stand in no recorded relation.
    """

    earliest: date | None = None
    latest: date | None = None
    presumed: date | None = None
    related: bool = True

    def over(self, day):
        """Whether even the later date has passed on `day`: nothing of it holds."""
        return self.latest is not None and self.latest <= day


def over_on(inmate, day):
    """Whether the sentences of a person had ended by a day: by the stored date, or by the later of two possible ends."""
    return (inmate.release_on is not None and inmate.release_on <= day) or bounds(inmate).over(day)


def bounds(inmate):
    """The `Bounds` of a person whose date nobody has settled, as last calculated; empty for everybody else.

    `foreseen_steps`: those of an answer that is only tried, on a person who is not saved.
    """
    if inmate.release_basis != Basis.UNSETTLED:
        return Bounds()
    steps = getattr(inmate, "foreseen_steps", None)
    if steps is None:
        last = inmate.release_computations.first()
        steps = last.steps if last else []
    found = _dates(steps)
    return Bounds(
        earliest=_first(found, EARLIEST),
        latest=_first(found, LATEST),
        presumed=found.get("bound_presumed"),
        related="relation_unknown" not in found,
    )


def concluded(taken):
    """`(date or None, basis, steps)` of sentences, one at least, in the form that the calculation takes."""
    result = combine(taken)
    steps = [step.stored() for step in result.steps]
    if result.on is not None:
        return result.on, Basis.COMPUTED, steps
    if result.needs_person:
        return None, Basis.UNSETTLED, steps
    return None, Basis.DEATH if any(one.death for one in taken) else Basis.LIFE, steps
