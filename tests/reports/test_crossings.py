"""People by one or two dimensions, two days beside each other, and who came and left: each compared with a plain recount."""

import csv
import io
from collections import Counter
from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from config import clock
from inmates.custody.actions import outings, releases
from inmates.custody.models import Admission, Placement
from reports import crossings
from reports.dimensions import AGES, DIMENSIONS
from reports.statistics import people_on, statistics
from tests.factories import make_inmate

TODAY = clock.today


def recount(day, dimension):
    """The value of each person held, told from the rows of that day one by one."""
    for place in people_on(day).select_related("inmate", "facility"):
        inmate = place.inmate
        if dimension == "sex":
            yield inmate.sex
        elif dimension == "prison":
            yield place.facility.code
        elif dimension == "tier":
            yield str(place.tier_then or "")
        elif dimension == "status":
            yield place.status_then or ""
        elif dimension == "returnee":
            yield {True: "true", False: "false", None: ""}[inmate.is_returnee]
        elif dimension == "age":
            born = inmate.birth_date
            years = born and day.year - born.year - ((day.month, day.day) < (born.month, born.day))
            yield "" if born is None else str(max((low for low in AGES if years >= low), default=0))


@pytest.fixture
def crowd(unit, prison, other_prison, officer, officer2):
    """Some people with different sentences, births, stays; one who left, one at large, one in the other prison."""
    people = [make_inmate(unit, by=officer, years=years, days_ago=400 + years) for years in (1, 3, 7, 12, 25)]
    people.append(make_inmate(other_prison.units.get(), by=officer2, years=4, days_ago=90))
    left = make_inmate(unit, by=officer, days_ago=800, years=2)
    releases.release(left, ground="term_served", by=officer)
    outings.record_escape(people[1], account="Gone", by=officer)
    return [*people, left]


DAYS_BACK = st.integers(0, 900)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(back=DAYS_BACK, keys=st.lists(st.sampled_from(sorted(DIMENSIONS)), min_size=2, max_size=2, unique=True))
def test_every_crossing_adds_up_to_everybody_and_equals_a_recount(crowd, back, keys):
    day = TODAY() - timedelta(days=back)
    found = crossings.count(day, *(DIMENSIONS[key] for key in keys))
    assert sum(found.values()) == statistics(day)["custody"]["total"]
    for at, key in enumerate(keys):
        single = Counter()
        for values, n in found.items():
            single[values[at]] += n
        if key not in ("term", "nationality"):
            assert single == Counter(recount(day, key))
        assert set(single) <= set(DIMENSIONS[key].labels())  # no value without words


def test_terms_are_those_pronounced_by_the_day_and_not_of_an_earlier_stay(unit, officer):
    inmate = make_inmate(unit, by=officer, years=7, days_ago=100)
    term = DIMENSIONS["term"]
    assert crossings.count(TODAY(), term) == {("5",): 1}
    sentence = inmate.sentences.get()
    before = sentence.pronounced_on - timedelta(days=1)
    assert crossings.count(before, term).keys() <= {("",), ("none",)}
    remand = make_inmate(unit, by=officer, legal_status="remand")
    assert crossings.count(TODAY(), term)[("none",)] == 1
    assert remand.legal_status == "remand"


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=DAYS_BACK, second=DAYS_BACK, key=st.sampled_from(["tier", "prison", "status", "term"]))
def test_a_flow_takes_everybody_from_one_day_to_the_other(crowd, first, second, key):
    until, since = (TODAY() - timedelta(days=back) for back in sorted((first, second)))
    found = crossings.flow(since, until, DIMENSIONS[key])
    held = {day: statistics(day)["custody"]["total"] for day in (since, until)}
    assert sum(n for (before, _after), n in found.items() if before != crossings.NOT_HELD) == held[since]
    assert sum(n for (_before, after), n in found.items() if after != crossings.NOT_HELD) == held[until]


def test_admissions_and_releases_between_two_days_are_those_of_their_moments(crowd, prison, other_prison):
    today = TODAY()
    found = crossings.events(today - timedelta(days=95), today)
    assert found == {"admitted": 1, "transferred": 0, "left": {"term_served": 1}}
    assert crossings.events(today - timedelta(days=95), today, prison=prison)["admitted"] == 0
    assert crossings.events(today - timedelta(days=95), today, prison=other_prison)["left"] == {}
    assert crossings.events(today - timedelta(days=95), today, prison=prison)["left"] == {"term_served": 1}
    assert crossings.events(today, today)["left"] == {}


def test_months_end_on_their_last_days(crowd):
    days = crossings.month_ends(TODAY(), 12)
    assert len(days) == 13
    assert days == sorted(set(days))
    assert all((day + timedelta(days=1)).day == 1 for day in days[:-1])
    for day, figures in crossings.trend(days, DIMENSIONS["tier"]):
        assert sum(figures.values()) == statistics(day)["custody"]["total"]


def test_a_figure_of_today_leads_to_its_people_and_the_list_counts_the_same(client, crowd, inspector):
    client.force_login(inspector)
    page = client.get(reverse("reports:cross"), {"rows": "prison", "columns": "status"})
    found = 0
    for _name, cells in page.context["lines"]:
        for people, address in cells[:-1]:
            assert bool(address) == bool(people)
            if address:
                assert client.get(address).context["listing"].total == people
                found += people
    assert found == page.context["totals"][-1] == 5


def test_a_past_day_and_who_sees_one_prison_have_no_way_to_people(client, crowd, inspector, director):
    client.force_login(inspector)
    past = client.get(reverse("reports:cross"), {"as_of": (TODAY() - timedelta(days=3)).isoformat()})
    client.force_login(director)
    own = client.get(reverse("reports:cross"))
    for page in (past, own):
        assert not [address for _name, cells in page.context["lines"] for _n, address in cells if address]


def test_few_people_are_no_figure_for_who_does_not_see_the_country(client, crowd, director, inspector):
    client.force_login(director)
    address = reverse("reports:cross")
    shown = client.get(address, {"rows": "prison", "columns": "status"})
    cells = [n for _name, row in shown.context["lines"] for n, _address in row] + shown.context["totals"]
    assert not [n for n in cells if n and n < 5]  # sums of few people tell of them too
    flows = client.get(reverse("reports:flows"), {"since": (TODAY() - timedelta(days=95)).isoformat()}).context
    assert (flows["admitted"], flows["left_total"], flows["left"][0][1]) == (None, None, None)
    assert [one.done for one in flows["timely"] if one.what == "Releases, term served"] == [None]
    assert "A dash hides" in shown.content.decode()
    assert ",—" in client.get(address, {"rows": "prison", "columns": "status", "format": "csv"}).content.decode()
    client.force_login(inspector)
    assert "A dash hides" not in client.get(address, {"rows": "prison", "columns": "status"}).content.decode()


def test_two_days_stand_beside_each_other_with_their_difference(client, crowd, inspector):
    client.force_login(inspector)
    page = client.get(reverse("reports:cross"), {"rows": "sex", "than": (TODAY() - timedelta(days=60)).isoformat()})
    assert page.context["totals"] == [6 + 1, 5, -2]  # everybody then; one has left, one is at large
    assert page.context["header"][-1] == "Difference"


@pytest.mark.parametrize("name", ["cross", "flows", "months"])
def test_the_page_and_its_files_hold_the_same_figures(client, crowd, inspector, name):
    client.force_login(inspector)
    address = reverse(f"reports:{name}")
    page = client.get(address)
    assert page.status_code == 200
    data = client.get(address, {"format": "json"}).json()
    rows = list(csv.reader(io.StringIO(client.get(address, {"format": "csv"}).content.decode("utf-8-sig"))))
    sheet = load_workbook(io.BytesIO(client.get(address, {"format": "xlsx"}).content)).active
    assert rows[1] == data["columns"] == [cell.value for cell in sheet[3]]
    figures = [[str(cell) for cell in row] for row in data["rows"]]
    assert rows[2 : 2 + len(figures)] == figures
    assert [
        [str(cell.value) for cell in row] for row in sheet.iter_rows(min_row=4, max_row=3 + len(figures))
    ] == figures
    assert rows[0][0] == data["title"] == sheet["A1"].value
    assert data["notes"]  # how it was counted travels along


@pytest.mark.parametrize(
    "query", [{"as_of": "2019-02-30"}, {"rows": "nobody", "columns": "x"}, {"by": "sex'"}, {"months": "-1"}, {"prison": "none"},
              {"since": "9999-01-01"}, {"than": "0001-01-01"}, {"format": "exe"}, {"than": "9999-01-01"}],
)  # fmt: skip
@pytest.mark.parametrize("name", ["cross", "flows", "months"])
def test_what_an_address_does_not_know_falls_back(client, crowd, inspector, name, query):
    client.force_login(inspector)
    assert client.get(reverse(f"reports:{name}"), query).status_code == 200


def test_a_prison_out_of_scope_is_not_counted_apart(client, crowd, director, other_prison):
    client.force_login(director)
    page = client.get(reverse("reports:cross"), {"prison": other_prison.code, "rows": "sex"})
    assert page.context["prison"] is None
    assert page.context["totals"] == [5]


def test_a_late_entry_counts_on_its_day(unit, officer, inspector):
    stays = make_inmate(unit, by=officer, days_ago=200)
    day = TODAY() - timedelta(days=100)
    assert crossings.count(day, DIMENSIONS["prison"]) == {(unit.facility.code,): 1}
    assert Placement.objects.filter(inmate=stays).count() == Admission.objects.filter(inmate=stays).count() == 1


@pytest.mark.parametrize(("name", "query"), [("cross", {"than": "2019-02-30"}), ("flows", {"since": "9999-01-01"})])
def test_a_second_day_that_is_none_is_said_to_be_left_out(client, crowd, inspector, name, query):
    client.force_login(inspector)
    page = client.get(reverse(f"reports:{name}"), query)
    assert "it was left out" in page.context["problem"]
    assert "Shown: today" not in page.content.decode()
