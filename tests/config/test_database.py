"""Which database the settings name, as whom; and that loading them starts none."""

import sys

import psycopg2
import pytest

from config import database
from config.embedded_postgres import Embedded
from config.secret_key import local_secret
from tests.processes import postmasters, python

URLS = {
    "DATABASE_URL": "postgresql://app:word@db.example:5433/register?sslmode=require",
    "DATABASE_OWNER_URL": "postgresql://owner:other@db.example:5433/register",
}
DEMO = {"DEMO": "1"}
SERVICE = {
    "AUDIT_SIGNING_KEY": "/etc/register/audit-signing-key.pem",
    "SECRET_KEY": "only-for-this-test-" + "0123456789" * 5,
    "FIELD_KEYS": "b25seS1mb3ItdGhpcy1jaGVjay0wMTIzNDU2Nzg5YWI=",
    "LOOKUP_KEY": "only-for-this-test-0123456789abcdefghijklmnopqrstuvwxyz",
    "ALLOWED_HOSTS": "example.org",
}
WHAT_TO_DO = "No database: DATABASE_URL is not set. Set it, or set up the demo with bin/demo."
LOAD = "import django; django.setup(); from django.conf import settings; settings.DATABASES"
ASK = f"{LOAD}; from accounts.models import User; User.objects.count()"
MODULE = {"DJANGO_SETTINGS_MODULE": "config.settings"}


@pytest.fixture
def absent(tmp_path):
    """The server of a folder, set up by nobody: named already, so that one started by mistake is found."""
    local_secret(tmp_path / "var")
    server = Embedded(tmp_path / "var")
    yield server
    server.remove()


@pytest.mark.parametrize(
    ("env", "user", "password"),
    [
        (URLS, "app", "word"),
        ({**URLS, "DATABASE_ROLE": "owner"}, "owner", "other"),
        ({"DATABASE_URL": URLS["DATABASE_URL"], "DATABASE_ROLE": "owner"}, "app", "word"),
    ],
)
def test_database_url_is_obeyed(monkeypatch, env, user, password):
    monkeypatch.delitem(sys.modules, "pytest")  # settings as a service sees them
    found = database.settings(env)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (user, password, "db.example", "5433")
    assert found["OPTIONS"] == ({"sslmode": "require"} if user == "app" else {})
    assert database.app_login(env) == "app"


def test_tests_work_as_the_owner():
    found = database.settings(URLS)
    assert found["USER"] == "owner"
    assert found["TEST"]["NAME"] == "test_register"
    assert database.settings({**URLS, "TEST_DB": "other"})["TEST"]["NAME"] == "test_other"
    assert found["TEST"]["TEMPLATE"] is None
    copied = database.settings({**URLS, "TEST_TEMPLATE": "1"})
    assert copied["TEST"]["TEMPLATE"] == copied["NAME"] != ""


@pytest.mark.parametrize("env", [{}, {"DATABASE_URL": ""}, {"DATABASE_OWNER_URL": URLS["DATABASE_OWNER_URL"]}])
def test_no_login_without_a_database(env):
    with pytest.raises(database.NoDatabase):
        database.app_login(env)
    with pytest.raises(database.NoDatabase):
        psycopg2.connect(**database.settings(env)["OPTIONS"])


@pytest.mark.parametrize("env", [DEMO, SERVICE], ids=["demo", "service"])
def test_loading_the_settings_starts_and_writes_nothing(tmp_path, env):
    assert python("-c", LOAD, VAR_DIR=tmp_path / "var", **MODULE, **env) == (0, "")
    assert not (tmp_path / "var").exists()


def test_query_without_a_database_says_what_to_do_and_starts_nothing(absent):
    code, said = python("-c", ASK, VAR_DIR=absent.var, **MODULE, **DEMO)
    assert code == 1
    assert said.splitlines()[-1] == f"config.database.NoDatabase: {WHAT_TO_DO}"
    assert postmasters(absent) == []
    assert not absent.home.exists()
    assert [file.name for file in absent.var.iterdir()] == ["secret-key"]


@pytest.mark.parametrize("words", [["check_register"], ["migrate"]])
def test_command_without_a_database_ends_with_one_line(tmp_path, words):
    assert python("manage.py", *words, VAR_DIR=tmp_path / "var", **SERVICE) == (1, f"{WHAT_TO_DO}\n")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (["check", "--deploy", "--fail-level", "WARNING"], SERVICE),
        (["check"], DEMO),
        (["--version"], DEMO),
    ],
)
def test_command_that_asks_no_database_needs_none(tmp_path, words, env):
    code, said = python("manage.py", *words, VAR_DIR=tmp_path / "var", **env)
    assert code == 0, said
    assert not (tmp_path / "var").exists()
