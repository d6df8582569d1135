"""Two administrators and a third, somebody whose account changes, and the application's own database rights."""

from contextlib import contextmanager

import pytest
from django.db import connection
from django.test import Client

from accounts import roles
from tests import factories

WHY = "On the decision of the regional office"


@pytest.fixture
def colleague(prison):
    """A records officer of `sale-2` about whom the administrators decide."""
    return factories.make_user(roles.OFFICER, prison, username="colleague", first_name="Nadia", last_name="Tazi")


@pytest.fixture
def as_application(db):
    """A context in which everything, pages too, has the rights of the application's database user."""

    @contextmanager
    def rights():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE register_app")
            yield cursor
            cursor.execute("RESET ROLE")

    return rights


@pytest.fixture
def signed_in():
    """A client signed in as a user."""

    def make(user):
        client = Client()
        client.force_login(user)
        return client

    return make
