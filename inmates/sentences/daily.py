"""Duties of the day: terms that end before the judgment is final, people held past an end that the rules give."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from config import clock
from inmates.people.actions.alerts import raise_again, raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, LegalStatus, Task
from inmates.sentences import sayings
from inmates.sentences.models import Sentence, Settlement
from inmates.sentences.release_dates import bounds, latest_end

Audience = Alert.Audience
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
    """A pronounced term ends though the judgment is not final: told at each of the days before, and a task for the day."""
    marks = sorted(settings.POLICY["term_warning_days"])
    open_judgment = Sentence.objects.standing().filter(inmate=OuterRef("pk"), final_on=None)
    people = (
        Inmate.objects.in_custody()
        .filter(release_on__lte=today + timedelta(days=marks[-1]), legal_status=LegalStatus.CONVICTED_APPEAL)
        .filter(Exists(open_judgment))
    )
    ends = {inmate.pk: inmate.release_on for inmate in people}
    for task in Task.objects.open().filter(kind=Task.Kind.TERM_NOT_FINAL):
        if ends.get(task.inmate_id) != task.due_on:  # a judgment has changed the term, or is final
            task.done_at, task.done_note = clock.now(), sayings.DATE_CHANGED_OR_FINAL.mark
            task.save()
    made = 0
    for inmate in people:
        said = sayings.TERM_ENDS_NOT_FINAL(day=inmate.release_on)
        raise_task(inmate, kind=Task.Kind.TERM_NOT_FINAL, due_on=inmate.release_on, said=said, by=by)
        left = (inmate.release_on - today).days
        if left < 0:
            continue
        mark = next(mark for mark in marks if left <= mark)
        reference = f"{inmate.release_on}:{mark}"
        made += raise_alert(inmate, Alert.Kind.TERM_NOT_FINAL, Audience.PRISON, reference, said)
    return made


def _bounds(today, by):
    """Held past the earlier of two possible ends: each day anew where it is presumed, else once; a task due today."""
    made = 0
    for inmate in Inmate.objects.in_custody().filter(release_basis=Inmate.ReleaseBasis.UNSETTLED).iterator(1000):
        within = bounds(inmate)
        if within.earliest is None or within.earliest > today:
            continue
        if within.presumed:
            kind, reference = Alert.Kind.PRESUMED_PAST, f"{within.presumed}:{today}"
            said = sayings.PRESUMED_PAST(day=within.presumed)
        else:
            kind, reference = Alert.Kind.RELEASE_DATE, f"earliest:{within.earliest}"
            said = sayings.EARLIEST_PAST(day=within.earliest)
        for audience in (Audience.PRISON, Audience.NATIONAL):
            made += raise_alert(inmate, kind, audience, reference, said)
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
