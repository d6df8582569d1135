"""The settings of a real service, as a process without the demo sees them."""

import json

import pytest

from tests.config.test_database import MODULE, SERVICE
from tests.processes import python

NAMES = """
DEBUG SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE SESSION_COOKIE_DOMAIN
CSRF_COOKIE_NAME CSRF_COOKIE_SECURE CSRF_COOKIE_HTTPONLY CSRF_COOKIE_SAMESITE CSRF_COOKIE_DOMAIN LANGUAGE_COOKIE_NAME
DESK_COOKIE_NAME SECURE_SSL_REDIRECT SECURE_HSTS_SECONDS SECURE_HSTS_INCLUDE_SUBDOMAINS SECURE_PROXY_SSL_HEADER PASSWORD_HASHERS
INSTALLED_APPS MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN LOGGING
"""
SHOW = f"""
import json
from django.conf import settings
print(json.dumps({{name: getattr(settings, name) for name in {NAMES.split()}}}))
"""


@pytest.fixture(scope="module")
def service(tmp_path_factory):
    """Some settings by name."""
    code, said = python("-c", SHOW, VAR_DIR=tmp_path_factory.mktemp("var"), **MODULE, **SERVICE)
    assert code == 0, said
    return json.loads(said)


def test_cookies_are_of_this_host_over_tls_and_for_no_script(service):
    for cookie in ("SESSION_COOKIE", "CSRF_COOKIE"):
        assert service[f"{cookie}_NAME"].startswith("__Host-")
        assert service[f"{cookie}_SECURE"] is service[f"{cookie}_HTTPONLY"] is True
        assert service[f"{cookie}_SAMESITE"] == "Lax"
        assert service[f"{cookie}_DOMAIN"] is None
    assert service["LANGUAGE_COOKIE_NAME"].startswith("__Host-")
    assert service["DESK_COOKIE_NAME"].startswith("__Host-")


def test_tls_is_demanded_for_a_year_and_believed_of_a_proxy_only_where_one_is_named(service):
    assert service["SECURE_SSL_REDIRECT"] is service["SECURE_HSTS_INCLUDE_SUBDOMAINS"] is True
    assert service["SECURE_HSTS_SECONDS"] >= 365 * 86400
    assert service["SECURE_PROXY_SSL_HEADER"] is None
    assert service["MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN"] is False


def test_nothing_of_the_demo_is_there(service):
    assert service["DEBUG"] is False
    assert "demo" not in service["INSTALLED_APPS"]
    assert service["PASSWORD_HASHERS"][0].endswith("Argon2PasswordHasher")


def starts(tmp_path, **env):
    """Whether a service starts with this in its environment, and the last line it says."""
    code, said = python("-c", SHOW, VAR_DIR=tmp_path, **MODULE, **SERVICE, **env)
    return code == 0, said.splitlines()[-1]


ELSEWHERE = "postgresql://app:word@db.example/register"


@pytest.mark.parametrize("url", [ELSEWHERE, f"{ELSEWHERE}?sslmode=require", f"{ELSEWHERE}?sslmode=verify-ca"])
def test_a_database_elsewhere_is_reached_over_tls_with_its_certificate_checked(tmp_path, url):
    started, said = starts(tmp_path, DATABASE_URL=url)
    assert not started
    assert "sslmode=verify-full" in said
    for here in (
        f"{ELSEWHERE}?sslmode=verify-full",
        "postgresql://app:word@127.0.0.1/register",
        "postgresql:///register",
    ):
        assert starts(tmp_path, DATABASE_URL=here)[0], here


def test_files_go_to_no_scanner_over_a_network_in_plain(tmp_path):
    started, said = starts(tmp_path, CLAMAV_SOCKET="scanner.example:3310")
    assert not started
    assert "CLAMAV_SOCKET" in said
    for here in ("/run/clamav/clamd.ctl", "127.0.0.1:3310", "[::1]:3310"):
        assert starts(tmp_path, CLAMAV_SOCKET=here)[0], here


@pytest.mark.parametrize("key", ["", "short", SERVICE["SECRET_KEY"], SERVICE["FIELD_KEYS"]])
def test_it_does_not_run_without_a_lookup_key_of_its_own(tmp_path, key):
    code, said = python("-c", SHOW, VAR_DIR=tmp_path, **MODULE, **(SERVICE | {"LOOKUP_KEY": key}))
    assert code != 0
    assert "LOOKUP_KEY " in said.splitlines()[-1]


@pytest.mark.parametrize("name", ["SECRET_KEY", "DEBUG", "TODAY"])
def test_it_does_not_run_with_what_only_the_demo_may(tmp_path, name):
    env = SERVICE | {"SECRET_KEY": {"SECRET_KEY": ""}, "DEBUG": {"DEBUG": "1"}, "TODAY": {"TODAY": "2026-01-01"}}[name]
    code, said = python("-c", SHOW, VAR_DIR=tmp_path, **MODULE, **env)
    assert code != 0
    assert f"{name} " in said.splitlines()[-1]


def test_a_line_of_the_log_says_when_and_holds_no_sql(service):
    assert service["LOGGING"]["formatters"]["line"]["format"].startswith("%(asctime)s")
    assert service["LOGGING"]["formatters"]["line"]["datefmt"].endswith("%z")
    assert service["LOGGING"]["loggers"]["django.db.backends"]["level"] == "ERROR"


def test_a_command_that_breaks_quotes_no_row(tmp_path):
    broken = "from django.db import DataError; raise DataError('row of Tazi Omar')"
    code, said = python("manage.py", "shell", "-c", broken, VAR_DIR=tmp_path, **MODULE, **SERVICE)
    assert code == 1
    assert "DataError" in said
    assert "Tazi" not in said
