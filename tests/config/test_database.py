"""The embedded PostgreSQL: started twice, killed, started by several at once; and what it must never do.

These tests make servers of their own in temporary folders, whatever server the other tests use.
"""

import os
import signal
import socket
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2
import pytest

from config import database
from config.database import APP_ROLE, OWNER_ROLE, SUPERUSER, Embedded

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A running server with one row in it."""
    server = Embedded(tmp_path_factory.mktemp("kept") / "var")
    server.ensure("register")
    ask(server, OWNER_ROLE, "CREATE TABLE kept (name text UNIQUE)")
    ask(server, OWNER_ROLE, "INSERT INTO kept VALUES ('before')")
    yield server
    server.remove()


@pytest.fixture
def fresh(tmp_path):
    """A place where no server has been yet."""
    server = Embedded(tmp_path / "var")
    yield server
    server.remove()


def ask(server, role, statement, *parameters):
    with closing(server.connect("register", role)) as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchall() if cursor.description else None


def postmasters(server):
    """Processes that were started on this server's data and are nobody's child among them."""
    found = [p for p in psutil.process_iter(["cmdline"]) if str(server.data) in (p.info["cmdline"] or [])]
    return [p for p in found if p.ppid() not in {other.pid for other in found}]


def pid_file(server):
    return server.data / "postmaster.pid"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def command(*words, **env):
    inherited = {k: v for k, v in os.environ.items() if k not in {"DATABASE_URL", "DB_NAME", "PYTEST_CURRENT_TEST"}}
    return subprocess.Popen(
        [str(word) for word in words],
        cwd=ROOT,
        env={**inherited, **env},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def test_stopped_server_starts_again_with_its_rows(server):
    assert server.stop()
    assert not server.running()

    server.ensure("register")

    assert ask(server, OWNER_ROLE, "SELECT name FROM kept") == [("before",)]


def test_killed_server_starts_again_with_its_rows(server):
    [postmaster] = postmasters(server)
    postmaster.send_signal(signal.SIGKILL)
    psutil.wait_procs([postmaster], timeout=10)
    assert pid_file(server).exists()

    server.ensure("register")

    assert ask(server, OWNER_ROLE, "SELECT name FROM kept") == [("before",)]
    assert len(postmasters(server)) == 1


def test_pid_file_with_the_number_of_another_process_is_no_obstacle(server):
    server.stop()
    pid_file(server).write_text(f"{os.getpid()}\n")

    server.ensure("register")

    assert ask(server, OWNER_ROLE, "SELECT name FROM kept") == [("before",)]


def test_start_of_a_running_server_changes_nothing(server):
    before = postmasters(server)
    server.ensure("register")
    assert postmasters(server) == before


def test_several_first_starts_at_once_make_one_server_and_open_no_folder(fresh):
    parents = {path: mode(path) for path in [*fresh.var.parents, *Path(psycopg2.__file__).parents]}

    starts = [command(sys.executable, "-m", "config.database", "start", VAR_DIR=str(fresh.var)) for _ in range(3)]
    said = [start.communicate(timeout=60)[0] for start in starts]

    assert [(start.returncode, text) for start, text in zip(starts, said, strict=True)] == [(0, "")] * 3
    assert len(postmasters(fresh)) == 1
    assert ask(fresh, APP_ROLE, "SELECT current_database()") == [("register",)]
    assert {path: mode(path) for path in parents} == parents
    assert mode(fresh.var) == 0o700


def test_two_folders_have_two_servers(server, fresh):
    fresh.ensure("register")
    assert fresh.data != server.data
    with pytest.raises(psycopg2.errors.UndefinedTable):
        ask(fresh, OWNER_ROLE, "SELECT name FROM kept")


def test_set_up_that_was_cut_short_is_done_again(fresh):
    fresh.ensure("register")
    fresh.stop()
    fresh.data.rename(fresh.home / "building")  # as left by a kill in the middle of initdb

    fresh.ensure("register")

    assert ask(fresh, APP_ROLE, "SELECT 1") == [(1,)]


def test_server_is_reached_through_a_private_socket_and_no_port(server):
    [postmaster] = postmasters(server)
    assert mode(server.socket_dir) == 0o700
    assert mode(server.data) == 0o700
    assert ask(server, SUPERUSER, "SHOW listen_addresses") == [("",)]
    assert postmaster.net_connections(kind="inet") == []
    assert len(str(server.socket_dir / ".s.PGSQL.5432")) < 104


def test_server_started_by_root_runs_as_somebody_else(server):
    [postmaster] = postmasters(server)
    assert postmaster.uids().real != 0
    assert (server.account is not None) == (os.geteuid() == 0)


def test_deep_folder_gets_a_short_socket_path_of_its_own(tmp_path):
    deep = Embedded(tmp_path / ("x" * 100) / "var")
    assert len(str(deep.socket_dir / ".s.PGSQL.5432")) < 104
    assert deep.socket_dir != Embedded(tmp_path / ("y" * 100) / "var").socket_dir


def test_socket_folder_of_somebody_else_is_refused(tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / "run").symlink_to(elsewhere)
    with pytest.raises(database.DatabaseUnavailable, match="somebody else"):
        database._folder(tmp_path / "run", 0o700)


def test_application_makes_no_tables_and_owner_is_no_superuser(server):
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, APP_ROLE, "CREATE TABLE mine (a int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, APP_ROLE, "CREATE TEMPORARY TABLE mine (a int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, APP_ROLE, "SELECT name FROM kept")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server, APP_ROLE, f"SET ROLE {OWNER_ROLE}")
    assert ask(server, OWNER_ROLE, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]


def test_owner_adds_the_extensions_and_arabic_letters_count_in_them(server):
    for extension in ("pg_trgm", "btree_gist", "unaccent"):
        ask(server, OWNER_ROLE, f"CREATE EXTENSION IF NOT EXISTS {extension}")
    [(likeness,)] = ask(server, OWNER_ROLE, "SELECT similarity('محمد', 'محمود')")
    assert 0 < likeness < 1


@pytest.mark.parametrize(
    ("statement", "error"),
    [
        ("INSERT INTO kept VALUES (%s), ('before')", psycopg2.errors.UniqueViolation),
        ("SELECT %s::integer", psycopg2.errors.InvalidTextRepresentation),
        ("SELECT %s FROM no_such_table", psycopg2.errors.UndefinedTable),
    ],
)
def test_names_never_reach_the_log(server, statement, error):
    with pytest.raises(error):
        ask(server, OWNER_ROLE, statement, "Bouchta Zerhouni")
    log = server.log.read_text()
    assert "ready to accept connections" in log
    assert "Zerhouni" not in log
    assert "before" not in log.split("ready to accept connections")[-1]


def test_secret_is_made_once_and_is_private(tmp_path):
    first = database.local_secret(tmp_path / "a")
    assert database.local_secret(tmp_path / "a") == first
    assert database.local_secret(tmp_path / "b") != first
    assert len(first) >= 50
    assert mode(tmp_path / "a" / "secret-key") == 0o600
    assert [file.name for file in (tmp_path / "a").iterdir()] == ["secret-key"]


URLS = {
    "DATABASE_URL": "postgresql://app:word@db.example:5433/register?sslmode=require",
    "DATABASE_OWNER_URL": "postgresql://owner:other@db.example:5433/register",
}


@pytest.mark.parametrize(
    ("env", "user", "password"),
    [
        (URLS, "app", "word"),
        ({**URLS, "DATABASE_ROLE": "owner"}, "owner", "other"),
        ({"DATABASE_URL": URLS["DATABASE_URL"], "DATABASE_ROLE": "owner"}, "app", "word"),
    ],
)
def test_database_url_is_obeyed_and_starts_nothing(tmp_path, monkeypatch, env, user, password):
    monkeypatch.delitem(sys.modules, "pytest")  # settings as a service sees them
    found = database.settings(env, tmp_path / "var")
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == (user, password, "db.example", "5433")
    assert found["OPTIONS"] == ({"sslmode": "require"} if user == "app" else {})
    assert database.app_login(env) == "app"
    assert not (tmp_path / "var").exists()


def test_service_on_the_embedded_server_works_as_the_application(server, monkeypatch):
    monkeypatch.delitem(sys.modules, "pytest")
    assert database.settings({}, server.var)["USER"] == APP_ROLE
    assert database.settings({"DATABASE_ROLE": "owner"}, server.var)["USER"] == OWNER_ROLE


def test_dropped_database_comes_back_empty(server):
    server.ensure("other")
    assert server.running()
    server.drop("other")
    with pytest.raises(psycopg2.OperationalError):
        server.connect("other", APP_ROLE)
    server.ensure("other")
    with closing(server.connect("other", APP_ROLE)) as connection:
        assert connection.info.dbname == "other"


def test_idle_stop_leaves_a_used_server_alone(server):
    with closing(server.connect("register", APP_ROLE)):
        assert not server.stop(unless_used=True)
    assert server.running()


def test_taken_port_is_said_before_any_work(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        demo = command(ROOT / "bin" / "demo", "--port", number, VAR_DIR=str(tmp_path / "var"))
        said = demo.communicate(timeout=30)[0]
    assert demo.returncode == 2
    assert said.startswith(f"Port {number} is taken by another program.")
    assert not (tmp_path / "var").exists()


@pytest.mark.parametrize("wrong", [["--port", "70000"], ["--today", "13 March"], ["--today", "2019-02-29"]])
def test_demo_refuses_arguments_that_mean_nothing(wrong):
    demo = command(ROOT / "bin" / "demo", *wrong)
    assert f"{wrong[1]!r} is not a" in demo.communicate(timeout=30)[0]
    assert demo.returncode == 2
