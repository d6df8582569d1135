"""A person is admitted, moved and released; what must not be is refused with words."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import stays
from tests.factories import make_inmate


def test_admission_places_the_person_and_computes_the_release(inmate, unit):
    assert inmate.unit == unit
    assert inmate.status == "in_custody"
    assert inmate.release_basis == "computed"
    assert Event.objects.filter(inmate_id=inmate.pk, verb="inmate.admitted").count() == 1


def test_a_full_unit_needs_a_reason_and_an_end(inmate, unit, officer):
    unit.working_capacity = 1
    unit.save()
    with pytest.raises(ValidationError) as refused:
        make_inmate(unit, by=officer)
    assert list(refused.value.error_dict) == ["unit"]


def test_move_inside_the_prison(inmate, prison, officer, officer2):
    target = prison.units.get(name="B")
    stays.place(inmate, unit=target, by=officer)
    inmate.refresh_from_db()
    assert inmate.unit == target
    with pytest.raises(PermissionDenied):
        stays.place(inmate, unit=prison.units.get(name="C"), by=officer2)
    with pytest.raises(InvalidTransition):
        stays.place(inmate, unit=target, by=officer)


def test_nobody_is_released_while_the_sentence_runs(inmate, officer):
    with pytest.raises(InvalidTransition):
        stays.release(inmate, ground="term_served", by=officer)
    inmate.refresh_from_db()
    assert inmate.held


def test_release_on_the_day(unit, officer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    stays.release(inmate, ground="term_served", by=officer)
    inmate.refresh_from_db()
    assert inmate.status == "released"
    assert inmate.release_on < clock.today() + timedelta(days=1)
    with pytest.raises(InvalidTransition):
        stays.release(inmate, ground="term_served", by=officer)
