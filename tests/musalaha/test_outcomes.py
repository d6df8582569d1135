"""Figures like those published, each with its denominator; small cells hidden with what would tell them."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from config import clock
from inmates.custody.models import Admission
from inmates.people.actions.corrections import annul
from inmates.people.corrections import find
from inmates.people.models import Inmate
from inmates.sentences.models import Case, Pardon, PardonInstrument, Sentence
from inmates.terms import step
from musalaha import outcomes
from musalaha.actions import aftercare, enrolments, sessions
from musalaha.models import Application, Cohort, Enrolment, Reconviction
from reports.statistics import statistics
from tests.factories import ago


@pytest.fixture
def published(programme_unit, coordinator, reviewer):
    """239 who took part in completed rounds: 155 pardoned, 18 of them in part only. Imported history, in bulk."""
    cohort = Cohort.objects.create(
        number=10,
        facility=programme_unit.facility,
        unit=programme_unit,
        starts_on=date(2025, 1, 6),
        ends_on=date(2025, 3, 6),
        started_on=date(2025, 1, 6),
        completed_on=date(2025, 3, 6),
        capacity=239,
        state="completed",
    )
    people = Inmate.objects.bulk_create(
        Inmate(family_name_latin=f"P{n}", sex="M", sort_key=f"p{n}", facility=programme_unit.facility)
        for n in range(239)
    )
    applications = Application.objects.bulk_create(
        Application(
            inmate=person,
            facility=programme_unit.facility,
            asked_on=date(2024, 12, 1),
            statement="x",
            state="closed",
            cohort=cohort,
            recorded_by=coordinator,
        )
        for person in people
    )
    Enrolment.objects.bulk_create(
        Enrolment(
            cohort=cohort,
            inmate=application.inmate,
            application=application,
            started_on=cohort.started_on,
            ended_on=cohort.completed_on,
            outcome="graduated" if n < 230 else "withdrew",
        )
        for n, application in enumerate(applications)
    )
    cases = Case.objects.bulk_create(Case(inmate=person, state="convicted") for person in people[:155])
    sentences = Sentence.objects.bulk_create(
        Sentence(case=case, inmate=case.inmate, years=9, starts_on=date(2020, 1, 1)) for case in cases
    )
    instrument = PardonInstrument.objects.create(reference="R", dated_on=date(2025, 7, 30))
    Pardon.objects.bulk_create(
        Pardon(
            instrument=instrument,
            inmate=sentence.inmate,
            sentence=sentence,
            prison="reduced" if n < 18 else "remainder",
            years=1 if n < 18 else 0,
            state="verified",
            recorded_by=coordinator,
            verified_by=reviewer,
            verified_at=clock.now(),
        )
        for n, sentence in enumerate(sentences)
    )
    return cohort


def test_as_published_with_the_denominator_named(published, running, coordinator):
    sets = outcomes.outcomes()
    assert sets.share("pardoned", "took_part") == (155, 239)
    assert sets.share("reduced", "took_part") == (18, 239)
    assert sets.share("pardoned", "finished") == (155, 230)
    assert len(sets.running) == 3
    client = Client()
    client.force_login(coordinator)
    page = client.get("/musalaha/outcomes/").content.decode()
    assert "64.9 %" in page
    assert "155 of 239" in page
    assert "Of those who finished" in page
    assert "the running round left out" in page


def test_as_of_an_earlier_day(published):
    assert outcomes.outcomes(date(2025, 7, 29)).share("pardoned", "took_part") == (0, 239)
    assert outcomes.outcomes(date(2025, 2, 1)).share("pardoned", "took_part") == (0, 0)


def test_small_cells_are_for_national_scope_only(running, officer, coordinator):
    assert dict(outcomes.funnel(running, coordinator))["started"] == 3
    assert dict(outcomes.funnel(running, officer))["started"] is None


def window(windows, group, years):
    return next(one for one in windows if (one.group, one.years) == (group, years))


def test_whole_years_observed_first_day_in_last_day_out(freed, officer):
    today = clock.today()
    year_ago = (
        today.replace(year=today.year - 1) if (today.month, today.day) != (2, 29) else date(today.year - 1, 2, 28)
    )
    exactly = (today - year_ago).days
    freed(exactly, graduate=True)
    freed(exactly - 1, graduate=True)
    freed(exactly)
    freed(exactly, tier=1)  # not comparable
    windows = outcomes.reconviction()
    assert window(windows, "graduates", 1).observed == 1
    assert window(windows, "others", 1).observed == 1
    assert window(windows, "graduates", 2).observed == 0
    assert window(windows, "graduates", 1).unknown == 1


def test_only_final_convictions_for_a_later_act_count_terrorism_apart(freed, officer):
    stay = freed(800, graduate=True)
    released_on = timezone.localdate(stay.released_at)
    fields = {"terrorism": True, "source": "Rabat 12/2025", "by": officer}
    with pytest.raises(ValidationError):
        aftercare.record_reconviction(stay, act_on=released_on - timedelta(days=1), final_on=clock.today(), **fields)
    with pytest.raises(ValidationError):
        aftercare.record_reconviction(stay, act_on=released_on, final_on=clock.today() + timedelta(days=1), **fields)
    with pytest.raises(ValidationError):
        aftercare.record_reconviction(stay, act_on=released_on, final_on=clock.today(), **(fields | {"source": " "}))
    assert not Reconviction.objects.exists()
    aftercare.record_reconviction(stay, act_on=released_on + timedelta(days=400), final_on=clock.today(), **fields)
    windows = outcomes.reconviction()
    assert window(windows, "graduates", 1).terrorism == 0
    assert window(windows, "graduates", 2).terrorism == 1
    assert window(windows, "graduates", 2).other == 0


def test_known_only_at_or_after_the_end_of_the_window(freed, officer):
    stay = freed(800, graduate=True)
    released_on = timezone.localdate(stay.released_at)
    end = step(released_on, 12)
    for day, known in ((end - timedelta(days=1), 0), (end, 1)):
        aftercare.record_check(stay, checked_on=day, reference="Extract 4", by=officer)
        one = window(outcomes.reconviction(), "graduates", 1)
        assert (one.none, one.unknown) == (known, 1 - known)
    assert window(outcomes.reconviction(), "graduates", 2).unknown == 1


def test_a_contact_makes_known_as_a_check_does_and_a_vain_one_does_not(freed, officer):
    reached, missed = freed(800, graduate=True), freed(800, graduate=True)
    for stay, contact in ((reached, "met"), (missed, "not_found")):
        aftercare.plan_follow_up(stay, by=officer)
        one = stay.follow_ups.get(months=12)
        aftercare.record_follow_up(one, done_on=one.due_on, contact=contact, by=officer)
    one = window(outcomes.reconviction(), "graduates", 1)
    assert (one.observed, one.none, one.unknown) == (2, 1, 1)


@pytest.mark.parametrize("field", ["checked_on", "reference"])
def test_a_check_is_of_a_day_after_release_and_names_its_paper(freed, officer, assessor, field):
    stay = freed(100)
    before = timezone.localdate(stay.released_at) - timedelta(days=1)
    values = {"checked_on": clock.today(), "reference": "Extract 4"}
    wrong = values | {field: before if field == "checked_on" else " "}
    with pytest.raises(ValidationError) as refusal:
        aftercare.record_check(stay, by=officer, **wrong)
    assert list(refusal.value.error_dict) == [field]
    with pytest.raises(PermissionDenied):
        aftercare.record_check(stay, by=assessor, **values)
    assert not stay.record_checks.exists()
    aftercare.record_check(stay, by=officer, **values)
    with pytest.raises(ValidationError, match="already"):
        aftercare.record_check(stay, by=officer, **values)


def test_who_finished_outside_is_a_graduate_from_graduation_on(freed, officer):
    stay = freed(800, graduate=True)
    graduated = timezone.localdate(stay.released_at) + timedelta(days=40)
    Enrolment.objects.filter(inmate=stay.inmate).update(ended_on=graduated)
    fields = {"terrorism": False, "source": "Rabat 12/2025", "final_on": clock.today(), "by": officer}
    aftercare.record_reconviction(stay, act_on=graduated - timedelta(days=1), **fields)
    assert window(outcomes.reconviction(), "graduates", 1).other == 0
    aftercare.record_reconviction(stay, act_on=graduated, **fields)
    one = window(outcomes.reconviction(), "graduates", 1)
    assert (one.observed, one.other) == (1, 1)
    assert window(outcomes.reconviction(), "others", 1).observed == 0


def test_who_graduated_in_a_later_stay_was_no_graduate_before(freed, officer):
    stay = freed(1500, graduate=True)
    again = freed(10)
    Admission.objects.filter(pk=again.pk).update(inmate=stay.inmate, admitted_at=ago(700))
    Enrolment.objects.filter(inmate=stay.inmate).update(ended_on=clock.today() - timedelta(days=600))
    windows = outcomes.reconviction()
    assert window(windows, "others", 1).observed == 1
    assert window(windows, "graduates", 1).observed == 0


def test_a_conviction_entered_for_the_wrong_person_counts_for_nothing(freed, officer):
    stay = freed(800, graduate=True)
    act = timezone.localdate(stay.released_at) + timedelta(days=10)
    wrong = aftercare.record_reconviction(
        stay, act_on=act, final_on=clock.today(), terrorism=True, source="Rabat 12/2025", by=officer
    )
    assert window(outcomes.reconviction(), "graduates", 1).terrorism == 1
    annul(find("reconviction"), wrong, why="A namesake, says the court", paper="Letter 9", by=officer)
    assert window(outcomes.reconviction(), "graduates", 1).terrorism == 0


def test_small_windows_are_hidden_without_national_scope(freed, officer, coordinator):
    freed(800, graduate=True)
    assert window(outcomes.reconviction(user=coordinator), "graduates", 1).observed == 1
    hidden = window(outcomes.reconviction(user=officer), "graduates", 1)
    assert (hidden.observed, hidden.unknown, hidden.none) == (None, None, None)


def test_released_half_an_hour_into_the_day_of_graduation_is_released_after_it(running, coordinator, officer):
    enrolment = running.enrolments.first()
    sessions.add_note(enrolment, kind="final", text="Good", by=coordinator)
    enrolments.graduate(enrolment, exceptions="Short round.", by=coordinator)
    early = clock.midnight(clock.today()) + timedelta(minutes=30)  # still yesterday in UTC, most of the year
    enrolment.inmate.admissions.update(released_at=early, released_by=officer, ground="term_served")
    assert statistics(clock.today())["musalaha"]["graduates_released"] == 1
    enrolment.inmate.admissions.update(released_at=early - timedelta(hours=1))
    assert statistics(clock.today())["musalaha"]["graduates_released"] == 0
