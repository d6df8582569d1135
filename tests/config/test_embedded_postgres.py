"""The embedded PostgreSQL: started twice, killed, started by several at once; and what it must never do.

These tests make servers of their own in temporary folders, whatever server the other tests use.
"""

import os
import signal
import stat
import sys
from contextlib import closing
from pathlib import Path

import psutil
import psycopg2
import pytest
from psycopg2.extensions import parse_dsn

from config import database, embedded_postgres
from config.database import APP_ROLE
from config.embedded_postgres import OWNER_ROLE, SUPERUSER, Embedded
from tests.processes import command, postmasters, python

ASK = """
import os
from django.db import connection
with connection.cursor() as cursor:
    cursor.execute("SELECT current_user")
    print(cursor.fetchone()[0], os.environ.get("DATABASE_OWNER_URL"))
"""


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


def pid_file(server):
    return server.data / "postmaster.pid"


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


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

    starts = [
        command(sys.executable, "-m", "config.embedded_postgres", "start", VAR_DIR=str(fresh.var)) for _ in range(3)
    ]
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
    with pytest.raises(embedded_postgres.DatabaseUnavailable, match="somebody else"):
        embedded_postgres._folder(tmp_path / "run", 0o700)


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


def test_addresses_name_the_same_place_whatever_stands_in_them(tmp_path):
    server = Embedded(tmp_path / "a + b & ç" / "var")
    assert parse_dsn(server.url("été/100%?", OWNER_ROLE)) == server.place("été/100%?", OWNER_ROLE)


@pytest.mark.parametrize(
    ("owner", "told", "makes_tables"),
    [(False, ["DATABASE_URL"], APP_ROLE), (True, ["DATABASE_URL", "DATABASE_OWNER_URL"], OWNER_ROLE)],
)
def test_whoever_starts_the_server_is_told_its_address(server, monkeypatch, owner, told, makes_tables):
    monkeypatch.delitem(sys.modules, "pytest")  # settings as a service sees them
    env = {"VAR_DIR": str(server.var)}
    embedded_postgres.start_for(env, owner=owner)
    assert list(env) == ["VAR_DIR", *told]
    assert database.app_login(env) == APP_ROLE
    assert database.settings(env)["USER"] == APP_ROLE
    assert database.settings({**env, "DATABASE_ROLE": "owner"})["USER"] == makes_tables


def test_server_named_by_the_environment_is_left_alone(tmp_path):
    env = {"VAR_DIR": str(tmp_path / "var"), "DATABASE_URL": "postgresql://app@db.example/register"}
    before = dict(env)
    embedded_postgres.start_for(env, owner=True)
    assert env == before
    assert not (tmp_path / "var").exists()


def test_command_in_a_demo_starts_the_server(fresh):
    asking = ["manage.py", "shell", "--no-imports", "-c", ASK]
    assert python(*asking, VAR_DIR=fresh.var, DEMO="1") == (0, f"{APP_ROLE} None\n")
    assert len(postmasters(fresh)) == 1


def test_command_in_the_folder_of_a_demo_starts_its_server_and_the_owner_gets_the_owners_address(fresh):
    fresh.var.mkdir(mode=0o700)
    (fresh.var / "demo").touch()
    asking = ["manage.py", "shell", "--no-imports", "-c", ASK]
    code, said = python(*asking, VAR_DIR=fresh.var, DATABASE_ROLE="owner")
    assert (code, said) == (0, f"{OWNER_ROLE} {fresh.url('register', OWNER_ROLE)}\n")
    assert len(postmasters(fresh)) == 1


def test_command_with_demo_off_starts_nothing(fresh):
    fresh.var.mkdir(mode=0o700)
    (fresh.var / "demo").touch()
    code, said = python(
        "manage.py",
        "shell",
        "--no-imports",
        "-c",
        ASK,
        VAR_DIR=fresh.var,
        DEMO="0",
        SECRET_KEY="x" * 50,
        FIELD_KEYS="eA==",
        LOOKUP_KEY="y" * 43,
    )
    assert (code, said.count("\n")) == (1, 1)
    assert [file.name for file in fresh.var.iterdir()] == ["demo"]


def test_pytest_by_itself_starts_the_server(fresh):
    code, said = python("-m", "pytest", "-p", "no:cacheprovider", "tests/config/test_secret_key.py", VAR_DIR=fresh.var)
    assert code == 0, said
    assert len(postmasters(fresh)) == 1
