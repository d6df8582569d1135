"""Two reviewers at the same moment, one deciding, one returning: one outcome, the other is told; always."""

import os
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections
from django.utils import translation

from accounts.models import User
from core.workflow import InvalidTransition
from inmates.classification.actions import reviews
from inmates.classification.models import Review, TierDecision
from tests.factories import make_inmate
from tests.inmates.classification.conftest import submitted

ROUNDS = 100 if os.environ.get("LONG") == "1" else 12


def act(barrier, review_pk, user_pk, deed):
    """One reviewer's request, in a connection of its own; what came of it."""
    try:
        review = Review.objects.select_related("inmate").get(pk=review_pk)
        user = User.objects.get(pk=user_pk)
        barrier.wait(timeout=20)
        with translation.override("en"):
            if deed == "decide":
                reviews.decide(review, tier=2, reasons="Weighed against the whole file.", by=user)
            else:
                reviews.return_review(review, questions="Which?", by=user)
    except InvalidTransition as told:
        return str(told)
    finally:
        connections["default"].close()
    return "done"


@pytest.mark.django_db(transaction=True)
def test_one_outcome_and_the_other_is_told(prison, unit, officer, assessor, reviewer, reviewer2):
    unit.certified_capacity = unit.working_capacity = ROUNDS + 10
    unit.save()
    outcomes = []
    with ThreadPoolExecutor(2) as pool:
        for n in range(ROUNDS):
            review = submitted(make_inmate(unit, by=officer), assessor=assessor)
            barrier = Barrier(2)
            pair = (reviewer, reviewer2) if n % 2 else (reviewer2, reviewer)
            calls = [
                pool.submit(act, barrier, review.pk, user.pk, deed)
                for user, deed in zip(pair, ("decide", "return"), strict=True)
            ]
            results = [call.result(timeout=30) for call in calls]
            review.refresh_from_db()
            decisions = TierDecision.objects.filter(review=review).count()
            assert results.count("done") == 1
            assert "Nothing was changed" in next(text for text in results if text != "done")
            assert (review.state, decisions) == (("decided", 1) if results[0] == "done" else ("returned", 0))
            outcomes.append(review.state)
    assert len(outcomes) == ROUNDS
