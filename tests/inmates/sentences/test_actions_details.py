"""Acts on cases and sentences in detail: what is not known stands in no act's way."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from inmates.sentences import actions


@pytest.mark.parametrize(("act", "column"), [("declare_appeal", "appealed_on"), ("make_final", "final_on")])
def test_a_judgment_of_a_day_nobody_knows_is_appealed_and_becomes_final(inmate, officer, act, column):
    inmate.sentences.update(final_on=None, pronounced_on=None)
    sentence = inmate.sentences.get()
    with pytest.raises(ValidationError) as refusal:
        getattr(actions, act)(sentence, on=clock.today() + timedelta(days=1), by=officer)
    assert list(refusal.value.message_dict) == ["on"]
    stored = getattr(actions, act)(sentence, on=clock.today(), by=officer)
    assert stored.pk == sentence.pk
    assert getattr(inmate.sentences.get(), column) == clock.today()


def test_who_asked_for_a_release_date_has_it_at_hand(inmate, officer):
    inmate.sentences.update(years=9)
    before = inmate.release_on
    stored = actions.recompute(inmate, cause="test", by=officer)
    assert (inmate.release_on, inmate.release_basis) == (stored.release_on, "computed")
    assert inmate.release_on > before
