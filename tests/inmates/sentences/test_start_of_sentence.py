"""From when a sentence is counted, and days in custody before it: none is lost, and none gained, without a question."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from config import clock
from core.templatetags.display import day_text
from inmates.court_appeals import actions as court_appeals
from inmates.custody.actions import admissions, releases
from inmates.custody.models import DetentionOrder
from inmates.people import corrections as correctables
from inmates.people.actions import alerts, corrections
from inmates.people.models import Correction, Inmate
from inmates.sentences import actions, hooks, panels
from inmates.sentences.models import RemandPeriod, Sentence, TimeAtLarge
from tests.factories import ago, make_inmate


def day(n):
    return clock.today() + timedelta(days=n)


def shown(n):
    return f"{day(n):%d/%m/%Y}"


def stored(inmate):
    return Inmate.objects.get(pk=inmate.pk)


def asked(inmate):
    """Whether somebody is asked today about custody before a sentence."""
    return inmate.tasks.open().filter(kind="earlier_custody", due_on=clock.today()).exists()


def again(inmate, unit, officer, *, days_ago, status="convicted_appeal"):
    admissions.admit(
        stored(inmate), unit=unit, legal_status=status, registration_number="99021", admitted_at=ago(days_ago), by=officer,
        order=DetentionOrder(kind="judgment", authority="R", reference="Again", issued_on=day(-days_ago)),
    )  # fmt: skip
    return stored(inmate)


def sentence(inmate, officer, *, case=None, remand=(), **fields):
    fields = {"years": 4, "pronounced_on": day(-5)} | fields
    case = case or inmate.cases.get()
    return actions.pronounce(Sentence(case=case, inmate=inmate, **fields), remand=remand, by=officer)


@pytest.fixture
def untried(unit, officer):
    """Somebody held on remand for 700 days."""
    return make_inmate(unit, by=officer, legal_status="remand", days_ago=700)


def retried(unit, officer, *, remand_first):
    """Sentenced, or on remand and then sentenced; quashed and sent back, at liberty, and back in custody for the same case."""
    if remand_first:
        inmate = make_inmate(unit, by=officer, legal_status="remand", days_ago=700)
        one = sentence(inmate, officer, years=5, starts_on=day(-700), pronounced_on=day(-400))
    else:
        inmate = make_inmate(unit, by=officer, legal_status="convicted_appeal", days_ago=700, years=5)
        one = inmate.sentences.get()
    appeal = court_appeals.declare_appeal(
        one.case, kind="appeal", party="prosecution", court="Rabat", at=ago(90), by=officer
    )
    court_appeals.decide_appeal(appeal, outcome="sent_back", on=day(-60), decision="R 1", held=False, by=officer)
    releases.release(stored(inmate), ground="provisional", reference="R 1", at=ago(60), by=officer)
    return again(inmate, unit, officer, days_ago=10)


# A retrial


@pytest.mark.parametrize("remand_first", [False, True])
def test_custody_under_a_quashed_judgment_is_offered_whole_in_the_retrial(client, unit, officer, remand_first):
    inmate = retried(unit, officer, remand_first=remand_first)
    (stretch,) = hooks.uncounted(inmate)
    assert (stretch.first_day, stretch.day_after_last) == (day(-700), day(-60))
    one = sentence(inmate, officer, starts_on=day(-10))
    assert asked(inmate)
    before = stored(inmate).release_on
    client.force_login(officer)
    address = reverse("inmates:sentence_earlier", args=[inmate.uuid, one.pk])
    assert client.post(address, {"stay_0": "on"}).status_code == 302
    assert (before - stored(inmate).release_on).days == 640
    assert not asked(inmate)
    assert not inmate.alerts.filter(kind="earlier_custody", acknowledged_at=None).exists()


def test_days_in_which_another_sentence_ran_are_never_offered(unit, officer):
    """Served one sentence, conditionally released, back for another case: those days were that sentence's."""
    inmate = make_inmate(unit, by=officer, days_ago=700, years=5)
    releases.release(inmate, ground="conditional", reference="C", at=ago(300), by=officer)
    inmate = again(inmate, unit, officer, days_ago=10)
    case = actions.open_case(inmate, court="Fès", number="7", by=officer)
    sentence(inmate, officer, case=case, starts_on=day(-10))
    assert hooks.uncounted(inmate, before=day(0)) == []
    assert not asked(inmate)


def test_what_was_held_after_a_served_sentence_is_offered_and_an_escape_is_not(unit, officer):
    """One year served, then remand in another case until the release; ten days of it out."""
    inmate = make_inmate(unit, by=officer, days_ago=700, years=1)
    end = stored(inmate).release_on
    TimeAtLarge.objects.create(inmate=inmate, first_day=day(-200), day_after_last=day(-190))
    releases.release(inmate, ground="judicial", reference="J", at=ago(100), by=officer)
    inmate = again(inmate, unit, officer, days_ago=10)
    stretches = [(one.first_day, one.day_after_last) for one in hooks.uncounted(inmate)]
    assert stretches == [(end, day(-200)), (day(-190), day(-100))]


# Later than the unbroken custody


def typed(inmate, **fields):
    data = {"case": inmate.cases.get().pk, "sentence_kind": "term", "years": "2", "pronounced_on": shown(0)}
    return data | fields


def test_a_start_later_than_the_custody_is_asked_for_and_what_was_typed_stays(client, untried, officer):
    client.force_login(officer)
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    assert 'name="earlier_custody"' not in client.get(address).content.decode()
    late = typed(untried, starts_on=shown(0))
    refused = client.post(address, late)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["earlier_custody"]
    page = refused.content.decode()
    assert "Custody has run unbroken since" in page
    assert 'name="earlier_custody"' in page
    assert f'value="{shown(0)}"' in page
    assert not untried.sentences.exists()
    assert client.post(address, late | {"earlier_custody": "Held until yesterday in another case"}).status_code == 302
    assert not asked(untried)


@pytest.mark.parametrize("remand", [{}, {"remand_from_1": -700, "remand_to_1": -1}])
def test_the_first_day_of_the_custody_or_those_days_as_remand_are_not_asked_for(client, untried, officer, remand):
    client.force_login(officer)
    start = shown(0) if remand else shown(-700)
    data = typed(untried, starts_on=start, **{name: shown(n) for name, n in remand.items()})
    assert client.post(reverse("inmates:add_sentence", args=[untried.uuid]), data).status_code == 302
    assert not asked(untried)


def test_entered_without_a_form_it_is_a_task_and_an_alert_at_once(untried, officer, inspector):
    one = sentence(untried, officer, starts_on=day(0), pronounced_on=day(0))
    assert asked(untried)
    assert [alert.kind for alert in alerts.waiting_for(inspector)] == ["earlier_custody"]
    assert [("The end is presumed" in caution.text) for caution in panels.cautions(officer, stored(untried))] == [True]
    (stretch,) = hooks.uncounted(untried, before=one.starts_on)
    actions.count_earlier_custody(one, remand=[(stretch.first_day, stretch.day_after_last)], by=officer)
    assert not asked(untried)
    assert panels.cautions(officer, stored(untried)) == []
    assert not alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()


# Before any custody on record


def test_a_start_before_any_custody_on_record_is_asked_for(client, untried, officer):
    client.force_login(officer)
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    early = typed(untried, starts_on=shown(-1400))
    refused = client.post(address, early)
    assert refused.status_code == 422
    assert list(refused.context["form"].errors) == ["held_elsewhere"]
    assert 'name="held_elsewhere"' in refused.content.decode()
    assert client.post(address, early | {"held_elsewhere": "Oujda 2, certificate 5"}).status_code == 302
    assert untried.sentences.get().held_elsewhere == "Oujda 2, certificate 5"
    assert "Oujda 2, certificate 5" in client.get(reverse("inmates:tab_custody", args=[untried.uuid])).content.decode()


def test_police_custody_before_the_admission_is_not_asked_for(client, untried, officer, settings):
    client.force_login(officer)
    address = reverse("inmates:add_sentence", args=[untried.uuid])
    settings.POLICY = settings.POLICY | {"police_custody_days": 11}
    assert client.post(address, typed(untried, starts_on=shown(-712))).status_code == 422
    settings.POLICY = settings.POLICY | {"police_custody_days": 12}
    assert client.post(address, typed(untried, starts_on=shown(-712))).status_code == 302


def test_entered_without_a_form_it_is_settled_on_its_page(client, untried, officer, inspector):
    one = sentence(untried, officer, starts_on=day(-1400))
    assert asked(untried)
    client.force_login(officer)
    address = reverse("inmates:sentence_earlier", args=[untried.uuid, one.pk])
    assert client.post(address, {"held_elsewhere": ""}).status_code == 422
    assert client.post(address, {"held_elsewhere": "Oujda 2, certificate 5"}).status_code == 302
    assert not asked(untried)
    assert not alerts.waiting_for(inspector).exists()


# At the admission


def arrival(unit, **fields):
    return {
        "token": str(uuid4()), "kind": "judgment", "authority": "CA Rabat", "reference": "J-1", "issued_on": shown(-300),
        "legal_status": "convicted_appeal", "registration_number": "99022", "unit": unit.pk, "court": "Rabat",
        "number": "5/26", "sentence_kind": "term", "years": "2", "starts_on": shown(-300), "pronounced_on": shown(-300),
        "admitted_at": f"{timezone.localtime(ago(300)):%d/%m/%Y %H:%M}",
        "family_name_latin": "Sabri", "given_name_latin": "Ali", "family_name_ar": "صبري", "given_name_ar": "علي", "sex": "M",
        "birth": "1990", "nationality": "MA",
    } | fields  # fmt: skip


def test_the_moment_of_an_admission_left_empty_is_now(client, unit, officer):
    client.force_login(officer)
    data = arrival(unit, admitted_at="", starts_on=shown(-20), pronounced_on=shown(-20), issued_on=shown(0))
    answer = client.post(reverse("inmates:new"), data)
    assert (answer.status_code, list(answer.context["form"].sentence.errors)) == (422, ["held_elsewhere"])


@pytest.mark.parametrize(("start", "field"), [(0, "earlier_custody"), (-900, "held_elsewhere"), (-300, None)])
def test_the_admission_asks_the_same(client, unit, officer, start, field):
    client.force_login(officer)
    data = arrival(unit, starts_on=shown(start), pronounced_on=shown(min(start, 0)) if start else shown(0))
    answer = client.post(reverse("inmates:new"), data)
    if field is not None:
        assert answer.status_code == 422
        assert list(answer.context["form"].sentence.errors) == [field]
        assert f'name="{field}"' in answer.content.decode()
        answer = client.post(reverse("inmates:new"), data | {field: "Held elsewhere, says the file"})
    assert answer.status_code == 302
    assert not asked(Inmate.objects.get(family_name_latin__iexact="Sabri"))


# Days that were forgotten at the entry


@pytest.fixture
def convict(unit, officer):
    """Somebody sentenced from the admission on, whose police custody was left out."""
    return make_inmate(unit, by=officer, days_ago=300, years=2)


FORGOTTEN = {"why": "Police custody was not on the order", "paper": "PV 12"}


def test_forgotten_days_count_once_a_second_person_has_confirmed(client, convict, officer, director):
    client.force_login(officer)
    one, before = convict.sentences.get(), convict.release_on
    address = reverse("inmates:sentence_earlier", args=[convict.uuid, one.pk])
    data = {"first_day": shown(-310), "last_day": shown(-301), **FORGOTTEN}
    for wrong, fields in (
        ({}, ["first_day", "last_day", "why", "paper"]),
        (data | {"last_day": shown(-311)}, ["last_day"]),
        (data | {"last_day": shown(-300)}, ["last_day"]),
        (data | {"why": "Short"}, ["why"]),
        (data | {"paper": ""}, ["paper"]),
    ):
        answer = client.post(address, wrong or {"first_day": ""})
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, fields)
    assert client.post(address, data).status_code == 302
    assert stored(convict).release_on == before
    assert not one.remand_periods.exists()
    made = Correction.objects.waiting().get()
    assert (made.subject, made.kind, made.release_before) == ("remand", "entry", before)
    client.force_login(director)
    page = client.get(reverse("inmates:correction", args=[made.uuid])).content.decode()
    assert day_text(day(-310)) in page
    assert "annulled" not in page
    corrections.confirm(made, by=director)
    assert stored(convict).release_on == before - timedelta(days=10)
    assert one.remand_periods.get().first_day == day(-310)


def test_refused_or_entered_twice_nothing_is_gained(convict, officer, director):
    one, before = convict.sentences.get(), convict.release_on
    days = {"first_day": day(-310), "day_after_last": day(-300), **FORGOTTEN}
    made = actions.add_forgotten_remand(one, by=officer, **days)
    with pytest.raises(ValidationError, match="wait for a second person"):
        actions.add_forgotten_remand(one, by=officer, **days)
    with pytest.raises(PermissionDenied):
        corrections.confirm(made, by=officer)
    corrections.refuse(made, reason="The record says otherwise", by=director)
    assert stored(convict).release_on == before
    assert not one.remand_periods.exists()
    assert RemandPeriod.everything.filter(sentence=one).count() == 1
    made = actions.add_forgotten_remand(one, by=officer, **days)
    corrections.confirm(made, by=director)
    with pytest.raises(ValidationError, match="count as remand already"):
        actions.add_forgotten_remand(one, by=officer, **days)


# A start put right


def put_right(one, by, **values):
    values = {name: str(value) for name, value in values.items()}
    why = {"why": "The start was copied from another case", "paper": "Judgment 5, page 2"}
    return corrections.correct(correctables.find("sentence"), one, values, by=by, **why)


def test_days_before_a_start_put_right_are_told_before_and_asked_for_after(
    client, convict, officer, director, inspector
):
    client.force_login(officer)
    one = convict.sentences.get()
    address = reverse("inmates:correct", args=["sentence", one.pk])
    form = client.get(address).context["form"]
    typed = {name: "" if form[name].value() is None else form[name].value() for name in form.fields}
    why = {"why": "The start was copied from another case", "paper": "Judgment 5, page 2"}
    page = client.post(address, typed | why | {"starts_on": shown(-260)}).content.decode()
    assert "It calls for: Custody before a sentence not decided" in page
    assert "Earlier custody: say whether it counts as remand" in page
    assert not asked(convict)  # only looked at
    made = put_right(one, officer, starts_on=day(-260))
    assert not asked(convict)
    corrections.confirm(made, by=director)
    assert asked(convict)
    assert alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()
    (stretch,) = hooks.uncounted(stored(convict), before=day(-260))
    assert (stretch.first_day, stretch.day_after_last) == (day(-300), day(-260))
    again = put_right(Sentence.objects.get(), officer, starts_on=day(-300))
    corrections.confirm(again, by=director)
    assert not asked(convict)
    assert not alerts.waiting_for(inspector).filter(kind="earlier_custody").exists()


def test_a_reason_given_for_another_start_is_said_again(convict, officer, director):
    one = convict.sentences.get()
    Sentence.objects.filter(pk=one.pk).update(earlier_custody="In another case, says the prosecutor")
    one.refresh_from_db()
    with pytest.raises(ValidationError) as refused:
        put_right(one, officer, starts_on=day(-260))
    assert list(refused.value.error_dict) == ["earlier_custody"]
    values = {"starts_on": day(-260), "earlier_custody": "Held for a fine until that day"}
    corrections.confirm(put_right(one, officer, **values), by=director)
    assert not asked(convict)
    assert Sentence.objects.get().earlier_custody == "Held for a fine until that day"


def test_a_start_put_right_to_before_any_custody_is_asked_for_too(convict, officer, director):
    corrections.confirm(put_right(convict.sentences.get(), officer, starts_on=day(-900)), by=director)
    assert asked(convict)
