"""Reactions that judgments leave to the rooms above. They add to these lists when their app is ready.

All are called in the transaction of the act.
`before_case`: `react(inmate)`, before one more prosecution is recorded.
`after_judgment`: `react(inmate, on, by=...)`, when what courts said about a person has changed from the day `on`, or is
now final.
`after_loss`: `react(inmate, by=...)`, when what held somebody by a sentence or a case may be gone: answered on appeal,
acquitted, dropped, reduced, corrected; or a fine that was paid or remitted.
`after_remand_ended`: `react(case, was_on_remand, reference, by=...)`, when a judge's decision ended remand in a case.
`pardon_undone`: `undo(pardon)`, `[(record, {field: value})]`, what taking a verified pardon back writes in the rooms above.
`after_corrected_pardon`: `react(pardon, by=...)`, when a verified pardon took the place of one that it corrects.
`earlier_custody`: `find(inmate)`, gives the `Stretch`es in custody in which no standing sentence ran: they may count as remand.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from inmates.sentences.stretches import without
from inmates.sentences.wording import day_in_words

before_case = []
after_judgment = []
after_loss = []
after_remand_ended = []
after_corrected_pardon = []
earlier_custody = []
pardon_undone = []


@dataclass(frozen=True)
class Stretch:
    """Days in custody, `[first day, day after last)`, with the place and the order; `running`: of the stay that goes on."""

    first_day: date
    day_after_last: date
    where: str
    running: bool = False

    @property
    def text(self):
        """The stretch with its place and order."""
        return _("%(days)s: %(where)s") % {"days": self.days, "where": self.where}

    @property
    def days(self):
        """The same without prison and order, for a reader who may not open the record."""
        words = {"first": day_in_words(self.first_day), "last": day_in_words(self.day_after_last - timedelta(days=1))}
        return _("In custody from %(first)s to %(last)s") % words


def uncounted(inmate, *, before=None, counted=()):
    """Stretches in custody that count for no standing sentence yet, without those that are to count now (`counted`).

    With a day, only what comes before it: also of the stay that goes on, for a sentence that is counted from later.
    """
    sentences = inmate.sentences.standing().prefetch_related("remand_periods")
    return not_among([*counted, *counted_as_remand(sentences)], held_without_sentence(inmate), before=before)


def held_without_sentence(inmate):
    """All stretches in custody in which no standing sentence ran, whether or not they count as remand."""
    return [stretch for find in earlier_custody for stretch in find(inmate)]


def counted_as_remand(sentences):
    """The days that count as remand for some sentences, `[(first day, day after last)]`."""
    return [(one.first_day, one.day_after_last) for sentence in sentences for one in sentence.remand_periods.all()]


def not_among(counted, stretches, *, before=None):
    """What of stretches in custody is not among days that count; with a day, see `uncounted`."""
    return [
        replace(stretch, first_day=first, day_after_last=after)
        for stretch in stretches
        if before is not None or not stretch.running
        for first, after in without(stretch.first_day, min(stretch.day_after_last, before or date.max), counted)
    ]


def judged(inmate, on, *, by, lost=False):
    """Tell the rooms above that what courts said about this person has changed; `lost`: something may hold no longer."""
    for react in after_judgment:
        react(inmate, on, by=by)
    if lost:
        something_lost(inmate, by=by)


def something_lost(inmate, *, by):
    """Tell the rooms above that what held this person may hold no longer: a sentence, a case, a fine."""
    for react in after_loss:
        react(inmate, by=by)
