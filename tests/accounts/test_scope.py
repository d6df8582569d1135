"""Roles say what, postings say where; both end when they end."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.test import Client

from accounts import roles
from accounts.models import Posting, User
from audit.models import Event
from config import clock
from inmates.people.models import Inmate
from tests import factories


def fresh(user):
    """The user as the next request sees it."""
    return User.objects.get(pk=user.pk)


def test_every_role_has_its_permissions(db):
    for role, wanted in roles.PERMISSIONS.items():
        user = factories.make_user(role)
        assert fresh(user).held_permissions == wanted


def test_own_prison_and_no_other(inmate, officer, officer2):
    assert list(Inmate.objects.visible_to(officer)) == [inmate]
    assert list(Inmate.objects.visible_to(officer2)) == []
    officer.require("inmates.place", at=inmate.facility)
    with pytest.raises(PermissionDenied):
        officer2.require("inmates.place", at=inmate.facility)


def test_a_posting_that_ended_shows_nothing(inmate, officer):
    Posting.objects.filter(user=officer).update(ends_on=clock.today())
    assert list(Inmate.objects.visible_to(fresh(officer))) == []


def test_a_posting_serves_until_the_day_before_its_end(inmate, officer):
    Posting.objects.filter(user=officer).update(ends_on=clock.today() + timedelta(days=1))
    assert list(Inmate.objects.visible_to(fresh(officer))) == [inmate]


def test_the_system_administrator_sees_no_inmate(inmate, sysadmin):
    assert list(Inmate.objects.visible_to(sysadmin)) == []


def test_a_superuser_without_a_role_sees_no_inmate(inmate):
    root = User.objects.create_superuser("root", password="x")
    assert list(Inmate.objects.visible_to(root)) == []
    client = Client()
    client.force_login(root)
    assert client.get(inmate.get_absolute_url()).status_code == 403


def test_nobody_but_the_roles_gives_permissions(officer):
    officer.user_permissions.add(Permission.objects.get(codename="decide_review"))
    assert not fresh(officer).can("inmates.decide_review")


def test_an_inactive_user_may_nothing(officer):
    officer.is_active = False
    officer.save()
    assert not fresh(officer).can("inmates.view_record")


def test_signing_in_and_failing_to_stand_in_the_trail(officer):
    officer.set_password("a-long-password-7")
    officer.save()
    client = Client()
    client.post("/accounts/login/", {"login": "officer", "password": "wrong"})
    assert Event.objects.filter(verb="refused.session.opened", actor_id=officer.pk).count() == 1
    answer = client.post("/accounts/login/", {"login": "officer", "password": "a-long-password-7"})
    assert answer.status_code == 302
    assert Event.objects.filter(verb="session.opened", actor_id=officer.pk).count() == 1


def test_the_language_is_kept(officer):
    client = Client()
    client.force_login(officer)
    client.post("/accounts/language/", {"language": "ar", "next": "/"})
    assert fresh(officer).language == "ar"
    assert 'dir="rtl"' in client.get("/").content.decode()
    client.post("/accounts/language/", {"language": "xx", "next": "https://example.org/"})
    assert fresh(officer).language == "ar"


def test_the_system_administrator_cannot_widen_their_own_account(sysadmin):
    client = Client()
    client.force_login(sysadmin)
    before = fresh(sysadmin).national
    answer = client.post(f"/admin/accounts/user/{sysadmin.pk}/change/", {"username": "sysadmin", "national": "on"})
    assert answer.status_code == 403
    assert fresh(sysadmin).national == before


def test_no_sign_up(db):
    assert Client().get("/accounts/signup/").status_code in (302, 404)
    assert User.objects.count() == 0
