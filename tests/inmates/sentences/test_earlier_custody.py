"""Earlier stays on remand are offered for a sentence, ticked; leaving one out needs a reason, and none stays silent."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import admissions, releases
from inmates.custody.models import DetentionOrder
from inmates.duplicates.actions import merges
from inmates.people.actions import corrections
from inmates.people.corrections import find
from inmates.people.models import Task
from inmates.sentences import actions, hooks
from inmates.sentences.known_custody import unbroken_since
from inmates.sentences.models import Sentence, TimeAtLarge
from tests.factories import ago, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


@pytest.fixture
def back(unit, officer):
    """Somebody held on remand from 300 to 250 days ago, released, and admitted again 100 days ago."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=300)
    released = ago(250)
    releases.release(inmate, ground="provisional", reference="O-1", at=released, by=officer)
    inmate.refresh_from_db()
    admissions.admit(
        inmate,
        unit=unit,
        order=DetentionOrder(kind="remand", authority="R", reference="Again", issued_on=day(-100)),
        legal_status="remand",
        registration_number="99002",
        admitted_at=ago(100),
        by=officer,
    )
    inmate.refresh_from_db()
    return inmate


def sentence(inmate, officer, **fields):
    fields = {"years": 2, "starts_on": day(-100), "pronounced_on": day(-5)} | fields
    remand = fields.pop("remand", ())
    return actions.pronounce(Sentence(case=inmate.cases.get(), inmate=inmate, **fields), remand=remand, by=officer)


def asked(inmate):
    return Task.objects.open().filter(inmate=inmate, kind="earlier_custody", due_on=clock.today()).exists()


def test_an_earlier_stay_on_remand_is_found_until_it_counts(back, officer):
    stay = back.admissions.order_by("admitted_at").first()
    (stretch,) = hooks.uncounted(back)
    assert stretch.first_day == timezone.localdate(stay.admitted_at)
    assert stretch.day_after_last == timezone.localdate(stay.released_at)
    assert hooks.uncounted(back, before=stretch.first_day) == []
    sentence(back, officer, remand=[(stretch.first_day, stretch.day_after_last)])
    assert hooks.uncounted(back) == []
    assert not asked(back)


def test_a_sentence_that_is_silent_about_it_becomes_a_task(back, officer):
    sentence(back, officer)
    assert asked(back)


def test_a_reason_to_leave_it_out_is_enough(back, officer):
    sentence(back, officer, earlier_custody="Other proceedings, counted there")
    assert not asked(back)


def test_a_stay_in_which_the_sentence_began_is_not_offered(inmate, unit, officer):
    assert hooks.uncounted(inmate) == []


def test_the_task_is_settled_by_counting_or_by_a_reason(back, officer, officer2):
    one = sentence(back, officer)
    back.refresh_from_db()
    (stretch,) = hooks.uncounted(back)
    before, pair = back.release_on, (stretch.first_day, stretch.day_after_last)
    with pytest.raises(PermissionDenied):
        actions.count_earlier_custody(one, remand=[pair], by=officer2)
    with pytest.raises(ValidationError) as refusal:
        actions.count_earlier_custody(one, remand=[], by=officer)
    assert list(refusal.value.message_dict) == ["earlier_custody"]
    with pytest.raises(ValidationError, match="not offered"):
        actions.count_earlier_custody(one, remand=[(day(-400), day(-399))], reason="R", by=officer)
    actions.count_earlier_custody(one, remand=[pair], by=officer)
    back.refresh_from_db()
    assert before - back.release_on == stretch.day_after_last - stretch.first_day
    assert not asked(back)
    with pytest.raises(InvalidTransition, match="No earlier stay"):
        actions.count_earlier_custody(one, remand=[], reason="R", by=officer)


def test_the_form_offers_it_ticked_and_asks_why_not(client, back, officer):
    client.force_login(officer)
    address = reverse("inmates:add_sentence", args=[back.uuid])
    page = client.get(address).content.decode()
    assert 'name="stay_0"' in page
    assert page.split('name="stay_0"')[1].split(">")[0].count("checked") == 1
    data = {
        "case": back.cases.get().pk,
        "sentence_kind": "term",
        "years": "2",
        "starts_on": f"{day(-100):%d/%m/%Y}",
    }
    refused = client.post(address, data)
    assert refused.status_code == 422
    assert "Say why a stay is left out." in refused.content.decode()
    assert client.post(address, data | {"stay_0": "on"}).status_code == 302
    assert back.sentences.get().remand_periods.count() == 1


def test_the_page_of_a_sentence_takes_the_reason(client, back, officer):
    one = sentence(back, officer)
    client.force_login(officer)
    address = reverse("inmates:sentence_earlier", args=[back.uuid, one.pk])
    assert client.post(address, {"earlier_custody": ""}).status_code == 422
    assert client.post(address, {"earlier_custody": "Counted in another case"}).status_code == 302
    assert "Counted in another case" in client.get(reverse("inmates:tab_custody", args=[back.uuid])).content.decode()
    assert not asked(back)


# At the admission


@pytest.fixture
def freed(unit, officer):
    """Somebody held on remand from 300 to 250 days ago, released and at liberty since."""
    inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=300)
    released = ago(250)
    releases.release(inmate, ground="provisional", reference="O-1", at=released, by=officer)
    inmate.refresh_from_db()
    return inmate


def form_of(unit, **fields):
    """The admission of somebody convicted, sentenced from today on."""
    return {
        "token": str(uuid4()),
        "kind": "judgment",
        "authority": "CA Rabat",
        "reference": "J-1",
        "issued_on": f"{day(0):%d/%m/%Y}",
        "legal_status": "convicted_appeal",
        "registration_number": "99003",
        "admitted_at": f"{timezone.localtime():%d/%m/%Y %H:%M}",
        "unit": unit.pk,
        "court": "Rabat",
        "number": "5/26",
        "sentence_kind": "term",
        "years": "2",
        "starts_on": f"{day(0):%d/%m/%Y}",
        "pronounced_on": f"{day(0):%d/%m/%Y}",
    } | fields


def test_the_admission_shows_earlier_stays_ticked_and_carries_them(client, freed, unit, officer):
    client.force_login(officer)
    address = reverse("inmates:readmit", args=[freed.uuid])
    page = client.get(address).content.decode()
    assert page.split('name="stay_0"')[1].split(">")[0].count("checked") == 1
    assert unit.facility.name in page.split('name="stay_0"')[1].split("</label>")[0]
    assert client.post(address, form_of(unit, stay_0="on")).status_code == 302
    period = freed.sentences.get().remand_periods.get()
    assert (period.day_after_last - period.first_day).days in (50, 51)
    assert not asked(freed)


def test_at_the_admission_too_leaving_one_out_needs_a_reason(client, freed, unit, officer):
    client.force_login(officer)
    address = reverse("inmates:readmit", args=[freed.uuid])
    refused = client.post(address, form_of(unit))
    assert refused.status_code == 422
    assert "Say why a stay is left out." in refused.content.decode()
    assert client.post(address, form_of(unit, earlier_custody="Counted in another case")).status_code == 302
    assert freed.sentences.get().earlier_custody == "Counted in another case"
    assert not asked(freed)


def test_without_a_sentence_nothing_is_asked_and_it_is_offered_later(client, freed, unit, officer):
    client.force_login(officer)
    data = form_of(
        unit,
        kind="remand",
        endless="on",
        legal_status="remand",
        sentence_kind="",
        years="",
        starts_on="",
        pronounced_on="",
    )
    assert client.post(reverse("inmates:readmit", args=[freed.uuid]), data).status_code == 302
    freed.refresh_from_db()
    assert 'name="stay_0"' in client.get(reverse("inmates:add_sentence", args=[freed.uuid])).content.decode()


def test_another_prison_sees_the_days_and_not_the_place(client, freed, unit, officer2):
    client.force_login(officer2)
    page = client.get(reverse("inmates:readmit", args=[freed.uuid])).content.decode()
    label = page.split('name="stay_0"')[1].split("</label>")[0]
    assert "In custody from" in label
    assert unit.facility.name not in label


# Where a sentence is counted from


def test_the_form_proposes_the_first_day_of_the_unbroken_custody(client, inmate, back, officer):
    client.force_login(officer)
    for one in (inmate, back):
        page = client.get(reverse("inmates:add_sentence", args=[one.uuid])).content.decode()
        assert f'value="{one.admitted_on:%d/%m/%Y}"' in page.split('name="starts_on"')[1].split(">")[0]


def test_an_escape_breaks_it(inmate, officer):
    TimeAtLarge.objects.create(inmate=inmate, first_day=day(-90), day_after_last=day(-80))
    assert unbroken_since(inmate) == day(-80)


def test_remand_that_reaches_into_the_sentence_is_refused_at_its_field(client, back, officer):
    client.force_login(officer)
    data = {"case": back.cases.get().pk, "sentence_kind": "term", "years": "2", "stay_0": "on"}
    data |= {"starts_on": f"{day(-100):%d/%m/%Y}", "remand_from_1": f"{day(-120):%d/%m/%Y}"}
    address = reverse("inmates:add_sentence", args=[back.uuid])
    refused = client.post(address, data | {"remand_to_1": f"{day(-100):%d/%m/%Y}"})
    assert refused.status_code == 422
    assert "remand ends with the day before" in refused.content.decode()
    assert client.post(address, data | {"remand_to_1": f"{day(-101):%d/%m/%Y}"}).status_code == 302


def test_a_correction_does_not_move_remand_into_the_sentence(back, officer):
    one = sentence(back, officer, remand=[(day(-120), day(-110))])
    period = one.remand_periods.get()
    with pytest.raises(ValidationError) as refusal:
        corrections.foresee(find("remand"), period, {"day_after_last": day(-99).isoformat()}, by=officer)
    assert list(refusal.value.message_dict) == ["day_after_last"]
    corrections.foresee(find("remand"), period, {"day_after_last": day(-100).isoformat()}, by=officer)


def test_two_records_merged_leave_no_earlier_stay_silent(freed, inmate, officer, director):
    sentence = inmate.sentences.get()
    merges.approve(merges.propose(inmate, freed, reason="Same fingerprints", by=officer), by=director)
    inmate.refresh_from_db()
    assert hooks.uncounted(inmate, before=sentence.starts_on)
    assert asked(inmate)
