"""Reviews: every state x every act x every role, from the table of moves itself."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied

from accounts import roles
from core.workflow import InvalidTransition, transition
from inmates.classification.actions import reviews
from inmates.classification.models import Review
from tests.factories import make_user
from tests.inmates.classification.conftest import submitted

State = Review.State
ACTS = {
    State.RETURNED: lambda review, by: reviews.return_review(review, questions="Which?", by=by),
    State.DECIDED: lambda review, by: reviews.decide(review, tier=2, reasons="Because.", by=by),
    State.CANCELLED: lambda review, by: reviews.cancel_review(review, reason="Duplicate.", by=by),
    State.SUBMITTED: lambda review, by: reviews.resubmit(review, answer="These.", by=by),
}
# Who may bring a review into a state; the assessor of the review itself is "own".
MAY = {
    State.RETURNED: {roles.REVIEWER},
    State.DECIDED: {roles.REVIEWER},
    State.CANCELLED: {roles.REVIEWER, "own"},
    State.SUBMITTED: {"own"},
}
ROLES = [*sorted(roles.PERMISSIONS), "own", "reviewer without the role"]


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
def test_every_move_for_every_role(inmate, assessor, reviewer, people, before, after):
    review = in_state(inmate, assessor, reviewer, before)
    allowed_move = after in Review.TRANSITIONS.get(before, ())
    for role in ROLES:
        if allowed_move and role in MAY[after]:
            continue
        expected = PermissionDenied if role not in MAY[after] else InvalidTransition
        with pytest.raises(expected):
            ACTS[after](review, people[role])
        review.refresh_from_db()
        assert review.state == before
    if allowed_move:
        who = sorted(MAY[after])[0]
        ACTS[after](review, people[who])
        review.refresh_from_db()
        assert review.state == after


@pytest.mark.parametrize(("before", "after"), list(product(State.values, State.values)))
def test_the_table_itself(before, after):
    review = Review(state=before)
    if after in Review.TRANSITIONS.get(before, ()):
        transition(review, after)
        assert review.state == after
    else:
        with pytest.raises(InvalidTransition):
            transition(review, after)
        assert review.state == before
