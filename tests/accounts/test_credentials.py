"""A password or a second factor is written for a deed that is vouched for; the application's login alone writes neither."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import identify_hasher
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from accounts import credentials
from accounts.actions import changes
from accounts.models import AccountChange, NightCode, User
from audit import signed_context
from tests.accounts.conftest import WHY
from tests.accounts.soft_key import SoftKey
from tests.accounts.test_second_factor import PASSWORD, app_of, key_of, sign_in, touch, with_password
from tests.application_rights import application_rights, rewriting
from tests.security.statements import each, every, refused

NEW = "another-river-and-palm-20"
WRITE = (
    "SELECT accounts_write_password('{deed}', %(user)s, (SELECT password FROM accounts_user WHERE id = %(user)s), 'x')"
)
INSERT = (
    "INSERT INTO mfa_authenticator (user_id, type, data, created_at)"
    " VALUES (%(user)s, 'webauthn', '{\"name\": \"x\"}', now())"
)
ASK = (
    "INSERT INTO accounts_accountchange (uuid, kind, state, before, after, reason, refusal, asked_by_id, asked_at, tries,"
    " subject_id) VALUES (gen_random_uuid(), 'reset', 'asked', '{}', '{}', 'x', '', %(admin)s, now(), 0, %(user)s)"
)
APPROVE = (
    "UPDATE accounts_accountchange SET state = 'approved', decided_at = now(), decided_by_id = %(second)s"
    " WHERE id = %(change)s"
)


def stored(user):
    """The account as it is now."""
    return User.objects.get(pk=user.pk)


def test_no_statement_writes_a_password(officer, officer2, sysadmin, sysadmin2):
    with_password(officer)
    waiting = changes.ask_reset(officer, identified="service_card", reason=WHY, by=sysadmin)
    spent = changes.approve(
        changes.ask_reset(officer2, identified="service_card", reason=WHY, by=sysadmin), by=sysadmin2
    )
    with application_rights():
        credentials.enrol(spent, officer2, NEW)
    statements = [
        "UPDATE accounts_user SET password = 'x' WHERE id = %(user)s",
        WRITE.format(deed="own password"),
        WRITE.format(deed="same password"),
        WRITE.format(deed="enrolment"),
        "SELECT accounts_enrol(%(change)s, 'x')",
        "SELECT accounts_enrol(%(spent)s, 'x')",
        "UPDATE accounts_accountchange SET enrolled_at = now() WHERE id = %(spent)s",
        "UPDATE accounts_accountchange SET enrolled_at = NULL, tries = 0 WHERE id = %(spent)s",
        "SELECT set_config('accounts.making', %(change)s::text, true);"
        " UPDATE accounts_accountchange SET made_at = now() WHERE id = %(change)s",
    ]
    values = {"user": officer.pk, "change": waiting.pk, "spent": spent.pk}
    assert every(statements, **values) == []
    assert every(statements, by=officer, **values) == []
    assert stored(officer).check_password(PASSWORD)


def test_no_statement_writes_a_second_factor(officer):
    key = key_of(officer)
    statements = [
        INSERT,
        "UPDATE mfa_authenticator SET data = '{}' WHERE id = %(key)s",
        "UPDATE mfa_authenticator SET user_id = user_id + 1 WHERE id = %(key)s",
        "UPDATE mfa_authenticator SET type = 'totp' WHERE id = %(key)s",
        "DELETE FROM mfa_authenticator WHERE id = %(key)s",
    ]
    values = {"user": officer.pk, "key": key.pk}
    assert every(statements, **values) == []
    assert every(statements, by=officer, **values) == []
    assert each(["UPDATE mfa_authenticator SET last_used_at = now() WHERE id = %(key)s"], **values) == []


def vouching(deed, user, value=None):
    """Let the running transaction say a deed, as the page would, or another value in its place."""
    with credentials.vouched(deed, user), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [credentials.SETTING])
        said = cursor.fetchone()[0]
    credentials._say(value(said) if value else said)
    return said


@pytest.mark.parametrize(
    ("deed", "statement"),
    [("own factor", INSERT), ("own password", WRITE.format(deed="own password")),
     ("same password", WRITE.format(deed="same password"))],
)  # fmt: skip
def test_a_deed_is_for_one_user_one_purpose_and_one_transaction(officer, director, deed, statement):
    user = {"user": officer.pk}
    vouching(deed, officer)
    assert refused(statement, by=officer, **user) is False
    assert refused(statement, by=director, **user) is deed.startswith("own")
    for other in {"own factor", "own password", "same password", "enrolment"} - {deed}:
        vouching(other, officer)
        assert refused(statement, by=officer, **user)
    vouching(deed, director)
    assert refused(statement, by=officer, **user)
    for part in range(5):
        vouching(deed, officer, lambda said, n=part: "|".join([*said.split("|")[:n], "7", *said.split("|")[n + 1 :]]))
        assert refused(statement, by=officer, **user)


@pytest.mark.django_db(transaction=True)
def test_what_another_transaction_said_is_nothing(officer):
    with transaction.atomic():
        said = vouching("own factor", officer)
    with transaction.atomic():
        credentials._say(said)
        assert refused(INSERT, by=officer, user=officer.pk)


def test_a_context_is_no_deed_and_a_deed_no_context(officer):
    said = vouching("own factor", officer)
    with application_rights(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config(%s, %s, true)", [signed_context.SETTING, said])
        cursor.execute("SELECT audit_acts()")
        assert cursor.fetchone()[0] is None
        credentials._say(signed_context.signed("deed", "own factor"))
        assert refused(INSERT, by=officer, user=officer.pk)


def test_a_password_that_changed_meanwhile_stays(officer):
    with_password(officer)
    late = stored(officer)
    with application_rights(officer):
        credentials.write_password(officer, NEW, deed=credentials.OWN_PASSWORD)
    with pytest.raises(IntegrityError, match="changed meanwhile"), transaction.atomic(), application_rights(officer):
        credentials.write_password(late, "yet-another-word-31", deed=credentials.OWN_PASSWORD)
    with application_rights():
        credentials.write_password(late, "yet-another-word-31", deed=credentials.SAME_PASSWORD)
    assert stored(officer).check_password(NEW)


def test_a_hash_of_an_older_kind_is_written_anew_at_the_sign_in(officer, settings):
    with_password(officer)
    older = stored(officer).password
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher", *settings.PASSWORD_HASHERS]
    client, _led_to = sign_in(officer)
    assert client.get("/").status_code == 200
    newer = stored(officer).password
    assert (identify_hasher(older).algorithm, identify_hasher(newer).algorithm) == ("md5", "pbkdf2_sha256")
    assert stored(officer).check_password(PASSWORD)
    assert not stored(officer).check_password(NEW)


def test_ones_own_factor_comes_is_renamed_and_goes_on_the_pages(officer):
    client, _led_to = sign_in(with_password(officer))
    key, page = SoftKey(), reverse("mfa_add_webauthn")
    options = client.get(page).context["js_data"]["creation_options"]
    client.post(page, {"name": "Ring", "credential": json.dumps(key.answer_registration(options))})
    held = Authenticator.objects.get(user=officer)
    touch(client, key)
    assert client.post(reverse("mfa_edit_webauthn", args=[held.pk]), {"name": "Desk"}).status_code == 302
    assert str(Authenticator.objects.get()) == "Desk"
    assert client.post(reverse("mfa_remove_webauthn", args=[held.pk])).status_code == 302
    assert not Authenticator.objects.exists()
    app_of(officer)
    assert client.post(reverse("mfa_deactivate_totp"))["Location"] == reverse("mfa_index")
    assert not Authenticator.objects.exists()


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_who_has_not_said_who_they_are_changes_no_factor(officer, name):
    from tests.accounts.test_presence import later

    client, _led_to = sign_in(with_password(officer))
    client.get("/")
    key = key_of(officer)
    later(client, 11 * 60, still_there=True)
    answer = client.post(reverse(name, args=[key.pk]), {"name": "Desk"})
    assert answer["Location"].startswith(reverse("account_reauthenticate"))
    assert str(Authenticator.objects.get()) == "Key"


def test_a_change_is_asked_for_and_decided_by_whoever_acts(officer, sysadmin, sysadmin2):
    change = changes.ask_reset(officer, identified="service_card", reason=WHY, by=sysadmin)
    values = {"user": officer.pk, "admin": sysadmin.pk, "second": sysadmin2.pk, "change": change.pk}
    withdrawn = APPROVE.replace("approved", "withdrawn")
    statements = [ASK.replace("'reset'", "'posting'"), APPROVE, withdrawn]
    for by in (None, officer, sysadmin, sysadmin2):  # a context alone, which may be another connection's, is not enough
        assert every(statements, by=by, **values) == []
    vouching("own change", sysadmin)
    assert refused(APPROVE, by=sysadmin, **values)
    assert refused(APPROVE, by=sysadmin2, **values)
    assert not refused(statements[0], by=sysadmin, **values)
    vouching("own change", sysadmin2)
    assert refused(statements[0], by=sysadmin2, **values)
    assert not refused(APPROVE, by=sysadmin2, **values)
    assert AccountChange.objects.get().state == "asked"


@pytest.mark.parametrize("kind", ["reset", "factor", "enable"])
def test_who_lost_something_is_identified_for_the_database_too(officer, sysadmin, sysadmin2, kind):
    values = {"user": officer.pk, "admin": sysadmin.pk, "second": sysadmin2.pk}
    asked = ASK.replace("'reset'", f"'{kind}'")
    said = "'{{}}', '{{\"identified\": \"{}\"}}'"
    vouching("own change", sysadmin)
    assert (
        every(
            [asked, *(asked.replace("'{}', '{}'", said.format(one)) for one in ("", "telephone"))], sysadmin, **values
        )
        == []
    )
    assert not refused(asked.replace("'{}', '{}'", said.format("director")), sysadmin, **values)
    # What was asked for before this was held is not approved, and can be refused.
    with rewriting(), connection.cursor() as cursor:
        cursor.execute(asked, values)
    values["change"] = AccountChange.objects.get().pk
    vouching("own change", sysadmin2)
    assert refused(APPROVE, sysadmin2, **values)
    assert not refused(APPROVE.replace("'approved'", "'refused', refusal = 'x'"), sysadmin2, **values)


def test_an_account_is_closed_by_an_administrator_who_acts(officer, director, sysadmin):
    close = "SELECT accounts_close(%(user)s)"
    for by in (None, director, officer, sysadmin):
        assert refused(close, by=by, user=officer.pk)
    vouching("own change", director)
    assert refused(close, by=director, user=officer.pk)
    vouching("own change", sysadmin)
    assert refused(close, by=sysadmin, user=sysadmin.pk)
    assert not refused(close, by=sysadmin, user=officer.pk)


def test_nobody_names_a_permanence_or_acknowledges_a_night_in_anothers_name(
    officer, assessor, director, reviewer, prison, sysadmin, sysadmin2
):
    change = changes.approve(changes.ask_night_code(prison, reason=WHY, by=sysadmin), by=sysadmin2)
    NightCode.objects.filter(pk=change.night_code.pk).update(printed_at="2026-01-01 20:00Z")
    NightCode.objects.filter(pk=change.night_code.pk).update(used_at="2026-01-01 22:00Z", used_by=officer)
    values = {"user": assessor.pk, "director": director.pk, "prison": prison.pk, "reviewer": reviewer.pk}
    statements = [
        "INSERT INTO accounts_permanence (uuid, user_id, facility_id, role, starts_at, ends_at, reason, named_by_id, named_at)"
        " VALUES (gen_random_uuid(), %(user)s, %(prison)s, 'director', now(), now() + interval '8 hours', 'x', %(director)s,"
        " now())",
        "UPDATE accounts_nightcode SET seen_by_id = %(reviewer)s, seen_at = now()",
    ]
    for by in (None, officer):
        assert every(statements, by=by, **values) == []
    assert not refused(statements[0], by=director, **values)
    assert not refused(statements[1], by=reviewer, **values)
