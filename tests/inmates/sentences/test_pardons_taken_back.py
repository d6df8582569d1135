"""A verified pardon of a namesake is taken back: by two people, neither of whom confirms an act of their own."""

from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition, next_states
from inmates.custody.actions import releases
from inmates.custody.holds import holds
from inmates.fines import actions as fines
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Correction, Inmate
from inmates.sentences import actions
from inmates.sentences.models import Adjustment, Pardon
from tests.factories import make_user
from tests.inmates.sentences.conftest import day

WHY = {"why": "The instrument names a namesake.", "paper": "Letter 9"}
State = Pardon.State


@pytest.fixture
def pardoned(inmate, coordinator, reviewer):
    """Pardon `inmate` by a verified pardon, of the remainder unless said otherwise."""

    def act(reference="1-26-5", dated_on=None, **fields):
        fields = {"inmate": inmate, "sentence": inmate.sentences.get(), "prison": "remainder"} | fields
        made = actions.record_pardon(
            Pardon(**fields), reference=reference, dated_on=dated_on or clock.today(), by=coordinator
        )
        return actions.verify_pardon(made, by=reviewer)

    return act


@pytest.fixture
def third(prison):
    """A reviewer who neither recorded nor verified anything."""
    return make_user(roles.REVIEWER, prison, username="third")


def take_back(pardon, by):
    return corrections.annul(correctables.find("pardon"), pardon, by=by, **WHY)


def test_what_it_gave_the_sentence_goes_and_the_date_is_that_of_before(pardoned, inmate, coordinator, third):
    before = inmate.release_on
    pardon = pardoned()
    assert not holds(Inmate.objects.get(pk=inmate.pk))
    made = take_back(pardon, coordinator)
    assert {"release_date", "holds", "pardon"} <= set(made.moves)
    pardon.refresh_from_db()
    assert pardon.state == State.VERIFIED  # until a second person confirms
    corrections.confirm(made, by=third)
    pardon.refresh_from_db()
    inmate.refresh_from_db()
    assert (pardon.state, inmate.release_on, inmate.release_basis) == (State.TAKEN_BACK, before, "computed")
    assert [hold.kind for hold in holds(inmate)] == ["sentence"]
    assert Adjustment.everything.get(pardon=pardon).annulled_at
    assert not Adjustment.objects.exists()


def test_neither_who_recorded_nor_who_verified_confirms_it(pardoned, coordinator, reviewer, third):
    other = make_user(roles.COORDINATOR, username="other-coordinator")
    made = take_back(pardoned(), other)
    assert made.not_by == [coordinator.pk, reviewer.pk]
    assert not next_states(made, reviewer)
    for act in (corrections.confirm, lambda made, by: corrections.refuse(made, reason="It is so", by=by)):
        with pytest.raises(PermissionDenied, match="your own act"):
            act(made, by=reviewer)
    with pytest.raises(IntegrityError, match="correction_of_an_act"), transaction.atomic():
        Correction.objects.filter(pk=made.pk).update(confirmed_by=reviewer, confirmed_at=clock.now(), state="done")
    assert corrections.confirm(made, by=third).state == "done"


def test_not_confirmed_the_pardon_stands(pardoned, inmate, coordinator, third):
    pardon = pardoned()
    freed_on = Inmate.objects.get(pk=inmate.pk).release_on
    made = take_back(pardon, coordinator)
    corrections.refuse(made, reason="The instrument does name this person", by=third)
    pardon.refresh_from_db()
    assert (pardon.state, Inmate.objects.get(pk=inmate.pk).release_on) == (State.VERIFIED, freed_on)


def test_who_was_released_on_it_is_told_of_at_once(pardoned, inmate, officer, coordinator, third):
    pardon = pardoned()
    releases.release(Inmate.objects.get(pk=inmate.pk), ground="pardon", by=officer)
    made = take_back(pardon, coordinator)
    told = Alert.objects.filter(inmate=inmate, kind="release_corrected")
    assert not told.exists()
    corrections.confirm(made, by=third)
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert "taken back" in told.first().text


@pytest.mark.parametrize(("fine", "then"), [("remitted", None), ("reduced", Decimal(400))])
def test_the_fine_is_owed_again_less_what_was_paid_since(pardoned, inmate, officer, coordinator, third, fine, then):
    owed = fines.record_fine(inmate.cases.get(), amount=Decimal(1000), imposed_on=day(-100), by=officer)
    fines.pay_fine(owed, amount=Decimal(100), paid_on=clock.today(), receipt="R 1", by=officer)
    pardon = pardoned(prison="kept", fine=fine, fine_reduced_to=then, of_fine=owed)
    if then:
        fines.pay_fine(owed, amount=Decimal(50), paid_on=clock.today(), receipt="R 2", by=officer)
    corrections.confirm(take_back(pardon, coordinator), by=third)
    owed.refresh_from_db()
    assert owed.remaining == (850 if then else 900)


def test_where_another_pardon_touched_the_same_fine_since_it_stays(pardoned, inmate, officer, coordinator):
    owed = fines.record_fine(inmate.cases.get(), amount=Decimal(1000), imposed_on=day(-100), by=officer)
    first = pardoned(prison="kept", fine="reduced", fine_reduced_to=Decimal(400), of_fine=owed)
    pardoned(reference="1-26-6", prison="kept", fine="remitted", of_fine=owed)
    with pytest.raises(InvalidTransition, match="same fine"):
        take_back(first, coordinator)


def test_who_was_released_on_a_pardon_that_is_corrected_is_told_of_at_once(
    pardoned, inmate, officer, coordinator, reviewer
):
    pardon = pardoned()
    releases.release(Inmate.objects.get(pk=inmate.pk), ground="pardon", by=officer)
    told = Alert.objects.filter(inmate=inmate, kind="release_corrected")
    pardoned(prison="remainder", corrects=pardon)  # another reading of the same: nothing moves
    assert not told.exists()
    pardoned(prison="reduced", years=1, corrects=Pardon.objects.get(state="verified"))
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}
    assert "too early" in told.first().text


@pytest.mark.parametrize(
    ("fields", "at"),
    [({"dated_on": day(-201)}, "dated_on"), ({"prison": "reduced", "years": 5}, "years")],
)
def test_an_instrument_grants_nothing_before_the_judgment_and_no_more_than_the_term(
    pardoned, inmate, coordinator, fields, at
):
    with pytest.raises(ValidationError) as refusal:
        pardoned(**fields)
    assert list(refusal.value.message_dict) == [at]
    assert not Pardon.objects.exists()
    fitting = {"dated_on": day(-200)} if at == "dated_on" else {"prison": "reduced", "years": 4, "months": 11}
    assert pardoned(**fitting).state == State.VERIFIED


def test_a_reduction_that_is_corrected_is_not_counted_beside_the_one_in_its_place(pardoned, inmate):
    first = pardoned(prison="reduced", years=3)
    with pytest.raises(ValidationError):
        pardoned(reference="1-26-6", prison="reduced", years=3)
    assert pardoned(prison="reduced", years=4, corrects=first).state == State.VERIFIED
