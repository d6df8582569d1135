"""Days in custody before a sentence that count for nothing, or a start or remand without custody: asked of each that stands.

Asked anew after each fact, whatever it was: another judgment that falls may leave days uncounted that it had covered.
"""

from datetime import date, timedelta

from config import clock
from inmates.people.actions.alerts import raise_again, raise_alert
from inmates.people.actions.tasks import raise_task
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import hooks, sayings
from inmates.sentences.known_custody import first_known_custody, remand_without_custody
from inmates.sentences.stretches import without

KIND = Alert.Kind.EARLIER_CUSTODY


def ask_about_earlier_custody(inmate, *, by):
    """Where days before a start neither count nor were left out with a reason, or a start or remand has no custody on record.

    A task, due today, and an alert of each such sentence to the prison and the national office; what is answered by now is
    asked no longer. The forms ask before.
    """
    said = _unanswered(inmate)
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


def _unanswered(inmate):
    """`{key of a standing sentence: what is to be asked}`, as sayings; nothing of one of which all is answered."""
    person = Inmate.objects.prefetch_related("admissions").get(pk=inmate.pk)
    sentences = list(person.sentences.standing().prefetch_related("remand_periods").order_by("pk"))
    stretches = hooks.held_without_sentence(person) if sentences else []
    counted, said = hooks.counted_as_remand(sentences), {}
    for sentence in sentences:
        uncounted = hooks.not_among(counted, stretches, before=sentence.starts_on)
        said[sentence.pk] = _to_ask(sentence, [(one.first_day, one.day_after_last) for one in uncounted])
    return said


def _to_ask(sentence, days):
    """What is to be asked about the custody before a sentence, where `days` before it count for nothing."""
    if sentence.earlier_custody and sentence.days_left_out is None:  # a reason is of the days that it was given for
        sentence.days_left_out = [[day.isoformat() for day in pair] for pair in days]
        sentence.save(update_fields=["days_left_out"])
    said, start = [], sentence.starts_on
    left_out = [tuple(map(date.fromisoformat, pair)) for pair in sentence.days_left_out or ()]
    if any(without(first, after, left_out) for first, after in days):
        said = sayings.EARLIER_CUSTODY()
    if sentence.held_elsewhere:
        return said
    if first := first_known_custody(sentence.inmate, start):
        said += sayings.START_UNKNOWN(start=start, first=first)
    if remand := remand_without_custody(sentence):
        said += sayings.REMAND_UNKNOWN(first=remand[0], last=remand[1] - timedelta(days=1))
    return said
