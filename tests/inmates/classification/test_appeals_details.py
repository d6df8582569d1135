"""Notice and appeal in detail: who may still appeal, what an answer leaves as it is, what goes on the trail."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.classification import in_force
from inmates.classification.actions import appeals, notices, reviews
from inmates.classification.models import Appeal
from inmates.custody.actions import releases
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided, submitted

pytestmark = pytest.mark.django_db


def test_who_has_left_appeals_no_longer(unit, officer, assessor, reviewer):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    told = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer)
    assert appeals.why_not_appealable(told) == ""
    releases.release(inmate, ground="term_served", by=officer)
    with pytest.raises(InvalidTransition, match="not in custody"):
        appeals.record_appeal(type(told).objects.get(pk=told.pk), made_on=clock.today(), grounds="No.", by=officer)
    assert not Appeal.objects.exists()


def test_an_appeal_and_its_answer_are_on_the_trail(inmate, decision, officer, reviewer2):
    appeal = appeals.record_appeal(decision, made_on=clock.today(), grounds=" No. ", by=officer)
    recorded = Event.objects.get(verb="appeal.recorded")
    assert (recorded.actor_id, recorded.inmate_id, recorded.object_id) == (officer.pk, inmate.pk, str(appeal.pk))
    appeals.suspend(appeal, by=reviewer2)
    assert Event.objects.get(verb="decision.suspended").actor_id == reviewer2.pk
    appeals.decide_appeal(appeal, outcome="changed", tier=3, reasons="Not shown by what is on file.", by=reviewer2)
    answered = Event.objects.get(verb="appeal.decided")
    assert (answered.actor_id, answered.inmate_id) == (reviewer2.pk, inmate.pk)
    assert answered.detail == {"outcome": "changed", "tier": 3}


def test_why_a_tier_is_no_answer_is_said(decision, officer, reviewer2):
    appeal = appeals.record_appeal(decision, made_on=clock.today(), grounds="No.", by=officer)
    for tier, why in ((1, "never makes things worse"), (2, "another tier"), (None, "another tier")):
        with pytest.raises(ValidationError, match=why):
            appeals.decide_appeal(
                appeal, outcome="changed", tier=tier, reasons="Not shown by what is on file.", by=reviewer2
            )


def test_a_decision_in_force_is_not_suspended_by_the_one_that_replaces_it(inmate, decision, officer, reviewer2):
    appeal = appeals.record_appeal(decision, made_on=clock.today(), grounds="No.", by=officer)
    appeals.decide_appeal(appeal, outcome="changed", tier=3, reasons="Not shown by what is on file.", by=reviewer2)
    decision.refresh_from_db()
    assert (decision.suspended_on, decision.suspended_by) == (None, None)
    assert in_force.standing(inmate).tier == 3


def test_a_decision_that_was_still_to_take_effect_never_does_once_it_is_changed(
    inmate, assessor, reviewer, reviewer2, officer
):
    later = clock.today() + timedelta(days=10)
    review = submitted(inmate, tier=1, assessor=assessor)
    waiting = reviews.decide(
        review, tier=1, reasons="As proposed, on the same grounds.", effective_on=later, by=reviewer
    )
    notices.serve_notice(waiting.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    appeal = appeals.record_appeal(waiting, made_on=clock.today(), grounds="No.", by=officer)
    appeals.decide_appeal(appeal, outcome="changed", tier=2, reasons="Too strict for what is shown.", by=reviewer2)
    waiting.refresh_from_db()
    assert (waiting.suspended_on, waiting.suspended_by) == (clock.today(), reviewer2)
    assert in_force.standing(inmate, later + timedelta(days=1)).tier == 2


def test_one_suspended_before_keeps_who_suspended_it(inmate, assessor, reviewer, reviewer2, officer, settings):
    later = clock.today() + timedelta(days=10)
    review = submitted(inmate, tier=1, assessor=assessor)
    waiting = reviews.decide(
        review, tier=1, reasons="As proposed, on the same grounds.", effective_on=later, by=reviewer
    )
    notices.serve_notice(waiting.notice, served_on=clock.today(), how="read", language="ar", by=officer)
    appeal = appeals.record_appeal(waiting, made_on=clock.today(), grounds="No.", by=officer)
    appeals.suspend(appeal, by=reviewer2)
    suspended_on = clock.today()
    settings.TODAY = suspended_on + timedelta(days=2)
    appeals.decide_appeal(appeal, outcome="changed", tier=2, reasons="Too strict for what is shown.", by=reviewer2)
    waiting.refresh_from_db()
    assert waiting.suspended_on == suspended_on
