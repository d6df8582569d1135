"""The day of a release typed wrong is put right, also once the person is back; a namesake's stay before a return goes."""

from datetime import datetime, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, outings, releases
from inmates.custody.derived_columns import disagreements
from inmates.custody.models import Admission, DetentionOrder, Outing
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alert, Inmate
from inmates.sentences.models import TimeAtLarge
from tests.factories import make_inmate

WHY = {"why": "The gate book says another day", "paper": "Gate book, page 12"}


def day(n):
    return clock.today() + timedelta(days=n)


def noon(days_ago):
    return timezone.make_aware(datetime.combine(day(-days_ago), time(12)))


def put_right(stay, moment, by):
    stay = Admission.objects.get(pk=stay.pk)
    found = correctables.find("release_day")
    return corrections.correct(
        found, stay, {"released_at": correctables.as_stored(stay, "released_at", moment)}, by=by, **WHY
    )


def admit_again(inmate, unit, days_ago, by, reference="M 9"):
    inmate = Inmate.objects.get(pk=inmate.pk)
    order = DetentionOrder(kind="arrest", authority="Cour", reference=reference, issued_on=day(-days_ago))
    return admissions.admit(
        inmate,
        unit=unit,
        order=order,
        legal_status="convicted_final",
        registration_number=f"9{days_ago}",
        admitted_at=noon(days_ago),
        by=by,
    )


@pytest.fixture
def gone(unit, officer):
    """Somebody held from 200 to 100 days ago, out on a judge's written order, as typed."""
    inmate = make_inmate(unit, by=officer, years=3, days_ago=200)
    stay = releases.release(inmate, ground="judicial", reference="J-1", at=noon(100), by=officer)
    return Inmate.objects.get(pk=inmate.pk), stay


def test_it_waits_for_a_second_person_and_everything_that_ended_that_day_moves_along(gone, officer, director):
    _inmate, stay = gone
    made = put_right(stay, noon(90), officer)
    assert (made.state, "release_day" in made.moves) == ("proposed", True)
    assert Admission.objects.get(pk=stay.pk).released_at == noon(100)
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    corrections.confirm(made, by=director)
    stored = Admission.objects.get(pk=stay.pk)
    assert stored.released_at == noon(90)
    assert stored.placements.get().during.upper == noon(90)
    assert stored.legal_statuses.get().ends_on == day(-90)
    assert stored.order.lifted_on == day(-90)
    assert not list(disagreements())


def test_once_the_person_is_back_the_days_at_liberty_follow(gone, unit, officer, director):
    inmate, stay = gone
    admit_again(inmate, unit, 40, officer)
    before = TimeAtLarge.objects.get(inmate=inmate)
    assert (before.first_day, before.day_after_last) == (day(-100), day(-40))
    corrections.confirm(put_right(stay, noon(90), officer), by=director)
    after = TimeAtLarge.objects.get(inmate=inmate)
    assert (after.pk, after.first_day, after.day_after_last) == (before.pk, day(-90), day(-40))
    computation = Inmate.objects.get(pk=inmate.pk).release_computations.first()
    assert [step["days"] for step in computation.steps if "days" in step and step["code"] == "at_liberty"] in ([50], [])
    assert not list(disagreements())


def test_a_refused_one_leaves_the_day_as_it_was(gone, officer, director):
    _inmate, stay = gone
    corrections.refuse(put_right(stay, noon(90), officer), reason="The gate book was read wrong by us", by=director)
    assert Admission.objects.get(pk=stay.pk).released_at == noon(100)


def test_back_on_the_day_of_the_return_no_day_at_liberty_is_left(gone, unit, officer, director):
    inmate, stay = gone
    admit_again(inmate, unit, 40, officer)
    corrections.confirm(put_right(stay, noon(40) - timedelta(hours=2), officer), by=director)
    assert not TimeAtLarge.objects.filter(inmate=inmate).exists()
    assert TimeAtLarge.everything.filter(inmate=inmate, annulled_at__isnull=False).exists()


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (noon(300), "before the admission"),
        (noon(-1), "in the future"),
        (noon(30), "next stay had begun"),
        (noon(150), "happened after that day"),
    ],
    ids=["before", "future", "next stay", "an absence since"],
)
def test_between_what_happened_last_and_the_next_stay(unit, officer, moment, words):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=200)
    stay = inmate.admissions.get()
    outings.plan(inmate, kind=Outing.Kind.HOSPITAL, planned_on=clock.today(), place="CHU", by=officer)
    outing = inmate.outings.get()
    Outing.objects.filter(pk=outing.pk).update(
        planned_on=day(-120), left_at=noon(120), back_at=noon(119), outcome="Back"
    )
    releases.release(inmate, ground="judicial", reference="J-1", at=noon(100), by=officer)
    admit_again(inmate, unit, 40, officer)
    with pytest.raises(ValidationError, match=words):
        put_right(stay, moment, officer)
    assert Admission.objects.get(pk=stay.pk).released_at == noon(100)


def test_on_the_page_in_the_words_of_the_reader(client, gone, officer):
    inmate, stay = gone
    client.force_login(officer)
    page = client.get(reverse("inmates:tab_corrections", args=[inmate.uuid])).content.decode()
    assert "Day of release" in page
    form = client.get(reverse("inmates:correct", args=["release_day", stay.pk]))
    assert form.status_code == 200


def test_a_namesakes_stay_before_a_return_is_taken_back_and_the_return_stands(unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=200)
    inmate.detention_orders.update(case=inmate.cases.get())
    first = inmate.admissions.get()
    releases.release(inmate, ground="judicial", reference="J-1", at=noon(100), by=officer)
    second = admit_again(inmate, unit, 40, officer)
    found = correctables.find("admission")
    made = corrections.annul(found, Admission.objects.get(pk=first.pk), by=officer, **WHY)
    assert Admission.objects.filter(pk=first.pk).exists()
    corrections.confirm(made, by=director)
    stored = Inmate.objects.get(pk=inmate.pk)
    assert list(stored.admissions.all()) == [second]
    assert (stored.status, stored.unit, stored.admitted_on) == ("in_custody", unit, day(-40))
    assert not stored.cases.exists()
    assert not TimeAtLarge.objects.filter(inmate=inmate).exists()
    assert stored.placements.count() == stored.legal_statuses.count() == 1
    assert not list(disagreements())
    assert Alert.objects.filter(inmate=inmate, kind=Alert.Kind.ADMISSION_UNDONE).exists()


def test_of_three_stays_the_one_in_between_goes_and_the_time_at_liberty_is_one(gone, unit, officer, director):
    inmate, _first = gone
    middle = admit_again(inmate, unit, 80, officer)
    releases.release(Inmate.objects.get(pk=inmate.pk), ground="judicial", reference="J-2", at=noon(70), by=officer)
    admit_again(inmate, unit, 40, officer, reference="M 10")
    assert TimeAtLarge.objects.filter(inmate=inmate).count() == 2
    made = corrections.annul(correctables.find("admission"), Admission.objects.get(pk=middle.pk), by=officer, **WHY)
    corrections.confirm(made, by=director)
    away = TimeAtLarge.objects.get(inmate=inmate)
    assert (away.first_day, away.day_after_last) == (day(-100), day(-40))
    assert not list(disagreements())


def test_what_happened_in_that_stay_is_put_right_first(unit, officer, director):
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=200)
    first = inmate.admissions.get()
    outings.plan(inmate, kind=Outing.Kind.HOSPITAL, planned_on=clock.today(), place="CHU", by=officer)
    releases.release(inmate, ground="judicial", reference="J-1", at=noon(100), by=officer)
    admit_again(inmate, unit, 40, officer)
    with pytest.raises(InvalidTransition, match="Put right or annul first"):
        corrections.annul(correctables.find("admission"), Admission.objects.get(pk=first.pk), by=officer, **WHY)


def test_the_last_stay_that_ended_is_taken_back_by_its_release_first(gone, officer):
    _inmate, stay = gone
    with pytest.raises(InvalidTransition, match="the release is taken back first"):
        corrections.annul(correctables.find("admission"), stay, by=officer, **WHY)


def test_where_the_next_stay_began_the_day_it_ended_the_days_at_liberty_before_stay(gone, unit, officer, director):
    """Admitted on a wrong order, released at once and admitted anew that day: the first release is not forgotten."""
    inmate, _first = gone
    wrong = admit_again(inmate, unit, 40, officer)
    out = noon(40) + timedelta(hours=1)
    releases.release(Inmate.objects.get(pk=inmate.pk), ground="judicial", reference="J-2", at=out, by=officer)
    order = DetentionOrder(kind="arrest", authority="Cour", reference="M 10", issued_on=day(-40))
    again = {"unit": unit, "legal_status": "convicted_final", "registration_number": "910", "by": officer}
    admissions.admit(Inmate.objects.get(pk=inmate.pk), order=order, admitted_at=noon(40) + timedelta(hours=2), **again)
    made = corrections.annul(correctables.find("admission"), Admission.objects.get(pk=wrong.pk), by=officer, **WHY)
    corrections.confirm(made, by=director)
    away = TimeAtLarge.objects.get(inmate=inmate)
    assert (away.first_day, away.day_after_last) == (day(-100), day(-40))


def test_a_sentence_on_which_the_next_stay_may_rest_is_annulled_by_itself_first(unit, officer):
    inmate = make_inmate(unit, by=officer, years=3, days_ago=200)
    inmate.detention_orders.update(case=inmate.cases.get())
    first = inmate.admissions.get()
    releases.release(inmate, ground="judicial", reference="J-1", at=noon(100), by=officer)
    admit_again(inmate, unit, 40, officer)
    with pytest.raises(InvalidTransition, match="Put right or annul first"):
        corrections.annul(correctables.find("admission"), Admission.objects.get(pk=first.pk), by=officer, **WHY)
    assert inmate.sentences.standing().exists()
