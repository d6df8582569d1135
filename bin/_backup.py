"""One backup: the database as of one moment, the documents, the heads of the trail, and a manifest of all. Run by `bin/backup`.

Database and documents are encrypted with a public key before they touch the disk: whoever takes the folder, or this
machine, reads nothing. The manifest and the heads name nobody.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from _postgres import connect, program, rows, without_password
from _setup import PYTHON, ROOT, say, stop

DAILY, WEEKLY, MONTHLY = 7, 5, 12  # so many are kept of each
PART = 1024 * 1024
NAME = "%Y%m%dT%H%M%SZ"


def main() -> None:
    wanted = arguments()
    key = (
        wanted.key
        or os.environ.get("BACKUP_KEY")
        or stop("Name the public key to encrypt with: --key or BACKUP_KEY.", 2)
    )
    url = os.environ.get("BACKUP_DATABASE_URL") or os.environ.get("DATABASE_OWNER_URL")
    if not url:
        stop("Name the database to back up: BACKUP_DATABASE_URL, a login that may read everything.", 2)
    var = Path(os.environ.get("VAR_DIR", ROOT / "var"))
    heads = Path(os.environ.get("AUDIT_HEADS_FILE", var / "heads.jsonl"))
    os.umask(0o077)
    wanted.folder.mkdir(parents=True, exist_ok=True)
    for left in wanted.folder.glob(".*.partial"):  # of a backup that was killed
        shutil.rmtree(left)
    began = datetime.now(UTC)
    draft = wanted.folder / f".{began.strftime(NAME)}.partial"
    draft.mkdir()
    try:
        write(draft, url, var / "documents", heads, Path(key), began)
        check(draft)
        kept = draft.rename(wanted.folder / began.strftime(NAME))
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        note("--failed")
        raise
    for old in beyond(sorted(path for path in wanted.folder.iterdir() if is_backup(path))):
        shutil.rmtree(old)
    note()
    say(f"Backup: {kept}")


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/backup",
        description="Back up database, documents and heads of the trail into FOLDER, encrypted for the key. "
        f"The newest {DAILY}, one of each of {WEEKLY} weeks and of {MONTHLY} months are kept, older ones deleted.",
        epilog="The environment names the rest: BACKUP_DATABASE_URL (a login that reads everything), VAR_DIR, AUDIT_HEADS_FILE.",
    )
    parser.add_argument("folder", type=Path, help="where backups are kept; best on another machine")
    parser.add_argument("--key", help="file with the public key (gpg --export) that may read it; else BACKUP_KEY")
    return parser.parse_args()


def write(draft: Path, url: str, documents: Path, heads: Path, key: Path, began: datetime) -> None:
    """All parts of a backup. The rows counted are those of the dump: both see the same snapshot."""
    with connect(url) as connection, connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version_num')::int / 10000")
        snapshot, major = cursor.fetchone()
        place, env = without_password(url)
        dump = [program("pg_dump", major), "--format=custom", f"--snapshot={snapshot}", f"--dbname={place}"]
        parts = {"database.dump.gpg": encrypted(draft / "database.dump.gpg", key, lambda out: _pipe(dump, out, env))}
        counted = rows(cursor)
    parts["documents.tar.gpg"] = encrypted(draft / "documents.tar.gpg", key, lambda out: _tar(documents, out))
    if heads.exists():
        shutil.copyfile(heads, draft / "heads.jsonl")
        parts["heads.jsonl"] = digest(draft / "heads.jsonl")
    manifest = {"made_at": began.isoformat(), "postgresql": major, "parts": parts, "rows": counted}
    (draft / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    os.sync()


def encrypted(path: Path, key: Path, write_to: Callable) -> str:
    """Have something written through gpg into a file; the SHA-256 of what lies there."""
    words = ["gpg", "--batch", "--quiet", "--no-options", "--trust-model", "always", "--recipient-file", str(key)]
    with tempfile.TemporaryDirectory() as home:  # whoever runs this may have no home, and needs no keys of their own
        try:
            gpg = subprocess.Popen(
                [*words, "--homedir", home, "--output", str(path), "--encrypt"], stdin=subprocess.PIPE
            )
        except FileNotFoundError:
            stop("Backups are encrypted with gpg (GnuPG), which was not found.", 2)
        with gpg.stdin:
            write_to(gpg.stdin)
        if gpg.wait():
            stop("gpg could not encrypt; see above.")
    return digest(path)


def _pipe(words: list[str], out, env: dict[str, str]) -> None:
    if subprocess.run(words, stdout=out, stdin=subprocess.DEVNULL, env=env).returncode:
        stop("The database could not be dumped; see above.")


def _tar(folder: Path, out) -> None:
    with tarfile.open(fileobj=out, mode="w|") as tar:
        if folder.is_dir():
            tar.add(folder, arcname=".")


def check(draft: Path) -> None:
    """Read every part back from the disk and compare it with the manifest."""
    for name, expected in json.loads((draft / "manifest.json").read_text())["parts"].items():
        if digest(draft / name) != expected:
            stop(f"{draft / name} does not read back as it was written.")


def digest(path: Path) -> str:
    found = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(PART):
            found.update(part)
    return found.hexdigest()


def is_backup(path: Path) -> bool:
    try:
        datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
    except ValueError:
        return False
    return (path / "manifest.json").exists()


def beyond(backups: list[Path]) -> list[Path]:
    """Those that are kept no longer, of backups from the oldest to the newest."""
    keep, weeks, months = set(backups[-DAILY:]), {}, {}
    for path in backups:  # of a week or month the newest stays
        made = datetime.strptime(path.name, NAME).replace(tzinfo=UTC)
        weeks[made.isocalendar()[:2]] = path
        months[made.year, made.month] = path
    keep |= set(list(weeks.values())[-WEEKLY:]) | set(list(months.values())[-MONTHLY:])
    return [path for path in backups if path not in keep]


def note(*failed: str) -> None:
    """Tell the service, whose alarm it is, that its backup was made or was not."""
    words = [str(PYTHON), "manage.py", "note_run", "backup", *failed]
    if subprocess.run(words, cwd=ROOT, capture_output=True, stdin=subprocess.DEVNULL).returncode:
        say("The service could not be told of it: `manage.py check_service` will not know of this backup.")


if __name__ == "__main__":
    main()
