"""When the term of a judgment that is not final has been served: from that day its case holds nothing more."""

from collections import defaultdict

from inmates.people.models import Inmate
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds, latest_end, over_at_leaving, over_on, standing_sentences

Basis = Inmate.ReleaseBasis
BY_THE_RULES = {Basis.COMPUTED, Basis.LIFE, Basis.DEATH}
JOINED = {Sentence.Relation.CUMULATED, Sentence.Relation.PARTLY}


def ends_of_terms_not_final(inmate):
    """`{case: day}` on which each case with a judgment that is not final holds nothing more, where that day is known.

    One that no ruling cumulated with another ends by itself, whatever another case does. Cumulated, settled by a person
    or still to be settled, it has ended once all of them have.
    """
    open_cases = set(judgments_not_final().filter(inmate=inmate).values_list("case", flat=True))
    if not open_cases:
        return {}
    sentences, taken = standing_sentences(inmate)
    of_all = inmate.release_on or bounds(inmate).latest
    by_itself = (
        len(sentences) > 1
        and inmate.release_basis in BY_THE_RULES
        and not any(sentence.relation in JOINED for sentence in sentences)
    )
    ends = defaultdict(list)
    for sentence, one in zip(sentences, taken, strict=True):
        own = one.release().on if by_itself else None
        ends[sentence.case].append(min(filter(None, (own, of_all)), default=None))
    return {case: max(days) for case, days in ends.items() if case.pk in open_cases and None not in days}


def sentences_that_run(inmate, day):
    """The standing sentences of which something is left on `day`: none where all have ended.

    What was over when somebody left custody is left out; so is one that ended by itself, where no ruling joins any of them
    and no day out of custody put its end off.
    """
    if over_on(inmate, day):
        return []
    sentences, taken = standing_sentences(inmate)
    away = list(inmate.times_at_large.all())
    over = over_at_leaving(away, sentences, taken)
    left = [(one, two) for one, two, gone in zip(sentences, taken, over, strict=True) if gone is None]
    if not any(one.relation in JOINED for one, _two in left):
        left = [(one, two) for one, two in left if not _ended(one, two, away, day)] or left
    return [one for one, _two in left]


def _ended(sentence, taken, away, day):
    """Whether the term of a sentence, counted by itself, had ended by a day."""
    end = taken.release().on
    put_off = any(one.first_day < end and one.day_after_last > sentence.starts_on for one in away) if end else False
    return end is not None and end <= day and not put_off


def runs_beside(inmate, case, *, day):
    """Whether a sentence runs on `day` that is final, or that stands in another case than `case`.

    How the court joined those of `case` with it says nothing here: it is counted without them. What a person settled is
    the day of all of them.
    """
    own = set(judgments_not_final().filter(inmate=inmate, case=case).values_list("pk", flat=True))
    sentences, taken = standing_sentences(inmate)
    others = [pair for pair in zip(sentences, taken, strict=True) if pair[0].pk not in own]
    if not others:
        return False
    last = (
        inmate.release_on if inmate.release_basis == Basis.SETTLED else latest_end(inmate, of=zip(*others, strict=True))
    )
    return last is None or last > day
