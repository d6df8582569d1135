"""What speaks against a transfer, word for word."""

from datetime import timedelta

from config import clock
from inmates.custody.actions import keep_apart, outings
from inmates.people.models import Inmate
from inmates.transfers import actions as transfers
from tests.factories import make_inmate


def test_a_duty_elsewhere_adds_nothing_to_what_the_unit_says(inmate, unit, other_prison, officer):
    """What is said of the unit is said once, also of somebody who must not meet a person held here."""
    there = other_prison.units.get()
    there.takes_convicted = False
    there.save()
    before = transfers.objections(inmate, other_prison)
    keep_apart.open_pair(inmate, make_inmate(unit, by=officer), scope="unit", reason="Threats", by=officer)
    assert transfers.objections(inmate, other_prison) == before
    assert len(before) == 1


def test_whom_the_person_must_not_meet_there_is_told(inmate, other_prison, officer, officer2):
    enemy = make_inmate(other_prison.units.get(), by=officer2)
    assert transfers.objections(inmate, other_prison) == []
    keep_apart.open_pair(inmate, enemy, scope="unit", reason="Threats", by=officer)
    assert any("Must not meet" in text for text in transfers.objections(inmate, other_prison))


def test_a_hearing_is_told_until_its_day_is_over(inmate, other_prison, officer, settings):
    outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    assert [text for text in transfers.objections(inmate, other_prison) if "Expected in court" in text]
    settings.TODAY = clock.today() + timedelta(days=1)
    assert transfers.objections(inmate, other_prison) == []


def test_the_file_at_departure_says_what_was_known(inmate, unit, officer):
    inmate.cin = "BE100037"
    assert transfers.file_of(inmate)["cin"] == "BE100037"
    assert transfers.file_of(inmate)["birth"] == inmate.birth_date.isoformat()
    assert transfers.file_of(inmate)["admitted_on"] == inmate.admitted_on.isoformat()
    assert transfers.file_of(inmate)["release_on"] == inmate.release_on.isoformat()
    nothing = Inmate(family_name_latin="Alaoui", sex="M", pk=inmate.pk)
    file = transfers.file_of(nothing)
    assert (file["birth"], file["admitted_on"], file["release_on"], file["unit"]) == ("", "", "", "")
    assert (file["cin"], file["tier"]) == ("", None)


def test_a_hearing_of_a_day_nobody_knows_is_no_obstacle(inmate, other_prison, officer):
    hearing = outings.plan(inmate, kind="court", planned_on=clock.today(), place="Rabat", by=officer)
    type(hearing).objects.filter(pk=hearing.pk).update(planned_on=None)
    assert transfers.objections(inmate, other_prison) == []
