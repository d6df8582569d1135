"""Between which days sentences end where the rules give no date. Pure: no tables, no clock.

The earliest: whatever is in doubt is read in the person's favour. The latest: the sentences are served one after another,
each in its own stretch of custody, and nothing in doubt is credited; only sentences that a court confused end by themselves.
No latest end where one of them has none: life, death, a commutation to life, a term beyond the calendar. That stays with a
person.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from inmates.sentences.calculation import (
    CONFUSED,
    CUMULATED,
    PARTLY,
    Sentenced,
    combine,
    days_held,
    in_chain,
    in_periods,
    with_days_before,
)
from inmates.terms import Term


def possible_ends(sentences: Iterable[Sentenced]) -> tuple[date | None, date | None]:
    """The earliest and the latest day on which these sentences, one at least, may end; None where no such day is known."""
    ranked = sorted(sentences, key=lambda sentence: sentence.rank, reverse=True)
    relations = _relations(ranked)
    earliest, latest = _earliest(ranked, relations), _latest(ranked, relations)
    if latest is None:
        return earliest, None
    return min(earliest or latest, latest), latest


def served_after(end: date | None, revoked: Iterable[tuple[date, Term]]) -> date | None:
    """The latest end where suspended parts, `(revoked on, how long)`, are served after all else and after the revocation."""
    for revoked_on, term in sorted(revoked, key=lambda one: one[0]):
        end = end and Sentenced(max(end, revoked_on), term).release().on
    return end


def _relations(ranked: Sequence[Sentenced]) -> list[str | None]:
    """How each of the others stands to the severest; of two, said once is enough, and two answers are none."""
    severest, *others = ranked
    if len(others) == 1 and severest.relation:
        said = {others[0].relation, severest.relation} - {None}
        return [said.pop() if len(said) == 1 else None]
    return [other.relation for other in others]


def _earliest(ranked: Sequence[Sentenced], relations: Sequence[str | None]) -> date | None:
    """What nobody cumulated in full is absorbed, and the days held under it before the severest began count.

    Of two that may be the severest, because a part is suspended, the one that ends sooner.
    """
    related = list(zip(ranked[1:], relations, strict=True))
    chained = [_early(other) for other, relation in related if relation == CUMULATED]
    together = [ranked[0], *(other for other, relation in related if relation != CUMULATED)]
    whole = max(one.severity_pronounced for one in together)
    ends = []
    for head in together:
        if head is ranked[0] or head.severity_pronounced == whole:
            absorbing = with_days_before(_early(head), [one for one in together if one is not head])
            chain = [absorbing, *chained]
            last = sorted(chain, key=lambda one: one.remainder_pardoned_on is not None)
            ends += [in_chain(chain, []), in_chain(last, [])]
    return min(filter(None, ends), default=None)


def _latest(ranked: Sequence[Sentenced], relations: Sequence[str | None]) -> date | None:
    """Each by itself where all are confused; else one after another, or as long in all as a court stated."""
    alone = [_by_itself(one) for one in ranked]
    if all(relation == CONFUSED for relation in relations):
        return _last(alone)
    latest = _last([_one_after_another(ranked), *alone])
    partly = [other for other, relation in zip(ranked[1:], relations, strict=True) if relation == PARTLY]
    together = [ranked[0], *partly]
    totals = {one.total for one in together if one.relation == PARTLY and one.total}
    if latest is None or not partly or not totals:
        return latest
    total = max(totals, key=lambda total: total.weight)
    counted = replace(
        ranked[0], term=total, pronounced=None, reductions=(), commuted=None, remainder_pardoned_on=None,
        remand=[period for one in together for period in one.remand],
    )  # fmt: skip
    least, most = ranked[0].term, sum(one.term.weight for one in together if one.term)
    in_range = len(totals) == 1 and least is not None and least.weight <= total.weight <= most
    if in_range and CUMULATED not in relations and None not in relations:
        absorbed = [end for end, relation in zip(alone[1:], relations, strict=True) if relation == CONFUSED]
        return min(latest, _last([counted.release().on, *absorbed]) or latest)
    apart = [one for one in ranked if one not in together]
    return _last([latest, _one_after_another([counted, *apart])])


def _late(sentence: Sentenced) -> Sentenced:
    """A commuted sentence as its fixed term alone, counted from the latest day it may be, without reductions before it."""
    if sentence.commuted is None or sentence.commuted[1] is None:
        return sentence
    decided_on, term, since = sentence.commuted
    return replace(
        sentence,
        starts_on=max(sentence.starts_on, since or decided_on),
        term=term,
        pronounced=None,
        commuted=None,
        reductions=[reduction for reduction in sentence.reductions if reduction[0] >= decided_on],
        remand=sentence.remand if since else (),
    )


def _early(sentence: Sentenced) -> Sentenced:
    """The same from the earliest day, every reduction counting; or as if not commuted, where it would end later so."""
    if sentence.commuted is None or sentence.commuted[1] is None:
        return sentence
    _decided_on, term, since = sentence.commuted
    first = replace(sentence, starts_on=since or sentence.starts_on, term=term, pronounced=None, commuted=None)
    before, after = replace(sentence, commuted=None), first.release().on
    ends = before.release().on if sentence.term is not None else None
    return before if ends and (after is None or ends < after) else first


def _by_itself(sentence: Sentenced) -> date | None:
    """The latest end of one sentence alone: by the rules where they give a date."""
    return sentence.release().on or _late(sentence).release().on


def _one_after_another(sentences: Sequence[Sentenced]) -> date | None:
    """The end when none of them runs beside another; by the rules for cumulated ones where these give a date."""
    by_rule = combine([replace(one, relation=CUMULATED, total=None) for one in sentences]).on
    return by_rule or _last([_served_out(stretch) for stretch in _stretches(sentences)])


def _stretches(sentences: Sequence[Sentenced]) -> list[list[Sentenced]]:
    """The sentences by stretch of custody: one that starts after all before it had ended opens the next."""
    stretches: list[list[Sentenced]] = []
    end: date | None = date.min
    for sentence in sorted(sentences, key=lambda one: one.starts_on):
        if end is not None and sentence.starts_on > end:
            stretches.append([])
            end = sentence.starts_on
        stretches[-1].append(sentence)
        end = end and replace(sentence, starts_on=end, remand=()).release().on
    return stretches


def _served_out(stretch: Sequence[Sentenced]) -> date | None:
    """The end of one stretch: what was remitted first, so that it is in the way of the others to its last day."""
    first = end = min(sentence.starts_on for sentence in stretch)
    used: set[int] = set()
    for sentence in sorted(stretch, key=lambda one: (one.remainder_pardoned_on is None, one.starts_on)):
        late = _late(sentence)
        credit = {day for day in days_held(late.remand) if day < first.toordinal()} - used
        used |= credit
        reached = replace(late, starts_on=max(end, late.starts_on), remand=in_periods(credit)).release().on
        if reached is None:
            return None
        end = reached
    return end


def _last(ends: Sequence[date | None]) -> date | None:
    """The last of several ends; None where one of them is not known."""
    return None if None in ends else max(ends)
