"""Acts on cases and sentences in detail: what is not known stands in no act's way."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from inmates.sentences import actions
from inmates.sentences.models import Offence, Sentence


def test_a_judgment_of_a_day_nobody_knows_becomes_final(inmate, officer):
    inmate.sentences.update(final_on=None, final_reference="", pronounced_on=None)
    sentence = inmate.sentences.get()
    with pytest.raises(ValidationError) as refusal:
        actions.make_final(sentence, on=clock.today() + timedelta(days=1), reference="C 4", by=officer)
    assert list(refusal.value.message_dict) == ["on"]
    with pytest.raises(ValidationError) as refusal:
        actions.make_final(sentence, on=clock.today(), reference=" ", by=officer)
    assert list(refusal.value.message_dict) == ["reference"]
    stored = actions.make_final(sentence, on=clock.today(), reference="C 4", by=officer)
    assert stored.pk == sentence.pk
    assert inmate.sentences.get().final_on == clock.today()


def test_who_asked_for_a_release_date_has_it_at_hand(inmate, officer):
    inmate.sentences.update(years=9)
    before = inmate.release_on
    stored = actions.recompute(inmate, cause="test", by=officer)
    assert (inmate.release_on, inmate.release_basis) == (stored.release_on, "computed")
    assert inmate.release_on > before


def test_a_case_holds_nobody_unless_it_says_so(inmate, officer):
    assert actions.open_case(inmate, court="Rabat", number="9", by=officer).on_remand is False
    assert actions.open_case(inmate, court="Rabat", number="10", on_remand=True, by=officer).on_remand is True


@pytest.mark.parametrize(("years", "months", "outside"), [(4, 11, True), (5, 0, False), (15, 0, False), (15, 1, True)])
def test_both_ends_of_a_range_lie_inside_it(inmate, years, months, outside):
    case = inmate.cases.get()
    case.offences.add(Offence.objects.create(law="L", article="1", label="J", min_years=5, max_years=15))
    assert actions.outside_range(Sentence(years=years, months=months), case) is outside
