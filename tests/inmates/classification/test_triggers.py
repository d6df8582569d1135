"""Due days: overdue after the day and never on it; brought forward, put off, escalated, told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from config import clock
from core.workflow import InvalidTransition
from inmates.classification import daily, in_force
from inmates.classification.actions import triggers
from inmates.classification.models import ReviewTrigger
from inmates.conditions.actions import incidents
from inmates.conditions.models import Incident, IncidentPerson
from inmates.people.models import Alert, Inmate
from tests.factories import ago, make_inmate
from tests.inmates.classification.conftest import decided

pytestmark = pytest.mark.django_db


@pytest.fixture
def on_day(settings):
    """Move the service's clock."""

    def move(day):
        settings.TODAY = day

    return move


def test_overdue_is_false_on_the_due_day_and_true_the_day_after(decision, inmate, on_day):
    inmate.refresh_from_db()
    due = inmate.next_review_on
    for offset, late in ((-1, False), (0, False), (1, True)):
        on_day(due + timedelta(days=offset))
        assert Inmate.objects.review_overdue(clock.today()).filter(pk=inmate.pk).exists() is late
        assert daily.run()["overdue"] == int(late)


def test_escalation_after_7_and_30_days_and_never_twice(decision, inmate, on_day):
    inmate.refresh_from_db()
    due = inmate.next_review_on
    seen = []
    for days in (7, 8, 8, 30, 31, 31):
        on_day(due + timedelta(days=days))
        daily.run()
        seen.append(sorted(Alert.objects.values_list("audience", flat=True)))
    assert seen == [[], ["reviewers"], ["reviewers"], ["reviewers"], *[["national", "reviewers"]] * 2]
    inmate.refresh_from_db()
    assert inmate.tier == 2


def test_a_decision_takes_effect_on_its_day_through_the_daily_run(inmate, assessor, reviewer, officer, on_day):
    later = clock.today() + timedelta(days=5)
    decision = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer, served_by=officer, effective_on=later)
    inmate.refresh_from_db()
    assert inmate.tier is None
    on_day(later)
    assert [row[1] for row in in_force.disagreements()] == ["tier", "tier_since"]
    assert daily.run()["effective"] == 1
    assert daily.run()["effective"] == 0
    inmate.refresh_from_db()
    assert (inmate.tier, inmate.tier_since) == (2, decision.effective_on)


def incident(inmate, officer, *, severity="serious", part="author", days_ago=2):
    happened = Incident.objects.create(
        facility=inmate.facility,
        happened_at=ago(days_ago),
        kind="violence",
        severity=severity,
        account="A fight in the yard.",
        recorded_by=officer,
    )
    IncidentPerson.objects.create(incident=happened, inmate=inmate, part=part)
    return happened


def test_a_serious_incident_brings_the_review_forward_once(decision, inmate, officer):
    happened = incident(inmate, officer)
    triggers.review_after_incident(happened, by=officer)
    triggers.review_after_incident(happened, by=officer)
    inmate.refresh_from_db()
    assert inmate.next_review_on == clock.today() + timedelta(days=12)
    assert ReviewTrigger.objects.count() == 1
    assert list(in_force.disagreements()) == []


@pytest.mark.parametrize(("severity", "part"), [("minor", "author"), ("serious", "victim"), ("serious", "witness")])
def test_minor_incidents_victims_and_witnesses_do_not(decision, inmate, officer, severity, part):
    triggers.review_after_incident(incident(inmate, officer, severity=severity, part=part), by=officer)
    assert not ReviewTrigger.objects.exists()


def test_a_decision_answers_what_its_assessor_could_know(decision, inmate, assessor, reviewer):
    triggers.trigger_review(inmate, cause="information", by=assessor)
    inmate.refresh_from_db()
    assert inmate.next_review_on == clock.today() + timedelta(days=14)
    answer = decided(inmate, tier=3, assessor=assessor, reviewer=reviewer)
    assert ReviewTrigger.objects.get().answered_by == answer
    inmate.refresh_from_db()
    assert inmate.next_review_on == clock.today() + timedelta(days=90)


def test_a_trigger_lies_not_in_the_future_and_needs_custody(decision, inmate, assessor):
    with pytest.raises(ValidationError):
        triggers.trigger_review(inmate, cause="information", happened_on=clock.today() + timedelta(days=1), by=assessor)
    Inmate.objects.filter(pk=inmate.pk).update(status="released")
    with pytest.raises(InvalidTransition):
        triggers.trigger_review(inmate, cause="information", by=assessor)


def test_putting_off_has_a_limit_a_reason_and_a_name(decision, inmate, reviewer, assessor):
    inmate.refresh_from_db()
    due = inmate.next_review_on
    with pytest.raises(PermissionDenied):
        triggers.postpone_review(inmate, until=due + timedelta(days=5), reason="x", by=assessor)
    for until, reason, field in (
        (due + timedelta(days=31), "Court.", "until"),
        (due, "Court.", "until"),
        (due + timedelta(days=5), " ", "reason"),
    ):
        with pytest.raises(ValidationError) as refused:
            triggers.postpone_review(inmate, until=until, reason=reason, by=reviewer)
        assert set(refused.value.message_dict) == {field}
    triggers.postpone_review(inmate, until=due + timedelta(days=20), reason="Court.", by=reviewer)
    inmate.refresh_from_db()
    assert inmate.next_review_on == due + timedelta(days=20)
    with pytest.raises(ValidationError, match="latest"):
        triggers.postpone_review(inmate, until=due + timedelta(days=31), reason="Again.", by=reviewer)
    triggers.postpone_review(inmate, until=due + timedelta(days=30), reason="Again.", by=reviewer)
    assert list(in_force.disagreements()) == []


def test_the_register_names_what_was_changed_by_hand(decision, inmate, unit, officer):
    other = make_inmate(unit, by=officer)
    Inmate.objects.filter(pk=inmate.pk).update(tier=3)
    Inmate.objects.filter(pk=other.pk).update(next_review_on=None)
    found = list(in_force.disagreements())
    assert found == [
        (inmate.uuid, "tier", 3, 2),
        (other.uuid, "next_review_on", None, other.admitted_on + timedelta(days=14)),
    ]
    daily.run()
    assert list(in_force.disagreements()) == []


def test_what_is_not_established_no_longer_calls_for_a_review(decision, inmate, officer, director):
    inmate.refresh_from_db()
    planned = inmate.next_review_on
    other = make_inmate(inmate.unit, by=officer)
    made = incidents.record(
        Incident(facility=inmate.facility, happened_at=clock.now(), kind="violence", severity="serious", account="A"),
        people=[(inmate, "author"), (other, "involved")],
        by=officer,
    )
    inmate.refresh_from_db()
    assert inmate.next_review_on == clock.today() + timedelta(days=14)
    for person in made.people.order_by("id"):
        outcome = "dismissed" if person.inmate_id == inmate.pk else "warning"
        incidents.decide(person, outcome=outcome, reason="Two witnesses.", by=director)
    inmate.refresh_from_db()
    assert inmate.next_review_on == planned
    closed, stays_open = ReviewTrigger.objects.order_by("inmate_id")
    assert (closed.closed_on, closed.closed_by, stays_open.closed_on) == (clock.today(), director, None)
    assert list(ReviewTrigger.objects.open()) == [stays_open]
    assert list(in_force.disagreements()) == []


def test_the_database_closes_no_trigger_that_was_answered(decision, inmate, reviewer):
    given = {"inmate": inmate, "cause": "information", "due_on": clock.today()}
    both = {"answered_by": decision, "closed_on": clock.today(), "closed_by": reviewer}
    for wrong, name in ((both, "answered_or_closed"), ({"closed_on": clock.today()}, "closed_by_and_when")):
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            ReviewTrigger.objects.create(**given, **wrong)
