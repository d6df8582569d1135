"""Two codes, one from each administrator, and a password that nobody else knows."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts import papers
from accounts.actions import changes
from accounts.actions.enrolment import paper_code, spoken_code
from accounts.models import AccountChange, User
from audit.models import Event
from documents import pdf
from tests.accounts.conftest import WHY

PASSWORD = "palm-tree-and-river-19"


@pytest.fixture(autouse=True)
def _no_limit(settings):
    """As many tries as a test needs from one address; the limit has a test of its own."""
    settings.SIGN_IN_FREE_TRIES = {"name_at_desk": 1000, "desk": 1000, "name": 1000}


@pytest.fixture
def reset(colleague, sysadmin, sysadmin2):
    """An approved reset: the old password is gone."""
    colleague.set_password("a-long-password-7")
    colleague.save()
    return changes.approve(
        changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin), by=sysadmin2
    )


def form(change, **other):
    """What the person types with both codes."""
    return {
        "username": change.username,
        "paper": paper_code(change),
        "spoken": spoken_code(change),
        "password": PASSWORD,
        "again": PASSWORD,
    } | other


def stored(change):
    """The account as it is now."""
    return User.objects.get(pk=change.subject_id)


def test_both_codes_open_the_account_once(reset, as_application):
    client = Client()
    with as_application():
        assert client.get(reverse("enrol")).status_code == 200
        answer = client.post(reverse("enrol"), form(reset))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("account_login")
    assert stored(reset).check_password(PASSWORD)
    assert Event.objects.filter(verb="account.enrolled", actor_id=reset.subject_id).count() == 1
    again = client.post(reverse("enrol"), form(reset, password="another-palm-tree-20", again="another-palm-tree-20"))
    assert again.status_code == 422
    assert stored(reset).check_password(PASSWORD)


def test_codes_are_read_as_people_type_them(reset):
    typed = form(reset, paper=paper_code(reset).lower().replace("-", " "), spoken=spoken_code(reset).replace("O", "0"))
    assert Client().post(reverse("enrol"), typed).status_code == 302


@pytest.mark.parametrize("missing", ["paper", "spoken"])
def test_one_code_is_not_enough(reset, missing):
    other = "spoken" if missing == "paper" else "paper"
    typed = form(reset, **{missing: form(reset)[other]})
    assert Client().post(reverse("enrol"), typed).status_code == 422
    assert not stored(reset).has_usable_password()
    reset.refresh_from_db()
    assert reset.tries == 1


def test_five_wrong_tries_spend_the_codes(reset):
    for _n in range(AccountChange.MOST_TRIES):
        assert Client().post(reverse("enrol"), form(reset, spoken="AAAA-AAAA")).status_code == 422
    assert Client().post(reverse("enrol"), form(reset)).status_code == 422
    assert not stored(reset).has_usable_password()
    assert Event.objects.filter(verb="refused.account.enrolled").count() == 6


def test_codes_do_not_last(reset, settings, monkeypatch):
    from config import clock

    later = clock.now() + settings.ENROLMENT_LASTS
    monkeypatch.setattr(clock, "now", lambda: later)
    assert Client().post(reverse("enrol"), form(reset)).status_code == 422


def test_codes_of_a_change_that_waits_open_nothing(colleague, sysadmin):
    waiting = changes.ask_reset(colleague, identified="service_card", reason=WHY, by=sysadmin)
    assert Client().post(reverse("enrol"), form(waiting)).status_code == 422


def test_a_closed_account_is_not_opened_by_its_codes(reset, sysadmin):
    changes.disable(stored(reset), reason="Left the service yesterday", by=sysadmin)
    assert Client().post(reverse("enrol"), form(reset)).status_code == 422


@pytest.mark.parametrize(
    ("other", "field"),
    [({"again": "different-words-33"}, "again"), ({"password": "short", "again": "short"}, "password")],
)
def test_a_weak_or_mistyped_password_costs_no_try(reset, other, field):
    answer = Client().post(reverse("enrol"), form(reset, **other))
    assert answer.status_code == 422
    assert f'id="id_{field}"' in answer.content.decode()
    reset.refresh_from_db()
    assert (reset.tries, reset.enrolled_at) == (0, None)


def test_tries_from_one_address_are_limited(reset, settings):
    settings.SIGN_IN_FREE_TRIES = settings.SIGN_IN_FREE_TRIES | {"desk": 2}
    client = Client(headers={"Accept-Language": "en"})
    for _n in range(2):
        client.post(reverse("enrol"), form(reset, username="nobody"))
    answer = client.post(reverse("enrol"), form(reset))
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()


@pytest.mark.parametrize("language", ["ar", "fr"])
def test_the_letter_holds_one_code_only(reset, language):
    User.objects.filter(pk=reset.subject_id).update(language=language)
    reset.refresh_from_db()
    letter = papers.enrolment_letter(reset, address="https://register.example/accounts/enrol/")
    assert letter.language == language
    assert paper_code(reset) in str(letter)
    assert spoken_code(reset) not in str(letter)
    assert pdf.render(letter).startswith(b"%PDF")


def test_a_new_installation_begins_with_two(db):
    out = StringIO()
    call_command("first_administrators", "amal", "brahim", stdout=out)
    for name in ("amal", "brahim"):
        change = AccountChange.objects.get(subject__username=name)
        assert f"{name}: {paper_code(change)} and {spoken_code(change)}" in out.getvalue()
        assert Client().post(reverse("enrol"), form(change)).status_code == 302
    one, other = User.objects.order_by("username")
    change = changes.ask_reset(one, identified="service_card", reason=WHY, by=other)
    assert change.state == AccountChange.State.ASKED
    with pytest.raises(CommandError, match="in office"):
        call_command("first_administrators", "carim", "dounia", stdout=out)
    assert User.objects.count() == 2


@pytest.mark.parametrize("names", [("amal", "AMAL"), ("amal", "colleague")])
def test_both_or_none(colleague, names):
    with pytest.raises(CommandError):
        call_command("first_administrators", *names, stdout=StringIO())
    assert User.objects.filter(username="amal").count() == 0
