"""The day's duties of the separate system. Safe to run twice: each is told once."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from config import clock
from inmates.custody.models import Admission
from inmates.people.models import Alert, Inmate, Task
from inmates.separate import in_force, sayings
from inmates.separate.actions.steps import check_charges
from inmates.separate.models import SeparateStep

NATIONAL_AFTER = 7  # policy: days after the prison the national office is told


def run(by=None):
    """Ask about charges that changed; tell of people held without a ground. Returns counts of what is new."""
    today = clock.today()
    asked, people = 0, Inmate.objects.exclude(tasks__in=Task.objects.open().filter(kind=Task.Kind.SEPARATE_GROUND))
    for pk in in_force.fallen(people).values_list("pk", flat=True):
        with transaction.atomic():
            asked += check_charges(Inmate.objects.select_for_update().get(pk=pk), by=by) is not None
    days = settings.POLICY["separate_ground_days"]
    return {
        "charges_changed": asked,
        "without_ground": _tell(today - timedelta(days=days), Alert.Audience.PRISON),
        "without_ground_national": _tell(today - timedelta(days=days + NATIONAL_AFTER), Alert.Audience.NATIONAL),
    }


def without_ground_since(people):
    """`{person's pk: day}` since when each has no ground: the day of the exit or of the answer, else of the admission."""
    people = list(people)
    since = {one.pk: one.admitted_on for one in people}
    ended = SeparateStep.objects.of_running_stays().filter(inmate__in=since, state=SeparateStep.State.DECIDED)
    today = clock.today()
    for step in ended.filter(effective_on__lte=today).order_by("effective_on", "pk"):
        if step.kind == SeparateStep.Kind.OUT and step.quashed_on is None:
            since[step.inmate_id] = max(since[step.inmate_id], step.effective_on)
        elif step.kind == SeparateStep.Kind.IN and step.quashed_on is not None:
            since[step.inmate_id] = max(since[step.inmate_id], step.quashed_on)
    return since


@transaction.atomic
def _tell(last, audience):
    """Alert an audience to people without a ground since `last` or longer, once for each time; how many are new."""
    people = in_force.without_ground(Inmate.objects.filter(admitted_on__lt=last + timedelta(days=1)))
    people = list(people.only("pk", "facility_id", "admitted_on"))
    since = without_ground_since(people)
    stays = dict(Admission.objects.open().filter(inmate__in=people).values_list("inmate_id", "pk"))
    wanted = [(one, f"{stays.get(one.pk)}:{since[one.pk].isoformat()}") for one in people if since[one.pk] <= last]
    known = Alert.objects.filter(kind=Alert.Kind.NO_GROUND, audience=audience)
    told = set(known.filter(inmate__in=[one for one, _reference in wanted]).values_list("inmate_id", "reference"))
    alerts = [
        Alert(
            inmate=one,
            facility_id=one.facility_id,
            kind=Alert.Kind.NO_GROUND,
            audience=audience,
            reference=reference,
            said=sayings.NO_GROUND(day=since[one.pk]),
        )
        for one, reference in wanted
        if (one.pk, reference) not in told
    ]
    Alert.objects.bulk_create(alerts, ignore_conflicts=True, batch_size=1000)
    return len(alerts)
