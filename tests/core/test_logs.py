"""What the service logs: numbers, pages, times; never a name, a search term or a record quoted by an error."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.urls import reverse

from core.logs import LEFT_OUT, QuietFormatter, RequestNumber, fault_text
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


def raised(statement, values):
    """The fault of a statement, inside another that it leads to."""
    try:
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(statement, values)
        except DatabaseError as first:
            raise RuntimeError("the page broke") from first
    except RuntimeError as fault:
        return fault


@pytest.mark.parametrize(
    ("statement", "kind"),
    [("SELECT %s::date", "DataError"), ("SELECT nothing FROM accounts_user WHERE username = %s", "ProgrammingError")],
)
def test_what_the_database_quotes_is_left_out(db, statement, kind):
    fault = raised(statement, ["Tazi Omar"])
    assert "Tazi" in str(fault.__cause__)
    text = fault_text(fault)
    assert "Tazi" not in text
    for kept in (kind, LEFT_OUT, "RuntimeError: the page broke", "test_logs.py"):
        assert kept in text


def test_the_service_writes_its_lines_so(db, capsys):
    formatter = logging.config.DictConfigurator(settings.LOGGING).configure_formatter(
        settings.LOGGING["formatters"]["line"]
    )
    fault = raised("SELECT %s::date", ["Tazi Omar"])
    record = logging.makeLogRecord({"name": "django.request", "levelname": "ERROR", "msg": "broke"})
    record.exc_info = (type(fault), fault, fault.__traceback__)
    RequestNumber().filter(record)
    line = formatter.format(record)
    assert " ERROR " in line
    assert "django.request: broke" in line
    assert "Tazi" not in line
