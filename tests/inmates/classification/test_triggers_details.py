"""Who may bring a review forward: where the person is now, whatever a page still shows."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from accounts import roles
from audit.models import Event
from config import clock
from inmates.classification.actions import triggers
from inmates.classification.models import ReviewTrigger
from inmates.people.models import Inmate
from tests.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_review_is_asked_for_where_the_person_is_now(inmate, other_prison, assessor, reviewer, officer):
    shown = Inmate.objects.get(pk=inmate.pk)
    Inmate.objects.filter(pk=inmate.pk).update(facility=other_prison, unit=other_prison.units.get())
    for user in (assessor, officer):
        with pytest.raises(PermissionDenied):
            triggers.ask_for_review(shown, happened_on=clock.today(), by=user)
    assert not ReviewTrigger.objects.exists()
    local = make_user(roles.ASSESSOR, other_prison, username="local")
    for user in (local, reviewer):
        made = triggers.ask_for_review(shown, happened_on=clock.today(), by=user)
        assert (made.cause, made.inmate_id) == ("information", inmate.pk)
    events = Event.objects.filter(verb="review.triggered", inmate_id=inmate.pk).order_by("pk")
    assert list(events.values_list("actor_id", "detail")) == [
        (local.pk, {"cause": "information"}),
        (reviewer.pk, {"cause": "information"}),
    ]


def test_a_review_put_off_is_on_the_trail(inmate, decision, reviewer):
    inmate.refresh_from_db()
    due, until = inmate.next_review_on, inmate.next_review_on + timedelta(days=5)
    triggers.postpone_review(inmate, until=until, reason="Court.", by=reviewer)
    event = Event.objects.get(verb="review.postponed")
    assert (event.actor_id, event.detail) == (reviewer.pk, {"from": due.isoformat(), "until": until.isoformat()})
