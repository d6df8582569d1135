"""A long random life: assess, submit, return, decide, serve, appeal, transfer, release, readmit, day after day.

Whatever is tried in whatever order, by whomever, no rule of classification is ever broken.
"""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from hypothesis import HealthCheck, Phase
from hypothesis import settings as effort
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from accounts import roles
from accounts.models import User
from config import clock
from core.workflow import InvalidTransition
from inmates.classification import daily, in_force
from inmates.classification.actions import appeals, assessments, notices, reviews, triggers
from inmates.classification.models import Appeal, Assessment, Notice, Review, TierDecision
from inmates.conditions.models import Incident, IncidentPerson
from inmates.custody.actions import admissions, outings, releases
from inmates.custody.models import DetentionOrder
from inmates.people.models import Inmate
from inmates.transfers import actions as transfers
from reports.statistics import held
from tests.factories import also, make_inmate, make_user
from tests.inmates.classification.conftest import findings_for

REFUSALS = (PermissionDenied, InvalidTransition, ValidationError)
tiers = st.sampled_from([1, 2, 3])
anybody = st.sampled_from(
    ["assessor", "assessor2", "both", "reviewer", "reviewer2", "officer", "officer2", "inspector"]
)


REASONS = "Weighed against the whole file."


@pytest.mark.django_db
@pytest.mark.parametrize("lives", [3, pytest.param(200, marks=pytest.mark.long)])
def test_no_rule_is_ever_broken(
    prison, other_prison, officer, officer2, director, director2, reviewer, reviewer2, monkeypatch, lives
):
    users = {
        "officer": officer,
        "officer2": officer2,
        "director": director,
        "director2": director2,
        "reviewer": reviewer,
        "reviewer2": reviewer2,
        "assessor": make_user(roles.ASSESSOR, prison),
        "assessor2": make_user(roles.ASSESSOR, other_prison),
        "inspector": make_user(roles.INSPECTOR),
    }
    both = make_user(roles.ASSESSOR, prison, other_prison, national=True)
    also(both, roles.REVIEWER)
    users["both"] = User.objects.get(pk=both.pk)
    first = clock.today()
    counted = {"steps": 0, "done": 0, "refused": 0}

    class Life(RuleBasedStateMachine):
        """One person in two prisons among ten users."""

        def __init__(self):
            super().__init__()
            monkeypatch.setattr(settings, "TODAY", first)
            self.around = transaction.atomic()
            self.around.__enter__()
            self.number = 0
            self.pk = make_inmate(prison.units.get(name="A"), by=officer).pk

        def teardown(self):
            transaction.set_rollback(True)
            self.around.__exit__(None, None, None)

        @property
        def inmate(self):
            return Inmate.objects.get(pk=self.pk)

        def attempt(self, act):
            """Try one act; a refusal changes nothing."""
            counted["steps"] += 1
            before = self.picture()
            try:
                with transaction.atomic():
                    act()
            except REFUSALS:
                counted["refused"] += 1
                assert self.picture() == before
            else:
                counted["done"] += 1

        def picture(self):
            """What a refusal must leave as it was."""
            inmate = self.inmate
            return (
                (inmate.tier, inmate.tier_since, inmate.next_review_on, inmate.status, inmate.facility_id),
                list(Review.objects.order_by("pk").values_list("pk", "state")),
                list(TierDecision.objects.order_by("pk").values_list("pk", "tier", "effective_on", "suspended_on")),
                list(Appeal.objects.order_by("pk").values_list("pk", "outcome")),
            )

        def last(self, model, **wanted):
            return model.objects.filter(**wanted).order_by("-pk").first()

        @rule(who=anybody, tier=tiers, differs=st.booleans())
        def assess(self, who, tier, differs):
            def act():
                draft = assessments.start_assessment(self.inmate, by=users[who])
                assessments.save_assessment(
                    draft,
                    findings=findings_for(tier),
                    proposed_tier=tier % 3 + 1 if differs else tier,
                    reasons="Found in letters and accounts.",
                    difference_reason="Old facts." if differs else "",
                    by=users[who],
                )
                assessments.submit_assessment(draft, by=users[who])

            self.attempt(act)

        @rule(who=anybody)
        def start_only(self, who):
            self.attempt(lambda: assessments.start_assessment(self.inmate, by=users[who]))

        @precondition(lambda self: Review.objects.exists())
        @rule(who=anybody, tier=tiers, emergency=st.sampled_from(["", "", "Tonight."]), later=st.integers(-1, 4))
        def decide(self, who, tier, emergency, later):
            review, day = self.last(Review), clock.today() + timedelta(days=later)
            self.attempt(
                lambda: reviews.decide(
                    review,
                    tier=tier,
                    reasons=REASONS,
                    effective_on=day,
                    emergency=emergency,
                    by=users[who],
                )
            )

        @precondition(lambda self: Review.objects.exists())
        @rule(who=anybody, words=st.sampled_from(["", "Which?"]))
        def return_it(self, who, words):
            review = self.last(Review)
            self.attempt(lambda: reviews.return_review(review, questions=words, by=users[who]))

        @precondition(lambda self: Review.objects.exists())
        @rule(who=anybody)
        def answer(self, who):
            review = self.last(Review)
            self.attempt(lambda: reviews.resubmit(review, answer="These.", by=users[who]))

        @precondition(lambda self: Review.objects.exists())
        @rule(who=st.sampled_from(["assessor", "reviewer", "officer"]))
        def cancel(self, who):
            review = self.last(Review)
            self.attempt(lambda: reviews.cancel_review(review, reason="Duplicate.", by=users[who]))

        @precondition(lambda self: Notice.objects.exists())
        @rule(who=st.sampled_from(["officer", "officer2", "reviewer"]), ago=st.integers(0, 2))
        def serve(self, who, ago):
            notice, day = self.last(Notice), clock.today() - timedelta(days=ago)
            self.attempt(lambda: notices.serve_notice(notice, served_on=day, how="read", language="ar", by=users[who]))

        @precondition(lambda self: TierDecision.objects.exists())
        @rule(who=st.sampled_from(["officer", "officer2", "assessor"]), late=st.sampled_from(["", "Ill."]))
        def appeal(self, who, late):
            decision = self.last(TierDecision)
            self.attempt(
                lambda: appeals.record_appeal(
                    decision, made_on=clock.today(), grounds="No.", late_reason=late, by=users[who]
                )
            )

        @precondition(lambda self: Appeal.objects.exists())
        @rule(who=anybody)
        def suspend(self, who):
            appeal = self.last(Appeal)
            self.attempt(lambda: appeals.suspend(appeal, by=users[who]))

        @precondition(lambda self: Appeal.objects.exists())
        @rule(who=anybody, outcome=st.sampled_from(["upheld", "changed", "sent_back", "lapsed"]), tier=tiers)
        def answer_appeal(self, who, outcome, tier):
            appeal = self.last(Appeal)
            self.attempt(
                lambda: appeals.decide_appeal(appeal, outcome=outcome, tier=tier, reasons=REASONS, by=users[who])
            )

        @rule()
        def transfer(self):
            """To the other prison, with everything that is open."""
            inmate = self.inmate
            there = other_prison if inmate.facility_id == prison.pk else prison
            here_officer, there_officer = (officer, officer2) if there == other_prison else (officer2, officer)
            here_director = director if there == other_prison else director2
            self.number += 1

            def act():
                moved = transfers.propose(inmate, destination=there, reason="safety", by=here_officer)
                transfers.approve(moved, by=here_director)
                transfers.accept(moved, unit=there.units.first(), by=there_officer)
                transfers.depart(moved, by=here_officer)
                transfers.arrive(
                    moved, unit=there.units.first(), registration_number=f"T{self.number}", by=there_officer
                )

            self.attempt(act)

        @rule(severity=st.sampled_from(["minor", "serious"]))
        def incident(self, severity):
            def act():
                inmate = self.inmate
                happened = Incident.objects.create(
                    facility=inmate.facility,
                    happened_at=clock.now(),
                    kind="violence",
                    severity=severity,
                    account="A fight.",
                    recorded_by=officer,
                )
                IncidentPerson.objects.create(incident=happened, inmate=inmate, part="author")
                triggers.review_after_incident(happened, by=officer)

            self.attempt(act)

        @rule(days=st.integers(1, 20))
        def time_passes(self, days):
            counted["steps"] += 1
            monkeypatch.setattr(settings, "TODAY", clock.today() + timedelta(days=days))
            before = {d.pk for d in TierDecision.objects.all()}
            daily.run()
            assert {d.pk for d in TierDecision.objects.all()} == before
            assert list(in_force.disagreements()) == []
            assert daily.run()["effective"] == 0

        @rule(chance=st.integers(0, 4))
        def release_or_readmit(self, chance):
            inmate = self.inmate
            by = officer if inmate.facility_id == prison.pk else officer2
            self.number += 1
            if inmate.held and chance == 0:
                self.attempt(lambda: releases.release(inmate, ground="abroad", reference=f"A{self.number}", by=by))
            elif not inmate.held:
                order = DetentionOrder(
                    kind="judgment", authority="Rabat", reference=f"R{self.number}", issued_on=clock.today()
                )
                self.attempt(
                    lambda: admissions.admit(
                        inmate,
                        unit=inmate.facility.units.first(),
                        order=order,
                        legal_status="convicted_final",
                        registration_number=f"R{self.number}",
                        admitted_at=clock.now(),
                        by=by,
                    )
                )

        @rule(who=st.sampled_from(["officer", "officer2", "assessor", "inspector"]))
        def escape_or_return(self, who):
            """An escape ends no stay: the tier is kept, and waits with the person."""
            inmate = self.inmate
            if inmate.status == Inmate.Status.ABSENT:
                by = officer if inmate.facility_id == prison.pk else officer2
                self.attempt(lambda: outings.record_return(inmate, unit=inmate.facility.units.first(), by=by))
            else:
                self.attempt(lambda: outings.record_escape(inmate, account="Gone.", by=users[who]))

        @invariant()
        def three_people_and_reasons(self):
            for review in Review.objects.exclude(decided_by=None):
                assert review.decided_by_id != review.assessor_id
            for decision in TierDecision.objects.all():
                assert decision.decided_by_id != decision.assessor_id
                assert decision.reasons.strip()
                assert decision.origin != "review" or decision.review.state == "decided"
            for appeal in Appeal.objects.exclude(decided_by=None):
                assert len({appeal.assessor_id, appeal.decider_id, appeal.decided_by_id}) == 3
                assert appeal.new_decision is None or appeal.new_decision.tier > appeal.decision.tier
                assert appeal.made_on >= appeal.decision.notice.served_on
            for appeal in Appeal.objects.all():
                late = appeal.made_on > appeal.decision.notice.served_on + timedelta(days=15)
                assert bool(appeal.late_reason) == late

        @invariant()
        def the_tier_is_what_a_decision_says_and_never_stricter_before_its_notice(self):
            inmate, today = self.inmate, clock.today()
            holds = TierDecision.objects.in_force_on(today).filter(inmate=inmate).first()
            assert inmate.tier == (holds.tier if holds else None)
            if holds is not None and holds.stricter and not holds.emergency:
                assert holds.notice.served_on is not None
                assert holds.notice.served_on <= today
            if holds is not None and holds.suspended_on is not None:
                assert holds.resumed_on is not None
            if holds is not None and inmate.status in Inmate.ON_REGISTER:
                assert holds.admission.released_at is None
            assert [row[1] for row in held(today)] == ([inmate.tier] if inmate.held else [])

        @invariant()
        def nothing_stays_open_after_a_release(self):
            inmate = self.inmate
            open_things = Review.objects.live().count(), Assessment.objects.drafts().count()
            assert max(open_things) <= 1
            if inmate.status not in Inmate.ON_REGISTER:
                assert open_things == (0, 0)
                assert not Appeal.objects.live().exists()
                assert inmate.next_review_on is None
            else:
                assert inmate.next_review_on is not None

    try:
        run_state_machine_as_test(Life, settings=_effort(lives))
    finally:
        monkeypatch.undo()
    assert counted["steps"] >= 30 * lives, counted
    assert counted["done"] > 9 * lives, counted
    assert counted["refused"] > 8 * lives, counted


def _effort(lives):
    return effort(
        max_examples=lives,
        stateful_step_count=60,
        derandomize=True,
        phases=[Phase.generate],  # a failure is told at once: shrinking lives lasts for hours
        suppress_health_check=list(HealthCheck),
    )
