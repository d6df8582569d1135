"""What machines may ask, and what pages say when the database is away."""

import pytest
from django.db import OperationalError
from django.urls import reverse

from core import health
from core.models import SentForm


def away(*_args, **_options):
    raise OperationalError("could not connect")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/healthz", "/readyz"])
def test_this_machine_is_told_without_a_session_or_a_redirect(client, address, django_assert_max_num_queries):
    answer = client.get(address)
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"ok\n", {})


@pytest.mark.django_db
@pytest.mark.parametrize("who", [{"REMOTE_ADDR": "10.0.0.9"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_nobody_else_is_told_and_a_named_probe_is(client, who, settings):
    assert client.get("/readyz", **who).status_code in (302, 404)
    settings.HEALTH_PROBES = ["10.0.0.9"]
    assert (client.get("/readyz", **who).status_code == 200) == ("REMOTE_ADDR" in who)


def test_ready_says_no_while_the_database_is_away_and_alive_says_yes(client, monkeypatch):
    monkeypatch.setattr(health.connection, "cursor", away)
    assert client.get("/healthz").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer["Retry-After"], answer.content) == (503, "15", b"no database\n")


@pytest.mark.django_db
def test_not_ready_before_the_tables_are_made(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_args: ["one"])
    assert client.get("/readyz").content == b"migrations are not applied\n"


@pytest.fixture
def breaking(client, officer):
    client.force_login(officer)
    client.raise_request_exception = False
    return client


def test_a_page_without_its_database_says_wait_in_three_languages_and_claims_no_form(breaking, monkeypatch, inmate):
    monkeypatch.setattr("inmates.people.views.list.render", away)
    answer = breaking.get(reverse("inmates:list"))
    assert (answer.status_code, answer["Retry-After"]) == (503, "15")
    text = answer.content.decode()
    for words in ("Send the same page again", "Renvoyez la même page", "أعيدوا إرسال الصفحة نفسها"):
        assert words in text
    assert not SentForm.objects.exists()


def test_any_other_fault_is_a_fault(breaking, monkeypatch):
    def broken(*_args, **_options):
        raise RuntimeError("broken")

    monkeypatch.setattr("inmates.people.views.list.render", broken)
    answer = breaking.get(reverse("inmates:list"))
    assert (answer.status_code, "Retry-After" in answer) == (500, False)
