"""What the service logs: numbers, pages, times; never a name, a search term or a record quoted by an error."""

import logging

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.logs import QuietFormatter, RequestNumber
from inmates.people.models import Inmate


@pytest.fixture
def lines():
    """Every line that the service writes, as it is written."""
    kept, handler = [], logging.Handler()
    handler.setFormatter(QuietFormatter("%(levelname)s request=%(request_number)s user=%(user_number)s %(message)s"))
    handler.addFilter(RequestNumber())
    handler.emit = lambda record: kept.append(handler.format(record))
    root, requests = logging.getLogger(), logging.getLogger("register.request")
    before = requests.level
    root.addHandler(handler)
    requests.setLevel(logging.INFO)
    yield kept
    root.removeHandler(handler)
    requests.setLevel(before)


def test_a_line_a_request_with_its_number_its_user_and_no_word_of_what_was_asked(client, officer, inmate, lines):
    client.force_login(officer)
    answer = client.get(reverse("inmates:list"))
    assert len(lines) == 1
    assert lines[0].startswith(f"INFO request={answer['X-Request-ID']} user={officer.pk} GET inmates:list 200 ")
    client.get(inmate.get_absolute_url())
    client.get(reverse("inmates:list"), {"q": inmate.family_name_latin})
    assert len(lines) == 3
    assert not any(inmate.family_name_latin in line or str(inmate.uuid) in line for line in lines)


def test_requests_have_numbers_of_their_own_and_strangers_none(client, db, lines):
    numbers = {client.get("/accounts/login/")["X-Request-ID"] for _request in range(3)}
    assert len(numbers) == 3
    assert all(" user=- " in line for line in lines)


def test_an_error_is_logged_by_kind_place_and_constraint_without_the_row_it_quotes(inmate, lines):
    try:
        with transaction.atomic():
            Inmate.objects.create(uuid=inmate.uuid, family_name_latin="Benchekroun", sex="M")
    except IntegrityError:
        logging.getLogger("test").exception("It failed")
    text = "\n".join(lines)
    assert "IntegrityError" in text
    assert "inmates_inmate_uuid_key" in text or "uuid" in text
    assert "in test_an_error_is_logged" in text
    assert str(inmate.uuid) not in text
    assert "Benchekroun" not in text.replace('family_name_latin="Benchekroun"', "")
