"""Pages act with the rights of the application, though tests connect as the owner of the tables.

`tests/conftest.py` puts the middleware right inside the request's transaction, so that factories write as the owner and every
page reads and writes as `register_app`, as in a real service. What a page may not do there fails here.
"""

from contextlib import contextmanager

from django.db import connection
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

from audit import signed_context
from config.database import APP_ROLE

OUTER = "core.middleware.TransactionMiddleware"


@contextmanager
def application_rights(by=None):
    """Inside a transaction: everything done in the block has the application's rights, and acts for `by`, if for anybody."""
    _say(f"SET LOCAL ROLE {APP_ROLE}")
    if by is not None:
        signed_context.as_user(by)
    try:
        yield
    finally:
        # What has failed is rolled back, and the role with it.
        if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
            _say("RESET ROLE")


@contextmanager
def rewriting():
    """The owner of the tables writes what no act would: days that passed, or what a constraint beneath would refuse."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('register.rewriting', 'on', false)")
    try:
        yield
    finally:
        if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
            _say("SELECT set_config('register.rewriting', '', false)")


class ApplicationRightsMiddleware:
    """The request has the application's rights, and what the database looks at when a transaction ends it looks at here."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        at_its_end()
        with application_rights():
            response = self.get_response(request)
            if response.status_code < 500:
                at_its_end()
            return response


def at_its_end():
    """Let the database look now at what it looks at when a transaction ends, for whoever it acts."""
    if connection.connection.get_transaction_status() != TRANSACTION_STATUS_INERROR:
        with connection.wrap_database_errors:
            _say("SET CONSTRAINTS ALL IMMEDIATE")
            _say("SET CONSTRAINTS ALL DEFERRED")


def install(settings):
    """Put the middleware into the settings, right inside the request's transaction."""
    settings.MIDDLEWARE.insert(
        settings.MIDDLEWARE.index(OUTER) + 1, f"{__name__}.{ApplicationRightsMiddleware.__qualname__}"
    )


def _say(statement):
    with connection.connection.cursor() as cursor:
        cursor.execute(statement)
