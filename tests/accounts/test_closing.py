"""Closing an account: at once, but never the last who watches over the others by one alone; told where it matters."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import closed, credentials, roles
from accounts.actions import changes
from accounts.models import AccountChange, User
from audit.models import Event
from core.workflow import InvalidTransition
from tests import factories
from tests.accounts.conftest import WHY
from tests.application_rights import application_rights


def close(user, by):
    """Close an account as the page does."""
    with transaction.atomic():
        return changes.disable(user, reason=WHY, by=by)


def is_open(user):
    """Whether the account is open, as the database has it."""
    return User.objects.get(pk=user.pk).is_active


@pytest.fixture
def sysadmin3(db):
    """A third system administrator."""
    return factories.make_user(roles.SYSADMIN, username="sysadmin3")


def test_the_last_inspector_is_closed_by_two(inspector, officer, sysadmin, sysadmin2):
    other = factories.make_user(roles.INSPECTOR, username="inspector2")
    assert close(other, sysadmin) is None
    assert not is_open(other)
    change = close(inspector, sysadmin)
    assert (change.kind, change.state, is_open(inspector)) == ("close", "asked", True)
    with pytest.raises(InvalidTransition, match="waits for a second"):
        close(inspector, sysadmin)
    changes.approve(change, by=sysadmin2)
    assert not is_open(inspector)
    told = Event.objects.filter(verb="account.closed").order_by("id")
    assert [event.detail["roles"] for event in told] == [["inspector"], ["inspector"]]
    assert close(officer, sysadmin) is None


def test_an_inspector_whose_account_nobody_opened_is_no_other(inspector, sysadmin, sysadmin2):
    factories.make_user(roles.INSPECTOR, username="unopened", password="!")
    assert close(inspector, sysadmin).state == "asked"


def test_the_last_other_administrator_is_closed_by_nobody(inspector, officer, sysadmin, sysadmin2, sysadmin3):
    assert close(sysadmin3, sysadmin) is None
    with pytest.raises(InvalidTransition, match="nobody but you could approve"):
        close(sysadmin2, sysadmin)
    assert is_open(sysadmin2)
    close(officer, sysadmin)
    assert not AccountChange.objects.exists()


def test_where_there_is_one_administrator_the_last_inspector_stays(inspector, sysadmin):
    with pytest.raises(InvalidTransition, match="nobody but you"):
        close(inspector, sysadmin)
    assert is_open(inspector)


def statement(user, by):
    """The same as a statement, vouched for by the web process."""
    acting, vouched = application_rights(by), credentials.vouched(credentials.OWN_CHANGE, by)
    with transaction.atomic(), acting, vouched, connection.cursor() as cursor:
        cursor.execute("SELECT accounts_close(%s)", [user.pk])


def test_the_database_holds_the_same(inspector, officer, sysadmin, sysadmin2):
    for user in (inspector, sysadmin2):
        with pytest.raises(IntegrityError, match="closed by two"):
            statement(user, sysadmin)
        assert is_open(user)
    statement(officer, sysadmin)
    assert not is_open(officer)


def test_inspectors_and_the_national_office_are_told_at_once(
    inspector, reviewer, director, director2, officer, sysadmin, sysadmin2, signed_in
):
    close(officer, sysadmin)
    assert not closed.lately(inspector).exists()
    close(director, sysadmin)
    for user in (inspector, reviewer):
        client = signed_in(user)
        assert "Accounts closed in seven days" in client.get("/").content.decode()
        page = client.get(reverse("closed_accounts")).content.decode()
        assert ("director" in page, WHY in page, "(officer)" in page) == (True, True, False)
    assert "Accounts closed in seven days" not in signed_in(director2).get("/").content.decode()
    assert signed_in(sysadmin2).get(reverse("closed_accounts")).status_code == 403


def test_the_page_says_that_it_waits(inspector, sysadmin, sysadmin2, signed_in):
    client = signed_in(sysadmin)
    answer = client.post(reverse("staff_close", args=[inspector.pk]), {"reason": WHY})
    change = AccountChange.objects.get()
    assert answer["Location"] == reverse("staff_change", args=[change.uuid])
    assert "takes effect when another administrator approves" in client.get(answer["Location"]).content.decode()
    assert is_open(inspector)
