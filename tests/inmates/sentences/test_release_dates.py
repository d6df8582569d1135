"""Days at large: the sentence did not run, so a person settles its end; both possible ends are said until then."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from config import clock
from inmates.custody.actions import outings
from inmates.custody.holds import Hold, holds
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences import actions
from inmates.sentences.models import TimeAtLarge
from inmates.sentences.release_dates import bounds
from tests.factories import ago, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def away(unit, officer):
    """Let somebody escape `left` days ago and come back `back` days ago."""

    def act(inmate, left=40, back=10, by=officer):
        outings.record_escape(inmate, account="Over the wall", at=ago(left), by=by)
        inmate.refresh_from_db()
        outings.record_return(inmate, unit=unit, at=ago(back), by=by)
        inmate.refresh_from_db()
        return inmate

    return act


def test_days_at_large_are_for_a_person_to_settle_and_both_ends_are_said(inmate, away, director):
    before = inmate.release_on
    away(inmate)
    within = bounds(inmate)
    assert (inmate.release_on, inmate.release_basis) == (None, "unsettled")
    assert (within.earliest, within.latest) == (before, before + timedelta(days=30))
    assert "at_large" in [step["code"] for step in inmate.release_computations.first().steps]
    assert Task.objects.open().filter(inmate=inmate, kind="release_date", due_on=clock.today()).exists()
    assert set(Alert.objects.filter(kind="release_date").values_list("audience", flat=True)) == {"prison", "national"}
    assert [hold.kind for hold in holds(inmate)] == [Hold.SENTENCE]
    settled = before + timedelta(days=30)
    actions.settle_release_date(inmate, release_on=settled, reasons="Did not run.", source="P 4", by=director)
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (settled, "settled")


def test_once_even_the_later_end_has_passed_it_holds_nothing(unit, officer, away):
    inmate = away(make_inmate(unit, by=officer, days_ago=430, years=1), left=420, back=410)
    assert bounds(inmate).over(clock.today())
    assert holds(inmate) == []


def test_gone_and_back_the_same_day_changes_nothing(inmate, away):
    before = inmate.release_on
    at = ago(5)
    away(inmate, left=5, back=5 - 60 / 86400 if at.hour < 23 else 5 - 1 / 86400)
    assert (inmate.release_on, inmate.times_at_large.count()) == (before, 0)


def test_somebody_on_remand_has_no_sentence_to_interrupt(unit, officer, away):
    untried = away(make_inmate(unit, by=officer, legal_status="remand"))
    assert (untried.release_basis, untried.times_at_large.count()) == ("remand", 1)


def test_an_escape_of_before_the_sentence_does_not_count(unit, officer, away):
    inmate = make_inmate(unit, by=officer, days_ago=200)
    inmate.sentences.update(starts_on=day(-5))
    assert away(inmate).release_basis == "computed"


def test_it_is_recorded_with_a_return_by_those_who_may_and_for_a_day_at_least(inmate, officer, officer2, away):
    with pytest.raises(PermissionDenied):
        away(inmate, by=officer2)
    assert not TimeAtLarge.objects.exists()
    with pytest.raises(IntegrityError), transaction.atomic():
        TimeAtLarge.objects.create(inmate=inmate, first_day=day(0), day_after_last=day(0))
    assert Inmate.objects.get(pk=inmate.pk).release_basis == "computed"
