"""When a sentence ends: dates in, a date and its reasoning out. Pure: no tables, no clock.

Rests on articles 30 and 31 of the Moroccan Penal Code, as reported, and on the project's rules for release dates:

1. Start = first day of the stretch of custody that ran unbroken to the final judgment; earlier stretches are remand.
2. Years and months in one calendar step, then days. A term pronounced as exactly one month is 30 days.
3. Remand held before Start is deducted last, in days, never to before Start: the *unadjusted* date.
4. A reduction shortens the term, which is counted again: `min(unadjusted, max(counted, decided_on))`.
5. Remainder pardoned: the earlier of that date and the day of the pardon.
6. Life or death has no date. Commuted to a fixed term, it is counted from the day that the instrument states.
7. Several sentences: confused, cumulated or cumulated in part, as the court said; nothing recorded: no date.
8. What these rules do not cover goes to a person (`Release.needs_person`), between the days that `possible_ends` gives.

Of a partly suspended term the firm part alone is counted, from the same start and by the same steps (policy, after
article 55 of the Penal Code as recalled); a reduction shortens it. Sentences cumulated in part are counted as the total
that the court stated, from the start of the severest (policy, after article 120 as recalled).

No shift for weekends or feasts. A release date is the day on which the person goes out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from inmates.sentences.wording import SETTLE, Step
from inmates.sentences.wording import describe as describe  # the words belong to the same contract
from inmates.terms import Term, step
from inmates.terms import in_words as in_words

Period = tuple[date, date]
Reduction = tuple[date, Term]
Commutation = tuple[date, Term | None, date | None]

CONFUSED, CUMULATED, PARTLY = "confused", "cumulated", "partly"


@dataclass(frozen=True, slots=True)
class Release:
    """The computed end of a sentence, and how it was reached.

    `on`: the day of release, None where there is none or a person must settle it. `unadjusted`: the term less remand,
    before any pardon or reduction (for a commuted sentence, the commuted term's). `steps`: `Step` objects, in order;
    see `describe`.
    """

    on: date | None
    unadjusted: date | None
    steps: list[Step] = field(default_factory=list)

    @property
    def needs_person(self) -> bool:
        """True where the rules do not reach and somebody has to settle the date."""
        return any(taken.code in SETTLE for taken in self.steps)


def compute_release(
    starts_on: date,
    term: Term | None,
    remand: Iterable[Period] = (),
    reductions: Iterable[Reduction] = (),
    commuted: Commutation | None = None,
    remainder_pardoned_on: date | None = None,
) -> Release:
    """Compute the end of one sentence.

    `term`: None for life or death. `remand`: pairs (first day, day after the last), `[d, d)` meaning one day.
    `reductions`: pairs (decided on, by how much). `commuted`: (decided on, to what, counted from); to what is None for
    death to life. Raises ValueError for a reversed period or a negative term.
    """
    reductions = sorted(reductions, key=lambda reduction: reduction[0])
    held = days_held(remand)
    for given in [term, commuted and commuted[1], *(by for _decided, by in reductions)]:
        if given is not None:
            given.check()

    steps = [Step("start", starts_on)]
    counting = _Count(starts_on, starts_on, term, held, steps, starts_on.toordinal())
    if commuted:
        unadjusted, on, settled = _commute(counting, commuted, reductions)
    else:
        unadjusted = counting.unadjusted()
        on, settled = counting.reduce(unadjusted, reductions), True

    if remainder_pardoned_on:
        pardoned = max(starts_on, remainder_pardoned_on)
        if on is not None and on <= pardoned:
            steps.append(Step("pardon_late", on, {"decided": remainder_pardoned_on}))
        else:
            on = pardoned
            # Whatever was still to be settled, nothing is left to serve from that day on.
            steps.append(Step("pardoned" if settled else "pardoned_unsettled", on, {"decided": remainder_pardoned_on}))
    return Release(on, unadjusted, steps)


@dataclass(slots=True)
class _Count:
    """One term running from `since`, never to before `floor`; remand counts that lies before the day `before`.

    Without a date when the term is None (life or death).
    """

    floor: date
    since: date
    term: Term | None
    held: set[int]
    steps: list[Step]
    before: int

    @property
    def credited(self) -> set[int]:
        """The days of remand that count: those before the start."""
        return {day for day in self.held if day < self.before}

    @property
    def credit(self) -> int:
        """How many days of remand count."""
        return len(self.credited)

    def reach(self, months: int, days: int) -> date | None:
        """`months` then `days` from the start, less remand, never before the floor; None beyond the calendar."""
        reached = step(self.since, months, days - self.credit)
        if reached is None and months * 31 + days - self.credit < 0:
            return self.floor
        return reached and max(reached, self.floor)

    def unadjusted(self) -> date | None:
        """Rules 2 and 3: the term less remand."""
        if self.term is None:
            self.steps.append(Step("life"))
            return None
        served = self.term.as_served()
        gross = step(self.since, served.all_months, served.days)
        net = self.reach(served.all_months, served.days)
        if gross:
            code = "one_month" if self.term.is_one_month else "term"
            self.steps.append(Step(code, gross, {"term": self.term, "since": self.since}))
        for first, after in in_periods(self.credited):
            days = Term(days=(after - first).days)
            self.steps.append(Step("remand", None, {"first": first, "last": after - timedelta(days=1), "term": days}))
        if ignored := len(self.held) - self.credit:
            self.steps.append(Step("remand_ignored", None, {"term": Term(days=ignored)}))
        if net is None:
            self.steps.append(Step("beyond_calendar", None, {"term": self.term}))
        elif self.credit:
            code = "credit_to_start" if net == self.floor else "credit"
            self.steps.append(Step(code, net, {"term": Term(days=self.credit)}))
        return net

    def reduce(self, unadjusted: date | None, reductions: Sequence[Reduction]) -> date | None:
        """Rule 4, in the order of decision: each adds to those before it, and frees nobody before its own day."""
        on, months, days = unadjusted, 0, 0
        for decided_on, by in reductions:
            if self.term is None:
                self.steps.append(Step("reduction_of_life", None, {"term": by, "decided": decided_on}))
                continue
            months, days = months + by.all_months, days + by.days
            # One month alone is 30 days; against months it is one month.
            served = self.term if months else self.term.as_served()
            counted = self.reach(served.all_months - months, served.days - days)
            if counted is None:
                self.steps.append(Step("beyond_calendar", None, {"term": self.term}))
                continue
            reached = max(counted, decided_on)
            if on is not None and on <= reached:
                self.steps.append(Step("reduction_late", on, {"term": by, "decided": decided_on}))
                continue
            on = reached
            code = "reduction" if counted >= decided_on else "reduction_on_decision"
            self.steps.append(Step(code, on, {"term": by, "decided": decided_on, "counted": counted}))
        return on


def _commute(
    counting: _Count, commuted: Commutation, reductions: Sequence[Reduction]
) -> tuple[date | None, date | None, bool]:
    """Rule 6: the unadjusted date, the date, and whether it is settled."""
    decided_on, to, counted_from = commuted
    steps, original = counting.steps, counting.unadjusted()
    values = {"decided": decided_on, "term": to, "since": counted_from}
    if to is None:
        steps.append(Step("commuted_to_life", None, values))
        return None, None, True
    if counted_from is None:
        steps.append(Step("commuted_uncounted", None, values))
        return None, None, False
    steps.append(Step("commuted", None, values))
    counting.since, counting.term = counted_from, to
    # Days under the sentence are no remand, even when the new term counts from later.
    counting.before = min(counting.floor, counted_from).toordinal()
    counting.floor = max(counting.floor, counted_from)
    unadjusted = counting.unadjusted()
    if any(reduced_on < decided_on for reduced_on, _by in reductions):
        steps.append(Step("reduction_before_commutation", None, {"decided": decided_on}))
        return unadjusted, None, False
    if original and (unadjusted is None or unadjusted > original):
        steps.append(Step("commuted_longer", None, {"decided": decided_on, "since": original}))
        return unadjusted, None, False
    return unadjusted, counting.reduce(unadjusted, reductions), True


def days_held(periods: Iterable[Period]) -> set[int]:
    """The days covered by `[first, after)` periods, each day once; ValueError for a reversed period."""
    held: set[int] = set()
    for first, after in periods:
        if after < first:
            raise ValueError(f"A period in custody ends before it begins: {first.isoformat()} to {after.isoformat()}")
        held.update(range(first.toordinal(), max(after.toordinal(), first.toordinal() + 1)))
    return held


def in_periods(days: set[int]) -> list[Period]:
    """The other way round: days back into unbroken `[first, after)` periods, in order."""
    periods: list[list[int]] = []
    for day in sorted(days):
        if periods and periods[-1][1] == day:
            periods[-1][1] = day + 1
        else:
            periods.append([day, day + 1])
    return [(date.fromordinal(first), date.fromordinal(after)) for first, after in periods]


@dataclass(frozen=True, slots=True)
class Sentenced:
    """One of several sentences, as `compute_release` takes it, and what the court said of its relation to the severest.

    `relation`: "confused", "cumulated", "partly" (cumulated in part, with the `total` that the court stated) or None when
    nothing is recorded (the severest's own is not read, unless there are only two, where saying it once is enough).
    `death` ranks above life. `label` names the sentence in the steps. `term` is what is served: of a partly suspended
    term the firm part, and `pronounced` then the whole.
    """

    starts_on: date
    term: Term | None
    remand: Sequence[Period] = ()
    reductions: Sequence[Reduction] = ()
    commuted: Commutation | None = None
    remainder_pardoned_on: date | None = None
    relation: str | None = None
    death: bool = False
    label: str = ""
    pronounced: Term | None = None
    total: Term | None = None

    def release(self) -> Release:
        """The end of this sentence alone."""
        release = compute_release(
            self.starts_on, self.term, self.remand, self.reductions, self.commuted, self.remainder_pardoned_on
        )
        if self.pronounced is None:
            return release
        start, *steps = release.steps
        return replace(
            release, steps=[start, Step("firm_part", None, {"whole": self.pronounced, "term": self.term}), *steps]
        )

    @property
    def severity(self) -> tuple[int, int]:
        """Death, life, then the longer term, by what is served of it."""
        return self._severity(self.term)

    @property
    def severity_pronounced(self) -> tuple[int, int]:
        """The same by the whole term, a suspended part included."""
        return self._severity(self.pronounced or self.term)

    def _severity(self, term: Term | None) -> tuple[int, int]:
        return (0, term.weight) if term is not None else (2 if self.death else 1, 0)

    @property
    def rank(self) -> tuple[tuple[int, int], tuple[int, int], int]:
        """What several sentences are ordered by, the severest highest; of equal ones the earlier."""
        return self.severity, self.severity_pronounced, -self.starts_on.toordinal()

    @property
    def is_adjusted(self) -> bool:
        """Touched by a pardon of any kind."""
        return bool(self.reductions or self.commuted or self.remainder_pardoned_on)

    def as_pronounced(self) -> "Sentenced":
        """Without reductions and pardon; a commuted sentence stays commuted."""
        return replace(self, reductions=(), remainder_pardoned_on=None)


def combine(sentences: Iterable[Sentenced]) -> Release:
    """Rule 7: the end of several sentences, severest first.

    Confused: the severest absorbs. Cumulated: served one after the other from the earliest start, a day of remand
    counting once. Cumulated in part: the stated total from the severest's start. No date where nothing is recorded of a
    relation, where it is not certain which sentence is the severest, where a pardon shortened it to before the end of a
    sentence it absorbed, where an absorbed one was served before it began, and where custody broke between cumulated
    sentences: unless what was left of each was pardoned. Raises ValueError as `compute_release` does.
    """
    sentences = list(sentences)
    release, last = _combined(sentences), all_pardoned_on(sentences)
    if release.on is not None or last is None:
        return release
    last = min([last, *(step.date for step in release.steps if step.code == "bound_days_apart" and step.date)])
    return Release(last, release.unadjusted, [*release.steps, Step("all_pardoned", last)])


def all_pardoned_on(sentences: Sequence[Sentenced]) -> date | None:
    """From when nothing is left of any sentence, however they stand to each other; None where one was not pardoned."""
    days = [max(one.starts_on, one.remainder_pardoned_on) for one in sentences if one.remainder_pardoned_on]
    return max(days) if days and len(days) == len(sentences) else None


def _combined(sentences: Sequence[Sentenced]) -> Release:
    ranked = sorted(sentences, key=lambda sentence: sentence.rank, reverse=True)
    if not ranked:
        return Release(None, None, [Step("no_sentence")])
    severest, *others = ranked
    alone = severest.release()
    if not others:
        return alone
    for other in others:
        other.release()  # every sentence is checked, also one that another absorbs
    steps = [Step("severest", None, {"label": severest.label, "term": severest.term})]

    relations = {other.relation for other in others}
    if len(others) == 1 and severest.relation:
        relations = (relations - {None}) | {severest.relation}
    if len(others) == 1 and len(relations) == 2:
        return Release(None, None, [*steps, Step("relation_conflict")])
    if not relations <= {CONFUSED, CUMULATED, PARTLY}:
        labels = [other.label for other in others if other.relation not in (CONFUSED, CUMULATED, PARTLY)]
        return Release(None, None, [*steps, Step("relation_unknown", None, {"label": ", ".join(filter(None, labels))})])

    only = relations.pop() if len(relations) == 1 else None
    absorbed = [other for other in others if (only or other.relation) == CONFUSED]
    chained = [other for other in others if (only or other.relation) == CUMULATED]
    partial = [other for other in others if (only or other.relation) == PARTLY]
    if len(chained) < len(others) and any(o.severity_pronounced > severest.severity_pronounced for o in others):
        return Release(None, None, [Step("severity_unclear")])
    if partial:
        said = [one for one in (severest, *partial) if one.relation == PARTLY]
        return _in_part(severest, partial, absorbed, chained, {one.total for one in said}, steps)
    steps += alone.steps if not chained else []
    for other in absorbed:
        steps.append(Step("confused", None, {"label": other.label, "term": other.term}))
    if severest.is_adjusted:
        for other in absorbed:
            ends = other.release().on
            if alone.on and (ends is None or ends > alone.on):
                return Release(None, alone.unadjusted, [*steps, Step("absorbed_holds", ends, {"label": other.label})])
    if not chained:
        return _served_before(severest, absorbed, alone, steps) or Release(alone.on, alone.unadjusted, steps)

    if any(other.commuted for other in chained):
        return Release(None, None, [*steps, Step("commuted_in_chain")])
    if _broken([severest, *chained]):
        return Release(None, None, [*steps, Step("starts_apart")])
    unadjusted = in_chain([sentence.as_pronounced() for sentence in (severest, *chained)], [])
    on = in_chain([severest, *chained], steps)
    if absorbed:
        earlier = in_chain([with_days_before(severest, absorbed), *chained], [])
        if earlier != on:
            return Release(None, unadjusted, [*steps, *_either_end(absorbed, earlier, on)])
    return Release(on, unadjusted, steps)


def _in_part(
    severest: Sentenced,
    partial: Sequence[Sentenced],
    absorbed: Sequence[Sentenced],
    chained: Sequence[Sentenced],
    totals: set[Term | None],
    steps: list[Step],
) -> Release:
    """Sentences of which the court cumulated a part: its total, less all remand, from the start of the severest."""
    labels = ", ".join(filter(None, (other.label for other in partial)))
    together = [severest, *partial]
    if severest.term is None:
        return Release(None, None, [*steps, *severest.release().steps])
    if chained:
        return Release(None, None, [*steps, Step("partly_mixed", None, {"label": labels})])
    total = totals.pop() if len(totals) == 1 else None
    if total is None:
        return Release(None, None, [*steps, Step("partly_without_total", None, {"label": labels})])
    if any(one.is_adjusted for one in together):
        return Release(None, None, [*steps, Step("partly_adjusted", None, {"label": labels})])
    all_of_them = sum(one.term.weight for one in together if one.term is not None)
    if not severest.term.weight <= total.weight <= all_of_them:
        return Release(None, None, [*steps, Step("partly_out_of_range", None, {"term": total, "label": labels})])
    remand = [period for one in together for period in one.remand]
    counted = replace(severest, term=total, pronounced=None, remand=remand)
    release = counted.release()
    steps = [*steps, Step("partly", None, {"term": total, "label": labels}), *release.steps]
    steps += [Step("confused", None, {"label": other.label, "term": other.term}) for other in absorbed]
    before = _served_before(counted, [*partial, *absorbed], release, steps)
    return before or Release(release.on, release.unadjusted, steps)


def _served_before(
    severest: Sentenced, others: Sequence[Sentenced], release: Release, steps: list[Step]
) -> Release | None:
    """No date but both ends, where counting what was held under the others before the severest began changes it."""
    earlier = with_days_before(severest, others).release().on
    if earlier == release.on:
        return None
    return Release(None, release.unadjusted, [*steps, *_either_end(others, earlier, release.on)])


def with_days_before(severest: Sentenced, others: Sequence[Sentenced]) -> Sentenced:
    """The severest with the days held under the others, on remand and under sentence, as if they were its remand."""
    days = days_held(severest.remand)
    for other in others:
        days |= days_held(other.remand)
        until = min(filter(None, [other.release().on, severest.starts_on]))
        days |= set(range(other.starts_on.toordinal(), until.toordinal()))
    return replace(severest, remand=in_periods(days))


def _either_end(others: Sequence[Sentenced], earlier: date | None, later: date | None) -> list[Step]:
    """The steps that leave it to a person whether days held under absorbed sentences count."""
    labels = ", ".join(filter(None, (other.label for other in others)))
    ends = [Step("bound_days_counted", earlier), Step("bound_days_apart", later)]
    return [Step("absorbed_earlier", None, {"label": labels}), *(step for step in ends if step.date)]


def _broken(sentences: Sequence[Sentenced]) -> bool:
    """True when one starts after those before it had ended, or what was left of them was pardoned: then they are no chain."""
    in_order = sorted(sentences, key=lambda sentence: sentence.starts_on)
    end: date | None = in_order[0].starts_on
    for sentence in in_order:
        if end is None:
            return False
        if sentence.starts_on > end:
            return True
        end = replace(sentence, reductions=(), starts_on=end, remand=()).release().on
    return False


def in_chain(sentences: Sequence[Sentenced], steps: list[Step]) -> date | None:
    """Serve the sentences one after the other from the earliest start; None as soon as one has no end."""
    start = end = min(sentence.starts_on for sentence in sentences)
    used: set[int] = set()
    for sentence in sentences:
        credit = {day for day in days_held(sentence.remand) if day < start.toordinal()} - used
        served = replace(sentence, starts_on=end, remand=in_periods(credit))
        release = served.release()
        steps.append(Step("cumulated", end, {"label": sentence.label, "term": sentence.term}))
        steps += release.steps[1:]
        if release.on is None:
            return None
        # Remand beyond the length of a sentence is left for the next one that also lists it.
        whole = replace(served.as_pronounced(), remand=()).release().on
        used |= set(sorted(credit)[: (whole - end).days] if whole else credit)
        end = release.on
    return end
