"""What aftercare plans at a release, and when it plans nothing."""

from config import clock
from inmates.custody.actions import releases
from inmates.people.models import Inmate
from inmates.terms import step


def test_contacts_are_planned_for_everybody_released(person, officer, settings):
    inmate = person(days_ago=800, years=2)
    releases.release(inmate, ground="term_served", by=officer)
    planned = inmate.follow_ups.order_by("months").values_list("due_on", flat=True)
    assert list(planned) == [step(clock.today(), months) for months in settings.POLICY["follow_up_months"]]


def test_nobody_is_seen_after_death(person, officer):
    inmate = person()
    releases.release(inmate, ground="death", by=officer)
    assert Inmate.objects.get(pk=inmate.pk).status == "deceased"
    assert not inmate.follow_ups.exists()
