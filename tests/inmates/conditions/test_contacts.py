"""Visits and calls, against what the regime promises."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from config import clock
from core.workflow import InvalidTransition
from facilities.models import Regime
from inmates.conditions import entitlements
from inmates.conditions.actions import contacts
from inmates.custody.actions import releases


def test_visits_count_against_what_the_regime_promises(inmate, officer, officer2):
    inmate.tier, inmate.tier_since = 2, clock.today()
    inmate.save()
    contacts.record(inmate, kind="visit", on=clock.today(), minutes=30, by=officer)
    regime, promised = entitlements.entitlements(inmate)
    assert regime == Regime.objects.get(tier=2)
    assert [(one.promised, one.given) for one in promised] == [(regime.visits_per_month, 1), (2, 0)]
    with pytest.raises(PermissionDenied):
        contacts.record(inmate, kind="visit", on=clock.today(), by=officer2)
    with pytest.raises(ValidationError):
        contacts.record(inmate, kind="call", on=clock.today() + timedelta(days=1), by=officer)


def test_a_contact_is_of_somebody_held_here_since_the_admission(inmate, officer):
    fields = {"kind": "visit", "by": officer}
    for day in (inmate.admitted_on - timedelta(days=1), clock.today() + timedelta(days=1)):
        with pytest.raises(ValidationError) as refusal:
            contacts.record(inmate, on=day, **fields)
        assert list(refusal.value.message_dict) == ["on"]
    assert contacts.record(inmate, on=inmate.admitted_on, **fields).recorded_by == officer
    releases.release(inmate, ground="death", by=officer)
    with pytest.raises(InvalidTransition):
        contacts.record(inmate, on=clock.today(), **fields)
    assert inmate.contacts.count() == 1
