"""What a release ends is on the trail, and when an assessment was begun."""

import pytest

from audit.models import Event
from config import clock
from inmates.classification.actions import appeals, assessments
from inmates.custody.actions import releases
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided, submitted

pytestmark = pytest.mark.django_db


def written(inmate, *verbs):
    """`[(verb, actor, detail), ...]` of a person, in order."""
    events = Event.objects.filter(inmate_id=inmate.pk, verb__in=verbs).order_by("pk")
    return list(events.values_list("verb", "actor_id", "detail"))


@pytest.fixture
def told(unit, officer, assessor, reviewer):
    """A decision, told, on somebody whose term is served."""
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    return decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)


def test_a_review_and_an_appeal_that_a_release_ends(told, officer, assessor):
    inmate = told.inmate
    appeals.record_appeal(told, made_on=clock.today(), grounds="No.", by=officer)
    submitted(inmate, tier=1, assessor=assessor)
    releases.release(inmate, ground="term_served", by=officer)
    assert written(inmate, "review.cancelled", "appeal.lapsed") == [
        ("review.cancelled", officer.pk, {"reason": "released"}),
        ("appeal.lapsed", officer.pk, {}),
    ]


def test_an_assessment_begun_and_ended_by_a_release(told, officer, assessor):
    inmate = told.inmate
    assessments.start_assessment(inmate, by=assessor)
    releases.release(inmate, ground="term_served", by=officer)
    assert written(inmate, "assessment.started", "assessment.given_up") == [
        ("assessment.started", assessor.pk, {"cause": "first"}),
        ("assessment.started", assessor.pk, {"cause": "periodic"}),
        ("assessment.given_up", officer.pk, {"reason": "released"}),
    ]
