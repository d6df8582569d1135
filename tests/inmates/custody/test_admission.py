"""The admission page: everything or nothing, errors at their field, sent twice recorded once."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from inmates.custody import hooks
from inmates.custody.actions import admissions, releases
from inmates.custody.models import Admission, DetentionOrder, Placement, RegistrationNumber
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.actions import identity as people
from inmates.people.models import Inmate
from tests.factories import UnitFactory, ago, make_inmate


@pytest.fixture
def typed(unit):
    """A filled admission form of a convicted man."""
    return {
        "token": str(uuid4()),
        "family_name_latin": "Benjelloun",
        "given_name_latin": "Hamid",
        "family_name_ar": "بنجلون",
        "given_name_ar": "حميد",
        "sex": "M",
        "birth": "1979",
        "nationality": "MA",
        "cin": "be 100-037",
        "kind": "judgment",
        "authority": "Cour d'appel de Rabat",
        "reference": "TD-1/2016",
        "issued_on": "17/05/2016",
        "legal_status": "convicted_final",
        "registration_number": "4 512",
        "admitted_at": "17/05/2016 09:30",
        "unit": str(unit.pk),
        "court": "Rabat",
        "number": "12/2610/2016",
        "sentence_kind": "term",
        "years": "5",
        "starts_on": "17/05/2016",
        "pronounced_on": "17/05/2016",
        "final_on": "17/05/2016",
        "final_reference": "CNA 12/2016",
        "remand_from_1": "10/01/2016",
        "remand_to_1": "08/04/2016",
    }


@pytest.fixture
def page(client, officer):
    """Sends the admission form as the records officer."""
    client.force_login(officer)
    return lambda data: client.post(reverse("inmates:new"), data)


def test_one_form_records_person_order_stay_case_and_sentence(page, typed, unit):
    answer = page(typed)
    inmate = Inmate.objects.get(registration_number="4512")
    assert answer.status_code == 302
    assert answer["Location"] == inmate.get_absolute_url()
    assert (inmate.status, inmate.unit, inmate.cin) == ("in_custody", unit, "BE100037")
    assert (inmate.birth_date.year, inmate.birth_precision) == (1979, "year")
    assert inmate.release_on.isoformat() == "2021-02-16"
    admission = inmate.admissions.get()
    assert admission.order.reference == "TD-1/2016"
    assert admission.order.case.number == "12/2610/2016"


def test_final_at_the_admission_is_entered_on_the_courts_own_paper_and_never_on_the_order(page, typed):
    """The order of detention proves nothing of it: without the certificate nothing is recorded, with it the one act does."""
    refused = page(typed | {"final_reference": ""})
    assert refused.status_code == 422
    assert "reference of the certificate or ruling" in refused.content.decode()
    assert not Inmate.objects.exists()
    page(typed)
    inmate = Inmate.objects.get()
    sentence = inmate.sentences.get()
    assert (sentence.final_on.isoformat(), sentence.final_reference) == ("2016-05-17", "CNA 12/2016")
    assert Event.objects.filter(verb="sentence.final", object_id=str(sentence.pk)).count() == 1
    assert (inmate.legal_status, inmate.legal_statuses.get().status) == ("convicted_final", "convicted_final")
    appealed = typed | {"token": str(uuid4()), "registration_number": "9", "cin": "", "family_name_latin": "Zeroual"}
    appealed |= {"given_name_latin": "Samir", "family_name_ar": "زروال", "given_name_ar": "سمير", "birth": "1990"}
    appealed |= {"legal_status": "convicted_appeal", "final_on": "", "final_reference": ""}
    assert page(appealed).status_code == 302
    assert Inmate.objects.get(registration_number="9").sentences.get().final_on is None


def test_the_same_form_sent_twice_makes_one_record(page, typed):
    page(typed)
    answer = page(typed)
    assert answer.status_code == 302
    assert answer["Location"] == Inmate.objects.get().get_absolute_url()
    assert Admission.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("cin", "12", "CIN"),
        ("issued_on", "31/02/2016", "no such day"),
        ("admitted_at", "17/05/2016", "time"),
        ("admitted_at", "17/05/2099 09:30", "future"),
        ("registration_number", "n°4", "Registration"),
        ("years", "", "Enter the term"),
        ("final_on", "", "enter the day"),
        ("final_on", "16/05/2016", "before it was pronounced"),
        ("final_reference", "", "reference of the certificate or ruling"),
        ("remand_to_1", "01/01/2016", "before the first"),
        ("sentence_kind", "", "Choose the kind"),
        ("expires_on", "16/05/2016", "expired before the admission"),
        ("unit", "", "required"),
        ("birth", "2017", "after the admission"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_is_kept(page, typed, field, value, words):
    answer = page(typed | {field: value})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words.lower() in text.lower()
    assert "Benjelloun" in text
    assert "12/2610/2016" in text
    assert "TD-1/2016" in text
    assert not Inmate.objects.exists()
    assert not Admission.objects.exists()


def test_a_number_already_given_is_refused_at_its_field(page, typed, inmate):
    answer = page(typed | {"registration_number": inmate.registration_number})
    assert answer.status_code == 422
    assert "already used in this prison" in answer.content.decode()
    assert Inmate.objects.count() == 1


def test_a_full_unit_needs_a_reason_and_an_end_but_never_refuses(page, typed, prison):
    small = UnitFactory(facility=prison, name="Z", certified_capacity=1, working_capacity=0)
    answer = page(typed | {"unit": str(small.pk)})
    assert answer.status_code == 422
    assert "The unit is full" in answer.content.decode()
    answer = page(typed | {"unit": str(small.pk), "exception_reason": "Night arrival", "exception_until": "31/12/2099"})
    assert answer.status_code == 302
    placement = Placement.objects.get()
    assert placement.exceptions == ["full"]
    assert placement.exception_reason == "Night arrival"


def test_somebody_very_like_is_shown_before_a_second_record(page, typed):
    page(typed)
    again = typed | {"token": str(uuid4()), "registration_number": "9", "cin": ""}
    answer = page(again)
    assert answer.status_code == 422
    assert "Is it one of these people?" in answer.content.decode()
    assert Inmate.objects.count() == 1
    assert page(again | {"someone_else": "yes"}).status_code == 422
    [known] = Inmate.objects.all()
    assert page(again | {"someone_else": str(known.uuid)}).status_code == 302
    assert Inmate.objects.count() == 2
    pair = PossibleDuplicate.objects.get()
    assert (pair.first, pair.state, pair.settled_by.username) == (known, "someone_else", "officer")


def test_a_person_who_returns_is_the_same_person_with_a_new_stay(client, unit, officer, typed):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    address = reverse("inmates:readmit", args=[inmate.uuid])
    client.force_login(officer)
    data = typed | {"kind": "remand", "legal_status": "remand", "sentence_kind": "", "admitted_at": ""}
    data |= dict.fromkeys(("years", "starts_on", "pronounced_on", "final_on", "final_reference"), "")
    data |= dict.fromkeys(("remand_from_1", "remand_to_1"), "")
    assert client.post(address, data).status_code == 302
    assert inmate.admissions.count() == 1
    releases.release(inmate, ground="term_served", by=officer)
    asked = client.post(address, data)  # a remand order that names no last day
    assert (asked.status_code, list(asked.context["form"].stay.errors)) == (422, ["endless"])
    assert 'name="endless"' in asked.content.decode()
    data["endless"] = "on"
    assert client.post(address, data | {"token": str(uuid4())}).status_code == 302
    inmate.refresh_from_db()
    assert inmate.admissions.count() == 2
    assert (inmate.status, inmate.legal_status, inmate.registration_number) == ("in_custody", "remand", "4512")
    assert Inmate.objects.count() == 1


def test_who_comes_back_to_serve_on_needs_no_second_sentence(client, unit, officer, typed):
    """After a conditional release the sentence stands: entering it again would be another one."""
    client.force_login(officer)
    left = {"reference": "J-1", "at": clock.now() - timedelta(days=30), "by": officer}
    data = typed | {"sentence_kind": "", "admitted_at": "", "court": "", "number": "", "issued_on": ""}
    data |= dict.fromkeys(("years", "starts_on", "pronounced_on", "final_on", "final_reference"), "")
    data |= {"remand_from_1": "", "remand_to_1": "", "issued_on": f"{clock.today():%d/%m/%Y}"}
    convicted, appealed, untried = (
        make_inmate(unit, by=officer, legal_status=status)
        for status in ("convicted_final", "convicted_appeal", "remand")
    )
    releases.release(convicted, ground="conditional", **left)
    for inmate in (appealed, untried):
        releases.release(inmate, ground="provisional", **left)
    for inmate, status in ((appealed, 422), (untried, 422), (convicted, 302)):  # "final" rests on a final sentence
        sent = data | {"token": str(uuid4()), "registration_number": f"8{inmate.pk}"}
        answer = client.post(reverse("inmates:readmit", args=[inmate.uuid]), sent)
        assert answer.status_code == status
    assert (convicted.sentences.count(), convicted.admissions.count()) == (1, 2)
    assert Inmate.objects.get(pk=convicted.pk).release_basis == "unsettled"


def test_another_prisons_officer_sees_only_the_card_of_a_former_inmate(client, unit, officer, officer2):
    inmate = make_inmate(unit, by=officer, days_ago=800, years=2)
    address = reverse("inmates:readmit", args=[inmate.uuid])
    client.force_login(officer2)
    assert client.get(address).status_code == 404
    releases.release(inmate, ground="term_served", by=officer)
    answer = client.get(address)
    assert answer.status_code == 200
    assert inmate.cin is None or inmate.cin not in answer.content.decode()
    assert client.get(inmate.get_absolute_url()).status_code == 404


@pytest.fixture
def arriving(db, officer):
    """Somebody in the register who was never admitted."""
    return people.register(
        Inmate(family_name_latin="Alami", given_name_latin="Said", sex="M", birth_date="1980-01-01"), by=officer
    )


@pytest.fixture
def admit(arriving, unit, officer):
    """Admit that person, an hour ago, on an order of ten days ago that runs out in ten days."""

    def act(**fields):
        dates = {"issued_on": clock.today() - timedelta(days=10), "expires_on": clock.today() + timedelta(days=10)}
        dates |= {name: fields.pop(name) for name in tuple(dates) if name in fields}
        fields = {
            "unit": unit,
            "order": DetentionOrder(kind="arrest", authority="Rabat", reference="M-1", **dates),
            "legal_status": "remand",
            "registration_number": "31",
            "admitted_at": clock.now() - timedelta(hours=1),
            "by": officer,
        } | fields
        return admissions.admit(arriving, **fields)

    return act


def test_nobody_is_admitted_on_an_expired_order(admit, arriving):
    at = ago(3)
    day = timezone.localdate(at)
    with pytest.raises(ValidationError) as refusal:
        admit(admitted_at=at, expires_on=day - timedelta(days=1))
    assert refusal.value.message_dict == {"expires_on": ["The order had expired before the admission."]}
    arriving.refresh_from_db()
    assert (arriving.status, arriving.admissions.count()) == ("not_admitted", 0)
    assert not DetentionOrder.objects.exists()
    # Its last day still counts, whatever has expired since.
    assert admit(admitted_at=at, expires_on=day).order.expires_on == day


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"admitted_at": ago(-2)}, "admitted_at"),
        ({"admitted_at": clock.midnight(date(1980, 1, 1)) + timedelta(hours=8)}, "birth_date"),
        ({"registration_number": "7"}, "registration_number"),
        ({"issued_on": clock.today() + timedelta(days=2), "expires_on": None}, "issued_on"),
        ({"expires_on": clock.today() - timedelta(days=2)}, "expires_on"),
    ],
)
def test_an_admission_that_cannot_be_changes_nothing(admit, arriving, unit, officer, fields, field):
    make_inmate(unit, by=officer, number="7")
    orders = DetentionOrder.objects.count()
    with pytest.raises(ValidationError) as refusal:
        admit(**fields)
    assert list(refusal.value.message_dict) == [field]
    arriving.refresh_from_db()
    assert (arriving.status, arriving.unit, arriving.admissions.count()) == ("not_admitted", None, 0)
    assert DetentionOrder.objects.count() == orders


def test_only_the_prison_that_receives_admits_and_only_once(admit, arriving, officer2):
    with pytest.raises(PermissionDenied):
        admit(by=officer2)
    admit()
    with pytest.raises(InvalidTransition, match="in custody already"):
        admit(registration_number="32")
    assert arriving.admissions.count() == 1
    assert RegistrationNumber.objects.filter(inmate=arriving).count() == 1


def test_an_admission_is_kept_with_its_order_number_ground_and_place(admit, arriving, unit, officer):
    token, at = uuid4(), clock.now() - timedelta(hours=1)
    day = timezone.localdate(at)
    admission = admit(token=token, admitted_at=at)
    arriving.refresh_from_db()
    assert (admission.uuid, admission.facility, admission.admitted_by) == (token, unit.facility, officer)
    assert (arriving.status, arriving.legal_status, arriving.registration_number) == ("in_custody", "remand", "31")
    assert (arriving.admitted_on, arriving.facility, arriving.unit) == (day, unit.facility, unit)
    assert admission.order.inmate == arriving
    number = RegistrationNumber.objects.get(inmate=arriving)
    assert (number.facility, number.number, number.admission, number.given_on) == (unit.facility, "31", admission, day)
    assert list(admission.legal_statuses.values_list("status", "starts_on", "ends_on")) == [("remand", day, None)]
    placement = arriving.placements.get()
    assert (placement.unit, placement.during.lower, placement.during.upper) == (unit, at, None)
    event = Event.objects.get(verb="inmate.admitted")
    assert event.detail == {"order": "arrest", "unit": unit.name}


def test_somebody_who_comes_back_the_same_day_has_one_ground_a_day(admit, arriving, officer):
    today = clock.today()
    first = admit(admitted_at=ago(2))
    releases.release(arriving, ground="death", at=clock.now() - timedelta(minutes=30), by=officer)
    last = first.legal_statuses.get()
    second = admit(admitted_at=clock.now() - timedelta(minutes=10), registration_number="32")
    assert second.legal_statuses.get().starts_on == max(last.ends_on, today)


def test_an_exception_ends_in_the_future_and_is_kept_only_where_one_is_needed(admit, prison):
    full = UnitFactory(facility=prison, name="Z", certified_capacity=1, working_capacity=0)
    for fields in (
        {"exception_reason": "Night"},
        {"exception_until": clock.today() + timedelta(days=1)},
        {"exception_reason": " ", "exception_until": clock.today() + timedelta(days=1)},
    ):
        with pytest.raises(ValidationError) as refusal:
            admit(unit=full, **fields)
        assert list(refusal.value.message_dict) == ["unit"]
    with pytest.raises(ValidationError) as refusal:
        admit(unit=full, exception_reason="Night", exception_until=clock.today())
    assert list(refusal.value.message_dict) == ["exception_until"]
    admit(exception_reason="Night", exception_until=clock.today() + timedelta(days=1))
    placement = Placement.objects.get()
    assert (placement.exceptions, placement.exception_reason, placement.exception_until) == ([], "", None)


def test_an_order_that_names_no_paper_and_a_number_too_long_admit_nobody(admit, arriving, unit):
    nameless = DetentionOrder(kind="arrest", authority="", reference="", issued_on=clock.today())
    for fields, wrong in (
        ({"order": nameless}, ["authority", "reference"]),
        ({"registration_number": "9" * 99}, ["number"]),
    ):
        with pytest.raises(ValidationError) as refusal:
            admit(**fields)
        assert sorted(refusal.value.message_dict) == wrong
    assert not arriving.admissions.exists()


def test_the_rooms_above_are_told_and_may_stop_it(admit, arriving, officer, monkeypatch):
    heard = []
    monkeypatch.setattr(hooks, "after_admission", [lambda *args, by: heard.append((*args, by))])
    admission = admit()
    assert heard == [(arriving, admission, officer)]
    monkeypatch.setattr(hooks, "after_release", [lambda *args, by: heard.append((*args, by)) or 1 / 0])
    with pytest.raises(ZeroDivisionError):
        releases.release(arriving, ground="death", by=officer)
    assert heard[1:] == [(arriving, admission, officer)]
    arriving.refresh_from_db()
    assert arriving.held


def test_somebody_who_comes_back_still_serves_what_stands(unit, officer):
    inmate = make_inmate(unit, by=officer)
    until = inmate.release_on
    left = clock.now() - timedelta(hours=2)
    releases.release(inmate, ground="conditional", reference="C-1", at=left, by=officer)
    Inmate.objects.filter(pk=inmate.pk).update(release_on=None, release_basis="none")
    admissions.admit(
        inmate,
        unit=unit,
        order=DetentionOrder(kind="arrest", authority="Rabat", reference="M-2", issued_on=clock.today()),
        legal_status="convicted_final",
        registration_number="31",
        admitted_at=left + timedelta(seconds=1),  # back the same day
        by=officer,
    )
    inmate.refresh_from_db()
    assert (inmate.release_on, inmate.release_basis) == (until, "computed")
