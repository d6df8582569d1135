"""Daily duties of the programme; safe to run twice, and each hour."""

from datetime import timedelta

from django.conf import settings

from config import clock
from inmates.sentences.models import Pardon
from musalaha.actions.aftercare import lose_sight
from musalaha.actions.pardons import escalate
from musalaha.models import Cohort, FollowUp

LOST_AFTER_DAYS = settings.POLICY["follow_up_lost_days"]


def run(by=None):
    """Run the duties, and return how many there were of each."""
    today = clock.today()
    for follow_up in FollowUp.objects.overdue(today - timedelta(days=LOST_AFTER_DAYS)):
        lose_sight(follow_up, by=by)
    return {
        "follow_ups_due": FollowUp.objects.due(today).count(),
        "follow_ups_lost": FollowUp.objects.filter(done_on=None, lost=True).count(),
        "pardons_escalated": escalate_pardons(),
        "rounds_past_their_end": Cohort.objects.overdue(today).count(),
    }


def escalate_pardons():
    """Alert those who can verify to pardons that would free somebody today, and again each hour."""
    awaiting = Pardon.objects.awaiting().select_related("instrument", "inmate", "sentence__case")
    return sum(escalate(pardon) for pardon in awaiting)
