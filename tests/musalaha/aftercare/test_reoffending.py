"""Convicted again, by whole years at liberty: who is observed, what is known, and what is too few to be shown."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from inmates.custody.models import Admission
from inmates.people.actions.corrections import annul
from inmates.people.corrections import find
from inmates.terms import step
from musalaha import outcomes
from musalaha.aftercare import actions as aftercare
from musalaha.aftercare.models import Reconviction
from musalaha.models import Enrolment
from tests.application_rights import rewriting
from tests.factories import ago


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
    with rewriting():
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


def test_a_correction_of_it_is_nothing_that_assessors_read(client, freed, officer, reviewer):
    stay = freed(800)
    act, final = (clock.today() - timedelta(days=n) for n in (300, 200))
    wrong = aftercare.record_reconviction(
        stay, act_on=act, final_on=final, terrorism=False, source="Rabat 5/25", by=officer
    )
    made = annul(find("reconviction"), wrong, why="A namesake, says the court", paper="Letter 9", by=officer)
    tab = reverse("inmates:tab_corrections", args=[stay.inmate.uuid])
    page = reverse("inmates:correction", args=[made.uuid])
    client.force_login(officer)
    assert "Reconviction · " in client.get(tab).content.decode()
    assert client.get(page).status_code == 200
    client.force_login(reviewer)
    shown = client.get(tab)
    assert shown.status_code == 200
    assert "Letter 9" not in shown.content.decode()
    assert client.get(page).status_code == 404
