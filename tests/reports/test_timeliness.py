"""How late things were done: days against what they were due by, told plainly beside it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from config import clock
from inmates.classification.actions.notices import serve_notice
from inmates.classification.models import Notice
from inmates.custody.actions import releases
from inmates.custody.models import Admission
from reports import timeliness
from tests.factories import make_inmate
from tests.inmates.classification.conftest import decided


@given(late=st.lists(st.integers(-30, 90), max_size=40))
def test_days_late_are_summed_as_by_hand(late):
    found = timeliness.summed("x", late)
    assert found.done == len(late)
    assert found.in_time == sum(days <= 0 for days in late)
    if late:
        nought = sorted(max(0, days) for days in late)
        assert nought[(len(nought) - 1) // 2] <= found.middle <= nought[len(nought) // 2]
        assert sum(days <= found.nine_in_ten for days in nought) >= 0.9 * len(nought)
        assert sum(days < found.nine_in_ten for days in nought) < 0.9 * len(nought)
    else:
        assert (found.middle, found.nine_in_ten) == (None, None)


def test_a_term_served_is_late_by_the_days_since_its_computed_end(unit, officer):
    today = clock.today()
    overdue = make_inmate(unit, by=officer, years=0, months=6, days_ago=200)
    due = type(overdue).objects.get(pk=overdue.pk).release_on
    releases.release(overdue, ground="term_served", by=officer)
    make_inmate(unit, by=officer)
    found = timeliness.of_releases(today - timedelta(days=1), today)
    late = (today - due).days
    assert late > 0
    assert (found.done, found.in_time, found.middle) == (1, 0, late)
    assert timeliness.of_releases(today, today).done == 0
    Admission.objects.filter(inmate=overdue).update(ground="pardon")
    assert timeliness.of_releases(today - timedelta(days=1), today).done == 0


def test_a_review_counts_from_what_was_planned_and_a_notice_from_its_day(inmate, assessor, reviewer, officer):
    today = clock.today()
    before = today - timedelta(days=1)
    decision = decided(inmate, tier=2, assessor=assessor, reviewer=reviewer)
    Notice.objects.filter(decision=decision).update(due_on=today - timedelta(days=3))
    serve_notice(
        Notice.objects.get(decision=decision), served_on=today, how="read_and_handed", language="ar", by=officer
    )
    reviews, notices, appeals = timeliness.of_classification(before, today)
    first_due = clock.today() - timedelta(days=200 - 14)
    assert (reviews.done, reviews.in_time, reviews.middle) == (1, 0, (today - first_due).days)
    assert (notices.done, notices.in_time, notices.middle, appeals.done) == (1, 0, 3, 0)
    assert timeliness.of_classification(before, today, prison=inmate.facility)[0].done == 1
    assert timeliness.of_classification(today, today)[0].done == 0


@pytest.mark.parametrize("role", ["inspector", "officer", "director", "reviewer"])
def test_classification_is_told_of_to_whoever_may_see_it(client, inmate, role, request):
    user = request.getfixturevalue(role)
    client.force_login(user)
    page = client.get(reverse("reports:flows"))
    assert len(page.context["timely"]) == (4 if user.can("inmates.view_classification") else 1)
