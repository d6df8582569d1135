"""`bin/demo` and what it shares with `bin/test`: what they refuse, and what they tell the processes they start."""

import importlib
import json
import socket
import subprocess
import sys
import threading

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


@pytest.fixture
def demo(monkeypatch):
    """The module `bin/_demo.py`."""
    monkeypatch.syspath_prepend(ROOT / "bin")
    return importlib.import_module("_demo")


def test_a_nearly_full_disk_and_a_folder_that_cannot_be_written_are_one_line(demo, tmp_path, monkeypatch, capsys):
    demo.need_room(tmp_path / "var" / "deep")
    monkeypatch.setattr(demo, "ROOM", 10**12)
    with pytest.raises(SystemExit) as ended:
        demo.need_room(tmp_path / "var")
    assert ended.value.code == 2
    assert "MB are free" in capsys.readouterr().err
    (tmp_path / "var").write_text("a file where the folder should be")
    refused = command(ROOT / "bin" / "demo", "--no-serve", VAR_DIR=tmp_path / "var")
    said = refused.communicate(timeout=60)[0]
    assert refused.returncode == 2
    assert "Traceback" not in said
    assert said.count("\n") <= 2


def test_a_second_set_up_of_a_folder_waits(demo, tmp_path, capsys):
    first = demo.one_set_up(tmp_path)
    first.__enter__()
    waited = threading.Thread(target=lambda: demo.one_set_up(tmp_path).__enter__(), daemon=True)
    waited.start()
    waited.join(0.5)
    assert waited.is_alive()
    first.__exit__(None, None, None)
    waited.join(30)
    assert not waited.is_alive()
    assert "Another bin/demo is setting this folder up" in capsys.readouterr().out


def serving(tmp_path, demo_words):
    """A stand-in for a web server, and a stand-in for the command that started it, as the folder remembers them."""
    code = "import time; time.sleep(60)"
    server, command_ = (
        subprocess.Popen([sys.executable, "-c", code, words]) for words in ("config.wsgi:application", demo_words)
    )
    left = {"demo": command_.pid, "server": server.pid, "port": 8123}
    (tmp_path / "demo.running").write_text(json.dumps(left))
    return server, command_


def test_a_web_server_whose_command_was_killed_is_ended(demo, tmp_path, capsys):
    server, gone = serving(tmp_path, "something else")
    try:
        reaped = threading.Thread(target=server.wait)
        reaped.start()
        demo.take_over({"VAR_DIR": str(tmp_path)})
        reaped.join(20)
        assert server.returncode is not None
        assert "left behind" in capsys.readouterr().out
    finally:
        for process in (server, gone):
            process.kill()
            process.wait()


def test_a_demo_that_runs_is_named_and_left_alone(demo, tmp_path, capsys):
    server, running = serving(tmp_path, "bin/_demo.py")
    try:
        with pytest.raises(SystemExit):
            demo.take_over({"VAR_DIR": str(tmp_path)})
        assert "runs already, at http://127.0.0.1:8123" in capsys.readouterr().err
        assert server.poll() is None
    finally:
        for process in (server, running):
            process.kill()
            process.wait()


def test_where_nothing_was_left_behind_nothing_is_done(demo, tmp_path, capsys):
    demo.take_over({"VAR_DIR": str(tmp_path)})
    (tmp_path / "demo.running").write_text("{")
    demo.take_over({"VAR_DIR": str(tmp_path)})
    assert capsys.readouterr() == ("", "")
