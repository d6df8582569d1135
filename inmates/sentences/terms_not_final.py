"""When the term of a judgment that is not final has been served: from that day its case holds nothing more."""

from collections import defaultdict

from inmates.people.models import Inmate
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.models import Sentence
from inmates.sentences.release_dates import bounds, latest_end, standing_sentences

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
