"""Aftercare in detail: what came in between stands."""

from django.utils import timezone

from musalaha.aftercare import actions as aftercare
from musalaha.aftercare.models import Reconviction
from tests.musalaha.conftest import refused


def test_a_contact_recorded_while_the_daily_run_was_reading_is_not_lost(freed, officer):
    """The daily run read the row before somebody recorded the contact: it looks again before it writes."""
    stay = freed(800)
    first, second = aftercare.plan_follow_up(stay, by=officer)[:2]
    read_before = stay.follow_ups.get(months=first.months)
    released_on = timezone.localdate(stay.released_at)
    aftercare.record_follow_up(stay.follow_ups.get(months=first.months), done_on=released_on, contact="met", by=officer)
    assert not aftercare.lose_sight(read_before).lost
    kept = stay.follow_ups.get(months=first.months)
    assert (kept.done_on, kept.contact, kept.lost) == (released_on, "met", False)
    assert aftercare.lose_sight(stay.follow_ups.get(months=second.months)).lost
    assert stay.follow_ups.get(months=second.months).lost


def test_a_reconviction_names_its_judgment(freed, officer):
    stay = freed(800)
    day = timezone.localdate(stay.released_at)
    refused(
        "source",
        lambda **f: aftercare.record_reconviction(stay, act_on=day, final_on=day, terrorism=False, by=officer, **f),
        source=" ",
    )
    assert not Reconviction.objects.exists()
