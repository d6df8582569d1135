"""Hostile addresses and fields: a page or a plain refusal, never a 500; and nothing of a record left in the browser."""

import pytest
from django.urls import reverse

from inmates.classification import actions
from inmates.classification.models import Assessment
from inmates.custody.models import Outing
from inmates.people.models import PossibleDuplicate

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
def test_a_zero_byte_in_an_address_leads_nowhere(client, officer, address):
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 404
    assert client.get("/inmates/").status_code == 200


@pytest.mark.parametrize("query", [f"user={ZERO}", f"prison={ZERO}"])
def test_a_zero_byte_in_the_trails_filters_leads_nowhere(client, inspector, query):
    client.force_login(inspector)
    assert client.get(f"/audit/?{query}").status_code == 404


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
def test_the_worklists_ignore_a_cursor_that_is_none(client, reviewer, name, after):
    client.force_login(reviewer)
    assert client.get(f"/inmates/reviews/?list={name}&after={after}").status_code == 200


@pytest.mark.parametrize("assessor", [NOT_A_NUMBER, "9" * 5000])
def test_the_worklists_ignore_an_assessor_that_is_none(client, reviewer, assessor):
    client.force_login(reviewer)
    assert client.get(f"/inmates/reviews/?list=due&assessor={assessor}").status_code == 200


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
    answer = client.post(address, {"window": "ab", "seen": "2019-13-45T00:00:00", "reasons": "Calm.", "act": "save"})
    assert answer.status_code < 500


def test_giving_up_with_a_zero_byte_keeps_the_rest_of_the_reason(client, assessor, inmate):
    draft = actions.start_assessment(inmate, by=assessor)
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
