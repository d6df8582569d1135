"""The programme's duties of the day; safe to run twice, and each hour."""

from datetime import timedelta

from django.conf import settings
from django.utils.translation import gettext as _

from config import clock
from inmates.custody.models import Alert
from inmates.sentences.models import Pardon
from musalaha.actions.aftercare import lose_sight
from musalaha.models import Cohort, FollowUp
from musalaha.pardons import would_free

LOST_AFTER_DAYS = settings.POLICY.get("follow_up_lost_days", 90)


def run(by=None):
    """Do them, and say how many there were of each."""
    today = clock.today()
    overdue = FollowUp.objects.filter(done_on=None, due_on__lt=today)
    lost = overdue.filter(lost=False, due_on__lt=today - timedelta(days=LOST_AFTER_DAYS))
    for follow_up in lost:
        lose_sight(follow_up, by=by)
    return {
        "follow_ups_due": FollowUp.objects.filter(done_on=None, due_on__lte=today, lost=False).count(),
        "follow_ups_lost": FollowUp.objects.filter(done_on=None, lost=True).count(),
        "pardons_escalated": escalate_pardons(),
        "rounds_past_their_end": Cohort.objects.filter(state=Cohort.State.RUNNING, ends_on__lt=today).count(),
    }


def escalate_pardons():
    """Unverified pardons that would free somebody today: an alert, raised again each hour.

    Reviewers are told at once; an hour later the national office and the inspectors too.
    """
    raised = 0
    for pardon in Pardon.objects.awaiting().select_related("instrument", "inmate", "sentence__case"):
        if not would_free(pardon):
            continue
        hours = int((clock.now() - pardon.recorded_at).total_seconds() // 3600)
        audiences = [Alert.Audience.REVIEWERS] + ([Alert.Audience.NATIONAL] if hours >= 1 else [])
        for audience in audiences:
            detail = _("Recorded %(hours)s hours ago and not verified; it would free this person today.")
            values = {"facility": pardon.inmate.facility, "detail": detail % {"hours": hours}}
            alert, new = Alert.objects.get_or_create(
                inmate=pardon.inmate,
                kind=Alert.Kind.PARDON_UNVERIFIED,
                audience=audience,
                reference=f"pardon-{pardon.pk}",
                defaults=values,
            )
            again = not new and clock.now() - alert.raised_at >= timedelta(hours=1)
            if again:  # raised again, on top of the list, whoever had acknowledged it
                alert.detail, alert.raised_at = values["detail"], clock.now()
                alert.acknowledged_by = alert.acknowledged_at = None
                alert.save()
            raised += new or again
    return raised
