"""Eligibility: each rule, met or not or not known."""

import pytest
from django.core.exceptions import ValidationError

from config import clock
from inmates.conditions.models import Separation
from inmates.custody.models import KeepApart
from musalaha import eligibility
from musalaha.actions import applications


def rules_of(inmate, cohort=None):
    return {rule.code: rule.met for rule in eligibility.check(inmate, cohort)}


def test_each_rule(person, apply, cohort, officer, director):
    assert rules_of(person(tier=3), cohort) == dict.fromkeys(
        ["in_custody", "final_conviction", "tier", "separation", "time_left", "sex", "keep_apart"], True
    )
    assert rules_of(person(tier=1))["tier"] is False
    assert rules_of(person(tier=None))["tier"] is None
    assert rules_of(person(legal_status="remand"))["final_conviction"] is False
    separated = person()
    Separation.objects.create(
        inmate=separated,
        facility=separated.facility,
        reason="x",
        authorised_by=director,
        authorised_from=clock.today(),
        authorised_until=clock.today(),
        began_on=clock.today(),
    )
    assert rules_of(separated)["separation"] is False
    short = person(days_ago=340, years=1)
    assert rules_of(short, cohort)["time_left"] is False
    apply(short, finish_outside=True)
    assert rules_of(short, cohort)["time_left"] is True
    assert all(rule.what_would_change for rule in eligibility.against(eligibility.check(separated)))


def test_keep_apart_with_somebody_in_the_round(accepted, person, apply, cohort, officer, coordinator):
    inside, other = accepted().inmate, person()
    first, second = sorted([inside, other], key=lambda inmate: inmate.pk)
    KeepApart.objects.create(first=first, second=second, reason="x", opened_by=officer)
    with pytest.raises(ValidationError, match="Must not meet"):
        applications.accept(apply(other), cohort=cohort, by=coordinator)
    assert other.applications.get().state == "recorded"
