"""The list of people: who stands on it, its filters and counts, its pages, its export, its search."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse

from audit.models import Event
from config import clock
from inmates.people.export import harmless
from inmates.people.listing import ROWS, Listing
from inmates.people.models import Inmate, SavedSearch
from tests import factories

LIST = reverse("inmates:list")


def names(response):
    return [person.family_name_latin for person in response.context["people"]]


@pytest.fixture
def three(unit, officer):
    """Three people of unit A who differ in all that the filters ask."""
    today = clock.today()
    people = [
        factories.make_inmate(unit, by=officer, family_name_latin="Alaoui", group_role="recruiter", is_returnee=True),
        factories.make_inmate(unit, by=officer, family_name_latin="Benali", legal_status="remand", is_returnee=False),
        factories.make_inmate(unit, by=officer, family_name_latin="Chafik"),
    ]
    for person, tier, review, release in (
        (people[0], 1, today - timedelta(days=1), today + timedelta(days=5)),
        (people[1], None, today + timedelta(days=10), None),
        (people[2], 2, today, today + timedelta(days=80)),
    ):
        Inmate.objects.filter(pk=person.pk).update(
            tier=tier, tier_since=today if tier else None, next_review_on=review, release_on=release
        )
    return people


def test_own_prison_only(client, officer, officer2, three):
    client.force_login(officer)
    assert names(client.get(LIST)) == ["Alaoui", "Benali", "Chafik"]
    client.force_login(officer2)
    assert names(client.get(LIST)) == []


def test_not_for_those_without_records(client, sysadmin):
    client.force_login(sysadmin)
    for answer in (client.get(LIST), client.post(reverse("inmates:search"), {"q": "x"})):
        assert answer.status_code == 403
        assert "people" not in (answer.context or {})
    assert not SavedSearch.objects.exists()
    assert not Event.objects.filter(verb="list.viewed").exists()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"tier": "1"}, ["Alaoui"]),
        ({"tier": "0"}, ["Benali"]),
        ({"legal": "remand"}, ["Benali"]),
        ({"returnee": "yes"}, ["Alaoui"]),
        ({"returnee": "no"}, ["Benali"]),
        ({"returnee": "unknown"}, ["Chafik"]),
        ({"role": "recruiter"}, ["Alaoui"]),
        ({"review": "overdue"}, ["Alaoui"]),  # due today is not overdue
        ({"review": "soon"}, ["Benali", "Chafik"]),
        ({"release": "7"}, ["Alaoui"]),
        ({"release": "90"}, ["Alaoui", "Chafik"]),
        ({"release": "90", "tier": "2"}, ["Chafik"]),
        ({"tier": "1", "returnee": "no"}, []),
        ({"tier": "nonsense", "unit": "x", "release": "8", "after": "no-uuid"}, ["Alaoui", "Benali", "Chafik"]),
    ],
)
def test_filters_combine(client, officer, three, query, expected):
    client.force_login(officer)
    assert names(client.get(LIST, query)) == expected


def test_prison_filter_is_national(client, reviewer, three, other_prison):
    client.force_login(reviewer)
    assert names(client.get(LIST, {"prison": "sale-2"})) == ["Alaoui", "Benali", "Chafik"]
    assert names(client.get(LIST, {"prison": "toulal-2"})) == []


def test_released_people_only_when_asked(client, officer, three):
    Inmate.objects.filter(pk=three[0].pk).update(status="released", unit=None)
    Inmate.objects.filter(pk=three[1].pk).update(status="absent")
    client.force_login(officer)
    assert names(client.get(LIST)) == ["Benali", "Chafik"]
    assert names(client.get(LIST, {"status": "released"})) == ["Alaoui"]
    assert names(client.get(LIST, {"status": "all"})) == ["Alaoui", "Benali", "Chafik"]


def test_counts_are_those_under_the_other_filters(officer, three):
    listing = Listing(officer, {"tier": "1"})
    counts = {one.name: {option.value: option.count for option in one.options} for one in listing.filters}
    assert listing.total == 1
    assert counts["tier"] == {"1": 1, "2": 1, "3": 0, "0": 1}  # its own filter does not narrow it
    assert counts["legal"]["remand"] == 0
    assert counts["release"] == {"7": 1, "30": 1, "90": 1}


def test_total_is_capped(client, officer, three, monkeypatch):
    monkeypatch.setattr("inmates.people.listing.FACETS_UP_TO", 1)
    monkeypatch.setattr("inmates.people.listing.COUNT_UP_TO", 2)
    monkeypatch.setattr("inmates.people.views.list.COUNT_UP_TO", 2)
    client.force_login(officer)
    response = client.get(LIST)
    assert response.context["count_text"] == "2+ people"
    assert "(3)" not in response.content.decode()


@pytest.mark.parametrize(
    "sort", ["name", "-name", "number", "born", "-born", "admitted", "release", "-release", "review", "-review"]
)
def test_pages_by_key_show_everybody_once_and_lead_back(officer, unit, sort, monkeypatch):
    monkeypatch.setattr("inmates.people.listing.ROWS", 4)
    for number in range(11):
        person = factories.make_inmate(unit, by=officer, family_name_latin="Same", days_ago=50 + number % 3)
        release = clock.today() + timedelta(days=number % 3) if number % 4 else None
        born = date(1980 + number % 2, 1, 1) if number != 5 else None
        Inmate.objects.filter(pk=person.pk).update(release_on=release, next_review_on=release, birth_date=born)
    seen, pages, address = [], [], {"sort": sort}
    for _page in range(3):
        listing = Listing(officer, address)
        pages.append([person.pk for person in listing.page])
        seen += pages[-1]
        following = listing.next_address
        address = {"sort": sort, "after": str(listing.page[-1].uuid)}
    assert following == ""
    assert seen == [person.pk for person in Listing(officer, {"sort": sort}).ordered()]
    assert len(set(seen)) == 11
    last = Listing(officer, {"sort": sort, "after": str(Inmate.objects.get(pk=pages[1][-1]).uuid)})
    back = Listing(officer, {"sort": sort, "before": str(last.page[0].uuid)})
    assert [person.pk for person in back.page] == pages[1]
    first = Listing(officer, {"sort": sort, "before": str(back.page[0].uuid)})
    assert [person.pk for person in first.page] == pages[0]
    assert first.previous_address == ""
    assert back.previous_address
    assert back.next_address


def test_filters_survive_paging(officer, three, monkeypatch):
    monkeypatch.setattr("inmates.people.listing.ROWS", 1)
    listing = Listing(officer, {"release": "90", "sort": "release"})
    assert f"after={three[0].uuid}" in listing.next_address
    assert "release=90" in listing.next_address
    assert "sort=release" in listing.next_address
    assert "after" not in listing.link


@pytest.mark.parametrize("rows", [10, 100])
def test_queries_do_not_grow(client, officer, unit, rows, django_assert_max_num_queries):
    for _number in range(rows):
        factories.make_inmate(unit, by=officer, sentenced=False)
    client.force_login(officer)
    client.get("/")  # the first request of a session writes it
    with django_assert_max_num_queries(12):
        response = client.get(LIST)
    assert len(response.context["people"]) == min(rows, ROWS)
    assert len(response.content) < 60_000


def test_looking_is_recorded(client, officer, three):
    client.force_login(officer)
    client.get(LIST, {"tier": "1"})
    event = Event.objects.get(verb="list.viewed")
    assert event.detail == {"filters": {"tier": "1"}, "named": [three[0].pk]}


# Search


def test_a_search_keeps_the_name_out_of_the_address(client, officer, three):
    client.force_login(officer)
    response = client.post(reverse("inmates:search"), {"q": "بنعلي"})
    kept = SavedSearch.objects.get()
    assert response.url == f"{LIST}?q={kept.token}"
    assert (kept.text, kept.owner) == ("بنعلي", officer)
    assert names(client.get(response.url)) == ["Benali"]
    assert names(client.get(response.url + "&tier=1")) == []
    assert not Event.objects.filter(detail__icontains="بنعلي").exists()


def test_an_empty_search_is_the_list(client, officer, three):
    client.force_login(officer)
    assert client.post(reverse("inmates:search"), {"q": " \x00 "}).url == LIST
    assert not SavedSearch.objects.exists()


def test_a_search_is_its_owners_alone(client, officer, director, three):
    kept = SavedSearch.objects.create(token="abc", owner=officer, text="Alaoui")
    client.force_login(director)
    assert client.get(LIST, {"q": kept.token}).status_code == 404
    client.force_login(officer)
    assert names(client.get(LIST, {"q": kept.token})) == ["Alaoui"]
    assert client.get(LIST, {"q": "nothing-like-it"}).status_code == 404


def test_a_search_finds_the_released_and_pages(client, officer, three, monkeypatch):
    monkeypatch.setattr("inmates.people.listing.ROWS", 2)
    Inmate.objects.filter(pk=three[0].pk).update(status="released", unit=None)
    client.force_login(officer)
    address = client.post(reverse("inmates:search"), {"q": "omar"}).url
    first = client.get(address)
    assert len(first.context["people"]) == 2
    second = client.get(LIST + first.context["listing"].next_address)
    assert len({*names(first), *names(second)}) == 3
    back = client.get(LIST + second.context["listing"].previous_address)
    assert names(back) == names(first)


def test_hits_while_typing(client, officer, officer2, three):
    client.force_login(officer)
    answer = client.post(reverse("inmates:search_hits"), {"q": "alao"}).content.decode()
    assert three[0].get_absolute_url() in answer
    assert three[0].registration_number in answer
    assert "1985" in answer
    assert "<li>" not in client.post(reverse("inmates:search_hits"), {"q": "a"}).content.decode()
    client.force_login(officer2)
    assert "<li>" not in client.post(reverse("inmates:search_hits"), {"q": "alaoui"}).content.decode()


def test_a_search_is_never_a_get(client, officer):
    client.force_login(officer)
    for name in ("inmates:search", "inmates:search_hits"):
        answer = client.get(reverse(name), {"q": "Alaoui"})
        assert answer.status_code == 405
        assert answer["Allow"] == "POST"
        assert "alaoui" not in answer.content.decode().lower()
    assert not SavedSearch.objects.exists()


# Export


def test_csv_is_what_is_shown(client, officer, three):
    client.force_login(officer)
    response = client.get(reverse("inmates:export"), {"release": "90", "sort": "-release", "format": "csv"})
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert [row[1] for row in rows[1:]] == ["CHAFIK Omar", "ALAOUI Omar"]
    assert rows[1][0] == three[2].registration_number
    assert Event.objects.get(verb="list.exported").detail == {
        "filters": {"release": "90"},
        "format": "csv",
        "people": 2,
    }


def test_xlsx_is_what_a_search_found(client, officer, three):
    client.force_login(officer)
    address = client.post(reverse("inmates:search"), {"q": "Chafik"}).url
    response = client.get(reverse("inmates:export") + address.removeprefix(LIST))
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    assert [row[1].value for row in sheet.iter_rows(min_row=2)] == ["CHAFIK Omar"]
    assert sheet.cell(2, 10).value.date() == clock.today() + timedelta(days=80)


def test_formulas_are_harmless(client, officer, unit):
    factories.make_inmate(unit, by=officer, family_name_latin="=cmd|calc", given_name_latin="")
    client.force_login(officer)
    rows = client.get(reverse("inmates:export"), {"format": "csv"}).content.decode("utf-8-sig")
    assert "'=CMD|CALC" in rows
    xlsx = client.get(reverse("inmates:export"), {"format": "xlsx"}).content
    cell = openpyxl.load_workbook(io.BytesIO(xlsx)).active.cell(2, 2)
    assert (cell.data_type, cell.value) == ("s", "=CMD|CALC")
    assert [harmless(text) for text in ("+1", "-1", "@x", "\t=1", "ok")] == ["'+1", "'-1", "'@x", "'\t=1", "ok"]


def test_export_needs_its_permission(client, assessor, officer, three):
    client.force_login(assessor)
    assert client.get(reverse("inmates:export")).status_code == 403
    assert "format=csv" not in client.get(LIST).content.decode()
    client.force_login(officer)
    assert client.get(reverse("inmates:export"), {"format": "pdf"}).status_code == 404
