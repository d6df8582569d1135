"""A backup put back and looked at: into an empty database and an empty folder, never over what is there. Run by `bin/restore`."""

import argparse
import json
import os
import subprocess
import tarfile
from pathlib import Path

from _backup import digest
from _postgres import connect, program, rows, without_password
from _setup import PYTHON, run, say, stop


def main() -> None:
    wanted = arguments()
    url = os.environ.get("DATABASE_OWNER_URL") or stop(
        "Name the empty database: DATABASE_OWNER_URL, its owner's login.", 2
    )
    var = Path(os.environ.get("VAR_DIR") or stop("Name the folder of the service to be: VAR_DIR.", 2))
    if not (wanted.backup / "manifest.json").is_file():
        stop(f"{wanted.backup} is no backup: it has no manifest.json.", 2)
    manifest = json.loads((wanted.backup / "manifest.json").read_text())
    for name, expected in manifest["parts"].items():
        if digest(wanted.backup / name) != expected:
            stop(f"{name} is not what the manifest says: this backup is damaged.")
    documents = var / "documents"
    with connect(url) as connection, connection.cursor() as cursor:
        if rows(cursor):
            stop("This database has tables already: restore into an empty one.", 2)
    if documents.is_dir() and any(documents.iterdir()):
        stop(f"{documents} is not empty.", 2)
    os.umask(0o077)
    restore(wanted.backup, url, manifest["postgresql"], documents)
    faults = different(url, manifest["rows"]) + looked_at(wanted.backup)
    if faults:
        stop("The restored service is not as it was:\n" + "\n".join(faults))
    say(
        f"Restored as of {manifest['made_at']}: {sum(manifest['rows'].values())} rows, documents and trail as they were."
    )


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="bin/restore",
        description="Restore BACKUP into an empty database and an empty folder, and check rows, documents, register and trail.",
        epilog="The environment names the rest: DATABASE_OWNER_URL (of the empty database; the role register_app exists), "
        "VAR_DIR, and gpg's own for the private key (GNUPGHOME).",
    )
    parser.add_argument("backup", type=Path, help="the folder of one backup")
    return parser.parse_args()


def restore(backup: Path, url: str, major: int, documents: Path) -> None:
    """Database and documents, each straight from gpg: nothing lies decrypted on the way."""
    place, env = without_password(url)
    into = [program("pg_restore", major), "--exit-on-error", "--no-owner", f"--dbname={place}"]
    with decrypting(backup / "database.dump.gpg") as gpg:
        code = subprocess.run(into, stdin=gpg.stdout, env=env).returncode
    if gpg.returncode or code:
        stop("The database could not be restored; see above.")
    documents.mkdir(parents=True, exist_ok=True)
    with decrypting(backup / "documents.tar.gpg") as gpg, tarfile.open(fileobj=gpg.stdout, mode="r|") as tar:
        tar.extractall(documents, filter="data")
    if gpg.returncode:
        stop("The documents could not be decrypted; see above.")


def decrypting(path: Path) -> subprocess.Popen:
    return subprocess.Popen(["gpg", "--batch", "--quiet", "--decrypt", str(path)], stdout=subprocess.PIPE)


def different(url: str, expected: dict[str, int]) -> list[str]:
    """Tables with more or fewer rows than the backup says."""
    with connect(url) as connection, connection.cursor() as cursor:
        there = rows(cursor)
    return [
        f"{name}: {there.get(name)} rows, expected {expected.get(name)}"
        for name in sorted(expected.keys() | there.keys())
        if there.get(name) != expected.get(name)
    ]


def looked_at(backup: Path) -> list[str]:
    """What the service's own checks say of the restored data. Files stored after the moment of the dump are no fault."""
    checks = [["check_documents", "--ignore-stray"], ["check_register"], ["verify_audit"]]
    if (backup / "heads.jsonl").exists():
        checks[2] += ["--against", str((backup / "heads.jsonl").resolve())]
    env = {**os.environ, "DATABASE_ROLE": "owner", "DATABASE_URL": os.environ["DATABASE_OWNER_URL"]}
    return [f"manage.py {words[0]} failed" for words in checks if run(PYTHON, "manage.py", *words, env=env)]


if __name__ == "__main__":
    main()
