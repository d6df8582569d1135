"""`bin/demo` and what it shares with `bin/test`: what they refuse, and what they tell the processes they start."""

import importlib
import socket

import pytest

from tests.processes import ROOT, command


@pytest.fixture
def setup(monkeypatch):
    """The module `bin/_setup.py`."""
    monkeypatch.syspath_prepend(ROOT / "bin")
    return importlib.import_module("_setup")


def test_taken_port_is_said_before_any_work(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        demo = command(ROOT / "bin" / "demo", "--port", number, VAR_DIR=tmp_path / "var")
        said = demo.communicate(timeout=30)[0]
    assert demo.returncode == 2
    assert said.startswith(f"Port {number} is taken by another program.")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--today", "13 March"], ["--today", "2019-02-29"]])
def test_demo_refuses_arguments_that_mean_nothing(wrong):
    demo = command(ROOT / "bin" / "demo", *wrong)
    assert f"{wrong[1]!r} is not a" in demo.communicate(timeout=30)[0]
    assert demo.returncode == 2


def test_web_server_is_not_told_the_owners_address(setup):
    told = {
        "DEMO": "1",
        "DATABASE_URL": "the application's",
        "DATABASE_OWNER_URL": "the owner's",
        "DATABASE_ROLE": "owner",
    }
    assert setup.as_application(told) == {"DEMO": "1", "DATABASE_URL": "the application's"}


def test_both_addresses_are_known_before_the_server_runs(setup, tmp_path, monkeypatch):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "a folder"))
    found = setup.addresses(setup.environment())
    assert list(found) == ["DATABASE_URL", "DATABASE_OWNER_URL"]
    assert found["DATABASE_URL"].startswith("postgresql://register_app@/register?host=")
    assert found["DATABASE_OWNER_URL"].startswith("postgresql://register_owner@/register?host=")
    assert not any(character.isspace() for address in found.values() for character in address)


@pytest.mark.parametrize(
    ("packages", "good", "noted"),
    [
        ([{"name": "a", "version": "1", "vulns": []}], True, False),
        (
            [{"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1"}]}, {"name": "b", "skip_reason": "?"}],
            False,
            False,
        ),
        ([{"name": "a", "version": "1", "vulns": []}, {"name": "b", "skip_reason": "not there"}], True, True),
        ([], True, True),
    ],
)
def test_a_known_vulnerability_fails_and_what_could_not_be_asked_is_said(setup, packages, good, noted):
    answer, note = importlib.import_module("_supply").judged(packages)
    assert (answer, bool(note)) == (good, noted)
