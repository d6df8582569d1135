"""Groups of people who must not meet: who makes one, and which pairs follow."""

import pytest
from django.core.exceptions import ValidationError

from inmates.custody.actions import keep_apart
from inmates.custody.models import KeepApart, KeepApartGroup
from tests.factories import make_inmate


def test_a_group_has_two_people_its_centre_counted_in_once(inmate, unit, officer):
    other = make_inmate(unit, by=officer)
    fields = {"name": "Cell", "reason": "R", "scope": "unit", "by": officer}
    for people, centre in (([], inmate), ([inmate], inmate), ([inmate, inmate], None), ([inmate], None)):
        with pytest.raises(ValidationError) as refusal:
            keep_apart.open_group(people, centre=centre, **fields)
        assert list(refusal.value.message_dict) == ["numbers"]
    assert not KeepApartGroup.objects.exists()
    made = keep_apart.open_group([other], centre=inmate, **fields)
    duty = KeepApart.objects.get()
    assert (duty.group, {duty.first, duty.second}) == (made, {inmate, other})
    assert keep_apart.open_group([inmate, other], centre=inmate, **fields).centre == inmate
    assert KeepApart.objects.count() == 1
