"""Figures like those published, each with its denominator; small cells hidden with what would tell them."""

from datetime import date, timedelta

import pytest
from django.test import Client

from config import clock
from inmates.people.models import Inmate
from inmates.sentences.models import Case, Pardon, PardonInstrument, Sentence
from musalaha import outcomes
from musalaha.actions import enrolments, sessions
from musalaha.models import Application, Cohort, Enrolment
from reports.statistics import statistics


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


def test_released_half_an_hour_into_the_day_of_graduation_is_released_after_it(running, coordinator, officer):
    enrolment = running.enrolments.first()
    sessions.add_note(enrolment, kind="final", text="Good", by=coordinator)
    enrolments.graduate(enrolment, exceptions="Short round.", by=coordinator)
    early = clock.midnight(clock.today()) + timedelta(minutes=30)  # still yesterday in UTC, most of the year
    enrolment.inmate.admissions.update(released_at=early, released_by=officer, ground="term_served")
    assert statistics(clock.today())["musalaha"]["graduates_released"] == 1
    enrolment.inmate.admissions.update(released_at=early - timedelta(hours=1))
    assert statistics(clock.today())["musalaha"]["graduates_released"] == 0
