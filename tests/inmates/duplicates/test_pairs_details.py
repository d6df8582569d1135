"""Pairs of possibly one person: where the line is drawn, what is written, what is left alone."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from config import clock
from core.workflow import InvalidTransition
from inmates.duplicates.actions import merges, pairs
from inmates.duplicates.matching import LIKELY, compare
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.models import Inmate
from tests import factories


def test_who_is_just_likely_enough_is_kept_as_someone_else(officer, earlier):
    """The same name without a birth date is a likeness of exactly `LIKELY`; with another year it is below."""
    names = {"family_name_latin": "Ben Ali", "given_name_latin": "Mohamed", "sex": "M", "sort_key": "benali"}
    typed, unlike = Inmate.objects.create(**names), Inmate.objects.create(**names, birth_date="1984-09-02")
    unlike.refresh_from_db()
    assert compare(typed, earlier)[0] == LIKELY
    assert compare(unlike, earlier)[0] < LIKELY
    [pair] = pairs.say_someone_else(typed, [str(earlier.uuid)], by=officer)
    assert (pair.state, pair.score, {pair.first, pair.second}) == ("someone_else", LIKELY, {typed, earlier})
    assert pairs.say_someone_else(unlike, [str(earlier.uuid)], by=officer) == []
    assert PossibleDuplicate.objects.get() == pair


@pytest.mark.parametrize(("hours", "looked_at"), [(1, True), (-1, False)])
def test_the_daily_run_looks_at_those_registered_since_the_day_before_began(earlier, again, hours, looked_at):
    since = clock.midnight(clock.today() - timedelta(days=1))
    Inmate.objects.filter(pk=earlier.pk).update(created_at=since - timedelta(days=9))
    Inmate.objects.filter(pk=again.pk).update(created_at=since + timedelta(hours=hours))
    assert pairs.find_daily() == int(looked_at)
    assert PossibleDuplicate.objects.exists() is looked_at


def test_a_record_merged_already_is_reported_no_more(officer, director, unit, earlier, again):
    merges.approve(merges.propose(earlier, again, reason="x", by=officer), by=director)
    kept, gone = Inmate.objects.get(pk=earlier.pk), Inmate.objects.get(pk=again.pk)
    other = factories.make_inmate(unit, by=officer)
    for one, two in ((gone, other), (other, gone)):
        with pytest.raises(InvalidTransition, match="merged already"):
            pairs.report(one, two, by=officer)
    assert pairs.report(kept, other, by=officer).state == "open"


def test_a_pair_is_settled_once_even_by_who_still_sees_it_open(officer, pair):
    seen_before = PossibleDuplicate.objects.get()
    pairs.settle_someone_else(pair, by=officer)
    settled_at = PossibleDuplicate.objects.get().settled_at
    assert seen_before.state == "open"
    with pytest.raises(InvalidTransition, match="settled already"):
        pairs.settle_someone_else(seen_before, by=officer)
    assert PossibleDuplicate.objects.get().settled_at == settled_at


def test_who_may_speak_for_a_pair_serves_where_one_of_the_two_is(officer, officer2, other_prison, pair):
    """The first of the two may be in any prison, or in none."""
    for first, second in ((other_prison, pair.second.facility), (None, pair.second.facility)):
        PossibleDuplicate.objects.update(state="open", settled_by=None, settled_at=None)
        Inmate.objects.filter(pk=pair.first_id).update(facility=first, unit=None)
        Inmate.objects.filter(pk=pair.second_id).update(facility=second)
        asked = PossibleDuplicate.objects.get()
        assert pairs.settle_someone_else(asked, by=officer).settled_by == officer


def test_somebody_without_a_prison_opens_a_pair_to_nobody_elsewhere(officer, officer2, other_prison, pair):
    Inmate.objects.filter(pk=pair.first_id).update(facility=other_prison, unit=None)
    Inmate.objects.filter(pk=pair.second_id).update(facility=None, unit=None, status="not_admitted")
    with pytest.raises(PermissionDenied):
        pairs.settle_someone_else(PossibleDuplicate.objects.get(), by=officer)
    assert pairs.settle_someone_else(PossibleDuplicate.objects.get(), by=officer2).settled_by == officer2
