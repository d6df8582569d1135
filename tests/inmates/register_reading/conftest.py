"""Messages in English, for whoever compares them."""

import pytest
from django.utils import translation


@pytest.fixture
def english():
    """Messages in English."""
    with translation.override("en"):
        yield
