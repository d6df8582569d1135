"""What each act of aftercare writes on the trail."""

from django.utils import timezone

from musalaha.aftercare import actions as aftercare
from tests.musalaha.conftest import written


def test_after_release(freed, officer):
    stay = freed(800)
    released_on = timezone.localdate(stay.released_at)
    contact = aftercare.plan_follow_up(stay, by=officer)[0]
    contact = stay.follow_ups.get(months=contact.months)
    aftercare.record_follow_up(contact, done_on=released_on, contact="met", by=officer)
    aftercare.record_reconviction(
        stay, act_on=released_on, final_on=released_on, terrorism=False, source="Rabat 12", by=officer
    )
    assert written("follow_up.", "reconviction.", inmate_id=stay.inmate_id) == [
        ("follow_up.recorded", officer.pk, {"months": contact.months}),
        ("reconviction.recorded", officer.pk, {}),
    ]
