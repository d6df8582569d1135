"""The tiers of the demo's people on the days of its history: list, statistics, as-of pages and decisions agree."""

import os
from collections import Counter
from datetime import timedelta

import pytest
from django.db.models import Count
from django.utils import timezone

from inmates.classification import in_force
from inmates.classification.models import TierDecision
from inmates.custody.models import Admission, Placement
from inmates.people.models import Inmate
from reports.as_of import people_in
from reports.statistics import statistics

pytestmark = pytest.mark.django_db
TIERS = (1, 2, 3, None)
SAMPLE = 5


def days_of(demo):
    """Days of the demo's history, from the eve of its first admission to its load day."""
    first = timezone.localdate(Admission.objects.earliest("admitted_at").admitted_at) - timedelta(days=1)
    return [demo.today - timedelta(days=ago) for ago in range((demo.today - first).days + 1)]


def agree(day):
    """Compare all who tell about a day; returns how many people were in custody."""
    uuids = dict(Inmate.objects.values_list("pk", "uuid"))
    tiers = dict(Inmate.objects.values_list("uuid", "tier"))
    for uuid, column, _stored, should in in_force.disagreements(day):
        if column == "tier":
            tiers[uuid] = should
    held = dict(Placement.objects.on(day).values_list("inmate_id", "facility_id"))
    derived = Counter(tiers[uuids[pk]] for pk in held)
    decided = dict(TierDecision.objects.in_force_on(day).filter(inmate__in=held).values_list("inmate_id", "tier"))
    told = statistics(day)["custody"]
    assert [told["by_tier"][str(tier or "unclassified")] for tier in TIERS] == [derived[tier] for tier in TIERS], day
    assert Counter(decided.get(pk) for pk in held) == derived, day
    for facility, _people in Counter(held.values()).most_common(1):
        there = {one.inmate_id: one.tier_then for one in people_in(facility, day)}
        assert there == {pk: tiers[uuids[pk]] for pk, prison in held.items() if prison == facility}, day
    return told["total"]


def test_the_list_is_the_statistics_of_the_load_day(demo):
    listed = dict(Inmate.objects.in_custody().values_list("tier").annotate(people=Count("pk")))
    told = statistics(demo.today)["custody"]["by_tier"]
    assert {tier: told[str(tier or "unclassified")] for tier in TIERS} == listed
    assert agree(demo.today) == 812


def test_readers_agree_on_days_of_the_past(demo):
    days = days_of(demo)
    counted = [agree(day) for day in days[:: len(days) // SAMPLE]]
    assert counted[0] == 812
    assert counted[-1] < 100
    assert agree(days[-1]) == 0


@pytest.mark.long
@pytest.mark.skipif(not os.environ.get("LONG"), reason="every day of some years: bin/test --long")
def test_readers_agree_on_every_day(demo):
    assert sum(agree(day) > 0 for day in days_of(demo)) > 4000
