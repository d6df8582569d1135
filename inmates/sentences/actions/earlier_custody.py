"""Days in custody before a sentence that count for nothing, or a start or remand without custody: asked of each that stands.

Asked anew after each fact, whatever it was: another judgment that falls may leave days uncounted that it had covered.
"""

from datetime import date, timedelta

from config import clock
from inmates.people.actions.alerts import raise_again, raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Task
from inmates.sentences import hooks, sayings
from inmates.sentences.known_custody import first_known_custody, remand_without_custody
from inmates.sentences.stretches import without

KIND = Alert.Kind.EARLIER_CUSTODY


def ask_about_earlier_custody(inmate, *, by):
    """Where days before a start neither count nor were left out with a reason, or a start or remand has no custody on record.

    A task, due today, and an alert of each such sentence to the prison and the national office; what is answered by now is
    asked no longer. The forms ask before.
    """
    said = {}
    for sentence in inmate.sentences.standing().order_by("pk"):
        _keep_what_is_left_out(sentence)
        said[sentence.pk] = unanswered(sentence)
    asked = {f"sentence:{pk}": what for pk, what in said.items() if what}
    tasks = inmate.tasks.open().filter(kind=Task.Kind.EARLIER_CUSTODY)
    told = inmate.alerts.filter(kind=KIND, acknowledged_at=None).exclude(reference__in=asked)
    told.update(acknowledged_by=by, acknowledged_at=clock.now())
    if not asked:
        tasks.update(done_at=clock.now(), done_by=by, done_note=sayings.EARLIER_CUSTODY_DECIDED.mark)
        return
    anew, of_all = not tasks.exists(), []
    for what in asked.values():
        of_all += [one for one in what if one not in of_all]
    raise_task(inmate, kind=Task.Kind.EARLIER_CUSTODY, due_on=clock.today(), said=of_all, by=by)
    for reference, what in asked.items():
        for audience in (Alert.Audience.PRISON, Alert.Audience.NATIONAL):
            if anew:  # it was answered, or closed by hand, and is open again
                raise_again(inmate, KIND, audience, reference, what, every=timedelta(0))
            else:
                raise_alert(inmate, KIND, audience, reference, what)


def unanswered(sentence):
    """What is to be asked about the custody before a sentence, as a saying; nothing where all of it is answered."""
    inmate, start, said = sentence.inmate, sentence.starts_on, []
    left_out = [tuple(map(date.fromisoformat, days)) for days in sentence.days_left_out or ()]
    if any(without(first, after, left_out) for first, after in _days_before(sentence)):
        said = sayings.EARLIER_CUSTODY()
    if not sentence.held_elsewhere and (first := first_known_custody(inmate, start)):
        said += sayings.START_UNKNOWN(start=start, first=first)
    if not sentence.held_elsewhere and (remand := remand_without_custody(sentence)):
        said += sayings.REMAND_UNKNOWN(first=remand[0], last=remand[1] - timedelta(days=1))
    return said


def _days_before(sentence):
    return [(one.first_day, one.day_after_last) for one in hooks.uncounted(sentence.inmate, before=sentence.starts_on)]


def _keep_what_is_left_out(sentence):
    """A reason is of the days that it was given for: others that count for nothing later are asked about."""
    if sentence.earlier_custody and sentence.days_left_out is None:
        sentence.days_left_out = [[day.isoformat() for day in days] for days in _days_before(sentence)]
        sentence.save(update_fields=["days_left_out"])
