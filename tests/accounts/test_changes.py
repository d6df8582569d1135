"""One administrator asks, another approves, the database makes it; alone nobody changes anything."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import Error, IntegrityError, transaction
from django.urls import reverse

from accounts import roles
from accounts.actions import changes
from accounts.models import AccountChange, Posting, User
from audit.models import Event
from config import clock
from core.workflow import InvalidTransition
from tests import factories
from tests.accounts.conftest import WHY
from tests.matrix.transitions import check_step

Kind, State = AccountChange.Kind, AccountChange.State


def fresh(user):
    """The user as the next request sees it."""
    return User.objects.get(pk=user.pk)


def access(user, **other):
    """What a user is, with something else."""
    return changes.as_it_is(user) | other


def wanted(**other):
    """A new reviewer."""
    person = {"username": "amal", "first_name": "Amal", "last_name": "Rifi", "language": "fr", "qualification": ""}
    return person | {"roles": [roles.REVIEWER], "national": True} | other


def test_nothing_changes_until_another_approves(colleague, sysadmin, sysadmin2):
    change = changes.ask_access(colleague, access=access(colleague, roles=[roles.DIRECTOR]), reason=WHY, by=sysadmin)
    assert fresh(colleague).role_names == {roles.OFFICER}
    with pytest.raises(PermissionDenied, match="Another system administrator"):
        changes.approve(change, by=sysadmin)
    assert fresh(colleague).role_names == {roles.OFFICER}
    changes.approve(change, by=sysadmin2)
    assert fresh(colleague).role_names == {roles.DIRECTOR}
    asked, approved = Event.objects.filter(verb__startswith="account.change_").order_by("id")
    assert (asked.actor_id, approved.actor_id) == (sysadmin.pk, sysadmin2.pk)
    assert approved.detail["before"]["roles"] == [roles.OFFICER]
    assert approved.detail["after"]["roles"] == [roles.DIRECTOR]


def test_the_history_of_roles_is_kept(colleague, sysadmin, sysadmin2):
    change = changes.ask_access(colleague, access=access(colleague, roles=[roles.ASSESSOR]), reason=WHY, by=sysadmin)
    changes.approve(change, by=sysadmin2)
    from accounts.models import UserRole

    events = UserRole.pgh_event_models["insert"].objects.filter(user=colleague)
    rows = events.order_by("pgh_id").values_list("pgh_label", "group__name")
    assert list(rows) == [("insert", roles.OFFICER), ("delete", roles.OFFICER), ("insert", roles.ASSESSOR)]


def test_a_new_account_waits_and_then_stands_without_a_password(prison, sysadmin, sysadmin2):
    posting = {"facility": prison, "starts_on": clock.today(), "ends_on": None}
    change = changes.ask_new(
        access=wanted(roles=[roles.OFFICER], national=False), posting=posting, reason=WHY, by=sysadmin
    )
    assert not User.objects.filter(username="amal").exists()
    changes.approve(change, by=sysadmin2)
    amal = User.objects.get(username="amal")
    assert (amal.get_full_name(), amal.role_names, amal.facility_ids) == ("Amal Rifi", {roles.OFFICER}, [prison.pk])
    assert not amal.has_usable_password()
    assert not (amal.is_staff)
    assert not (amal.is_superuser)
    assert not (amal.national)


def test_an_administrator_is_staff_and_nobody_else(sysadmin, sysadmin2):
    change = changes.ask_new(
        access=wanted(roles=[roles.SYSADMIN], national=False), posting=None, reason=WHY, by=sysadmin
    )
    changes.approve(change, by=sysadmin2)
    assert User.objects.get(username="amal").is_staff


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"username": "Colleague"}, "username"),
        ({"roles": []}, "roles"),
        ({"roles": [roles.REVIEWER, roles.ASSESSOR]}, "roles"),
        ({"roles": [roles.SYSADMIN, roles.REVIEWER]}, "roles"),
        ({"roles": [roles.OFFICER]}, "national"),
        ({"national": False}, "facility"),
    ],
)
def test_what_cannot_be_asked_for(colleague, sysadmin, other, field):
    with pytest.raises(ValidationError) as refusal:
        changes.ask_new(access=wanted(**other), posting=None, reason=WHY, by=sysadmin)
    assert list(refusal.value.error_dict) == [field]
    assert not AccountChange.objects.exists()


def test_a_user_name_that_is_asked_for_is_taken(sysadmin, sysadmin2):
    changes.ask_new(access=wanted(), posting=None, reason=WHY, by=sysadmin)
    with pytest.raises(ValidationError, match="taken"):
        changes.ask_new(access=wanted(username="AMAL"), posting=None, reason=WHY, by=sysadmin2)


def test_nobody_asks_or_decides_about_themselves(sysadmin, sysadmin2):
    with pytest.raises(InvalidTransition, match="own account"):
        changes.ask_reset(sysadmin, identified="service_card", reason=WHY, by=sysadmin)
    change = changes.ask_reset(sysadmin2, identified="service_card", reason=WHY, by=sysadmin)
    with pytest.raises(PermissionDenied, match="own account"):
        changes.approve(change, by=sysadmin2)


def test_others_ask_and_decide_nothing(colleague, director, reviewer, inspector, sysadmin):
    change = changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin)
    for other in (director, reviewer, inspector):
        with pytest.raises(PermissionDenied):
            changes.approve(change, by=other)
        with pytest.raises(PermissionDenied):
            changes.ask_posting(
                colleague, facility=director.postings.get().facility, starts_on=clock.today(), reason=WHY, by=other
            )


def test_a_reason_is_needed(colleague, sysadmin):
    with pytest.raises(ValidationError, match="Say more"):
        changes.ask_reset(colleague, identified="service_card", reason="because", by=sysadmin)


def test_an_account_that_changed_meanwhile_is_asked_for_again(colleague, sysadmin, sysadmin2, signed_in):
    change = changes.ask_access(colleague, access=access(colleague, roles=[roles.DIRECTOR]), reason=WHY, by=sysadmin)
    User.objects.filter(pk=colleague.pk).update(last_name="Alami")
    with pytest.raises(InvalidTransition, match="ask for it again"):
        changes.approve(change, by=sysadmin2)
    client = signed_in(sysadmin2)
    page = reverse("staff_change", args=[change.uuid])
    answer = client.post(f"{page}approve/", HTTP_REFERER=f"http://testserver{page}", follow=True)
    assert answer.status_code == 200
    assert "ask for it again" in answer.content.decode()
    assert fresh(colleague).role_names == {roles.OFFICER}


def test_postings_begin_and_end_by_two(colleague, other_prison, sysadmin, sysadmin2):
    today = clock.today()
    posting = changes.ask_posting(colleague, facility=other_prison, starts_on=today, reason=WHY, by=sysadmin)
    assert other_prison.pk not in fresh(colleague).facility_ids
    changes.approve(posting, by=sysadmin2)
    assert other_prison.pk in fresh(colleague).facility_ids
    with pytest.raises(ValidationError, match="in force"):
        changes.ask_posting(colleague, facility=other_prison, starts_on=today, reason=WHY, by=sysadmin)
    held = Posting.objects.get(user=colleague, facility=other_prison)
    with pytest.raises(ValidationError, match="after it began"):
        changes.ask_posting_end(held, ends_on=today, reason=WHY, by=sysadmin2)
    ending = changes.ask_posting_end(held, ends_on=today + timedelta(days=1), reason=WHY, by=sysadmin2)
    changes.approve(ending, by=sysadmin)
    held.refresh_from_db()
    assert held.ends_on == today + timedelta(days=1)


@pytest.mark.parametrize("ask", ["reset", "factor"])
def test_whoever_lost_something_is_identified_and_the_other_reads_how(colleague, sysadmin, sysadmin2, signed_in, ask):
    for unsaid in ("", "by telephone"):
        with pytest.raises(ValidationError, match="made sure"):
            getattr(changes, f"ask_{ask}")(colleague, identified=unsaid, reason=WHY, by=sysadmin)
    client, page = signed_in(sysadmin), reverse(f"staff_{ask}", args=[colleague.pk])
    assert client.post(page, {"reason": WHY}).status_code == 422
    assert client.post(page, {"reason": WHY, "identified": "by telephone"}).status_code == 422
    assert not AccountChange.objects.exists()
    asked = client.post(page, {"reason": WHY, "identified": "identity_card"})
    read = signed_in(sysadmin2).get(asked["Location"]).content.decode()
    assert "In person, with the national identity card" in read
    assert Event.objects.get(verb="account.change_asked").detail["after"] == {"identified": "identity_card"}


def test_refused_and_taken_back_change_nothing(colleague, sysadmin, sysadmin2):
    change = changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin)
    with pytest.raises(InvalidTransition, match="waits"):
        changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin2)
    with pytest.raises(PermissionDenied):
        changes.withdraw(change, by=sysadmin2)
    changes.refuse(change, reason="The paper names somebody else", by=sysadmin2)
    with pytest.raises(InvalidTransition):
        changes.approve(change, by=sysadmin2)
    again = changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin)
    changes.withdraw(again, by=sysadmin)
    assert fresh(colleague).password == colleague.password


def test_closing_takes_one_and_works_at_once(colleague, sysadmin, signed_in):
    client = signed_in(colleague)
    assert client.get("/").status_code == 200
    changes.disable(colleague, reason="Left the service yesterday", by=sysadmin)
    assert client.get("/").status_code == 302
    with pytest.raises(InvalidTransition, match="closed"):
        changes.ask_reset(fresh(colleague), identified="service_card", reason=WHY, by=sysadmin)


def test_opening_again_takes_two_and_starts_anew(colleague, sysadmin, sysadmin2):
    colleague.set_password("a-long-password-7")
    colleague.save()
    changes.disable(colleague, reason="Left the service yesterday", by=sysadmin)
    change = changes.ask_enable(fresh(colleague), identified="service_card", reason=WHY, by=sysadmin)
    assert not fresh(colleague).is_active
    changes.approve(change, by=sysadmin2)
    assert fresh(colleague).is_active
    assert not fresh(colleague).has_usable_password()


def test_the_table_of_steps(colleague, sysadmin, sysadmin2, director):
    change = changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin)
    taken = {
        (to, user.username) for to in State for user in (sysadmin, sysadmin2, director) if check_step(change, to, user)
    }
    assert taken == {("withdrawn", "sysadmin"), ("approved", "sysadmin2"), ("refused", "sysadmin2")}


APPROVE = "UPDATE accounts_accountchange SET state = 'approved', decided_at = now(), decided_by_id = "

# What the application's database user may not do, whatever the pages let through.


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_user_groups (user_id, group_id) SELECT {user}, id FROM auth_group WHERE name = 'director'",
        "DELETE FROM accounts_user_groups WHERE user_id = {user}",
        "UPDATE accounts_user SET national = true WHERE id = {user}",
        "UPDATE accounts_user SET is_superuser = true WHERE id = {user}",
        "UPDATE accounts_user SET username = 'director' WHERE id = {user}",
        "UPDATE accounts_user SET is_active = true WHERE id = {user}",
        "DELETE FROM accounts_user WHERE id = {user}",
        "INSERT INTO accounts_posting (user_id, facility_id, starts_on) SELECT {user}, id, now() FROM facilities_facility",
        "UPDATE accounts_posting SET ends_on = NULL WHERE user_id = {user}",
        "UPDATE auth_group SET name = 'x'",
        "INSERT INTO auth_group_permissions (group_id, permission_id) SELECT g.id, p.id FROM auth_group g, auth_permission p",
        "DELETE FROM accounts_incompatibleroles",
        "UPDATE django_admin_log SET change_message = ''",
        "DELETE FROM django_admin_log",
        "SELECT accounts_start_anew({user})",
    ],
)
def test_the_application_writes_neither_roles_nor_scope(colleague, as_application, statement):
    with pytest.raises(Error, match="permission denied"), transaction.atomic(), as_application() as cursor:
        cursor.execute(statement.format(user=colleague.pk))


@pytest.mark.parametrize(
    "statement",
    [
        APPROVE + "asked_by_id WHERE id = {change}",
        APPROVE + "{director} WHERE id = {change}",
        APPROVE + "{user} WHERE id = {change}",
        'UPDATE accounts_accountchange SET after = \'{{"roles": ["director"]}}\' WHERE id = {change}',
        "UPDATE accounts_accountchange SET made_at = now() WHERE id = {change}",
        "UPDATE accounts_accountchange SET subject_id = {director} WHERE id = {change}",
        "UPDATE accounts_accountchange SET asked_by_id = {director} WHERE id = {change}",
        "DELETE FROM accounts_accountchange WHERE id = {change}",
        "SELECT accounts_make_change({change})",
        "INSERT INTO accounts_accountchange (uuid, kind, state, before, after, reason, refusal, asked_by_id, asked_at,"
        " decided_by_id, decided_at, tries, subject_id) SELECT gen_random_uuid(), 'reset', 'approved', '{{}}', '{{}}', 'x', '',"
        " asked_by_id, now(), {second}, now(), 0, subject_id FROM accounts_accountchange WHERE id = {change}",
        "INSERT INTO accounts_accountchange (uuid, kind, state, before, after, reason, refusal, asked_by_id, asked_at, tries,"
        " subject_id) SELECT gen_random_uuid(), 'posting', 'asked', '{{}}', '{{}}', 'x', '', {director}, now(), 0, subject_id"
        " FROM accounts_accountchange WHERE id = {change}",
        "INSERT INTO accounts_accountchange (uuid, kind, state, before, after, reason, refusal, asked_at, decided_at, tries)"
        " VALUES (gen_random_uuid(), 'first', 'approved', '{{}}', '{{}}', 'x', '', now(), now(), 0)",
    ],
)
def test_the_database_refuses_what_one_person_could_write(
    colleague, director, sysadmin, sysadmin2, as_application, statement
):
    change = changes.ask_access(colleague, access=access(colleague, roles=[roles.ASSESSOR]), reason=WHY, by=sysadmin)
    numbers = {"change": change.pk, "user": colleague.pk, "director": director.pk, "second": sysadmin2.pk}
    with pytest.raises(IntegrityError), transaction.atomic(), as_application() as cursor:
        cursor.execute(statement.format(**numbers))
    assert fresh(colleague).role_names == {roles.OFFICER}


def test_roles_that_exclude_each_other_are_refused_by_the_database(colleague):
    from django.contrib.auth.models import Group

    for first, second in roles.incompatible():
        user = factories.make_user(first)
        with pytest.raises(IntegrityError, match="exclude each other"), transaction.atomic():
            user.groups.add(Group.objects.get(name=second))


# The pages, with the rights that the application has.


def test_the_whole_way_on_the_pages(prison, sysadmin, sysadmin2, as_application, signed_in):
    with as_application():
        one, other = signed_in(sysadmin), signed_in(sysadmin2)
        form = {
            "username": "amal",
            "first_name": "Amal",
            "last_name": "Rifi",
            "language": "fr",
            "roles": [roles.OFFICER],
            "facility": prison.pk,
            "starts_on": f"{clock.today():%d/%m/%Y}",
            "reason": WHY,
        }
        answer = one.post(reverse("staff_new"), form | {"roles": [roles.OFFICER, roles.DIRECTOR]})
        assert answer.status_code == 422
        assert "Nobody is both" in answer.content.decode()
        answer = one.post(reverse("staff_new"), form)
        assert answer.status_code == 302
        page = one.get(answer["Location"]).content.decode()
        assert "Second code" in page
        assert "staff_change_approve" not in page
        assert one.post(f"{answer['Location']}approve/").status_code == 403
        assert not User.objects.filter(username="amal").exists()
        page = other.get(answer["Location"]).content.decode()
        assert "Second code" not in page
        assert "Amal" in page
        assert other.post(f"{answer['Location']}approve/").status_code == 302
        amal = User.objects.get(username="amal")
        assert amal.facility_ids == [prison.pk]
        letter = other.get(f"{answer['Location']}letter/")
        assert letter.status_code == 200
        assert letter["Content-Type"] == "application/pdf"
        assert one.get(f"{answer['Location']}letter/").status_code == 404
        for address in (
            reverse("staff"),
            reverse("staff_user", args=[amal.pk]),
            f"{reverse('staff')}?q=rifi&closed=on",
        ):
            assert "amal" in one.get(address).content.decode()


def test_the_admin_changes_no_account(colleague, sysadmin, signed_in):
    client = signed_in(sysadmin)
    address = reverse("admin:accounts_user_change", args=[colleague.pk])
    assert client.get(address).status_code == 200
    assert client.post(address, {"username": "other", "national": "on"}).status_code == 403
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403
    for ask in (client.get, client.post):
        assert ask(f"/admin/accounts/user/{colleague.pk}/password/").status_code in (403, 404)
    assert fresh(colleague).password == colleague.password


@pytest.mark.parametrize(
    ("field", "value"), [("username", "\uff53ysadmin"), ("username", "sys\u200badmin"), ("last_name", "\u202eizaT")]
)
def test_a_name_that_looks_like_another_is_refused(sysadmin, prison, field, value):
    access = {
        "username": "n.tazi", "first_name": "Nadia", "last_name": "Tazi", "language": "fr", "qualification": "",
        "roles": [roles.OFFICER], "national": False,
    }  # fmt: skip
    posting = {"facility": prison, "starts_on": clock.today(), "ends_on": None}
    with pytest.raises(ValidationError) as refusal:
        changes.ask_new(access=access | {field: value}, posting=posting, reason=WHY, by=sysadmin)
    assert list(refusal.value.error_dict) == [field]
    assert changes.ask_new(access=access, posting=posting, reason=WHY, by=sysadmin)
