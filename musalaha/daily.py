"""The programme's duties of the day; safe to run twice, and each hour."""

from datetime import timedelta

from django.conf import settings

from config import clock
from inmates.sentences.models import Pardon
from musalaha.actions.aftercare import lose_sight
from musalaha.actions.pardons import escalate
from musalaha.models import Cohort, FollowUp

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
    """Unverified pardons that would free somebody today: those who can verify are told, and told again each hour."""
    awaiting = Pardon.objects.awaiting().select_related("instrument", "inmate", "sentence__case")
    return sum(escalate(pardon) for pardon in awaiting)
