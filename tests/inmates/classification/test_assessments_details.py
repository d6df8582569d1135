"""Assessments in detail: two windows on one draft, what a finding needs, what goes on the trail."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from accounts import roles
from accounts.models import Posting
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition, StaleRecord
from inmates.classification.actions import assessments
from inmates.classification.models import Assessment
from tests.factories import make_user
from tests.inmates.classification.conftest import finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(inmate, assessor):
    """A draft with nothing in it."""
    return assessments.start_assessment(inmate, by=assessor)


def test_of_two_windows_the_one_that_did_not_see_the_last_save_is_told(draft, assessor):
    opened = draft.saved_at
    kept = assessments.save_assessment(draft, findings={}, reasons="One.", expected=opened, window="one", by=assessor)
    # The same window may save again before it has heard of its first save.
    kept = assessments.save_assessment(draft, findings={}, reasons="Two.", expected=opened, window="one", by=assessor)
    for window in ("other", ""):
        with pytest.raises(StaleRecord):
            assessments.save_assessment(
                draft, findings={}, reasons="Lost?", expected=opened, window=window, by=assessor
            )
    assert Assessment.objects.get().reasons == "Two."
    assessments.save_assessment(
        draft, findings={}, reasons="Three.", expected=kept.saved_at, window="other", by=assessor
    )
    assert Assessment.objects.get().reasons == "Three."


def test_what_each_finding_needs_before_it_is_handed_in(draft, assessor):
    later = clock.today() + timedelta(days=1)
    findings = {
        "ideology": finding("none", established=False, evidence=" "),
        "group_role": finding("some", evidence=" "),
        "finance": finding(source=" ") | {"observed_on": later},
        "recruitment": finding() | {"observed_on": None},
        "violence": {"rating": "not_known"},
        "reconciliation": finding() | {"observed_on": clock.today()},
    }
    assessments.save_assessment(draft, findings=findings, proposed_tier=2, reasons="x", by=assessor)
    with pytest.raises(ValidationError) as refused:
        assessments.submit_assessment(draft, by=assessor)
    assert set(refused.value.message_dict) - {"difference_reason", "reasons"} == {
        "group_role_evidence", "finance_source", "finance_observed_on", "recruitment_observed_on",
    }  # fmt: skip
    assert "future" in refused.value.message_dict["finance_observed_on"][0]
    assert "day of the evidence" in refused.value.message_dict["recruitment_observed_on"][0]


def test_a_draft_given_up_is_on_the_trail_and_closed(inmate, draft, assessor):
    with pytest.raises(ValidationError):
        assessments.discard_assessment(draft, reason=" ", by=assessor)
    assert not Event.objects.filter(verb="assessment.given_up").exists()
    assessments.discard_assessment(draft, reason=" Wrong person. ", by=assessor)
    event = Event.objects.get(verb="assessment.given_up")
    assert (event.actor_id, event.inmate_id, event.object_id) == (assessor.pk, inmate.pk, str(draft.pk))
    assert Assessment.objects.get().ended_reason == "Wrong person."
    with pytest.raises(InvalidTransition, match="given up"):
        assessments.save_assessment(draft, findings={}, by=assessor)


def test_a_draft_left_behind_passes_on_and_the_trail_says_from_whom(inmate, draft, prison, assessor):
    successor = make_user(roles.ASSESSOR, prison, username="successor")
    with pytest.raises(InvalidTransition, match="in hand"):
        assessments.start_assessment(inmate, by=successor)
    Posting.objects.filter(user=assessor).delete()
    assert assessments.start_assessment(inmate, by=successor).assessor == successor
    event = Event.objects.get(verb="assessment.taken_over")
    assert (event.actor_id, event.inmate_id, event.detail) == (successor.pk, inmate.pk, {"from": assessor.username})
