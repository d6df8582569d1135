"""Papers and files."""

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def english():
    """Words of refusals are read in the source language."""
    with translation.override("en"):
        yield
