"""Pardons: recorded by one person, verified by another, superseded and never changed."""

from datetime import timedelta
from decimal import Decimal
from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from accounts import roles
from config import clock
from core.workflow import InvalidTransition, next_states
from inmates.custody.holds import holds
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.sentences import actions
from inmates.sentences.models import Adjustment, Fine, Pardon, PardonInstrument
from tests.factories import also, make_inmate, make_user

State = Pardon.State


def refused(field, act, **fields):
    """The act is refused at this field."""
    with pytest.raises(ValidationError) as refusal:
        act(**fields)
    assert list(refusal.value.message_dict) == [field]


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def untried(unit, officer):
    """Somebody on remand in one case."""
    return make_inmate(unit, by=officer, legal_status="remand")


@pytest.fixture
def record(inmate, coordinator):
    """Record a pardon of the remainder for `inmate`, unless said otherwise."""

    def act(by=coordinator, reference="1-26-5", dated_on=None, **fields):
        fields = {"inmate": inmate, "sentence": inmate.sentences.get(), "prison": "remainder"} | fields
        return actions.record_pardon(Pardon(**fields), reference=reference, dated_on=dated_on or day(-1), by=by)

    return act


def test_a_pardon_is_recorded_for_ones_own_sentence_from_a_dated_instrument(record, inmate, unit, officer, director):
    stranger = make_inmate(unit, by=officer)
    with pytest.raises(PermissionDenied):
        record(by=director)
    with pytest.raises(InvalidTransition, match="future"):
        record(dated_on=day(1))
    for wrong in (
        {"sentence": stranger.sentences.get()},
        {"sentence": None},
        {"sentence": None, "case": stranger.cases.get(), "prison": "prosecution"},
    ):
        refused("sentence", record, **wrong)
    assert not Pardon.objects.exists()
    pardon = record()
    other = make_inmate(unit, by=officer)
    again = record(inmate=other, sentence=other.sentences.get())
    assert (pardon.state, pardon.instrument, PardonInstrument.objects.count()) == ("recorded", again.instrument, 1)


def test_the_recorder_neither_verifies_nor_rejects(record, inmate, coordinator, reviewer, officer):
    also(coordinator, roles.REVIEWER)
    both = type(coordinator).objects.get(pk=coordinator.pk)
    pardon, before = record(by=both), inmate.release_on
    for act in (
        lambda by: actions.verify_pardon(pardon, by=by),
        lambda by: actions.reject_pardon(pardon, reason="Not so.", by=by),
    ):
        with pytest.raises(PermissionDenied, match="somebody else"):
            act(both)
        with pytest.raises(PermissionDenied):
            act(officer)
    pardon.refresh_from_db()
    inmate.refresh_from_db()
    assert (pardon.state, inmate.release_on, Adjustment.objects.count()) == ("recorded", before, 0)


def test_a_rejected_pardon_says_why_and_does_nothing(record, inmate, reviewer):
    pardon, before = record(), inmate.release_on
    with pytest.raises(InvalidTransition, match="Say why"):
        actions.reject_pardon(pardon, reason=" ", by=reviewer)
    actions.reject_pardon(pardon, reason="Another name.", by=reviewer)
    pardon.refresh_from_db()
    inmate.refresh_from_db()
    assert (pardon.state, pardon.rejected_reason, pardon.verified_by) == ("rejected", "Another name.", reviewer)
    assert (inmate.release_on, Adjustment.objects.count()) == (before, 0)
    for act in (actions.verify_pardon, lambda pardon, by: actions.reject_pardon(pardon, reason="R", by=by)):
        with pytest.raises(InvalidTransition):
            act(pardon, by=reviewer)


def test_a_verified_pardon_adjusts_its_sentence_by_what_it_states(record, inmate, reviewer):
    pardon = record(prison="reduced", years=1, months=2, days=3)
    actions.verify_pardon(pardon, by=reviewer)
    pardon.refresh_from_db()
    assert (pardon.state, pardon.verified_by, pardon.verified_at is None) == ("verified", reviewer, False)
    kept = Adjustment.objects.get()
    assert (kept.sentence, kept.kind, kept.source, kept.decided_on) == (
        inmate.sentences.get(),
        "reduction",
        "pardon",
        day(-1),
    )
    assert (kept.years, kept.months, kept.days, kept.entered_by) == (1, 2, 3, reviewer)
    with pytest.raises(InvalidTransition, match="verified already"):
        record(prison="reduced", years=1)


def test_a_correction_takes_the_effect_of_the_wrong_one_away(record, inmate, reviewer):
    wrong = actions.verify_pardon(record(), by=reviewer)
    before = inmate.release_on
    right = actions.verify_pardon(record(prison="reduced", years=1, corrects=wrong), by=reviewer)
    wrong.refresh_from_db()
    inmate.refresh_from_db()
    assert (wrong.state, wrong.superseded_by) == ("superseded", right)
    assert Adjustment.objects.get(pardon=wrong).superseded_reason == f"pardon {right.pk}"
    assert Adjustment.objects.get(pardon=right).superseded_at is None
    assert day(0) < inmate.release_on < before


def test_a_pardon_of_a_prosecution_ends_it(untried, record, reviewer):
    case = untried.cases.get()
    actions.verify_pardon(record(inmate=untried, sentence=None, case=case, prison="prosecution"), by=reviewer)
    case.refresh_from_db()
    assert (case.state, case.on_remand, case.closed_on) == ("dropped", False, day(-1))


@pytest.fixture
def ended(untried, record, reviewer):
    """A prosecution that a verified pardon ended, which was a namesake's."""
    untried.detention_orders.update(case=untried.cases.get())
    recorded = record(inmate=untried, sentence=None, case=untried.cases.get(), prison="prosecution")
    return actions.verify_pardon(recorded, by=reviewer)


WHY = {"why": "The instrument names a namesake.", "paper": "Letter 9"}
PROSECUTION = "prosecution_pardon"


def test_a_prosecution_that_was_never_pardoned_goes_on_once_two_people_say_so(ended, untried, coordinator, director):
    made = corrections.annul(correctables.find(PROSECUTION), ended, by=coordinator, **WHY)
    assert {"pardon", "holds"} <= set(made.moves)
    ended.refresh_from_db()
    assert ended.state == State.VERIFIED
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=coordinator)
    corrections.confirm(made, by=director)
    ended.refresh_from_db()
    case = untried.cases.get()
    assert (ended.state, case.state, case.on_remand, case.closed_on) == (State.TAKEN_BACK, "open", True, None)
    assert not untried.pardons.in_force().exists()
    assert [hold.kind for hold in holds(untried)] == ["remand"]


def test_a_pardon_is_taken_back_by_nobody_of_the_prison_and_each_kind_as_its_own(
    ended, record, inmate, officer, director, reviewer, coordinator
):
    for user in (officer, director):
        with pytest.raises(PermissionDenied):
            corrections.annul(correctables.find(PROSECUTION), ended, by=user, **WHY)
    of_a_term = actions.verify_pardon(record(), by=reviewer)
    assert not correctables.find(PROSECUTION).visible_to(coordinator).filter(pk=of_a_term.pk).exists()
    assert not correctables.find("pardon").visible_to(coordinator).filter(pk=ended.pk).exists()
    for row, state in ((of_a_term, "rejected"), (ended, "recorded")):
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            Pardon.objects.filter(pk=row.pk).update(state=state)


def test_a_case_that_a_pardon_ended_opens_by_the_pardon_alone(ended, untried, officer):
    with pytest.raises(InvalidTransition, match="that pardon is taken back"):
        corrections.annul(correctables.find("case_end"), untried.cases.get(), by=officer, **WHY)


@pytest.mark.parametrize(
    ("fields", "remaining"),
    [
        ({"prison": "remainder"}, ["500", "5000"]),
        ({"prison": "kept", "fine": "remitted"}, ["500", "0"]),
        ({"prison": "kept", "fine": "reduced", "fine_reduced_to": Decimal(1000)}, ["500", "1000"]),
    ],
)
def test_a_fine_is_kept_remitted_or_reduced_and_never_raised(record, inmate, reviewer, fields, remaining):
    case, before = inmate.cases.get(), inmate.release_on
    for amount in (500, 5000):
        larger = Fine.objects.create(case=case, amount=amount, remaining=amount)
    if "fine" in fields:
        fields = fields | {"of_fine": larger}
    actions.verify_pardon(record(**fields), by=reviewer)
    assert list(case.fines.order_by("amount").values_list("remaining", flat=True)) == [Decimal(n) for n in remaining]
    inmate.refresh_from_db()
    assert (inmate.release_on == before) == (fields["prison"] == "kept")


ACTS = {
    State.VERIFIED: lambda pardon, by: actions.verify_pardon(pardon, by=by),
    State.REJECTED: lambda pardon, by: actions.reject_pardon(pardon, reason="Another name.", by=by),
}


def in_state(record, untried, reviewer, state, prison):
    """A pardon brought into `state` by acts."""
    if state == State.TAKEN_BACK:
        pardon = record(inmate=untried, sentence=None, case=untried.cases.get(), prison="prosecution")
    else:
        pardon = record(prison="reduced", years=1)
    if state == State.REJECTED:
        ACTS[state](pardon, reviewer)
    elif state != State.RECORDED:
        actions.verify_pardon(pardon, by=reviewer)
    pardon.refresh_from_db()
    if state == State.SUPERSEDED:
        actions.verify_pardon(record(prison="reduced", years=2, corrects=pardon), by=reviewer)
        pardon.refresh_from_db()
    if state == State.TAKEN_BACK:
        made = corrections.annul(correctables.find(PROSECUTION), pardon, by=pardon.recorded_by, **WHY)
        corrections.confirm(made, by=make_user(roles.REVIEWER, prison, username="third"))
        pardon.refresh_from_db()
    assert pardon.state == state
    return pardon


@pytest.mark.parametrize(("before", "after"), list(product(State.values, ACTS)))
def test_every_step_for_every_role(record, untried, prison, reviewer, before, after):
    pardon = in_state(record, untried, reviewer, before, prison)
    step = Pardon.TRANSITIONS.get((before, after))
    users = {role: make_user(role, prison, username=f"m-{n}") for n, role in enumerate(sorted(roles.PERMISSIONS))}
    for role, user in users.items():
        verifies = "inmates.verify_pardon" in roles.PERMISSIONS[role]
        offered = after in next_states(pardon, user)
        assert offered == (verifies and step is not None), role
        if not offered:
            with pytest.raises(InvalidTransition if verifies else PermissionDenied):
                ACTS[after](pardon, user)
            pardon.refresh_from_db()
            assert pardon.state == before
    if step is not None:
        ACTS[after](pardon, users[roles.REVIEWER])
        pardon.refresh_from_db()
        assert (pardon.state, pardon.verified_by) == (after, users[roles.REVIEWER])
        assert pardon.verified_at is not None


def test_nobody_is_offered_to_supersede_a_pardon(record, untried, reviewer, coordinator, prison):
    pardon = in_state(record, untried, reviewer, State.VERIFIED, prison)
    assert next_states(pardon, reviewer) == next_states(pardon, coordinator) == set()
