"""Roll counts: expected, counted, explained, signed by another."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts import roles
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import outings
from inmates.roll_counts import actions as roll_counts
from inmates.roll_counts.models import RollCount
from tests.factories import also, make_inmate


@pytest.fixture
def hearing(inmate, officer):
    """A production in court tomorrow."""
    tomorrow = clock.today() + timedelta(days=1)
    return outings.plan(inmate, kind="court", planned_on=tomorrow, place="Rabat", by=officer)


def test_a_count_expects_those_placed_less_those_out(inmate, unit, prison, officer, director, hearing):
    make_inmate(unit, by=officer)
    outings.leave(hearing, by=officer)
    assert {str(one): (placed, out) for one, placed, out in roll_counts.expected(prison)}["A"] == (2, 1)
    heads = {one.pk: 0 for one in prison.units.all()}
    with pytest.raises(ValidationError, match="every unit"):
        roll_counts.record(prison, counted={unit.pk: 1}, by=officer)
    count = roll_counts.record(prison, counted=heads, by=officer)
    with pytest.raises(InvalidTransition, match="Explain"):
        roll_counts.sign(count, by=director)
    with pytest.raises(PermissionDenied):
        roll_counts.sign(count, by=officer)
    roll_counts.explain(count, explanation="Found in the infirmary", by=officer)
    assert roll_counts.sign(count, by=director).signed_by == director
    with pytest.raises(InvalidTransition):
        roll_counts.explain(count, explanation="Later", by=officer)


def test_one_too_many_here_does_not_make_good_one_missing_there(inmate, prison, officer, director):
    units = {one.name: one.pk for one in prison.units.all()}
    count = roll_counts.record(prison, counted={units["A"]: 0, units["B"]: 1, units["C"]: 0}, by=officer)
    assert roll_counts.difference(count) == 0
    assert roll_counts.differs(count)


def test_the_count_is_entered_on_its_page(client, inmate, prison, officer):
    client.force_login(officer)
    address = reverse("facilities:roll_new", args=[prison.code])
    data = {f"unit_{one.pk}": "0" for one in prison.units.all()}
    first = next(iter(data))
    assert client.post(address, data | {first: ""}).status_code == 422
    assert client.post(address, data).status_code == 302
    assert prison.roll_counts.get().counted_by == officer


def test_a_count_is_made_explained_and_signed_where_it_belongs(prison, officer, officer2, director, director2):
    right = {one.pk: 0 for one in prison.units.all()}
    with pytest.raises(PermissionDenied):
        roll_counts.record(prison, counted=right, by=officer2)
    count = roll_counts.record(prison, counted=right | {prison.units.get(name="A").pk: 1}, by=officer)
    with pytest.raises(PermissionDenied):
        roll_counts.explain(count, explanation="One more", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        roll_counts.explain(count, explanation=" ", by=officer)
    assert list(refusal.value.message_dict) == ["explanation"]
    roll_counts.explain(count, explanation="One more", by=officer)
    with pytest.raises(PermissionDenied):
        roll_counts.sign(count, by=director2)
    roll_counts.sign(count, by=director)
    count.refresh_from_db()
    assert (count.explanation, count.signed_by, count.signed_at is None) == ("One more", director, False)
    with pytest.raises(InvalidTransition, match="signed already"):
        roll_counts.sign(count, by=director)


def test_nobody_signs_their_own_count(prison, officer, director):
    also(director, roles.OFFICER)
    both = type(director).objects.get(pk=director.pk)
    count = roll_counts.record(prison, counted={one.pk: 0 for one in prison.units.all()}, by=both)
    with pytest.raises(PermissionDenied, match="Somebody else"):
        roll_counts.sign(count, by=both)
    count.refresh_from_db()
    assert count.signed_by is None


def test_a_signature_has_its_moment_and_its_person_or_neither(prison, officer, director):
    count = roll_counts.record(prison, counted={one.pk: 0 for one in prison.units.all()}, by=officer)
    for fields in ({"signed_by": director}, {"signed_at": clock.now()}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RollCount.objects.filter(pk=count.pk).update(**fields)
    assert roll_counts.sign(count, by=director).signed_by == director
