"""A pytest plugin (`-p` in pyproject.toml): a database for tests that are run without `bin/test`.

The settings are loaded once and take the database from the environment, so it has to be there before them; the workers of
pytest-xdist inherit the environment. With `DATABASE_URL` set, as `bin/test` does, there is nothing to do.
"""

import os

import pytest

from config import embedded_postgres


@pytest.hookimpl(wrapper=True)  # a wrapper runs before pytest-django, which loads the settings in the same hook
def pytest_load_initial_conftests(early_config):
    asked = early_config.known_args_namespace
    if not (asked.help or asked.version or asked.collectonly):
        try:
            embedded_postgres.start_for(os.environ, owner=True)
        except embedded_postgres.DatabaseUnavailable as error:
            raise pytest.UsageError(str(error)) from None
    return (yield)
