"""Reviews: every state x every state x every role, from the table of steps itself."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from accounts import roles
from core.workflow import InvalidTransition, next_states
from inmates.classification.actions import reviews
from inmates.classification.models import Review
from tests.factories import also, make_user
from tests.inmates.classification.conftest import submitted

State = Review.State
ACTS = {
    State.RETURNED: lambda review, by: reviews.return_review(review, questions="Which?", by=by),
    State.DECIDED: lambda review, by: reviews.decide(review, tier=2, reasons="Found in letters and accounts.", by=by),
    State.CANCELLED: lambda review, by: reviews.cancel_review(review, reason="Duplicate.", by=by),
    State.SUBMITTED: lambda review, by: reviews.resubmit(review, answer="These.", by=by),
}
# Who may bring a review into a state, as the rules of the field say it; "own" is the assessor of the review itself, another
# assessor of the prison is none of these.
MAY = {
    State.RETURNED: {roles.REVIEWER},
    State.DECIDED: {roles.REVIEWER},
    State.CANCELLED: {roles.REVIEWER, "own"},
    State.SUBMITTED: {"own"},
}


@pytest.fixture
def people(prison, assessor, reviewer):
    """One user a role; the assessor of the review; and a reviewer whose role was taken away."""
    users = {role: make_user(role, prison, username=f"m-{n}") for n, role in enumerate(sorted(roles.PERMISSIONS))}
    former = make_user(roles.REVIEWER, username="former")
    former.groups.clear()
    return users | {"own": assessor, "reviewer without the role": type(former).objects.get(pk=former.pk)}


def in_state(inmate, assessor, reviewer, state):
    """A review brought into `state` by its own acts."""
    review = submitted(inmate, assessor=assessor)
    if state != State.SUBMITTED:
        ACTS[state](review, reviewer)
    review.refresh_from_db()
    return review


@pytest.mark.parametrize(("before", "after"), list(product(State.values, State.values)))
def test_every_step_for_every_role(inmate, assessor, reviewer, people, before, after):
    review = in_state(inmate, assessor, reviewer, before)
    step = Review.TRANSITIONS.get((before, after))
    for role, user in people.items():
        offered = after in next_states(review, user)
        assert offered == (step is not None and role in MAY[after]), role
        if offered:
            continue
        with pytest.raises(InvalidTransition if role in MAY[after] else PermissionDenied):
            ACTS[after](review, user)
        review.refresh_from_db()
        assert review.state == before
    if step is not None:
        user = people[sorted(MAY[after])[0]]
        ACTS[after](review, user)
        review.refresh_from_db()
        assert review.state == after
        if step.stamp:
            assert getattr(review, f"{step.stamp}_by") == user
            assert getattr(review, f"{step.stamp}_at") is not None


def test_live_reviews_are_those_that_the_database_counts_as_open():
    constraint = next(one for one in Review._meta.constraints if one.name == "review_one_open")
    assert constraint.condition.children == [("state__in", Review.LIVE)]


def test_an_assessor_who_also_decides_leaves_their_own_review_to_another(inmate, assessor, reviewer):
    also(assessor, roles.REVIEWER)
    both = type(assessor).objects.get(pk=assessor.pk)
    review = submitted(inmate, assessor=both)
    assert next_states(review, both) == {State.CANCELLED}
    for act in (ACTS[State.DECIDED], ACTS[State.RETURNED]):
        with pytest.raises(PermissionDenied, match="assessed this person yourself"):
            act(review, both)
