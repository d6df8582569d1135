"""Pardons: recorded by one, verified by another, immutable; whoever is free by it is raised that very day."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from config import clock
from core.workflow import InvalidTransition
from inmates.custody.actions import releases
from inmates.custody.models import DetentionOrder
from inmates.people.actions import restrictions
from inmates.people.models import Alert, Inmate, Task
from inmates.sentences.models import Fine, Pardon
from musalaha import daily, panels
from musalaha.actions import pardon_follow_through
from musalaha.pardon_effects import release_with, would_free
from tests.application_rights import rewriting
from tests.security.statements import refused


def test_no_effect_before_somebody_else_verifies(recorded, coordinator, reviewer):
    pardon = recorded()
    before = pardon.inmate.release_on
    assert would_free(pardon)
    with pytest.raises(PermissionDenied):
        pardon_follow_through.verify_pardon(pardon, by=coordinator)
    assert Inmate.objects.get(pk=pardon.inmate_id).release_on == before
    pardon = pardon_follow_through.verify_pardon(pardon, by=reviewer)
    assert Inmate.objects.get(pk=pardon.inmate_id).release_on == clock.today()
    with pytest.raises(InvalidTransition):
        pardon_follow_through.verify_pardon(pardon, by=reviewer)


def test_the_release_is_raised_that_day_on_the_prisons_first_page(recorded, reviewer, officer, director, officer2):
    inmate = recorded().inmate
    pardon_follow_through.verify_pardon(inmate.pardons.get(), by=reviewer)
    assert Task.objects.get(inmate=inmate).due_on == clock.today()
    assert Alert.objects.get(inmate=inmate, kind="release_overdue").audience == "prison"
    for user in (officer, director):
        first = panels.worklists(user)[0]
        assert (first.count, first.tone) == (1, "late")
        page = Client()
        page.force_login(user)
        assert inmate.name.split()[0] in page.get("/").content.decode()
    assert not [work for work in panels.worklists(officer2) if work.tone == "late"]
    assert Inmate.objects.get(pk=inmate.pk).held
    releases.release(inmate, ground="pardon", by=officer)
    assert not Inmate.objects.get(pk=inmate.pk).held


def test_a_restricted_record_keeps_nobody_in(recorded, reviewer, reviewer2, director, officer):
    pardon = recorded()
    until = clock.today() + timedelta(days=90)
    asked = restrictions.ask(pardon.inmate, kind="restrict", until=until, by=director)
    restrictions.approve(asked, by=reviewer2)
    client = Client()
    client.force_login(reviewer)  # who is not named
    assert client.get(pardon.inmate.get_absolute_url() + "identity/").status_code == 404
    assert client.get(reverse("musalaha:pardon", args=[pardon.uuid])).status_code == 200
    client.post(reverse("musalaha:pardon_verify", args=[pardon.uuid]), {"read": "on"})
    assert Pardon.objects.get(pk=pardon.pk).state == "verified"
    client.force_login(officer)
    first = panels.worklists(officer)[0]
    assert (first.count, first.tone) == (1, "late")
    assert client.get(reverse("inmates:release", args=[pardon.inmate.uuid])).status_code == 200


def test_whoever_is_held_by_something_else_is_not_raised(recorded, person, reviewer):
    inmate = person()
    DetentionOrder.objects.create(
        inmate=inmate, kind="civil", authority="x", reference="C-1", issued_on=clock.today() - timedelta(days=5)
    )
    pardon = recorded(inmate)
    assert not would_free(pardon)
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    assert not inmate.tasks.exists()
    assert not inmate.alerts.exists()


def test_a_reduction_shows_its_date_before_and_has_it_after(recorded, reviewer):
    pardon = recorded(prison="reduced", years=1)
    day, _basis = release_with(pardon)
    assert day < pardon.inmate.release_on
    assert not would_free(pardon)
    assert pardon_follow_through.verify_pardon(pardon, by=reviewer).inmate.release_on == day


def test_a_mistake_is_superseded_and_its_effect_with_it(recorded, coordinator, reviewer):
    wrong = pardon_follow_through.verify_pardon(recorded(prison="reduced", years=2), by=reviewer)
    unadjusted_less_two = wrong.inmate.release_on
    right = Pardon(inmate=wrong.inmate, sentence=wrong.sentence, prison="reduced", years=1)
    right = pardon_follow_through.correct_pardon(
        wrong, right, reference="1-26-77", dated_on=clock.today(), by=coordinator
    )
    assert Inmate.objects.get(pk=wrong.inmate_id).release_on == unadjusted_less_two
    right = pardon_follow_through.verify_pardon(right, by=reviewer)
    wrong.refresh_from_db()
    assert (wrong.state, wrong.superseded_by) == ("superseded", right)
    assert right.inmate.release_on.year == unadjusted_less_two.year + 1


def test_the_same_pardon_is_not_recorded_twice(recorded, reviewer):
    inmate = recorded(prison="reduced", years=1).inmate
    with pytest.raises(Exception, match="pardon"), transaction.atomic():
        recorded(inmate, prison="reduced", years=1)
    pardon_follow_through.verify_pardon(inmate.pardons.get(), by=reviewer)
    with pytest.raises(InvalidTransition):
        recorded(inmate, prison="reduced", years=1)
    assert inmate.pardons.count() == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE inmates_pardon SET years = 9 WHERE id = %(pardon)s",
        "UPDATE inmates_pardon SET state = 'recorded' WHERE id = %(pardon)s",
        "UPDATE inmates_pardon SET state = 'superseded' WHERE id = %(pardon)s",
        "DELETE FROM inmates_pardon WHERE id = %(pardon)s",
        "ALTER TABLE inmates_pardon DISABLE TRIGGER ALL",
        "TRUNCATE inmates_pardon CASCADE",
    ],
)
def test_a_verified_pardon_stands_against_sql_of_the_application(recorded, reviewer, statement):
    pardon = pardon_follow_through.verify_pardon(recorded(prison="reduced", years=1), by=reviewer)
    assert refused(statement, by=reviewer, pardon=pardon.pk)
    pardon.refresh_from_db()
    assert (pardon.state, pardon.years) == ("verified", 1)


def test_a_verified_pardon_stands_against_pages_and_admin(recorded, reviewer, coordinator, sysadmin):
    pardon = pardon_follow_through.verify_pardon(recorded(prison="reduced", years=1), by=reviewer)
    client = Client()
    client.force_login(reviewer)
    client.post(reverse("musalaha:pardon_verify", args=[pardon.uuid]))
    client.post(reverse("musalaha:pardon_reject", args=[pardon.uuid]), {"reason": "x"})
    client.force_login(sysadmin)
    assert client.get("/admin/inmates/pardon/").status_code in (403, 404)
    assert client.post(f"/admin/inmates/pardon/{pardon.pk}/change/", {"years": 9}).status_code in (403, 404)
    pardon.refresh_from_db()
    assert (pardon.state, pardon.years) == ("verified", 1)


def test_an_unverified_pardon_that_would_free_escalates_each_hour(recorded):
    pardon = recorded()
    assert Alert.objects.get(inmate=pardon.inmate).audience == "reviewers"
    assert daily.escalate_pardons() == 0
    with rewriting():
        Pardon.objects.filter(pk=pardon.pk).update(recorded_at=clock.now() - timedelta(hours=1))
    Alert.objects.update(raised_at=clock.now() - timedelta(hours=2), acknowledged_at=clock.now())
    assert daily.escalate_pardons() == 2
    assert set(Alert.objects.values_list("audience", flat=True)) == {"reviewers", "national"}
    assert not Alert.objects.filter(acknowledged_at__isnull=False).exists()


def test_a_reduction_that_frees_nobody_does_not_escalate(recorded):
    recorded(prison="reduced", years=1)
    assert daily.escalate_pardons() == 0
    assert not Alert.objects.exists()


def test_only_a_verified_pardon_of_the_same_person_is_corrected(person, recorded, coordinator, reviewer):
    pardon, stranger = recorded(), person()
    inmate = pardon.inmate
    again = {"reference": "1-26-79", "dated_on": clock.today(), "by": coordinator}

    def right(of):
        return Pardon(inmate=of, sentence=of.sentences.get(), prison="reduced", years=1)

    with pytest.raises(InvalidTransition, match="Only a verified pardon"):
        pardon_follow_through.correct_pardon(pardon, right(inmate), **again)
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    with pytest.raises(ValidationError, match="another person"):
        pardon_follow_through.correct_pardon(pardon, right(stranger), **again)
    assert pardon_follow_through.correct_pardon(pardon, right(inmate), **again).corrects == pardon


def test_what_a_superseded_pardon_did_to_a_fine_is_set_right_by_hand(recorded, coordinator, reviewer):
    pardon = recorded(prison="reduced", years=1, fine="remitted")
    Fine.objects.create(case=pardon.sentence.case, amount=500, remaining=500)
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    assert not Task.objects.filter(kind="other").exists()
    replacement = Pardon(inmate=pardon.inmate, sentence=pardon.sentence, prison="reduced", years=2)
    pardon_follow_through.correct_pardon(
        pardon, replacement, reference="1-26-80", dated_on=clock.today(), by=coordinator
    )
    pardon_follow_through.verify_pardon(replacement, by=reviewer)
    assert Task.objects.get(kind="other").due_on == clock.today()


def test_a_verification_ends_the_alarm(recorded, reviewer):
    pardon = recorded()
    alarm = Alert.objects.filter(inmate=pardon.inmate, kind="pardon_unverified")
    assert alarm.filter(acknowledged_at=None).exists()
    pardon_follow_through.verify_pardon(pardon, by=reviewer)
    assert set(alarm.values_list("acknowledged_by", flat=True)) == {reviewer.pk}
    assert not alarm.filter(acknowledged_at=None).exists()
