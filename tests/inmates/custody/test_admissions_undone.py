"""An admission entered for the wrong person, or twice, is taken back by two people; its day is put right."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.classification.in_force import disagreements as of_classification
from inmates.conditions.models import Contact
from inmates.custody import occupancy
from inmates.custody.actions import admissions, releases
from inmates.custody.derived_columns import disagreements
from inmates.custody.models import Admission, DetentionOrder, Placement, RegistrationNumber
from inmates.duplicates.actions import merges
from inmates.fines import actions as fines
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Correction, Inmate
from inmates.sentences import actions as sentences
from reports.statistics import statistics
from tests.factories import ago, make_inmate

WHY = {"why": "The man at the door was a namesake", "paper": "Letter 5"}


def take_back(inmate, by):
    stay = inmate.admissions.order_by("admitted_at").last()
    return corrections.annul(correctables.find("admission"), stay, by=by, **WHY)


def admit_again(inmate, unit, by, at=None, number="77"):
    return admissions.admit(
        inmate,
        unit=unit,
        order=DetentionOrder(kind="arrest", authority="Cour", reference="M 9", issued_on=clock.today()),
        legal_status="remand",
        registration_number=number,
        admitted_at=at or ago(1),
        by=by,
    )


@pytest.fixture
def remanded(unit, officer):
    """Somebody admitted on remand 200 days ago, with their case on the order of admission."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", number="4711")
    inmate.detention_orders.update(case=inmate.cases.get())
    return sentences.recompute(inmate, cause="test", by=officer)


def test_two_people_and_nothing_of_it_counts(remanded, unit, prison, officer, director):
    made = take_back(remanded, officer)
    assert "stay" in made.moves
    assert Inmate.objects.get(pk=remanded.pk).held  # until a second person confirms
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    corrections.confirm(made, by=director)
    stored = Inmate.objects.get(pk=remanded.pk)
    columns = (stored.status, stored.unit, stored.registration_number, stored.legal_status, stored.admitted_on)
    assert columns == ("not_admitted", None, "", "", None)
    assert stored.facility == prison  # whose staff still find the record
    for model in (Admission, Placement, RegistrationNumber, DetentionOrder):
        assert not model.objects.filter(inmate=remanded).exists()
        assert model.everything.filter(inmate=remanded, annulled_at__isnull=False).exists()
    assert not stored.cases.exists()
    assert not list(disagreements())
    assert not list(disagreements(clock.today() - timedelta(days=100)))
    assert [one.inside for one in occupancy.units(prison) if one == unit] == [0]
    assert statistics(clock.today() - timedelta(days=50))["custody"]["total"] == 0
    assert not Inmate.objects.search("4711")
    told = Alert.objects.filter(inmate=remanded, kind="admission_undone")
    assert set(told.values_list("audience", flat=True)) == {"prison", "national"}


def test_the_number_is_free_for_the_right_person(remanded, unit, officer, director):
    other = make_inmate(unit, by=officer, legal_status="remand")
    releases.release(other, ground="judicial", reference="O 1", by=officer)
    with pytest.raises(ValidationError, match="already used"):
        admit_again(other, unit, officer, at=clock.now(), number="4711")
    corrections.confirm(take_back(remanded, officer), by=director)
    admit_again(other, unit, officer, at=clock.now(), number="4711")
    assert list(Inmate.objects.search("4711")) == [other]


def test_not_confirmed_the_stay_is_as_before(remanded, officer, director):
    made = take_back(remanded, officer)
    corrections.refuse(made, reason="It is the same man", by=director)
    stored = Inmate.objects.get(pk=remanded.pk)
    assert (stored.status, stored.registration_number, stored.cases.count()) == ("in_custody", "4711", 1)
    assert not list(disagreements())


def test_decided_on_paper_and_then_refused_everything_stands_again(remanded, officer, director, reviewer):
    made = corrections.decide_on_paper(take_back(remanded, officer), paper="Note 3", by=director)
    assert not Inmate.objects.get(pk=remanded.pk).held
    corrections.refuse(made, reason="It is the same man", by=reviewer)
    stored = Inmate.objects.get(pk=remanded.pk)
    assert (stored.status, stored.unit, stored.admitted_on) == ("in_custody", remanded.unit, remanded.admitted_on)
    assert stored.placements.current().exists()
    assert not list(disagreements())


def test_the_stay_before_is_what_is_left(unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    releases.release(inmate, ground="judicial", reference="O 1", at=ago(30), by=officer)
    inmate.refresh_from_db()
    number = inmate.registration_number
    admit_again(inmate, unit, officer)
    assert inmate.times_at_large.exists()
    corrections.confirm(take_back(inmate, officer), by=director)
    stored = Inmate.objects.get(pk=inmate.pk)
    assert (stored.status, stored.registration_number, stored.times_at_large.count()) == ("released", number, 0)
    assert stored.cases.exists()  # the case of the stay before is its own
    assert not list(disagreements())


def test_what_hangs_on_it_is_named_and_comes_first(remanded, officer, director):
    case = remanded.cases.get()
    fines.record_fine(case, amount=100, imposed_on=clock.today(), by=officer)
    Contact.objects.create(
        inmate=remanded, facility=remanded.facility, kind="visit", on=clock.today(), recorded_by=officer
    )
    with pytest.raises(InvalidTransition, match="fine, visit or call"):
        take_back(remanded, officer)
    releases.release(remanded, ground="judicial", reference="O 1", by=officer)
    with pytest.raises(InvalidTransition, match="release is taken back first"):
        take_back(remanded, officer)


def test_what_came_while_it_waited_keeps_it(remanded, officer, director):
    made = take_back(remanded, officer)
    Contact.objects.create(
        inmate=remanded, facility=remanded.facility, kind="visit", on=clock.today(), recorded_by=officer
    )
    with pytest.raises(InvalidTransition, match="hangs on this stay"):
        corrections.confirm(made, by=director)


def test_one_person_admitted_twice_is_merged_once_one_stay_is_taken_back(unit, officer, director, reviewer):
    one, twice = (make_inmate(unit, by=officer, legal_status="remand") for _n in range(2))
    with pytest.raises(InvalidTransition, match="taken back first"):
        merges.propose(one, twice, reason="One man", by=officer)
    twice.detention_orders.update(case=twice.cases.get())
    corrections.confirm(take_back(twice, officer), by=director)
    merges.approve(merges.propose(one, twice, reason="One man", by=officer), by=director)
    kept = Inmate.objects.get(pk=one.pk)
    assert (kept.status, kept.admissions.count(), kept.registration_number) == (
        "in_custody",
        1,
        one.registration_number,
    )
    assert not list(disagreements())


def test_a_day_typed_wrong_is_put_right_with_what_follows_it(client, remanded, officer):
    stay, right = remanded.admissions.get(), ago(190)
    client.force_login(officer)
    address = reverse("inmates:correct", args=["admission", stay.pk])
    sent = {"admitted_at": f"{timezone.localtime(right):%d/%m/%Y %H:%M}"}
    assert client.post(address, {**sent, "admitted_at": "01/01/2090 10:00", **WHY}).status_code == 422
    answer = client.post(address, sent | WHY)
    if answer.status_code == 200:  # read before it is kept
        answer = client.post(address, sent | WHY | {"confirmed": answer.context["form"].data["confirmed"]})
    assert answer.status_code == 302
    assert (Correction.objects.get().moves, Correction.objects.get().state) == ([], "done")
    stored, day = Inmate.objects.get(pk=remanded.pk), timezone.localdate(right)
    assert stored.admitted_on == stored.legal_statuses.get().starts_on == day
    assert stored.registration_numbers.get().given_on == day
    assert timezone.localdate(stored.placements.get().during.lower) == day
    assert not list(disagreements())


def test_not_before_the_stay_before_had_ended_nor_after_what_happened(unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand")
    releases.release(inmate, ground="judicial", reference="O 1", at=ago(30), by=officer)
    inmate.refresh_from_db()
    stay = admit_again(inmate, unit, officer, at=ago(10))

    def put(at, which=stay):
        values = {"admitted_at": Admission(admitted_at=at)._meta.get_field("admitted_at").value_to_string(
            Admission(admitted_at=at)
        )}  # fmt: skip
        return corrections.correct(correctables.find("admission"), which, values, by=officer, **WHY)

    for at, words in ((ago(40), "had not ended"), (clock.now() + timedelta(days=1), "future")):
        with pytest.raises(ValidationError, match=words):
            put(at)
    with pytest.raises(ValidationError, match="happened before"):
        put(ago(5), inmate.admissions.order_by("admitted_at").first())
    put(ago(12))
    assert inmate.times_at_large.get().day_after_last == timezone.localdate(ago(12))
    assert not [*disagreements(), *of_classification()]
