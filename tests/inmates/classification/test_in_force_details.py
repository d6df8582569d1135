"""The tier that holds on a day, in detail: where one day ends and the next begins."""

from datetime import timedelta

import pytest

from config import clock
from inmates.classification import in_force
from inmates.classification.actions import imported_decisions
from inmates.custody.actions import releases

pytestmark = pytest.mark.django_db


def test_a_release_at_midnight_is_of_the_day_that_begins(inmate, officer):
    """Who goes out at the first moment of a day was in custody when the day before ended; a moment earlier, not."""
    last_day = clock.today() - timedelta(days=3)
    due = in_force.standing(inmate, last_day).next_review_on
    assert due is not None
    stay = releases.release(inmate, ground="death", at=clock.end_of(last_day), by=officer)
    assert in_force.standing(inmate, last_day).next_review_on == due
    assert in_force.standing(inmate, last_day + timedelta(days=1)).next_review_on is None
    stay.released_at = clock.end_of(last_day) - timedelta(microseconds=1)
    stay.save()
    assert in_force.standing(inmate, last_day).next_review_on is None


def test_what_happened_on_the_day_of_the_admission_brings_the_review_forward(inmate):
    admitted = inmate.admitted_on
    assert in_force.standing(inmate, admitted).next_review_on == admitted + timedelta(days=14)
    for happened, due in ((-1, 14), (0, 5)):
        day = admitted + timedelta(days=happened)
        inmate.review_triggers.create(cause="incident", happened_on=day, due_on=admitted + timedelta(days=5))
        assert in_force.standing(inmate, admitted).next_review_on == admitted + timedelta(days=due)


def test_of_two_decisions_on_one_day_the_later_entered_says_when_the_next_review_is(inmate, assessor, reviewer):
    day = inmate.admitted_on + timedelta(days=20)
    more = {"inmate": inmate, "reasons": "Paper file.", "assessor": assessor, "decided_by": reviewer, "decided_on": day}
    rows = [more | {"tier": tier, "next_review_on": day + timedelta(days=n)} for tier, n in ((2, 90), (3, 60))]
    first, second = imported_decisions.import_decisions(rows)
    assert in_force.holding(first.admission_id, day) == [second.pk, first.pk]
    standing = in_force.standing(inmate, day)
    assert (standing.tier, standing.tier_since, standing.next_review_on) == (3, day, day + timedelta(days=60))
