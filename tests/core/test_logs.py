"""A fault of the database stands in the log with where it came from and without the row it is about."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from core.logs import LEFT_OUT, fault_text


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
    line = formatter.format(record)
    assert "ERROR django.request broke" in line
    assert "Tazi" not in line
