"""The figures as of a day: what had happened by its end, and nothing later."""

import json
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from config import clock
from inmates.custody.actions import releases
from reports.statistics import statistics
from reports.statistics_pages import _rounds
from tests.factories import make_inmate


def test_people_are_counted_from_admission_to_release(unit, officer):
    stays = make_inmate(unit, by=officer, days_ago=100)
    leaves = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(leaves, ground="term_served", by=officer)
    today = clock.today()
    assert statistics(today)["custody"]["total"] == 1
    assert statistics(today - timedelta(days=1))["custody"]["total"] == 2
    assert statistics(today - timedelta(days=101))["custody"]["total"] == 1
    assert statistics(today - timedelta(days=900))["custody"]["total"] == 0
    assert statistics(today)["custody"]["by_facility"] == {stays.facility.code: 1}


def test_every_key_of_the_contract_is_there(prison):
    figures = statistics(clock.today())
    assert set(figures) == {"as_of", "facilities", "custody", "musalaha"}
    assert set(figures["custody"]["by_tier"]) == {"1", "2", "3", "unclassified"}
    assert set(figures["custody"]["by_legal_status"]) == {
        "remand",
        "convicted_appeal",
        "convicted_final",
        "civil_imprisonment",
    }
    assert set(figures["musalaha"]) == {
        "cohorts",
        "participating",
        "graduates",
        "graduates_pardoned",
        "graduates_reduced",
        "graduates_released",
        "reconvicted",
        "per_cohort",
    }


def test_the_command_speaks_json_csv_and_text(inmate, capsys):
    call_command("statistics", format="json")
    assert json.loads(capsys.readouterr().out)["custody"]["total"] == 1
    call_command("statistics", format="csv")
    assert "custody.total,1" in capsys.readouterr().out
    call_command("statistics", format="text")
    assert "custody.total" in capsys.readouterr().out


def test_a_day_that_is_none_is_refused(db):
    with pytest.raises(CommandError):
        call_command("statistics", as_of="2019-02-30")


def test_the_page_says_when_a_day_is_none(inmate, inspector):
    client = Client()
    client.force_login(inspector)
    page = client.get("/reports/statistics/?as_of=2019-02-30")
    assert page.status_code == 200
    assert page.context["problem"]
    assert page.context["day"] == clock.today()


def test_a_rounds_small_figures_are_for_national_scope_only(director, coordinator, reviewer):
    row = {"number": 1, "participants": 40, "graduates": 30, "withdrew": 7, "removed": 3}
    row |= {"pardoned": 12, "reduced": 0, "released": 12, "reconvicted": 0}
    assert _rounds([row], coordinator) == [row]
    hidden = row | {"removed": None, "withdrew": None}  # the other one would tell it
    assert _rounds([row], director) == [hidden]
    assert _rounds([row], reviewer) == ()


def test_pages_of_figures_say_that_they_tell_the_latest_knowledge(client, inmate, reviewer):
    client.force_login(reviewer)
    pages = [reverse(f"reports:{name}") for name in ("statistics", "cross", "flows", "months")]
    for page in [*pages, reverse("reports:prison_as_of", args=[inmate.facility.code])]:
        text = client.get(page).content.decode()
        assert "Figures tell the latest knowledge" in text, page
        assert "already issued stay as they were issued" in text
    assert "Figures tell the latest knowledge" not in client.get(reverse("inmates:list")).content.decode()
