"""Hostile addresses and fields: a page or a plain refusal, never a 500; and nothing of a record left in the browser."""

from datetime import date, timedelta

import pytest
from allauth.core.internal.httpkit import get_client_ip
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.urls import reverse

from audit.models import Event
from config import clock
from inmates.classification.actions import assessments
from inmates.classification.models import Assessment
from inmates.custody.actions.admissions import admit
from inmates.custody.models import DetentionOrder, Outing
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.actions import identity as people
from inmates.people.models import Inmate
from tests.factories import ago
from tests.inmates.classification.conftest import decided

ZERO = "%00"
NOT_A_NUMBER = "%C2%B2"  # a superscript two: a digit to str.isdigit, no number to int


@pytest.mark.parametrize(
    "address",
    [
        f"/inmates/?q={ZERO}",
        f"/inmates/export/?q={ZERO}",
        f"/inmates/reviews/?prison={ZERO}",
        f"/inmates/{ZERO}/",
    ],
)
def test_a_zero_byte_in_an_address_leads_nowhere(client, officer, inmate, address):
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 404
    assert inmate.registration_number not in answer.content.decode()
    assert not Event.objects.filter(actor_id=officer.pk, verb__endswith=".viewed").exists()
    assert inmate.registration_number in client.get("/inmates/").content.decode()


@pytest.mark.parametrize("query", [f"user={ZERO}", f"prison={ZERO}"])
def test_a_zero_byte_in_the_trails_filters_leads_nowhere(client, inspector, query):
    client.force_login(inspector)
    answer = client.get(f"/audit/?{query}")
    assert answer.status_code == 404
    assert "rows" not in (answer.context or {})
    assert not Event.objects.filter(verb="trail.viewed").exists()


@pytest.mark.parametrize(
    "query", ["day=9999-12-31", "day=0001-01-01", f"before={NOT_A_NUMBER}", "before=" + "9" * 5000]
)
def test_the_trail_ignores_days_and_numbers_that_are_none(client, inspector, query):
    client.force_login(inspector)
    answer = client.get(f"/audit/?{query}")
    assert answer.status_code == 200
    assert b"trail" in answer.content


@pytest.mark.parametrize("before", [NOT_A_NUMBER, "9" * 5000])
def test_the_timeline_ignores_a_page_that_is_none(client, officer, inmate, before):
    client.force_login(officer)
    address = reverse("timeline", args=[inmate.uuid])
    answer = client.get(f"{address}?before={before}")
    assert answer.status_code == 200
    assert answer.context["events"]


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "2019-02-30"])
def test_the_court_list_keeps_to_days_that_a_prison_plans(client, officer, on):
    client.force_login(officer)
    answer = client.get(f"/inmates/court/?on={on}")
    assert answer.status_code == 200
    assert 1900 < answer.context["day"].year < 2200
    assert not Outing.objects.exists()


@pytest.mark.parametrize("name", ["waiting", "due", "notices", "appeals"])
@pytest.mark.parametrize(
    "after", ["2019-02-30~1", f"2019-01-01~{NOT_A_NUMBER}", "9999-12-31T23:59:59-12:00~1", "2019-01-01~" + "9" * 30]
)
def test_the_worklists_ignore_a_cursor_that_is_none(client, inmate, assessor, officer, reviewer, name, after):
    decided(inmate, assessor=assessor, reviewer=reviewer)
    Inmate.objects.filter(pk=inmate.pk).update(next_review_on=clock.today())
    client.force_login(reviewer)
    page = client.get(f"/inmates/reviews/?list={name}&after={after}")
    assert page.status_code == 200
    assert page.context["chosen"] == name
    assert len(page.context["rows"]) == (1 if name in ("due", "notices") else 0)


@pytest.mark.parametrize("assessor", [NOT_A_NUMBER, "9" * 5000])
def test_the_worklists_ignore_an_assessor_that_is_none(client, inmate, reviewer, assessor):
    Inmate.objects.filter(pk=inmate.pk).update(next_review_on=clock.today())
    client.force_login(reviewer)
    page = client.get(f"/inmates/reviews/?list=due&assessor={assessor}")
    assert page.status_code == 200
    assert [entry["row"] for entry in page.context["rows"]] == [inmate]


def test_a_zero_byte_in_a_number_finds_nobody(client, officer, inmate):
    client.force_login(officer)
    answer = client.post(reverse("inmates:report_duplicate", args=[inmate.uuid]), {"number": "a\0b"})
    assert answer.status_code == 302
    assert not PossibleDuplicate.objects.exists()


def test_an_assessment_survives_a_broken_window_and_moment(client, assessor, inmate):
    client.force_login(assessor)
    address = reverse("inmates:assess", args=[inmate.uuid])
    answer = client.post(address, {"window": "a\0b", "seen": "", "reasons": "Calm.", "act": "save"})
    assert answer.status_code < 500
    draft = Assessment.objects.get(inmate=inmate)
    assert draft.saved_in == "ab"
    answer = client.post(address, {"window": "ab", "seen": "2019-13-45T00:00:00", "reasons": "Calmer.", "act": "save"})
    assert answer.status_code < 500
    draft.refresh_from_db()
    assert draft.reasons == "Calmer."


def test_giving_up_with_a_zero_byte_keeps_the_rest_of_the_reason(client, assessor, inmate):
    draft = assessments.start_assessment(inmate, by=assessor)
    client.force_login(assessor)
    client.post(
        reverse("inmates:assess", args=[inmate.uuid]), {"act": "discard", "discard_reason": "Wrong\0 person assessed."}
    )
    draft.refresh_from_db()
    assert draft.ended_reason == "Wrong person assessed."


def test_no_page_about_people_stays_in_the_browser(client, officer, inmate):
    client.force_login(officer)
    for address in (reverse("profile", args=[inmate.uuid]), "/inmates/", "/", "/inmates/new/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    ("field", "days", "issued", "expires"),
    [("issued_on", 0, 1, None), ("expires_on", 5, -100, -6), ("expires_on", 15, -6, -10)],
)
def test_an_order_that_cannot_hold_admits_nobody(unit, officer, field, days, issued, expires):
    today = clock.today()
    inmate = people.register(
        Inmate(family_name_latin="Tazi", given_name_latin="Omar", sex="M", birth_date=date(1980, 1, 1)), by=officer
    )
    order = DetentionOrder(
        kind="remand",
        authority="Rabat",
        reference="R-1",
        issued_on=today + timedelta(days=issued),
        expires_on=None if expires is None else today + timedelta(days=expires),
    )
    arrival = {"unit": unit, "legal_status": "remand", "registration_number": "X1", "by": officer}
    with pytest.raises(ValidationError) as refused:
        admit(inmate, order=order, admitted_at=ago(days), **arrival)
    assert list(refused.value.error_dict) == [field]
    assert not inmate.admissions.exists()
    order.issued_on, order.expires_on = today - timedelta(days=30), today + timedelta(days=30)
    admit(inmate, order=order, admitted_at=clock.now(), exception_reason="", **arrival)
    assert inmate.admissions.open().count() == 1


def test_the_admin_leads_from_no_number_to_a_record(client, sysadmin, inmate, prison):
    client.force_login(sysadmin)
    kind = ContentType.objects.get_for_model(Inmate)
    answer = client.get(f"/admin/r/{kind.pk}/{inmate.pk}/")
    assert answer.status_code == 404
    assert str(inmate.uuid) not in answer.content.decode()
    assert prison.code in client.get(reverse("admin:facilities_facility_change", args=[prison.pk])).content.decode()


def test_failed_sign_ins_are_counted_by_caller_and_not_by_the_shared_proxy(rf, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    addresses = {
        get_client_ip(rf.get("/", REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": f"192.0.2.99, {caller}"}))
        for caller in ("192.0.2.1", "192.0.2.2")
    }
    assert addresses == {"192.0.2.1", "192.0.2.2"}


@pytest.mark.parametrize("length", ["99999999999", "9" * 5000, "many"])
def test_what_is_far_too_large_is_not_read(client, db, length):
    answer = client.post("/accounts/login/", {"login": "a"}, CONTENT_LENGTH=length)
    assert answer.status_code == 413
    assert client.post("/accounts/login/", {"login": "a"}).status_code == 200
