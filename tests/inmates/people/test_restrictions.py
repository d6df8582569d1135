"""Restricted records: two people for each step, a duty view for everybody else, and the acts that holding and release need."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connections, models, transaction
from django.urls import reverse
from django.utils import translation

from accounts import roles
from accounts.models import User
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from facilities.models import Unit
from inmates.custody.models import Outing, Placement
from inmates.people.actions import emergency, restrictions
from inmates.people.models import EmergencyAccess, Inmate, RestrictionStep
from tests import factories

LATER = timedelta(days=90)


@pytest.fixture
def officer_too(prison):
    return factories.make_user(roles.OFFICER, prison, username="officer-too")


def step(inmate, kind, by, second=None, **fields):
    """A step asked for by one and, with `second`, approved by another."""
    if kind != "lift":
        fields.setdefault("until", clock.today() + LATER)
    asked = restrictions.ask(inmate, kind=kind, by=by, **fields)
    return restrictions.approve(asked, by=second) if second else asked


@pytest.fixture
def closed(inmate, director, reviewer, officer_too):
    """The record of `inmate`, restricted, one officer of two named for it."""
    Inmate.objects.filter(pk=inmate.pk).update(group_role="recruiter", is_returnee=True)
    step(inmate, "restrict", director, reviewer)
    step(inmate, "name", director, reviewer, user=officer_too)
    return Inmate.objects.get(pk=inmate.pk)


def may_read(user, inmate):
    return Inmate.objects.visible_to(User.objects.get(pk=user.pk)).filter(pk=inmate.pk).exists()


# Two people


def test_two_people_restrict_and_the_named_and_inspectors_read(
    inmate, officer, officer_too, director, reviewer, inspector, coordinator
):
    asked = step(inmate, "restrict", director)
    assert may_read(officer, inmate)  # asked for, and no more
    restrictions.approve(asked, by=reviewer)
    everybody = (officer, officer_too, director, reviewer, inspector, coordinator)
    assert [may_read(user, inmate) for user in everybody] == [False, False, False, False, True, False]
    named = step(inmate, "name", director, reviewer, user=officer_too)
    assert may_read(officer_too, inmate)
    assert not may_read(officer, inmate)
    restrictions.take_away(named, by=director)  # one is enough
    assert not may_read(officer_too, inmate)
    assert Inmate.objects.in_scope_of(officer).filter(pk=inmate.pk).exists()


def test_nobody_approves_what_they_asked_for_or_their_own_access(inmate, director, reviewer, reviewer2, officer):
    asked = step(inmate, "restrict", director)
    with pytest.raises(PermissionDenied):
        restrictions.approve(asked, by=director)
    with pytest.raises(PermissionDenied):
        restrictions.approve(asked, by=officer)
    with pytest.raises(PermissionDenied):
        step(inmate, "restrict", officer)
    restrictions.approve(asked, by=reviewer)
    own = step(inmate, "name", director, user=reviewer)
    with pytest.raises(PermissionDenied):
        restrictions.approve(own, by=reviewer)
    for wrong in ({"decided_by": reviewer}, {"decided_by": director}):
        with pytest.raises(IntegrityError), transaction.atomic():
            RestrictionStep.objects.filter(pk=own.pk).update(state="approved", decided_at=clock.now(), **wrong)
    restrictions.approve(own, by=reviewer2)
    assert may_read(reviewer, inmate)


def test_lifting_takes_two_and_ends_every_access(closed, director, reviewer, officer, officer_too):
    restriction = RestrictionStep.objects.restricting().get()
    waiting = step(closed, "renew", director)
    with pytest.raises(InvalidTransition):
        restrictions.take_away(restriction, by=director)
    with pytest.raises(IntegrityError), transaction.atomic():
        RestrictionStep.objects.filter(pk=restriction.pk).update(state="ended", ended_by=director, ended_at=clock.now())
    lift = step(closed, "lift", director)
    assert not may_read(officer, closed)
    restrictions.approve(lift, by=reviewer)
    assert may_read(officer, closed)
    states = dict(RestrictionStep.objects.values_list("pk", "state"))
    assert states.pop(lift.pk) == "approved"
    assert states.pop(waiting.pk) == "withdrawn"
    assert set(states.values()) == {"ended"}
    step(closed, "restrict", director, reviewer)  # anew, and nobody of before is named
    assert not may_read(officer_too, closed)


def test_an_access_ends_on_its_last_day_and_can_be_given_anew(closed, director, reviewer, officer_too, monkeypatch):
    last = clock.today() + LATER
    monkeypatch.setattr(clock, "today", lambda: last)
    assert may_read(officer_too, closed)
    monkeypatch.setattr(clock, "today", lambda: last + timedelta(days=1))
    assert not may_read(officer_too, closed)
    step(closed, "name", director, reviewer, user=officer_too, until=last + LATER)
    assert may_read(officer_too, closed)


@pytest.mark.parametrize("days", [-1, 367])
def test_a_restriction_is_looked_at_again_within_a_year(inmate, director, days):
    with pytest.raises(ValidationError):
        step(inmate, "restrict", director, until=clock.today() + timedelta(days=days))


def test_who_has_not_the_person_in_scope_is_not_named(closed, director, officer2, inspector, sysadmin):
    for user in (officer2, inspector, sysadmin, None):
        with pytest.raises(ValidationError):
            step(closed, "name", director, user=user)


def test_what_is_not_restricted_is_neither_renewed_nor_lifted_nor_read_by_name(inmate, director, officer):
    for kind, fields in (("renew", {}), ("lift", {}), ("name", {"user": officer})):
        with pytest.raises(InvalidTransition):
            step(inmate, kind, director, **fields)


def test_a_restriction_past_its_day_stands_on_a_list_and_goes_on(
    client, closed, director, reviewer, officer, monkeypatch
):
    client.force_login(director)
    assert "Restrictions to renew or lift" not in client.get("/").content.decode()
    day = clock.today() + LATER
    monkeypatch.setattr(clock, "today", lambda: day)
    assert "Restrictions to renew or lift" in client.get("/").content.decode()
    assert not may_read(officer, closed)
    step(closed, "renew", director, reviewer, until=day + LATER)
    assert "Restrictions to renew or lift" not in client.get("/").content.decode()


def test_there_is_no_field_for_a_cause_and_none_for_informants():
    fields = {field.name: field for field in RestrictionStep._meta.concrete_fields}
    assert set(fields) == {
        "id", "uuid", "inmate", "kind", "user", "until", "state", "asked_by", "asked_on", "decided_by", "decided_at",
        "ended_by", "ended_at",
    }  # fmt: skip
    texts = [one for one in fields.values() if isinstance(one, models.CharField | models.TextField | models.JSONField)]
    assert all(one.choices for one in texts)
    from django.apps import apps

    every = [field.name for model in apps.get_models() for field in model._meta.get_fields()]
    assert [name for name in every if "informant" in name or "informer" in name] == []


def answer(barrier, pk, user_pk):
    try:
        user = User.objects.get(pk=user_pk)
        asked = RestrictionStep.objects.get(pk=pk)
        barrier.wait(timeout=20)
        with translation.override("en"):
            restrictions.approve(asked, by=user)
    except InvalidTransition:
        return "told"
    finally:
        connections["default"].close()
    return "done"


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_approve_once(prison, unit, officer, director, reviewer, reviewer2):
    with ThreadPoolExecutor(2) as pool:
        for _n in range(8):
            inmate = factories.make_inmate(unit, by=officer)
            asked = step(inmate, "restrict", director)
            barrier = Barrier(2)
            calls = [pool.submit(answer, barrier, asked.pk, user.pk) for user in (reviewer, reviewer2)]
            assert sorted(call.result(timeout=30) for call in calls) == ["done", "told"]
            assert RestrictionStep.objects.restricting().filter(inmate=inmate).count() == 1


# The duty view


def test_who_is_not_named_gets_the_duty_view_and_no_tab(client, closed, officer, officer_too):
    client.force_login(officer)
    page = client.get(reverse("profile", args=[closed.uuid])).content.decode()
    assert "Restricted record." in page
    assert closed.family_name_latin.upper() in page
    assert closed.unit.name in page
    assert "Recruiter" not in page
    assert "Timeline" not in page
    assert Event.objects.filter(verb="duty_view.viewed", inmate_id=closed.pk, actor_id=officer.pk).exists()
    tabs = (
        "inmates:tab_custody", "inmates:tab_classification", "inmates:tab_conduct", "inmates:tab_identity",
        "inmates:tab_corrections", "musalaha:tab_programme", "timeline", "inmates:history", "inmates:edit",
    )  # fmt: skip
    assert {client.get(reverse(name, args=[closed.uuid])).status_code for name in tabs} == {404}
    client.force_login(officer_too)
    assert {client.get(reverse(name, args=[closed.uuid])).status_code for name in tabs} == {200}
    assert "Recruiter" in client.get(reverse("profile", args=[closed.uuid])).content.decode()


def test_the_list_and_the_search_say_who_is_here_and_no_more(client, closed, officer, unit):
    other = factories.make_inmate(unit, by=officer)
    Inmate.objects.filter(pk__in=[closed.pk, other.pk]).update(
        tier=1, tier_since=clock.today(), next_review_on=clock.today() - timedelta(days=3), is_returnee=True
    )
    client.force_login(officer)

    def found(**query):
        answer = client.get(reverse("inmates:list"), query)
        return {person.pk for person in answer.context["people"]}, answer.content.decode()

    people, page = found()
    assert people == {closed.pk, other.pk}
    assert "restricted" in page
    for query in ({"tier": "1"}, {"returnee": "yes"}, {"review": "overdue"}, {"sort": "review"}):
        assert found(**query)[0] == {other.pk}
    counts = {
        one.name: {o.value: o.count for o in one.options}
        for one in client.get(reverse("inmates:list")).context["listing"].filters
    }
    assert (counts["tier"]["1"], counts["status"]["in_custody"]) == (1, 2)
    sent = client.post(reverse("inmates:search_hits"), {"q": closed.registration_number}).content.decode()
    assert closed.family_name_latin.upper() in sent
    assert "restricted" in sent


def test_exports_leave_out_what_the_record_holds(client, closed, officer, officer_too):
    Inmate.objects.update(tier=1, tier_since=clock.today(), next_review_on=clock.today())

    def row(user):
        client.force_login(user)
        text = client.get(reverse("inmates:export"), {"format": "csv"}).content.decode()
        return next(line for line in text.splitlines() if closed.registration_number in line)

    assert f"{clock.today():%d/%m/%Y}" not in row(officer)
    assert f"{clock.today():%d/%m/%Y}" in row(officer_too)


@pytest.mark.parametrize(
    "name", ["move", "release", "outing_new", "escape", "add_order", "contact_new", "separate_now"]
)
def test_pages_of_acts_on_duty_open(client, closed, officer, name):
    client.force_login(officer)
    assert client.get(reverse(f"inmates:{name}", args=[closed.uuid])).status_code in (200, 302)


def test_what_stands_against_a_move_is_not_told_from_the_record(client, closed, officer, officer_too, prison):
    Inmate.objects.filter(pk=closed.pk).update(tier=1, tier_since=clock.today())
    Unit.objects.filter(facility=prison, name="B").update(tiers=[3])
    page = reverse("inmates:move", args=[closed.uuid])
    client.force_login(officer)
    told = client.get(page).content.decode()
    assert "Something in the restricted record stands against it" in told
    assert "does not take tier" not in told
    client.force_login(officer_too)
    assert "does not take tier 1" in client.get(page).content.decode()


def test_a_move_a_visit_to_court_and_a_release_go_on(client, closed, officer, prison):
    client.force_login(officer)
    to = prison.units.get(name="B")
    page = reverse("inmates:move", args=[closed.uuid])
    why = {"exception_reason": "No other place tonight", "exception_until": f"{clock.today() + LATER:%d/%m/%Y}"}
    answer = client.post(page, {"unit": to.pk, **why})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Placement.objects.get(inmate=closed, during__endswith=None).unit == to
    day = f"{clock.today() + timedelta(days=2):%d/%m/%Y}"
    answer = client.post(
        reverse("inmates:outing_new", args=[closed.uuid]),
        {"kind": "hospital", "planned_on": day, "place": "Hôpital de Salé", "purpose": "x", "escort": "2"},
    )
    assert answer.status_code == 302, answer.context["form"].errors
    assert Outing.objects.get(inmate=closed).facility == prison
    assert "Hôpital de Salé" in client.get(reverse("profile", args=[closed.uuid])).content.decode()


def test_in_an_emergency_a_restricted_record_of_another_prison_opens_on_the_same_page(
    client, closed, officer2, officer
):
    with pytest.raises(ValidationError, match="open to you anyway"):  # the duty view is
        emergency.open_record(closed.registration_number, reason="Found ill in the yard tonight", by=officer)
    emergency.open_record(closed.registration_number, reason="Found ill at our gate tonight", by=officer2)
    client.force_login(officer2)
    page = client.get(reverse("inmates:emergency_record", args=[EmergencyAccess.objects.get().uuid]))
    assert closed.family_name_latin.upper() in page.content.decode()
    assert Event.objects.filter(verb="inmate.opened_in_emergency", inmate_id=closed.pk).exists()


# Pages


def test_asked_for_on_one_page_and_approved_on_another(client, inmate, director, reviewer, officer):
    client.force_login(director)
    day = f"{clock.today() + LATER:%d/%m/%Y}"
    page = reverse("inmates:restriction", args=[inmate.uuid])
    assert client.post(reverse("inmates:restriction_ask", args=[inmate.uuid, "restrict"]), {"until": day}).url == page
    asked = RestrictionStep.objects.get()
    approve = reverse("inmates:restriction_answer", args=[asked.uuid, "approve"])
    assert client.post(approve).status_code == 403
    client.force_login(reviewer)
    assert "Restrictions to approve" in client.get("/").content.decode()
    assert "Approve" in client.get(reverse("inmates:restrictions")).content.decode()
    assert client.post(approve).url == page
    assert not may_read(officer, inmate)
    verbs = Event.objects.filter(inmate_id=inmate.pk, verb__startswith="restriction.").values_list("verb", flat=True)
    assert {"restriction.asked", "restriction.approved"} <= set(verbs)
    client.force_login(officer)
    assert client.get(page).status_code == 403


def test_withdrawn_by_who_asked_alone(inmate, director, reviewer):
    asked = step(inmate, "restrict", director)
    with pytest.raises(PermissionDenied):
        restrictions.withdraw(asked, by=reviewer)
    assert restrictions.withdraw(asked, by=director).state == "withdrawn"
    refused = restrictions.refuse(step(inmate, "restrict", director), by=reviewer)
    with pytest.raises(InvalidTransition):
        restrictions.approve(refused, by=reviewer)


def test_a_reviewer_who_is_not_named_is_told_that_a_review_waits(client, closed, reviewer):
    Inmate.objects.filter(pk=closed.pk).update(next_review_on=clock.today() - timedelta(days=1))
    client.force_login(reviewer)
    page = client.get(reverse("inmates:reviews")).content.decode()
    assert "restricted record for which you are not named" in page
    assert closed.family_name_latin.upper() not in page
