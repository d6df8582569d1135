"""Whoever classifies never learns who applied, was refused, took part or left without graduating; others still do."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from accounts import roles
from accounts.actions import permanences
from accounts.models import User
from config import clock
from inmates.conditions.actions import incidents
from inmates.conditions.models import Incident, IncidentPerson
from inmates.custody.actions import placements
from inmates.custody.models import Placement, Transfer
from inmates.custody.whereabouts import held_in
from inmates.people.models import Inmate, Task
from inmates.roll_counts import actions as roll_counts
from inmates.transfers import actions as transfers
from musalaha.actions import applications, cohorts, enrolments
from tests import factories
from tests.crawl import PROGRAMME_WORDS, telling
from tests.inmates.classification.conftest import decided, submitted

pytestmark = pytest.mark.django_db
WHY = "Retour de Moussalaha"
WORDS = re.compile(PROGRAMME_WORDS.pattern + r"|Quartier Safran|Atlas-77|\b177\b", re.IGNORECASE)


def signed_in(client, user):
    client.force_login(user)
    return client


@pytest.fixture
def world(prison, other_prison, officer, officer2, assessor, reviewer, director, director2, coordinator):
    """A round in `sale-2`; one person withdrew, one was removed and came by a transfer for it, one was refused."""
    home = prison.units.get(name="A")
    unit = factories.UnitFactory(facility=prison, name="Quartier Safran", purpose="programme")
    make = factories.make_inmate
    people = {
        "withdrew": make(home, by=officer, family_name_latin="Amzil", family_name_ar="الأول"),
        "removed": make(other_prison.units.get(), by=officer2, family_name_latin="Bouzekri", family_name_ar="الثاني"),
        "refused": make(home, by=officer, family_name_latin="Chafik", family_name_ar="الثالث"),
    }
    transfer = transfers.propose(
        people["removed"], destination=prison, reason="programme", note="Atlas-77", by=officer2
    )
    transfers.approve(transfer, by=director2)
    transfers.accept(transfer, unit=home, by=officer)
    transfers.depart(transfer, at=clock.now() - timedelta(hours=9), by=officer2)
    transfers.arrive(transfer, unit=home, registration_number="R-1", at=clock.now() - timedelta(hours=8), by=officer)
    for who in ("withdrew", "removed"):
        tell = decided(people[who], assessor=assessor, reviewer=reviewer, served_by=officer)
        assert tell.tier == 2
    Inmate.objects.filter(pk=people["refused"].pk).update(tier=2, tier_since=clock.today())
    people = {who: Inmate.objects.get(pk=person.pk) for who, person in people.items()}
    cohort = cohorts.plan_cohort(177, facility=prison, unit=unit, starts_on=clock.today(), capacity=9, by=coordinator)
    cohort = cohorts.open_cohort(cohort, by=coordinator)

    def ask(who):
        return applications.record_application(people[who], asked_on=clock.today(), statement="x", by=officer)

    for who in ("withdrew", "removed"):
        applications.accept(ask(who), cohort=cohort, by=coordinator)
    applications.decline(ask("refused"), reason="No place", by=coordinator)
    cohort = cohorts.start_cohort(cohort, by=coordinator)
    part = {who: cohort.enrolments.get(inmate=people[who]) for who in ("withdrew", "removed")}
    incidents.record(
        Incident(
            facility=prison, unit=unit, location="Salle Atlas-77", happened_at=clock.now(), kind="threat",
            account="Deux mots échangés.",
        ),
        people=[(people["removed"], IncidentPerson.Part.INVOLVED)],
        by=officer,
    )  # fmt: skip
    roll_counts.record(
        prison, counted={one.pk: placed - out for one, placed, out in roll_counts.expected(prison)}, by=officer
    )
    enrolments.withdraw(part["withdrew"], by=officer)
    enrolments.propose_removal(part["removed"], code="safety", reason="x", by=coordinator)
    enrolments.confirm_removal(part["removed"], by=director)
    back = prison.units.get(name="B")
    back.tiers = [1]
    back.save()
    # No way back to the other prison: a task; meanwhile a place here. (Who is still in the programme unit is shown there.)
    placements.place(Inmate.objects.get(pk=people["removed"].pk), unit=home, by=officer)
    person = Inmate.objects.get(pk=people["withdrew"].pk)
    placements.place(
        person, unit=back, exception_reason=WHY, exception_until=clock.today() + timedelta(days=9), by=officer
    )
    Task.objects.create(inmate=person, facility=prison, kind="return_unit", due_on=clock.today(), note="Atlas-77")
    transfers.propose(person, destination=other_prison, reason="return", note="Atlas-77", by=officer)
    submitted(person, assessor=assessor)
    return {who: Inmate.objects.get(pk=one.pk) for who, one in people.items()}


def entrances(person):
    """Where somebody begins who wants to know about a person: the first page, every list, and the person's own pages."""
    lists = ("today", "inmates:list", "inmates:transfers", "inmates:exceptions", "inmates:tasks", "inmates:alerts")
    own = ("profile", "timeline", "inmates:tab_custody", "inmates:tab_conduct", "inmates:tab_classification",
           "inmates:tab_identity", "inmates:history")  # fmt: skip
    yield from (reverse(name) for name in (*lists, "inmates:incidents", "inmates:reviews"))
    yield reverse("inmates:transfers") + "?show=all"
    yield from (reverse("reports:prison_as_of", args=["sale-2"]) + day for day in ("", "?as_of=2100-01-01"))
    yield from (reverse(name, args=[person.uuid]) for name in own)


RECORDS = re.compile(r"^/inmates/(transfers|incidents|reviews|decisions|appeals)/[0-9a-f-]{36}/|^/facilities/sale-2/")


def about(person):
    """Which links to follow: pages of this person, records that may name them, the prison."""
    return lambda target: ".pdf?" not in target and (str(person.uuid) in target or bool(RECORDS.match(target)))


@pytest.mark.parametrize(
    ("role", "language"),
    [
        ("assessor", "ar"),
        pytest.param("reviewer", "fr", marks=pytest.mark.long),
        pytest.param("assessor", "en", marks=pytest.mark.long),
    ],
)
def test_no_page_tells_whoever_classifies(world, role, language, request):
    user = request.getfixturevalue(role)
    User.objects.filter(pk=user.pk).update(language=language)
    user = User.objects.get(pk=user.pk)
    for person in world.values():
        told, pages = telling(user, list(entrances(person)), person, WORDS, follow=about(person))
        assert told == []
        assert pages > 9


def test_the_same_walk_tells_an_officer(world, officer):
    for who in ("withdrew", "removed"):
        person = world[who]
        told, _pages = telling(officer, list(entrances(person)), person, WORDS, follow=about(person))
        addresses = {address.split("?")[0] for address, _word in told}
        assert reverse("inmates:tab_custody", args=[person.uuid]) in addresses
        assert reverse("musalaha:tab_programme", args=[person.uuid]) in addresses


@pytest.mark.parametrize("role", ["assessor", "reviewer"])
def test_of_the_past_the_prison_for_everybody_alike(world, role, request, client, prison, other_prison, officer):
    page = reverse("inmates:tab_custody", args=[world["removed"].uuid])
    shown = signed_in(client, request.getfixturevalue(role)).get(page).context
    assert shown["placements"] is None
    assert [one.facility for one in shown["held_in"]] == [prison, other_prison]
    untouched = factories.make_inmate(prison.units.get(name="C"), by=officer)
    page = reverse("inmates:tab_custody", args=[untouched.uuid])
    assert [one.facility for one in client.get(page).context["held_in"]] == [prison]
    assert client.get(page).context["placements"] is None
    assert signed_in(client, officer).get(page).context["placements"].count() == 1


def test_a_stretch_ends_with_a_break_not_with_a_move(world, prison):
    person = world["withdrew"]
    assert Placement.objects.filter(inmate=person).count() == 4
    (only,) = held_in(person)
    assert (only.facility, only.until) == (prison, None)
    last = Placement.objects.current().get(inmate=person)
    placements.end_placement(person, at=clock.now())
    last.refresh_from_db()
    assert held_in(person)[0].until == last.during.upper


@pytest.mark.parametrize("role", ["assessor", "reviewer"])
def test_the_order_of_a_transfer_says_why_and_is_not_theirs(world, role, request, client, officer):
    transfer = Transfer.objects.filter(inmate=world["removed"]).get()
    page = reverse("inmates:transfer_paper", args=[transfer.uuid])
    assert signed_in(client, request.getfixturevalue(role)).get(page).status_code == 403
    assert signed_in(client, officer).get(page).status_code == 200


def test_the_units_of_the_programme_are_no_filter_of_theirs(world, assessor, officer, client):
    page = reverse("inmates:list")
    for user, offered in ((assessor, False), (officer, True)):
        html = signed_in(client, user).get(page).content.decode()
        assert ("Quartier Safran" in html) == offered


def test_statistics_of_a_round_are_small_enough_to_tell(world, reviewer, coordinator, client):
    page = reverse("reports:statistics")
    assert signed_in(client, coordinator).get(page).context["cohorts"][0]["withdrew"] == 1
    answer = signed_in(client, reviewer).get(page)
    assert not answer.context["cohorts"]
    assert "Withdrew" not in answer.content.decode()


def test_another_role_beside_does_not_open_the_programme(world, assessor, reviewer, officer, prison, client):
    assessor.groups.add(officer.groups.get())
    stands_in = factories.make_user(roles.ASSESSOR, prison, username="stands-in")
    stands_in.set_password("open since long ago")
    stands_in.save()
    night = {
        "starts_at": clock.now(),
        "ends_at": clock.now() + timedelta(hours=9),
        "reason": "Nobody else is there tonight",
    }
    permanences.name(stands_in, facility=prison, role=roles.OFFICER, by=reviewer, **night)
    for user in (assessor, stands_in):
        both = User.objects.get(pk=user.pk)
        assert both.can("inmates.place")
        assert not any(name.startswith("musalaha.") for name in both.held_permissions)
        page = reverse("musalaha:tab_programme", args=[world["withdrew"].uuid])
        assert signed_in(client, both).get(page).status_code == 403


def test_no_role_that_classifies_is_given_the_programme():
    for role, permissions in roles.PERMISSIONS.items():
        if not roles.CLASSIFYING.isdisjoint(permissions):
            assert not [name for name in permissions if name.startswith("musalaha.")], role
