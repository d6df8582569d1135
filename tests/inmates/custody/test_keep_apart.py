"""Keep-apart duties: pairs, groups, their end, the alert when two are together."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import keep_apart, placements
from inmates.custody.models import KeepApart
from inmates.people.models import Alert
from tests.factories import make_inmate


@pytest.fixture
def other(unit, officer):
    """Somebody else in the same unit."""
    return make_inmate(unit, by=officer)


def test_a_pair_is_checked_at_every_placement_and_alerted_when_together(inmate, other, prison, officer, officer2):
    with pytest.raises(PermissionDenied):
        keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer2)
    duty = keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    assert Alert.objects.filter(kind="keep_apart").count() == 2
    with pytest.raises(InvalidTransition):
        keep_apart.open_pair(other, inmate, scope="unit", reason="Again", by=officer)
    placements.place(other, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError, match="Must not meet"):
        placements.place(inmate, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError):
        keep_apart.close(duty, reason="", by=officer)
    keep_apart.close(duty, reason="Reconciled", by=officer)
    assert placements.place(inmate, unit=prison.units.get(name="B"), by=officer).exceptions == []


def test_pairs_follow_from_a_group(inmate, other, unit, officer):
    third = make_inmate(unit, by=officer)
    keep_apart.open_group([other, third], name="Cell", reason="R", scope="unit", centre=inmate, by=officer)
    assert KeepApart.objects.open().count() == 2
    keep_apart.open_group([inmate, other, third], name="All", reason="R", scope="unit", by=officer)
    assert KeepApart.objects.open().count() == 3
    with pytest.raises(ValidationError):
        keep_apart.open_group([inmate], name="One", reason="R", scope="unit", by=officer)


def test_a_pair_is_two_people_and_has_a_reason(inmate, other, prison, officer, officer2):
    fields = {"scope": "unit", "by": officer}
    for second, reason, field in ((inmate, "Threats", "other"), (other, " ", "reason")):
        with pytest.raises(ValidationError) as refusal:
            keep_apart.open_pair(inmate, second, reason=reason, **fields)
        assert list(refusal.value.message_dict) == [field]
    duty = keep_apart.open_pair(other, inmate, reason="Threats", **fields)
    assert (duty.first, duty.second) == (inmate, other)
    with pytest.raises(PermissionDenied):
        keep_apart.close(duty, reason="Over", by=officer2)
    with pytest.raises(ValidationError) as refusal:
        keep_apart.close(duty, reason=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reason"]
    keep_apart.close(duty, reason="Over", by=officer)
    duty.refresh_from_db()
    assert (duty.closed_on, duty.closed_by, duty.closed_reason) == (clock.today(), officer, "Over")
    with pytest.raises(InvalidTransition):
        keep_apart.close(duty, reason="Again", by=officer)


def test_a_pair_apart_already_alerts_nobody(inmate, other, prison, officer):
    placements.place(other, unit=prison.units.get(name="B"), by=officer)
    keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    assert not Alert.objects.exists()


def test_both_people_of_a_pair_have_it_on_their_timeline(inmate, other, officer):
    duty = keep_apart.open_pair(inmate, other, scope="unit", reason="Threats", by=officer)
    keep_apart.close(duty, reason="Over", by=officer)
    for verb in ("keep_apart.opened", "keep_apart.closed"):
        assert set(Event.objects.filter(verb=verb).values_list("inmate_id", flat=True)) == {inmate.pk, other.pk}
