"""A prison's sealed code: made by two, printed once, used once, for one shift, and told to the national office."""

import time
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error, transaction
from django.test import Client
from django.urls import reverse

from accounts import papers
from accounts.actions import changes, night_codes
from accounts.models import NightCode
from audit.models import Event
from core.workflow import InvalidTransition
from documents import pdf
from tests.accounts.conftest import WHY
from tests.accounts.test_second_factor import app_of, key_of, sign_in, with_password


@pytest.fixture(autouse=True)
def _demanded(settings):
    settings.SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def code(prison, sysadmin, sysadmin2):
    """The code in the safe of `sale-2`."""
    change = changes.approve(changes.ask_night_code(prison, reason=WHY, by=sysadmin), by=sysadmin2)
    return night_codes.print_once(change.night_code, by=sysadmin2)


def test_it_takes_two_and_is_printed_once(prison, sysadmin, sysadmin2, as_application, signed_in):
    for one in (sysadmin, sysadmin2):
        key_of(one)
    with as_application():
        asking, approving = signed_in(sysadmin), signed_in(sysadmin2)
        asked = asking.post(reverse("night_code_new"), {"facility": prison.pk, "reason": WHY})
        assert not NightCode.objects.exists()
        approving.post(f"{asked['Location']}approve/")
        code = NightCode.objects.get()
        page = reverse("night_code_print", args=[code.uuid])
        assert asking.post(page).status_code == 404
        paper = approving.post(page)
        assert paper["Content-Type"] == "application/pdf"
        again = approving.post(page, HTTP_REFERER="http://testserver/accounts/night-codes/", follow=True)
        assert "printed once already" in again.content.decode()
    assert Event.objects.filter(verb="night_code.printed").count() == 1


def test_it_opens_one_session_of_somebody_who_serves_there(code, officer, reviewer, as_application):
    key_of(with_password(officer))
    typed = night_codes.sealed_code(code).lower().replace("-", " ")
    with as_application():
        client, led_to = sign_in(officer)
        assert client.post(led_to, {"code": typed}).status_code == 302
        assert client.get("/").status_code == 200
        assert 0 < client.session["night_until"] - time.time() <= 12 * 3600
        other, led_to = sign_in(officer)
        assert other.post(led_to, {"code": typed}).status_code == 200
        assert other.get("/").status_code == 302
    used = Event.objects.get(verb="night_code.used")
    assert (used.actor_id, used.facility_id) == (officer.pk, code.facility_id)
    key_of(reviewer)
    client = Client()
    client.force_login(reviewer)
    assert "Night codes used" in client.get("/").content.decode()


@pytest.mark.parametrize("who", ["officer2", "reviewer", "sysadmin"])
def test_it_opens_nothing_for_who_does_not_serve_there(code, request, who):
    user = with_password(request.getfixturevalue(who))
    key_of(user)
    client, led_to = sign_in(user)
    assert client.post(led_to, {"code": night_codes.sealed_code(code)}).status_code == 200
    assert client.get("/").status_code == 302
    assert Event.objects.filter(verb="refused.second_factor", detail__tried="night code").count() == 1
    code.refresh_from_db()
    assert code.used_at is None
    with pytest.raises(PermissionDenied):
        night_codes.use(code, by=user)


def test_a_code_that_was_not_printed_or_is_replaced_opens_nothing(code, officer, sysadmin, sysadmin2, prison):
    typed = night_codes.sealed_code(code)
    assert night_codes.find(officer, typed) == code
    newer = changes.approve(changes.ask_night_code(prison, reason=WHY, by=sysadmin), by=sysadmin2).night_code
    assert night_codes.find(officer, typed) is None
    assert night_codes.find(officer, night_codes.sealed_code(newer)) is None
    night_codes.print_once(newer, by=sysadmin2)
    assert night_codes.find(officer, night_codes.sealed_code(newer)) == newer


def test_its_session_sets_up_no_second_factor(code, officer):
    app_of(with_password(officer))
    client, led_to = sign_in(officer)
    client.post(led_to, {"code": night_codes.sealed_code(code)})
    assert client.get(reverse("mfa_add_webauthn")).status_code == 403
    assert "sealed code" in client.get(reverse("mfa_index")).content.decode()


def test_the_national_office_acknowledges_and_nobody_twice(code, officer, reviewer, inspector, director):
    with pytest.raises(InvalidTransition):
        night_codes.acknowledge(code, by=reviewer)
    night_codes.use(code, by=officer)
    for other in (inspector, director, officer):
        with pytest.raises(PermissionDenied):
            night_codes.acknowledge(code, by=other)
    night_codes.acknowledge(code, by=reviewer)
    assert not NightCode.objects.unseen().exists()
    with pytest.raises(InvalidTransition):
        night_codes.acknowledge(code, by=reviewer)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO accounts_nightcode (uuid, change_id, facility_id, made_at) SELECT gen_random_uuid(), change_id, facility_id,"
        " now() FROM accounts_nightcode",
        "DELETE FROM accounts_nightcode",
        "UPDATE accounts_nightcode SET used_at = NULL, used_by_id = NULL",
        "UPDATE accounts_nightcode SET printed_at = NULL",
        "UPDATE accounts_nightcode SET facility_id = {other}",
        "UPDATE accounts_user SET session_round = 7",
    ],
)
def test_the_database_keeps_its_moments(code, officer, other_prison, as_application, statement):
    night_codes.use(code, by=officer)
    with pytest.raises(Error), transaction.atomic(), as_application() as cursor:
        cursor.execute(statement.format(other=other_prison.pk))


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_paper_holds_the_code(code, language):
    import pikepdf

    sheet = papers.night_code_paper(code, language=language)
    assert night_codes.sealed_code(code) in str(sheet)
    assert len(pikepdf.open(BytesIO(pdf.render(sheet))).pages) == 1
