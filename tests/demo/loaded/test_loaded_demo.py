"""The loaded demo: the published figures of March 2019 on any day of loading, and all who tell a tier agree on its days.

One file, so that one worker loads the demo for all of it.
"""

import os
import re
from collections import Counter
from datetime import timedelta
from html import unescape
from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count, F
from django.test import Client
from django.utils import timezone

from core import sayings
from demo import situations
from demo.accounts import DEMO, SHARED
from demo.situations.casting import NAMED
from facilities.models import Unit
from inmates.classification import in_force
from inmates.classification.models import Finding, TierDecision
from inmates.conditions.models import Incident, SeparationBar
from inmates.custody.models import Admission, Placement, RegistrationNumber
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.models import Inmate
from inmates.sentences.models import Pardon, Sentence
from musalaha.aftercare.models import FollowUp
from musalaha.models import Application, Cohort, Enrolment, ProgressNote
from reports.as_of import people_in
from reports.statistics import statistics
from tests import crawl, dumps
from tests.demo.loaded.conftest import figures

pytestmark = pytest.mark.django_db
TIERS = (1, 2, 3, None)
SAMPLE = 5


def test_figures_of_the_day(demo):
    data = figures(demo.today)
    custody, programme = data["custody"], data["musalaha"]
    assert data["facilities"] == {"registered": 17, "occupied": 16}
    assert custody["total"] == 812
    assert custody["returnees"] == 180
    assert sum(custody["by_tier"].values()) == sum(custody["by_facility"].values()) == 812
    assert custody["by_tier"]["unclassified"] == 12
    assert custody["by_legal_status"] == {
        "remand": 359,  # one was sent back to be tried again; two of the earlier stays were on remand and are sentenced
        "convicted_appeal": 63,  # two judgments of the tour became final
        "convicted_final": 387,
        "civil_imprisonment": 3,
    }
    assert programme["cohorts"] == {"completed": 2, "running": 1}
    assert programme["participating"] == 37
    assert (programme["graduates"], programme["graduates_pardoned"], programme["graduates_reduced"]) == (75, 41, 6)
    assert programme["graduates_released"] == 37
    assert programme["reconvicted"] == 0
    rounds = {row["number"]: row for row in programme["per_cohort"]}
    assert [rounds[n]["participants"] for n in (1, 2, 3)] == [37, 42, 39]
    assert [rounds[n]["graduates"] for n in (1, 2, 3)] == [35, 40, 0]
    assert (rounds[3]["withdrew"], rounds[3]["removed"]) == (1, 1)


def test_a_year_earlier(demo):
    data = figures(demo.today - timedelta(days=365))
    programme = data["musalaha"]
    assert programme["cohorts"] == {"completed": 1, "running": 1}
    assert programme["graduates"] == 35
    assert 0 < programme["graduates_pardoned"] < 41
    second = programme["per_cohort"][1]
    assert (second["number"], second["participants"], second["graduates"]) == (2, 42, 0)
    assert programme["participating"] == 42 - second["withdrew"] - second["removed"]
    assert 400 < data["custody"]["total"] < 812


def test_the_register_and_the_trail_hold(demo):
    out = StringIO()
    call_command("check_register", stdout=out)
    assert "agrees" in out.getvalue()
    call_command("verify_audit", stdout=out)


def test_everybody_but_newcomers_has_a_tier(demo):
    without = Inmate.objects.in_custody().filter(tier=None)
    assert without.count() == 12
    assert not without.filter(admitted_on__lt=demo.today - timedelta(days=14)).exists()


def test_returnees_serve_5_to_18_years(demo):
    terms = Sentence.objects.standing().filter(inmate__is_returnee=True, inmate__status="in_custody")
    assert terms.count() == 108
    assert not terms.exclude(kind="term", years__range=(5, 18)).exists()


def test_every_enrolment_rests_on_the_persons_own_application(demo):
    assert Enrolment.objects.count() == 37 + 42 + 39
    assert not Enrolment.objects.exclude(application__inmate=F("inmate")).exists()
    assert not Enrolment.objects.filter(application__asked_on__gt=F("started_on")).exists()
    early = Enrolment.objects.filter(ended_on=None, inmate__release_on__lt=F("cohort__ends_on"))
    assert early.get().application.finish_outside


def test_pardons_are_of_distinct_people_and_by_two_people(demo):
    verified = Pardon.objects.in_force().exclude(inmate__registration_number__in=situations.TOUR)
    assert verified.values("inmate").distinct().count() == verified.count() == 41
    assert not verified.filter(recorded_by=F("verified_by")).exists()
    assert Pardon.objects.awaiting().count() == 3


def test_there_is_work_to_do(demo):
    overdue = Inmate.objects.review_overdue(demo.today).count()
    due = Inmate.objects.in_custody().filter(
        next_review_on__range=(demo.today, demo.today + timedelta(days=14)), tier__isnull=False
    )
    assert 18 <= overdue <= 30
    assert due.count() > 40
    assert PossibleDuplicate.objects.filter(state="open").count() >= 3
    assert FollowUp.objects.filter(done_on=None, due_on__lt=demo.today).exists()
    assert Cohort.objects.get(state="open").number == 4


def test_a_little_of_everybody(demo):
    held = Inmate.objects.in_custody()
    assert held.filter(sex="F").count() == held.filter(unit__sex="F").count() == 2
    assert held.exclude(nationality="MA").count() + held.exclude(second_nationality="").count() == 13
    assert held.filter(release_basis="death").count() == 17
    assert held.filter(release_basis="life").count() == 23


def test_the_register_sheet_of_sale_2_finds_room(demo):
    numbers = RegistrationNumber.objects.filter(facility__code="sale-2").values_list("number", flat=True)
    assert not {str(n) for n in range(45_000, 45_238)} & set(numbers)
    for unit in Unit.objects.filter(facility__code="sale-2", name__in="ABC"):
        assert unit.working_capacity - unit.inmates.count() >= 85


def test_the_command_says_who_may_sign_in(demo):
    out = StringIO()
    call_command("load_demo", if_empty=True, stdout=out)
    assert SHARED in out.getvalue()
    assert all(row[0] in out.getvalue() for row in DEMO)
    assert f"Load date of the demo: {demo.today.isoformat()}" in out.getvalue()
    with pytest.raises(CommandError, match="not empty"):
        call_command("load_demo")
    assert demo.staff["officer"].check_password(SHARED)
    assert not demo.staff["kenitra.officer"].has_usable_password()


def days_of(demo):
    """Days of the demo's history, from the eve of its first admission to its load day."""
    first = timezone.localdate(Admission.objects.earliest("admitted_at").admitted_at) - timedelta(days=1)
    return [demo.today - timedelta(days=ago) for ago in range((demo.today - first).days + 1)]


def agree(day):
    """Compare all who tell about a day; returns how many people were in custody."""
    uuids = dict(Inmate.objects.values_list("pk", "uuid"))
    tiers = dict(Inmate.objects.values_list("uuid", "tier"))
    for uuid, column, _stored, should in in_force.disagreements(day):
        if column == "tier":
            tiers[uuid] = should
    held = dict(Placement.objects.on(day).values_list("inmate_id", "facility_id"))
    derived = Counter(tiers[uuids[pk]] for pk in held)
    decided = dict(TierDecision.objects.in_force_on(day).filter(inmate__in=held).values_list("inmate_id", "tier"))
    told = statistics(day)["custody"]
    assert [told["by_tier"][str(tier or "unclassified")] for tier in TIERS] == [derived[tier] for tier in TIERS], day
    assert Counter(decided.get(pk) for pk in held) == derived, day
    for facility, _people in Counter(held.values()).most_common(1):
        there = {one.inmate_id: one.tier_then for one in people_in(facility, day)}
        assert there == {pk: tiers[uuids[pk]] for pk, prison in held.items() if prison == facility}, day
    return told["total"]


def test_the_list_is_the_statistics_of_the_load_day(demo):
    listed = dict(Inmate.objects.in_custody().values_list("tier").annotate(people=Count("pk")))
    told = statistics(demo.today)["custody"]["by_tier"]
    assert {tier: told[str(tier or "unclassified")] for tier in TIERS} == listed
    assert agree(demo.today) == 812


def test_readers_agree_on_days_of_the_past(demo):
    days = days_of(demo)
    counted = [agree(day) for day in days[:: len(days) // SAMPLE]]
    assert counted[0] == 812
    assert counted[-1] < 100
    assert agree(days[-1]) == 0


@pytest.mark.long
@pytest.mark.skipif(not os.environ.get("LONG"), reason="every day of some years: bin/test --long")
def test_readers_agree_on_every_day(demo):
    if demo.today.month == 2:
        pytest.skip("here most reviews are imported: the whole history is that of the plain day")
    assert sum(agree(day) > 0 for day in days_of(demo)) > 4000


ADDRESS = "http://127.0.0.1:8000"
LISTS = [f"/inmates/{name}/" for name in ("alerts", "corrections", "orders", "tasks")]  # their own rows are read
THEN = {
    "the review": r"/reviews/[0-9a-f-]{36}/",
    "the notice": "/notice/",
    "the correction": r"/corrections/[0-9a-f-]{36}/",
}


def tour():
    """Rows of `docs/tour.md`: `(situation, name, number, account, address, what is opened there, texts)`."""
    text = (settings.BASE_DIR / "docs" / "tour.md").read_text(encoding="utf-8")
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if " | `" in line]
    for situation, who, account, look, see in rows:
        name, number = who.split(", ")
        address, then = re.fullmatch(rf"\[[^]]+\]\({ADDRESS}(/\S*)\)(?:, then (.+))?", look).groups()
        yield situation, name, number, account.strip("`"), address, then, re.findall("“([^”]+)”", see)


@pytest.fixture
def read(demo):
    """Read what a page says of a person, in English as one of the demo's accounts; of a list, their rows."""
    clients = {}

    def read(account, address, person, then=None):
        if account not in clients:
            clients[account] = Client()
            user = demo.staff[account]
            user.language = "en"
            user.save(update_fields=["language"])
            clients[account].force_login(user)
        answer = clients[account].get(address)
        html = answer.content.decode()
        assert sayings.MARK not in html, f"{address} shows the mark of a saying"
        if address.split("?")[0] in LISTS:
            html = crawl.without_others(html, [person.name_latin])
        if answer.status_code == 200 and then:
            found = [href for href in crawl.HREF.findall(html) if re.search(THEN[then], href)]
            assert found, f"{account} finds no way to {then} on {address}"
            return read(account, unescape(found[0]), person)
        return answer.status_code, " ".join(crawl.visible(html).split())

    return read


def test_the_tour_shows_what_it_says(demo, read):
    wrong = []
    for situation, name, number, account, address, then, texts in tour():
        person = Inmate.objects.get(registration_number=number)
        assert f"{person.given_name_latin} {person.family_name_latin}" == name
        status, text = read(account, address, person, then)
        missing = [shown for shown in texts if shown not in text]
        if status != 200 or missing or not texts or person.family_name_latin.upper() not in text:
            wrong.append((situation, number, account, status, missing))
    assert wrong == []


def test_the_tour_leaves_nobody_out(demo):
    numbers = {row[2] for row in tour()}
    assert numbers == set(situations.TOUR) | {number for number, _name in NAMED.values()}


# What somebody reads who has the tables and no key

OF = [
    (Finding, "evidence"),
    (Incident, "account"),
    (SeparationBar, "source"),
    (Application, "statement"),
    (ProgressNote, "text"),
]


def test_no_table_holds_a_number_or_what_was_written_of_health_and_beliefs(demo):
    numbers = set(Inmate.objects.exclude(cin=None).values_list("cin", flat=True))
    written = {
        text for model, name in OF for text in model._base_manager.values_list(name, flat=True) if len(text) > 12
    }
    assert len(numbers) > 100
    assert len(written) > 50
    for table, rows in dumps.tables().items():
        assert numbers.isdisjoint(re.findall(r"[A-Z]{1,2}[0-9]{5,8}", rows)), table
        assert [text for text in written if text in rows] == [], table
