"""Separation units take nobody by a plain move; what age or health forbids is told at once, never hidden."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.conditions import daily
from inmates.conditions.actions import protection, separations
from inmates.conditions.models import Separation, SeparationBar
from inmates.custody.actions import placements
from inmates.custody.models import Placement
from inmates.people.models import Alert, Inmate
from inmates.terms import step
from tests.application_rights import rewriting
from tests.factories import UnitFactory, make_inmate, make_user

WHY = "Attacked by two others in the yard this morning."


@pytest.fixture
def apart(prison):
    """A separation unit of `sale-2`."""
    return UnitFactory(facility=prison, name="Isolement", purpose="separation")


def told(inmate, kind):
    """Who was told of this."""
    return sorted(Alert.objects.filter(inmate=inmate, kind=kind).values_list("audience", flat=True))


def minor(unit, officer):
    """Somebody of seventeen, admitted some days ago."""
    return make_inmate(unit, by=officer, days_ago=9, birth_date=step(clock.today(), -17 * 12))


def test_a_plain_move_into_a_separation_unit_is_refused_whatever_the_reason(inmate, apart, officer, director):
    exception = {"exception_reason": "Needed", "exception_until": clock.today() + timedelta(days=3)}
    for more in ({}, exception):
        with pytest.raises(ValidationError, match="authorise the separation first"):
            placements.place(inmate, unit=apart, by=officer, **more)
    assert Placement.objects.current().get(inmate=inmate).unit.name == "A"
    today = clock.today()
    separations.authorise(inmate, reason="R", starts_on=today, until=today, health_checked=True, by=director)
    assert placements.place(inmate, unit=apart, by=officer).unit == apart


def test_nobody_is_admitted_into_a_separation_unit(apart, officer):
    with pytest.raises(ValidationError, match="authorise the separation first"):
        make_inmate(apart, by=officer)
    assert not Inmate.objects.in_custody().exists()


def test_an_emergency_is_a_separation_from_its_minute(inmate, apart, officer, director):
    at = clock.now() - timedelta(minutes=20)
    separation = separations.separate_in_emergency(inmate, unit=apart, why=WHY, at=at, by=officer)
    day = timezone.localdate(at)
    assert (separation.emergency_at, separation.began_on, separation.authorised_by) == (at, day, None)
    assert separation.authorised_until == day + timedelta(days=1)
    assert Placement.objects.current().get(inmate=inmate).during.lower == at
    assert told(inmate, "emergency") == ["national", "prison"]
    assert told(inmate, "not_authorised") == []
    with pytest.raises(InvalidTransition, match="yet to be authorised"):
        separations.prolong(separation, until=day + timedelta(days=3), reason="R", by=director)
    with pytest.raises(InvalidTransition, match="separated already"):
        separations.separate_in_emergency(inmate, unit=apart, why=WHY, by=officer)


def test_an_emergency_says_why_where_and_by_whom(inmate, apart, prison, officer, assessor):
    with pytest.raises(PermissionDenied):
        separations.separate_in_emergency(inmate, unit=apart, why=WHY, by=assessor)
    for field, given in (("why", {"unit": apart, "why": "Fight."}), ("unit", {"unit": prison.units.get(name="B")})):
        with pytest.raises(ValidationError) as refusal:
            separations.separate_in_emergency(inmate, **{"why": WHY} | given, by=officer)
        assert list(refusal.value.message_dict) == [field]
    late = clock.now() + timedelta(hours=1)
    with pytest.raises(InvalidTransition, match="future"):
        separations.separate_in_emergency(inmate, unit=apart, why=WHY, at=late, by=officer)
    assert not Separation.objects.exists()


def test_it_is_authorised_by_another_within_fifteen_days_of_its_first(inmate, apart, prison, director, officer):
    separation = separations.separate_in_emergency(inmate, unit=apart, why=WHY, by=director)
    day = separation.began_on
    given = {"until": day + timedelta(days=4), "health_checked": True}
    with pytest.raises(PermissionDenied, match="somebody else"):
        separations.authorise_emergency(separation, by=director, **given)
    other = make_user("director", prison, username="director-b")
    with pytest.raises(PermissionDenied):
        separations.authorise_emergency(separation, by=officer, **given)
    with pytest.raises(ValidationError, match="doctor"):
        separations.authorise_emergency(separation, by=other, **given | {"health_checked": False})
    with pytest.raises(ValidationError, match="at most 15"):
        separations.authorise_emergency(separation, by=other, **given | {"until": day + timedelta(days=15)})
    separation = separations.authorise_emergency(separation, by=other, **given)
    assert (separation.authorised_by, separation.authorised_until) == (other, day + timedelta(days=4))
    with pytest.raises(InvalidTransition, match="authorised already"):
        separations.authorise_emergency(separation, by=other, **given)


def test_the_database_wants_an_authorisation_or_an_emergency_and_two_people(inmate, apart, officer):
    separation = separations.separate_in_emergency(inmate, unit=apart, why=WHY, by=officer)
    rows = Separation.objects.filter(pk=separation.pk)
    for change, name in (
        ({"emergency_at": None, "emergency_by": None}, "authorised_or_an_emergency"),
        ({"authorised_by": officer}, "authorised_by_another"),
        ({"emergency_at": None}, "emergency_by_and_when"),
    ):
        with pytest.raises(IntegrityError, match=name), transaction.atomic(), rewriting():
            rows.update(**change)


def test_an_emergency_is_a_fact_even_after_fifteen_days(inmate, apart, director, officer):
    today = clock.today()
    first = separations.authorise(
        inmate, reason="R", starts_on=today - timedelta(days=18), until=today - timedelta(days=4),
        health_checked=True, by=director,
    )  # fmt: skip
    separations.end(first, on=today - timedelta(days=4), by=director)
    separation = separations.separate_in_emergency(inmate, unit=apart, why=WHY, by=officer)
    assert daily.run()["separation_breaches"] == 2  # day 16 in a row: told, and never erased
    with pytest.raises(IntegrityError, match="at most 15"), transaction.atomic():
        Separation.objects.filter(pk=separation.pk).update(authorised_by=director)


def test_whoever_is_left_in_the_unit_without_one_is_told_of_once(inmate, apart, director, officer):
    today = clock.today()
    separation = separations.authorise(
        inmate, reason="R", starts_on=today, until=today, health_checked=True, by=director
    )
    placements.place(inmate, unit=apart, by=officer)
    assert daily.run()["places_forbidden"] == 0
    separations.end(separation, on=today, by=officer)
    assert daily.run()["places_forbidden"] == 2
    assert told(inmate, "not_authorised") == ["national", "prison"]
    assert daily.run()["places_forbidden"] == 0


def test_a_minor_beside_adults_is_told_of_on_the_spot(unit, prison, officer):
    alone = prison.units.get(name="C")
    young = minor(alone, officer)
    assert told(young, "minor_with_adults") == []
    make_inmate(alone, by=officer, birth_date=step(clock.today(), -16 * 12))
    assert told(young, "minor_with_adults") == []
    adult = make_inmate(unit, by=officer)
    placements.place(adult, unit=alone, by=officer)
    assert told(young, "minor_with_adults") == ["national", "prison"]
    assert told(adult, "minor_with_adults") == []
    assert daily.run()["places_forbidden"] == 0


@pytest.mark.parametrize(
    ("born", "day", "is_minor"),
    [
        (date(2008, 6, 2), date(2026, 6, 1), True),
        (date(2008, 6, 1), date(2026, 6, 1), False),
        (date(2008, 2, 29), date(2026, 2, 28), True),
        (date(2008, 2, 29), date(2026, 3, 1), False),
        (date(2010, 2, 28), date(2028, 2, 29), False),
        (date(2010, 3, 1), date(2028, 2, 29), True),
        (None, date(2026, 6, 1), False),
    ],
)
def test_who_is_a_minor(born, day, is_minor):
    assert protection.minor_on(Inmate(birth_date=born), day) == is_minor


@pytest.mark.parametrize(
    ("born", "precision", "day", "may_be"),
    [
        (date(2008, 1, 1), "year", date(2026, 1, 2), True),
        (date(2008, 1, 1), "year", date(2026, 12, 30), True),
        (date(2008, 1, 1), "year", date(2026, 12, 31), False),
        (date(2007, 1, 1), "year", date(2026, 1, 2), False),
        (date(2008, 5, 1), "month", date(2026, 5, 30), True),
        (date(2008, 5, 1), "month", date(2026, 5, 31), False),
        (date(2008, 4, 1), "month", date(2026, 5, 1), False),
    ],
)
def test_who_may_be_one_by_the_year_or_the_month_is_held_as_one(unit, officer, settings, born, precision, day, may_be):
    assert protection.minor_on(Inmate(birth_date=born, birth_precision=precision), day) == may_be
    person = make_inmate(unit, by=officer, days_ago=1, birth_date=born, birth_precision=precision)
    settings.TODAY = day
    assert protection.minors().filter(pk=person.pk).exists() == may_be


def test_a_pregnant_woman_is_not_separated_and_an_emergency_is_told_of(prison, officer, director, assessor):
    ward = UnitFactory(facility=prison, name="Femmes", sex="F")
    apart = UnitFactory(facility=prison, name="Isolement F", sex="F", purpose="separation")
    woman, today = make_inmate(ward, by=officer, sex="F"), clock.today()
    given = {"ground": "pregnant", "source": "Dr Alami", "starts_on": today}
    with pytest.raises(PermissionDenied):
        separations.record_bar(woman, by=assessor, **given)
    with pytest.raises(ValidationError) as refusal:
        separations.record_bar(woman, ground="tired", source=" ", starts_on=today + timedelta(days=1), by=officer)
    assert set(refusal.value.message_dict) == {"ground", "source", "starts_on"}
    bar = separations.record_bar(woman, by=officer, **given)
    with pytest.raises(ValidationError, match="recorded already"):
        separations.record_bar(woman, by=officer, **given)
    with pytest.raises(ValidationError, match="Pregnant"):
        separations.authorise(woman, reason="R", starts_on=today, until=today, health_checked=True, by=director)
    separation = separations.separate_in_emergency(woman, unit=apart, why=WHY, by=officer)
    assert told(woman, "barred_separation") == ["national", "prison"]
    with pytest.raises(ValidationError, match="Pregnant"):
        separations.authorise_emergency(separation, until=today, health_checked=True, by=director)
    separations.end_bar(bar, on=today, by=officer)
    with pytest.raises(InvalidTransition, match="ended already"):
        separations.end_bar(bar, on=today, by=officer)
    assert separations.authorise_emergency(separation, until=today, health_checked=True, by=director)


def test_a_bar_recorded_during_a_separation_is_told_of_at_once(inmate, director, officer):
    today = clock.today()
    separations.authorise(inmate, reason="R", starts_on=today, until=today, health_checked=True, by=director)
    separations.record_bar(inmate, ground="disability", source="Dr Alami", starts_on=today, by=officer)
    assert told(inmate, "barred_separation") == ["national", "prison"]


def test_health_is_read_by_those_who_separate_only(inmate, officer, assessor, reviewer, client):
    separations.record_bar(inmate, ground="disability", source="Dr Alami", starts_on=clock.today(), by=officer)
    page = reverse("inmates:tab_conduct", args=[inmate.uuid])
    for user, reads in ((officer, True), (assessor, False), (reviewer, False)):
        client.force_login(user)
        assert ("Dr Alami" in client.get(page).content.decode()) == reads
    assert SeparationBar.objects.count() == 1


def test_separating_in_an_emergency_on_the_page(inmate, apart, officer, director, client):
    client.force_login(officer)
    page = reverse("inmates:separate_now", args=[inmate.uuid])
    answer = client.post(page, {"unit": apart.pk, "why": "Kept words"})
    assert answer.status_code == 422
    assert "Kept words" in answer.content.decode()
    answer = client.post(page, {"unit": apart.pk, "why": WHY})
    assert answer.status_code == 302
    separation = Separation.objects.get()
    assert "not yet authorised" in client.get(answer["Location"]).content.decode()
    client.force_login(director)
    assert "Authorise the emergency" in client.get(answer["Location"]).content.decode()
    page = reverse("inmates:separation_authorise", args=[inmate.uuid, separation.pk])
    sent = {"until": separation.began_on.isoformat(), "health_checked": "on"}
    assert client.post(page, sent).status_code == 302
    separation.refresh_from_db()
    assert separation.authorised_by == director
