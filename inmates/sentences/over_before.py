"""Which sentences were over when somebody left custody: by what is known now, or as a person had decided at the door.

Nobody owes anything more of a sentence that was served. But only what the release knew was served by it: a judgment
that arrived later, a term raised or put right since, a pardon taken back leave a later end, and a person settles it.
"""

from datetime import timedelta

from django.utils import timezone

from inmates.sentences.models import TimeAtLarge

DECIDED = "decided"  # in the file of a release: the sentences that a person's word ended, see `as_known`
TERM = ("kind", "years", "months", "days", "suspended_years", "suspended_months", "suspended_days")


def as_known(inmate):
    """The sentences that stand as they are known now, for the file of a release that rests on a person's word.

    On a written order before the date on record, or on a settled date: the rules gave another end or none.
    """
    return [_says(sentence) for sentence in inmate.sentences.standing().order_by("pk")]


def _says(sentence):
    in_force = [one.pk for one in sentence.adjustments.all() if one.superseded_at is None]
    return {
        "sentence": sentence.pk,
        "term": [getattr(sentence, name) for name in TERM],
        "starts_on": sentence.starts_on.isoformat(),
        "remand": sorted(period.pk for period in sentence.remand_periods.all()),
        "adjustments": sorted(in_force),
    }


def over_since(away, sentences, taken, *, latest):
    """Of each sentence `(day, step)` from which nothing of it is left, since somebody left custody then; else None.

    Over is all that had begun and was pronounced, where its end had come by then, with pardons and reductions and without
    the days out of custody before; or where the term was served on a person's word and all of it is known as it was then.
    `latest(sentences, taken)`: the latest end of some sentences.
    """
    found = [None] * len(sentences)
    for one in sorted(away, key=lambda one: one.first_day):
        begun = [
            n
            for n, sentence in enumerate(sentences)
            if found[n] is None and max(filter(None, (sentence.starts_on, sentence.pronounced_on))) <= one.first_day
        ]
        if not begun:
            continue
        some, calculated_some = [sentences[n] for n in begun], [taken[n] for n in begun]
        end, served = _ended_by(one, away, some, calculated_some, latest), one.reason == TimeAtLarge.Reason.SERVED
        if served and (end or _as_decided(one, some)):
            over = one.first_day, "released_as_served"
        elif end:
            over = end, "ended_before"
        else:
            continue
        for n in begun:
            found[n] = over
    return found


def _ended_by(leaving, away, sentences, taken, latest):
    """The latest end of these sentences, if it had come when somebody left, the days out of custody before counted too."""
    end, since = latest(sentences, taken), min(sentence.starts_on for sentence in sentences)
    before = sum(one.days for one in away if since <= one.first_day < leaving.first_day)
    return end if end and end + timedelta(days=before) <= leaving.first_day else None


def _as_decided(leaving, sentences):
    """Whether a person's word ended all these sentences at that door, and none of them says since what it did not say."""
    known = {}
    for stay in leaving.inmate.admissions.filter(ground="term_served").exclude(released_at=None):
        if timezone.localdate(stay.released_at) == leaving.first_day:
            known |= {says["sentence"]: says for says in (stay.release_file or {}).get(DECIDED, ())}
    return all(sentence.pk in known and _still(known[sentence.pk], _says(sentence)) for sentence in sentences)


def _still(then, now):
    """Whether a sentence is as it was known, but for what has been granted or counted for it since."""
    same = all(then[name] == now[name] for name in ("term", "starts_on"))
    return same and all(set(then[name]) <= set(now[name]) for name in ("remand", "adjustments"))
