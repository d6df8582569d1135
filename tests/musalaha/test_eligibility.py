"""Eligibility: each rule, met or not or not known."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from config import clock
from core.sayings import as_written
from inmates.conditions.models import Separation
from inmates.custody.models import KeepApart
from inmates.people.models import Inmate
from musalaha import eligibility
from musalaha.actions import applications
from musalaha.models import Application, Cohort


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


TODAY = date(2025, 3, 10)
NOTHING_ELSE = eligibility.Facts({}, frozenset())


def rule(code, inmate, cohort=None, application=None, known=NOTHING_ELSE):
    """One rule for a person who stands in no table, who has asked for nothing unless said otherwise."""
    rules = eligibility.check(inmate, cohort, application=application or Application(), on=TODAY, known=known)
    (one,) = [each for each in rules if each.code == code]
    return one


@pytest.mark.parametrize(
    ("status", "met"),
    [("in_custody", True), ("absent", False), ("released", False), ("not_admitted", False)],
)
def test_only_who_is_in_custody(status, met):
    assert rule("in_custody", Inmate(status=status)).met is met


@pytest.mark.parametrize(
    ("status", "met", "why"),
    [
        ("convicted_final", True, "The conviction is final."),
        ("convicted_appeal", False, "Convicted, under appeal."),
        ("remand", False, "Not yet tried."),
        ("civil_imprisonment", False, "Held for civil imprisonment only."),
        ("", None, "The legal status is not recorded."),
    ],
)
def test_only_a_final_conviction(status, met, why):
    one = rule("final_conviction", Inmate(legal_status=status))
    assert (one.met, one.why, bool(one.what_would_change)) == (met, why, met is not True)


@pytest.mark.parametrize(
    ("tier", "exception", "met"),
    [(3, None, True), (2, None, True), (1, None, False), (1, 7, True), (None, None, None), (None, 7, None)],
)
def test_tier_and_its_exception(tier, exception, met):
    assert rule("tier", Inmate(tier=tier), application=Application(exception_by_id=exception)).met is met


@pytest.mark.parametrize(
    ("release", "basis", "outside", "met"),
    [
        (date(2025, 5, 10), "computed", False, True),  # two months, to the day
        (date(2025, 5, 9), "computed", False, False),
        (date(2025, 5, 9), "computed", True, True),
        (None, "life", False, True),
        (None, "death", False, True),
        (None, "unsettled", False, None),
        (None, "none", True, None),
    ],
)
def test_time_left_without_a_round_is_that_of_any_round_from_today(release, basis, outside, met):
    inmate = Inmate(release_on=release, release_basis=basis)
    assert rule("time_left", inmate, application=Application(finish_outside=outside)).met is met


def test_time_left_in_a_round_is_counted_to_its_last_day():
    cohort = Cohort(ends_on=date(2025, 4, 1), sex="M")
    assert rule("time_left", Inmate(release_on=date(2025, 4, 1)), cohort).met
    short = rule("time_left", Inmate(release_on=date(2025, 3, 31)), cohort)
    assert short.met is False
    assert "31 Mar 2025" in short.why
    assert "1 Apr 2025" in short.why


@pytest.mark.parametrize(
    ("person", "round_", "met", "why", "change"),
    [
        ("M", "M", True, "The round is open to this person.", ""),
        ("F", "F", True, "The round is open to this person.", ""),
        ("F", "M", False, "This round is for men.", "A round for women."),
        ("M", "F", False, "This round is for women.", "A round for men."),
    ],
)
def test_rounds_are_for_men_or_for_women(person, round_, met, why, change):
    one = rule("sex", Inmate(sex=person), Cohort(ends_on=TODAY, sex=round_))
    assert (one.met, one.why, one.what_would_change) == (met, why, change)


def test_without_a_round_nobody_is_asked_for_its_sex_or_for_who_is_in_it():
    codes = [each.code for each in eligibility.check(Inmate(), application=Application(), on=TODAY, known=NOTHING_ELSE)]
    assert codes == ["in_custody", "final_conviction", "tier", "separation", "time_left"]


def test_a_separation_says_since_when_and_until_when():
    running = Separation(began_on=date(2025, 3, 1), authorised_until=date(2025, 3, 15))
    one = rule("separation", Inmate(pk=5), known=eligibility.Facts({5: running}, frozenset()))
    assert (one.met, "1 Mar 2025" in one.why, "15 Mar 2025" in one.what_would_change) == (False, True, True)
    endless = eligibility.Facts({5: Separation(began_on=date(2025, 3, 1))}, frozenset())
    assert "…" in rule("separation", Inmate(pk=5), known=endless).what_would_change
    assert rule("separation", Inmate(pk=6), known=endless).met


def test_a_separation_counts_from_its_first_day_to_its_end(person, director):
    inmate, today = person(), clock.today()
    separation = Separation.objects.create(
        inmate=inmate,
        facility=inmate.facility,
        reason="x",
        authorised_by=director,
        authorised_from=today,
        authorised_until=today,
        began_on=today,
    )
    assert eligibility.facts([inmate.pk]).separations == {inmate.pk: separation}
    assert eligibility.facts([inmate.pk], on=today).separations == {inmate.pk: separation}
    assert eligibility.facts([inmate.pk], on=today - timedelta(days=1)).separations == {}
    assert eligibility.facts([inmate.pk + 1]).separations == {}


def test_both_sides_of_a_duty_are_kept_apart_from_who_is_inside(accepted, person, cohort, officer):
    before = person()  # a duty names the two in the order of entry: one is entered before, one after
    inside, inside_too = accepted().inmate, accepted().inmate
    after, stranger = person(), person()
    for one, other in ((inside, after), (inside_too, before), (before, stranger)):
        first, second = sorted([one, other], key=lambda inmate: inmate.pk)
        KeepApart.objects.create(first=first, second=second, reason="x", opened_by=officer)
    people = [before.pk, after.pk, stranger.pk]
    assert eligibility.facts(people, cohort).kept_apart == {before.pk, after.pk}
    assert eligibility.facts(people).kept_apart == frozenset()
    assert eligibility.facts([stranger.pk], cohort).kept_apart == frozenset()
    KeepApart.objects.update(closed_on=clock.today(), closed_by=officer, closed_reason="x")
    assert eligibility.facts(people, cohort).kept_apart == frozenset()


def test_what_is_not_known_does_not_count_as_met():
    met, not_known, not_met = (
        eligibility.Rule("tier", value, as_written("Why."), as_written("What.")) for value in (True, None, False)
    )
    assert eligibility.eligible([met, met])
    assert not eligibility.eligible([met, not_known])
    assert not eligibility.eligible([not_met, met])
    assert eligibility.against([met, not_known, not_met]) == [not_known, not_met]
    assert met.label == "Tier 2 or 3"
    assert eligibility.label("unheard_of") == "unheard_of"


def test_rules_are_kept_and_read_again():
    rules = eligibility.check(Inmate(), application=Application(), on=TODAY, known=NOTHING_ELSE)
    assert eligibility.read(eligibility.stored(rules)) == rules
    assert eligibility.read(None) == []
    assert eligibility.sentence_of(eligibility.Rule("tier", True, as_written("Why."))) == "Why."
    assert (
        eligibility.sentence_of(eligibility.Rule("tier", False, as_written("Why."), as_written("What.")))
        == "Why. What."
    )
