"""Somebody admitted once more, for the scenes of later stays."""

from datetime import timedelta

from config import clock
from inmates.custody.actions import admissions
from inmates.custody.holds import holds
from inmates.custody.models import DetentionOrder
from inmates.people.models import Inmate
from tests.factories import ago


def day(n):
    """The day `n` days from today."""
    return clock.today() + timedelta(days=n)


def stored(inmate):
    """The person as stored."""
    return Inmate.objects.get(pk=inmate.pk)


def kinds(inmate):
    """The kinds of what holds a person today."""
    return [hold.kind for hold in holds(stored(inmate))]


def again(
    inmate, unit, officer, *, days_ago=50, legal_status="convicted_appeal", registration_number="99009", **fields
):
    """Admitted once more, on an arrest warrant that names no case unless it says so."""
    fields = {"kind": "arrest", "authority": "R", "reference": "Again", "issued_on": day(-days_ago)} | fields
    admissions.admit(
        stored(inmate),
        unit=unit,
        order=DetentionOrder(**fields),
        legal_status=legal_status,
        registration_number=registration_number,
        admitted_at=ago(days_ago),
        by=officer,
    )
    return stored(inmate)
