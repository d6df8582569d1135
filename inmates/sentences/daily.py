"""Duties of the day: terms that end before the judgment is final, people held past an end that the rules give."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from config import clock
from inmates.people.actions.alerts import raise_again, raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import sayings
from inmates.sentences.finality import judgments_not_final
from inmates.sentences.models import Settlement
from inmates.sentences.release_dates import bounds, latest_end
from inmates.sentences.terms_not_final import ends_of_terms_not_final

Audience = Alert.Audience
ONCE = timedelta(days=36_500)  # and again where it had been settled by a date that counts no longer
EVERY_DAY = timedelta(hours=20)  # the daily run is never at the very same minute


@transaction.atomic
def run(by=None):
    """Raise the alerts and tasks of the day; returns how many of each kind are new."""
    today = clock.today()
    return {
        "terms_not_final": _terms(today, by),
        "past_an_earliest_end": _bounds(today, by),
        "past_the_latest_end": _settled_late(today, by),
    }


def _terms(today, by):
    """A pronounced term ends though its judgment is not final: told at each of the days before, and a task for the day.

    Case by case: a final sentence in another case, which may hold longer, hides none of them.
    """
    marks = sorted(settings.POLICY["term_warning_days"])
    found = {inmate.pk: (inmate, _soon(inmate, today + timedelta(days=marks[-1]))) for inmate in _not_final()}
    for task in Task.objects.open().filter(kind=Task.Kind.TERM_NOT_FINAL):
        _inmate, ends = found.get(task.inmate_id, (None, {}))
        if task.due_on not in ends:  # a judgment has changed the term, or is final
            task.done_at, task.done_note = clock.now(), sayings.DATE_CHANGED_OR_FINAL.mark
            task.save()
    made = 0
    for inmate, ends in found.values():
        if ends:
            said = [one for each in ends.values() for one in each]
            raise_task(inmate, kind=Task.Kind.TERM_NOT_FINAL, due_on=min(ends), said=said, by=by)
        for day, said in ends.items():
            left = (day - today).days
            if left >= 0:
                reference = f"{day}:{next(mark for mark in marks if left <= mark)}"
                made += raise_alert(inmate, Alert.Kind.TERM_NOT_FINAL, Audience.PRISON, reference, said)
    return made


def _not_final():
    """People in custody under a judgment that is not final."""
    return Inmate.objects.in_custody().filter(Exists(judgments_not_final().filter(inmate=OuterRef("pk"))))


def _soon(inmate, last):
    """`{day: what is said}` of the cases of a person that hold nothing more from a day up to `last`."""
    told = {}
    for case, day in sorted(ends_of_terms_not_final(inmate).items(), key=lambda pair: (pair[1], pair[0].pk)):
        if day <= last:
            told.setdefault(day, []).extend(sayings.TERM_OF_CASE_ENDS_NOT_FINAL(case=case.number or "—", day=day))
    return told


def _bounds(today, by):
    """Held past the earlier of two possible ends: each day anew where it is presumed, else once; a task due today.

    Before that day too a task stays open while no date is settled, whoever closed it.
    """
    made = 0
    asked = Exists(Task.objects.open().filter(inmate=OuterRef("pk"), kind=Task.Kind.RELEASE_DATE))
    unsettled = Inmate.objects.in_custody().filter(release_basis=Inmate.ReleaseBasis.UNSETTLED)
    for inmate in unsettled.annotate(asked=asked).iterator(1000):
        within = bounds(inmate)
        if within.earliest is None or within.earliest > today:
            if not inmate.asked:  # closed by hand, and there is still no date
                raise_task(inmate, kind=Task.Kind.RELEASE_DATE, due_on=today, said=sayings.NO_DATE(), by=by)
            continue
        if within.presumed:
            kind, reference = Alert.Kind.PRESUMED_PAST, f"{within.presumed}:{today}"
            said = sayings.PRESUMED_PAST(day=within.presumed)
        else:
            kind, reference = Alert.Kind.RELEASE_DATE, f"earliest:{within.earliest}"
            said = sayings.EARLIEST_PAST(day=within.earliest)
        for audience in (Audience.PRISON, Audience.NATIONAL):
            made += raise_again(inmate, kind, audience, reference, said, every=ONCE)
        raise_task(inmate, kind=Task.Kind.RELEASE_DATE, due_on=today, said=said, by=by)
    return made


def _settled_late(today, by):
    """Held past the latest end by the rules on a day that somebody settled: told each day, until the prosecutor answers.

    A task due today, too. The alert is one, told again, and settled with the next date that is settled.
    """
    made = 0
    settled = Settlement.objects.filter(ended_at=None, answer="", release_on__gt=today).select_related("inmate")
    for settlement in settled.filter(inmate__in=Inmate.objects.in_custody()).iterator(1000):
        inmate, latest = settlement.inmate, latest_end(settlement.inmate)
        if latest is None or latest > today:
            continue
        reference, said = f"settlement:{inmate.pk}", sayings.SETTLED_PAST(latest=latest)
        for audience in (Audience.PRISON, Audience.NATIONAL):
            made += raise_again(inmate, Alert.Kind.SETTLED_LATE, audience, reference, said, every=EVERY_DAY)
        raise_task(inmate, kind=Task.Kind.RELEASE_DATE, due_on=today, said=said, by=by)
    return made
