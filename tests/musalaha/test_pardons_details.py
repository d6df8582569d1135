"""The alarm over a pardon nobody verifies: to the hour, to whom, in which words."""

import re
from datetime import timedelta

import pytest

from config import clock
from inmates.people.models import Alert
from inmates.sentences.models import Pardon
from musalaha.actions import pardon_follow_through
from tests.application_rights import rewriting


@pytest.fixture
def at(monkeypatch):
    """Stand still at a moment."""

    def stop(moment):
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return stop


def told():
    """`{audience: (hours that it says, moment, whether somebody has read it)}`."""
    return {
        alert.audience: (int(re.search(r"\d+", alert.text)[0]), alert.raised_at, alert.acknowledged_at is not None)
        for alert in Alert.objects.filter(kind="pardon_unverified")
    }


def test_the_alarm_sounds_again_each_full_hour_with_the_hours_it_has_waited(recorded, at, reviewer):
    start = clock.now()
    pardon = recorded()
    with rewriting():
        Pardon.objects.filter(pk=pardon.pk).update(recorded_at=start)
    Alert.objects.update(raised_at=start, acknowledged_at=start, acknowledged_by=reviewer)
    pardon.refresh_from_db()
    at(start + timedelta(minutes=59, seconds=59))
    assert pardon_follow_through.escalate(pardon) == 0
    assert told() == {"reviewers": (0, start, True)}
    first = at(start + timedelta(hours=1))
    assert pardon_follow_through.escalate(pardon) == 2
    assert told() == {"reviewers": (1, first, False), "national": (1, first, False)}
    assert Alert.objects.filter(acknowledged_by=None).count() == 2
    at(first + timedelta(minutes=59, seconds=59))
    assert pardon_follow_through.escalate(pardon) == 0
    second = at(first + timedelta(minutes=90))
    assert pardon_follow_through.escalate(pardon) == 2
    assert told() == {"reviewers": (2, second, False), "national": (2, second, False)}


def test_once_it_is_verified_no_alarm_sounds(recorded, at, reviewer):
    pardon = pardon_follow_through.verify_pardon(recorded(), by=reviewer)
    before = Alert.objects.values_list("audience", "raised_at", "acknowledged_at")
    known = list(before)
    at(clock.now() + timedelta(hours=5))
    assert pardon_follow_through.escalate(pardon) == 0
    assert list(before.all()) == known
