"""`bin/backup` and `bin/restore`: which backups are kept, what is refused, and that no password is shown."""

import importlib
import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.processes import ROOT, command


@pytest.fixture
def backup(monkeypatch):
    """The module `bin/_backup.py`."""
    monkeypatch.syspath_prepend(ROOT / "bin")
    return importlib.import_module("_backup")


def made(folder, name, day):
    path = folder / day.strftime(name)
    path.mkdir()
    (path / "manifest.json").write_text("{}")
    return path


def test_seven_days_five_weeks_and_twelve_months_are_kept(backup, tmp_path):
    first = datetime(2025, 1, 1, 2, 30, tzinfo=UTC)
    backups = [made(tmp_path, backup.NAME, first + timedelta(days=n)) for n in range(500)]
    kept = [path for path in backups if path not in backup.beyond(backups)]
    assert kept[-7:] == backups[-7:]
    days = [datetime.strptime(path.name, backup.NAME).replace(tzinfo=UTC) for path in kept]
    assert len({(day.year, day.month) for day in days}) == 12
    assert len({day.isocalendar()[:2] for day in days if days[-1] - day < timedelta(days=35)}) >= 5
    assert len(kept) <= 7 + 5 + 12


def test_a_folder_of_another_name_or_without_a_manifest_is_no_backup_and_never_deleted(backup, tmp_path):
    (tmp_path / "20260101T023000Z").mkdir()
    (tmp_path / "notes").mkdir()
    assert not any(backup.is_backup(path) for path in tmp_path.iterdir())


def test_a_part_that_does_not_read_back_is_no_backup(backup, tmp_path):
    (tmp_path / "heads.jsonl").write_text("one")
    (tmp_path / "manifest.json").write_text(
        json.dumps({"parts": {"heads.jsonl": backup.digest(tmp_path / "heads.jsonl")}})
    )
    backup.check(tmp_path)
    (tmp_path / "heads.jsonl").write_text("two")
    with pytest.raises(SystemExit):
        backup.check(tmp_path)


def test_the_password_of_a_database_is_in_no_list_of_processes(backup):
    postgres = importlib.import_module("_postgres")
    place, env = postgres.without_password("postgresql://owner:a%20secret@db/register")
    assert "secret" not in place
    assert (env["PGPASSWORD"], "owner" in place) == ("a secret", True)


def test_what_is_no_backup_is_said_in_one_line(tmp_path):
    wrong = command(
        ROOT / "bin" / "restore", tmp_path, DATABASE_OWNER_URL="postgresql://x@db/x", VAR_DIR=tmp_path / "var"
    )
    assert "is no backup" in wrong.communicate(timeout=60)[0]
    assert wrong.returncode == 2
