"""A colleague in whose name somebody might sign."""

import pytest

from accounts import roles
from tests import factories
from tests.matrix.test_matrix import world  # noqa: F401 - the fixture: every address has something to show


@pytest.fixture
def officer_too(prison):
    """A second officer of `sale-2`."""
    return factories.make_user(roles.OFFICER, prison, username="officer-too")
