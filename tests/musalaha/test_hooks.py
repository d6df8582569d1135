"""Objections to moves that break a running round, and what follows a release."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation

from audit.models import Event
from config import clock
from inmates.custody.actions import placements, releases
from inmates.people.actions.alerts import waiting_for
from inmates.people.models import Alert, Inmate
from musalaha.actions import applications, cohorts
from musalaha.actions import enrolments as enrolment_actions
from musalaha.models import Enrolment
from tests import factories


def test_a_move_out_of_a_running_round_says_so(running, officer, prison):
    inmate = running.enrolments.first().inmate
    with pytest.raises(ValidationError, match="Takes part in round 3"):
        placements.place(inmate, unit=prison.units.get(name="B"), by=officer)
    with pytest.raises(ValidationError, match="Round 3 runs in this unit"):
        placements.place(factories.make_inmate(prison.units.get(name="B"), by=officer), unit=running.unit, by=officer)


def test_released_in_mid_round_and_finishing_outside(person, apply, cohort, coordinator, officer):
    inmate = person(days_ago=700, years=2)
    applications.accept(apply(inmate, finish_outside=True), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    Inmate.objects.filter(pk=inmate.pk).update(release_on=clock.today())
    releases.release(inmate, ground="term_served", by=officer)
    enrolment = Enrolment.objects.get(inmate=inmate)
    assert (enrolment.outcome, enrolment.finishes_outside, enrolment.application.state) == ("released", True, "closed")
    assert inmate.follow_ups.count() == 6
    with pytest.raises(ValidationError):
        enrolment_actions.graduate(enrolment, by=coordinator)
    enrolment_actions.graduate(enrolment, exceptions="A suivi les séances restantes à l'extérieur.", by=coordinator)
    enrolment.refresh_from_db()
    assert (enrolment.outcome, enrolment.certificate.issued_on) == ("graduated", clock.today())


def test_a_release_closes_what_waits_and_says_so(person, apply, accepted, coordinator, officer):
    waiting = apply(person(days_ago=800, years=2, months=3))
    declined = applications.decline(apply(person()), reason="R", by=coordinator)
    Inmate.objects.filter(pk=waiting.inmate_id).update(release_on=clock.today())
    releases.release(waiting.inmate, ground="term_served", by=officer)
    waiting.refresh_from_db()
    declined.refresh_from_db()
    assert (waiting.state, waiting.closed_on, declined.state) == ("closed", clock.today(), "declined")
    assert Event.objects.get(verb="application.closed").object_id == str(waiting.pk)


def test_who_lives_in_the_programme_unit_without_taking_part_is_told_of(
    accepted, cohort, coordinator, officer, assessor, reviewer
):
    outsider = factories.make_inmate(cohort.unit, by=officer)
    participant = accepted()
    assert not Alert.objects.filter(kind="outsider_in_round").exists()
    cohorts.start_cohort(cohort, by=coordinator)
    alerts = Alert.objects.filter(kind="outsider_in_round")
    assert sorted(alerts.values_list("inmate_id", "audience")) == [(outsider.pk, "national"), (outsider.pk, "prison")]
    assert not alerts.filter(inmate=participant.inmate).exists()
    assert waiting_for(officer).filter(kind="outsider_in_round").count() == 1
    for other in (assessor, reviewer):
        assert not waiting_for(other).filter(kind="outsider_in_round").exists()


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_minor_back_from_a_round_leaves_no_word_of_its_unit_to_who_classifies(
    client, person, apply, cohort, officer, coordinator, assessor, reviewer, language
):
    minor = person(birth_date=clock.today() - timedelta(days=365 * 17))
    for one in (person(), minor):
        applications.accept(apply(one), cohort=cohort, by=coordinator)
    cohorts.start_cohort(cohort, by=coordinator)
    enrolment_actions.withdraw(minor.enrolments.get(), by=officer)
    alert = Alert.objects.filter(inmate=minor, kind="minor_with_adults").first()
    with translation.override(language):
        said = alert.get_kind_display()
    for user in (assessor, reviewer):
        user.language = language
        user.save()
        client.force_login(user)
        page = client.get(reverse("inmates:alerts")).content.decode()
        assert said in page
        assert not any(f"{word} {cohort.unit.name}" in page for word in ("unit", "quartier", "الحي"))
