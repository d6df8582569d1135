"""Django's `DATABASES`, from the environment alone. Nothing here starts a server or knows of one.

`DATABASE_URL` names the application's login on a PostgreSQL 15 or later, `DATABASE_OWNER_URL` the owner's (the same login
when unset). The owner makes tables: `DATABASE_ROLE=owner`, and every test run. The application only reads and writes rows.
`TEST_DB` is the suffix of the test database; with `TEST_TEMPLATE=1` it begins as a copy of the database named, whose tables
are made already: each worker of a test run would otherwise make them anew.

`config/embedded_postgres.py` is a server for a machine that has none; whoever starts it puts its address into these variables.
"""

import getpass
import os
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from django.core.exceptions import ImproperlyConfigured
from psycopg2.extensions import parse_dsn

APP_ROLE = "register_app"  # the first migration gives this role its rights; every login of the application is in it


class NoDatabase(ImproperlyConfigured):
    """A database was asked for, and the environment names none."""

    def __init__(self) -> None:
        super().__init__("No database: DATABASE_URL is not set. Set it, or set up the demo with bin/demo.")


def settings(env: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """Django's `DATABASES["default"]`. Without `DATABASE_URL` it can be loaded, and a connection raises `NoDatabase`."""
    testing = "pytest" in sys.modules
    as_owner = testing or env.get("DATABASE_ROLE") == "owner"
    url = env.get("DATABASE_URL")
    if url:
        place = parse_dsn((as_owner and env.get("DATABASE_OWNER_URL")) or url)
    else:  # psycopg2 calls the factory in place of connecting
        place = {"dbname": "none", "connection_factory": _refuse}
    if testing:  # a test run may lose its last rows in a power cut; nothing else changes
        place["options"] = f"{place.get('options', '')} -c synchronous_commit=off".strip()
    template = place.get("dbname") if env.get("TEST_TEMPLATE") == "1" else None
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": place.pop("dbname", ""),
        "USER": place.pop("user", ""),
        "PASSWORD": place.pop("password", ""),
        "HOST": place.pop("host", ""),
        "PORT": place.pop("port", ""),
        "OPTIONS": place,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": f"test_{env.get('TEST_DB') or 'register'}", "TEMPLATE": template},
    }


def unprotected(place: Mapping[str, Any]) -> bool:
    """Whether a database of `settings()` is reached over a network, and not over TLS with its certificate checked."""
    return not is_this_machine(place["HOST"]) and place["OPTIONS"].get("sslmode") != "verify-full"


def is_this_machine(host: str) -> bool:
    """Whether nothing that is sent to this host leaves the machine: a socket's folder, or the loopback."""
    return host.startswith("/") or host in {"", "localhost", "127.0.0.1", "::1"}


def app_login(env: Mapping[str, str] = os.environ) -> str:
    """The login with which the application works: the user named in `DATABASE_URL`."""
    if not env.get("DATABASE_URL"):
        raise NoDatabase
    return parse_dsn(env["DATABASE_URL"]).get("user") or getpass.getuser()


def _refuse(*_: object) -> NoReturn:
    raise NoDatabase
