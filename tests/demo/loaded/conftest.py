"""The demo, loaded once a day of loading: a 29 February with most reviews imported; under `--long` a plain day in full too."""

import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from demo import loading
from demo.diary import standing_on

DAYS = [
    pytest.param((date(2019, 3, 13), False), id="plain", marks=pytest.mark.long),
    pytest.param((date(2028, 2, 29), True), id="leap"),
]


@pytest.fixture(scope="package", params=DAYS)
def demo(request, django_db_setup, django_db_blocker):
    """The loaded world, with the clock on its day; everything is rolled back afterwards."""
    day, quick = request.param
    with django_db_blocker.unblock(), standing_on(day), transaction.atomic():
        world = loading.load(quick=quick)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum would
        yield world
        transaction.set_rollback(True)


def figures(day=None):
    """`manage.py statistics` as data."""
    out = StringIO()
    call_command("statistics", *(["--as-of", day.isoformat()] if day else []), format="json", stdout=out)
    return json.loads(out.getvalue())
