"""The day's duties of classification. Safe to run twice: a second run on the same day finds nothing left to do."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction

from config import clock
from inmates.classification import in_force, sayings
from inmates.classification.actions.effects import apply_standing
from inmates.people.models import Alert, Inmate


def run(by=None):
    """Let decisions take effect on their day and tell those who must know of long overdue reviews.

    Returns counts: `effective` people whose tier or due day was brought up to date, `escalated` new alerts by audience,
    `overdue` reviews past their day. A tier never changes by itself: only decisions made by people take effect here.
    """
    day = clock.today()
    changed = 0
    for pk in in_force.differing_ids(day):
        with transaction.atomic():
            inmate = Inmate.objects.select_for_update().get(pk=pk)
            changed += apply_standing(inmate, by=by)
    return {
        "effective": changed,
        "escalated_to_reviewers": _escalate(
            day, Alert.Audience.REVIEWERS, settings.POLICY["escalate_to_reviewers_days"]
        ),
        "escalated_to_national": _escalate(day, Alert.Audience.NATIONAL, settings.POLICY["escalate_to_national_days"]),
        "overdue": Inmate.objects.review_overdue(day).count(),
    }


@transaction.atomic
def _escalate(day, audience, after):
    """Alert `audience` to reviews overdue by more than `after` days, once for each due day; how many are new."""
    late = Inmate.objects.review_overdue(day - timedelta(days=after)).only("pk", "facility_id", "next_review_on")
    known = Alert.objects.filter(kind=Alert.Kind.REVIEW_OVERDUE, audience=audience)
    alerted = set(known.filter(inmate__in=late).values_list("inmate_id", "reference"))
    alerts = [
        Alert(
            inmate=inmate,
            facility_id=inmate.facility_id,
            kind=Alert.Kind.REVIEW_OVERDUE,
            audience=audience,
            reference=inmate.next_review_on.isoformat(),
            said=sayings.REVIEW_OVERDUE(due_on=inmate.next_review_on),
        )
        for inmate in late
        if (inmate.pk, inmate.next_review_on.isoformat()) not in alerted
    ]
    Alert.objects.bulk_create(alerts, ignore_conflicts=True, batch_size=1000)
    return len(alerts)
