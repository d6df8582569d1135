"""The pages: what was typed stays, the same button twice does one thing, lists cost the same whatever their length."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from config import clock
from musalaha.actions import applications, cohorts, enrolments
from musalaha.models import Application


@pytest.fixture
def at(client):
    """`at(user)`: a client signed in as that user."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        return client

    return sign_in


def test_a_refused_application_keeps_what_was_typed(person, at, officer):
    inmate = person()
    address = reverse("musalaha:apply", args=[inmate.uuid])
    tomorrow = clock.today() + timedelta(days=1)
    data = {
        "asked_on": f"{tomorrow:%d/%m/%Y}",
        "statement": "أريد المشاركة",
        "channel": "staff",
        "consent_language": "ar",
        "witness": "A. Idrissi",
    }
    page = at(officer).post(address, data).content.decode()
    assert "A. Idrissi" in page
    assert "أريد المشاركة" in page
    assert f"{tomorrow:%d/%m/%Y}" in page
    assert "future" in page
    assert not Application.objects.exists()


def test_recorded_once_however_often_sent(person, at, officer):
    inmate = person()
    address = reverse("musalaha:apply", args=[inmate.uuid])
    data = {
        "asked_on": f"{clock.today():%d/%m/%Y}",
        "statement": "x",
        "channel": "staff",
        "consent_language": "fr",
        "signed": "on",
    }
    client = at(officer)
    assert client.post(address, data).status_code == 302
    assert client.post(address, data).status_code == 422
    assert inmate.applications.count() == 1


def test_on_remand_the_form_says_why_and_what_would_change_it(person, at, officer):
    inmate = person(legal_status="remand")
    data = {"asked_on": f"{clock.today():%d/%m/%Y}", "statement": "x", "consent_language": "ar", "signed": "on"}
    address = reverse("musalaha:apply", args=[inmate.uuid])
    page = at(officer).post(address, data | {"channel": "staff"}).content.decode()
    assert "A final judgment." in page
    assert not inmate.applications.exists()
    assert at(officer).post(address, data | {"channel": "cndh"}).status_code == 302
    assert inmate.applications.get().state == "waiting"


def test_a_start_that_cannot_be_names_who_on_the_page(accepted, cohort, at, coordinator, other_prison):
    application = accepted()
    type(application.inmate).objects.filter(pk=application.inmate_id).update(facility=other_prison)
    page = at(coordinator).post(reverse("musalaha:cohort_start", args=[3]), follow=True).content.decode()
    assert "a transfer to Salé 2 comes first" in page
    cohort.refresh_from_db()
    assert cohort.state == "open"


def test_seeing_a_list_or_a_person_is_recorded(person, apply, at, officer):
    application = apply(person())
    client = at(officer)
    client.get(reverse("musalaha:applications"))
    client.get(reverse("musalaha:application", args=[application.uuid]))
    assert Event.objects.filter(verb="applications.viewed").count() == 1
    assert Event.objects.get(verb="application.viewed").inmate_id == application.inmate_id


def test_the_appeals_officer_answers_requests_for_exceptions_and_no_reviewer_sees_them(
    person, apply, at, coordinator, reviewer, appeals_officer
):
    requested, silent = apply(person(tier=1), statement="secret words"), apply(person(tier=1))
    applications.ask_exception(requested, why="Has written to the victims", by=coordinator)
    address = reverse("musalaha:exception", args=[requested.uuid])
    for page in (reverse("musalaha:exceptions"), address):
        assert at(reviewer).get(page).status_code == 403
    client = at(appeals_officer)
    page = client.get(reverse("musalaha:exceptions")).content.decode()
    assert requested.inmate.name.split()[0] in page
    assert silent.inmate.name.split()[0] not in page
    assert "secret words" not in client.get(address).content.decode()
    assert client.get(reverse("musalaha:exception", args=[silent.uuid])).status_code == 404
    assert at(reviewer).get(reverse("musalaha:application", args=[requested.uuid])).status_code == 403
    client.post(address, {"reason": "Engaged", "answer": "grant"})
    requested.refresh_from_db()
    assert requested.exception_by == appeals_officer


def count(client, address):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_lists_cost_the_same_for_more_rows(person, apply, cohort, at, coordinator):
    client = at(coordinator)
    client.get("/")  # the first request of a session writes it
    addresses = [
        reverse("musalaha:applications"),
        reverse("musalaha:selection", args=[3]),
        reverse("musalaha:pardons"),
        reverse("musalaha:home"),
    ]
    apply(person())
    few = [count(client, address) for address in addresses]
    for _n in range(5):
        apply(person())
    assert [count(client, address) for address in addresses] == few


def test_a_round_costs_the_same_for_more_people(running, person, apply, at, coordinator):
    client, address = at(coordinator), reverse("musalaha:cohort", args=[3])
    few = count(client, address)
    for _n in range(3):
        cohorts.join(applications.accept(apply(person()), cohort=running, by=coordinator), by=coordinator)
    assert count(client, address) <= few


def test_a_certificate_can_be_checked(running, at, coordinator, officer, officer2):
    certificate = enrolments.graduate(running.enrolments.first(), exceptions="x", by=coordinator)
    address = reverse("musalaha:check_certificate")
    name = certificate.enrolment.inmate.name
    assert name in at(officer).get(address, {"number": certificate.number.lower()}).content.decode()
    elsewhere = at(officer2).get(address, {"number": certificate.number}).content.decode()
    assert "outside your prison" in elsewhere
    assert name not in elsewhere
    wrong = certificate.number[:-1] + str((int(certificate.number[-1]) + 1) % 10)
    assert "do not agree" in at(officer).get(address, {"number": wrong}).content.decode()
