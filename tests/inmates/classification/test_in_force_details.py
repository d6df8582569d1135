"""The tier that holds on a day, in detail: where one day ends and the next begins."""

from datetime import timedelta

import pytest

from config import clock
from inmates.classification import in_force
from inmates.custody.actions import stays as custody

pytestmark = pytest.mark.django_db


def test_a_release_at_midnight_is_of_the_day_that_begins(inmate, officer):
    """Who goes out at the first moment of a day was in custody when the day before ended; a moment earlier, not."""
    last_day = clock.today() - timedelta(days=3)
    due = in_force.standing(inmate, last_day).next_review_on
    assert due is not None
    stay = custody.release(inmate, ground="death", at=clock.end_of(last_day), by=officer)
    assert in_force.standing(inmate, last_day).next_review_on == due
    assert in_force.standing(inmate, last_day + timedelta(days=1)).next_review_on is None
    stay.released_at = clock.end_of(last_day) - timedelta(microseconds=1)
    stay.save()
    assert in_force.standing(inmate, last_day).next_review_on is None
