"""Back on remand in a case on record: it is one case, and ends as one; no second one of its court and number is opened."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from inmates.custody.actions import releases
from inmates.custody.holds import Hold
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Inmate
from inmates.sentences import actions as sentences
from tests.factories import ago, end_case, make_inmate
from tests.inmates.custody.readmitting import day, kinds, stored


def readmit(client, inmate, unit, officer, **fields):
    data = {
        "token": str(uuid4()), "kind": "arrest", "authority": "R", "reference": "M 4", "issued_on": f"{day(0):%d/%m/%Y}",
        "expires_on": f"{day(60):%d/%m/%Y}", "legal_status": "remand", "registration_number": "99010",
        "unit": unit.pk, "admitted_at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
    } | fields  # fmt: skip
    client.force_login(officer)
    return client.post(reverse("inmates:readmit", args=[inmate.uuid]), data)


@pytest.fixture
def let_out(unit, officer):
    """Somebody on provisional release in a case under way."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=200)
    case = inmate.cases.get()
    releases.release(inmate, ground="provisional", reference="LP 1", case=case, at=ago(100), by=officer)
    case.refresh_from_db()
    return stored(inmate), case


def assert_one_case(inmate, case, officer):
    assert kinds(inmate) == [Hold.REMAND]
    case.refresh_from_db()
    assert (case.on_remand, inmate.cases.count()) == (True, 1)
    assert inmate.admissions.open().get().order.case == case
    end_case(case, on=day(0), by=officer)
    assert (inmate.cases.count(), kinds(inmate)) == (1, [])
    assert inmate.tasks.open().filter(kind="no_title").exists()


def test_the_case_is_offered_and_chosen(client, let_out, unit, officer):
    inmate, case = let_out
    client.force_login(officer)
    page = client.get(reverse("inmates:readmit", args=[inmate.uuid])).content.decode()
    assert "Case on record" in page
    assert case.number in page
    assert readmit(client, inmate, unit, officer, known_case=str(case.pk)).status_code == 302
    assert_one_case(inmate, case, officer)


def test_its_court_and_number_typed_are_the_same_case_however_they_are_spaced(client, let_out, unit, officer):
    inmate, case = let_out
    typed = {"court": f" {case.court.upper()} ", "number": case.number.replace("/", " / ")}
    assert readmit(client, inmate, unit, officer, **typed).status_code == 302
    assert_one_case(inmate, case, officer)


def test_another_prison_is_offered_nothing_and_what_it_types_is_the_same_case(client, let_out, other_prison, officer2):
    inmate, case = let_out
    client.force_login(officer2)
    page = client.get(reverse("inmates:readmit", args=[inmate.uuid])).content.decode()
    assert case.number not in page
    typed = {"court": case.court, "number": case.number}
    assert readmit(client, inmate, other_prison.units.get(), officer2, **typed).status_code == 302
    assert_one_case(inmate, case, officer2)


def test_a_judgment_pronounced_at_liberty_stands_in_that_case(client, let_out, unit, officer):
    inmate, case = let_out
    fields = {
        "legal_status": "convicted_appeal", "known_case": str(case.pk), "sentence_kind": "term", "years": "2",
        "starts_on": f"{day(0):%d/%m/%Y}", "pronounced_on": f"{day(-5):%d/%m/%Y}", "stay_0": "on",
    }  # fmt: skip
    assert readmit(client, inmate, unit, officer, **fields).status_code == 302
    assert (inmate.cases.get(), inmate.sentences.get().case) == (case, case)


def test_one_of_them_or_a_new_one_and_remand_in_none_that_has_ended(client, let_out, unit, officer):
    inmate, case = let_out
    both = {"known_case": str(case.pk), "court": "Fès", "number": "7/7"}
    refused = readmit(client, inmate, unit, officer, **both)
    assert "not both" in str(refused.context["form"].case.errors["court"])
    end_case(case, on=day(-20), by=officer)
    typed = {"court": case.court, "number": case.number}
    refused = readmit(client, inmate, unit, officer, **typed)
    assert "has ended" in str(refused.context["form"].case.errors["court"])
    assert readmit(client, inmate, unit, officer, court="Fès", number="7/7").status_code == 302
    assert inmate.cases.count() == 2


def test_nobody_has_two_cases_of_one_court_and_number(client, unit, officer, director):
    inmate = make_inmate(unit, by=officer)
    case = inmate.cases.get()
    with pytest.raises(ValidationError, match="on record already") as refusal:
        sentences.open_case(inmate, court=case.court.lower(), number=f" {case.number}", by=officer)
    assert list(refusal.value.message_dict) == ["court"]
    client.force_login(officer)
    refused = client.post(reverse("inmates:add_case", args=[inmate.uuid]), {"court": case.court, "number": case.number})
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["court"])
    sentences.open_case(inmate, court="Fès", number=case.number, by=officer)
    sentences.open_case(inmate, court=case.court, number="", by=officer)
    sentences.open_case(inmate, court=case.court, number="", by=officer)
    assert inmate.cases.count() == 4


def test_an_admission_taken_back_leaves_a_case_that_was_known_before(client, let_out, unit, officer, director):
    inmate, case = let_out
    assert readmit(client, inmate, unit, officer, known_case=str(case.pk)).status_code == 302
    stay = inmate.admissions.open().get()
    made = corrections.annul(
        correctables.find("admission"), stay, why="It was a namesake at the door", paper="Gate book", by=officer
    )
    corrections.confirm(made, by=director)
    case.refresh_from_db()
    assert (case.annulled_at, case.on_remand, inmate.cases.count()) == (None, False, 1)
    assert stored(inmate).status == Inmate.Status.RELEASED
