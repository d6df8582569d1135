"""Daily duties of aftercare; safe to run twice, and each hour."""

from datetime import timedelta

from django.conf import settings

from config import clock
from musalaha.aftercare.actions import lose_sight
from musalaha.aftercare.models import FollowUp

LOST_AFTER_DAYS = settings.POLICY["follow_up_lost_days"]


def run(by=None):
    """Run the duties, and return how many there were of each."""
    today = clock.today()
    for follow_up in FollowUp.objects.overdue(today - timedelta(days=LOST_AFTER_DAYS)):
        lose_sight(follow_up, by=by)
    return {
        "follow_ups_due": FollowUp.objects.due(today).count(),
        "follow_ups_lost": FollowUp.objects.filter(done_on=None, lost=True).count(),
    }
