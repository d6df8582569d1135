"""`manage.py import_register FILE --facility CODE`: read a prison's register, say what is wrong, bring it in."""

import json
import os
from datetime import date
from pathlib import Path

import pghistory
from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import IntegrityError
from django.utils import translation
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from accounts.models import User
from audit import signed_context
from config import clock
from facilities.models import Facility
from inmates.register_import.plan import NotImported, SheetError, import_register, make_plan, read

LARGEST = 64 * 1024 * 1024
STAGES = {"read": "Reading", "compare": "Looking for duplicates", "write": "Writing"}


class Command(BaseCommand):
    """Dry run unless --commit. Exit 1, and nothing written, when there are errors (unless --skip-invalid)."""

    help = (
        "Import a prison's register from .xlsx or .csv. Without --commit nothing is written. `valid` counts the rows "
        "without errors, those held back as possible duplicates included: imported = valid - rows held back. "
        "Exit 1, and nothing written, when there are errors, unless --skip-invalid. Messages are in English, or in the "
        "language that LANGUAGE names (ar, fr, en)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE", help="the register, .xlsx or .csv")
        parser.add_argument("--facility", required=True, metavar="CODE", help="the prison, for example sale-2")
        parser.add_argument("--commit", action="store_true", help="write; all or nothing")
        parser.add_argument("--by", metavar="USER", help="who imports: a user who may, in that prison (with --commit)")
        parser.add_argument(
            "--skip-invalid", action="store_true", help="import the valid rows and leave out the others"
        )
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day for which the register is read (today)")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options):
        with translation.override(_language()):
            self._run(options)

    def _run(self, options):
        as_of = _day(options["as_of"])
        facility = Facility.objects.filter(code=options["facility"]).first()
        if facility is None:
            raise CommandError(f"There is no prison with the code {options['facility']}.")
        by = _user(options["by"]) if options["commit"] else None
        path = Path(options["file"])
        try:
            sheet, sha256 = read(_bytes(path))
            with self._progress(options) as tell:
                found, imported = self._do(sheet, sha256, path.name, facility, as_of, by, tell, options)
        except SheetError as error:
            raise CommandError(str(error)) from error
        self._tell(found, imported, options)
        if found.missing or (found.errors and not options["skip_invalid"]):
            raise SystemExit(1)

    def _do(self, sheet, sha256, name, facility, as_of, by, tell, options):
        """The plan, and how many people were imported (None when nothing was to be written)."""
        if not options["commit"]:
            with signed_context.service("import_register"):
                return make_plan(sheet, facility=facility, as_of=as_of, tell=tell), None
        try:
            with pghistory.context(user=by.pk, command="import_register"), signed_context.service("import_register"):
                found, batch = import_register(
                    sheet,
                    sha256,
                    name=name,
                    facility=facility,
                    as_of=as_of,
                    skip_invalid=options["skip_invalid"],
                    by=by,
                    tell=tell,
                )
        except NotImported as refused:
            return refused.plan, None
        except PermissionDenied as error:
            raise CommandError(f"{by.username} may not import registers in {facility.code}.") from error
        except IntegrityError as error:
            raise CommandError("Nothing was imported: the register changed meanwhile. Try again.") from error
        return found, batch.imported if batch else 0

    def _progress(self, options):
        return _Bar(Console(stderr=True), quiet=options["verbosity"] == 0)

    def _tell(self, found, imported, options):
        answer = found.as_json()
        if options["format"] == "json":
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2))
            return
        for kind in ("errors", "warnings"):
            for problem in answer[kind]:
                self.stdout.write(f"{kind[:-1]:<8} row {problem['row']:>5}  {problem['field']}: {problem['message']}")
        for double in answer["possible_duplicates"]:
            why = ", ".join(double["reasons"])
            self.stdout.write(f"same?    row {double['row']:>5}  {double['of']} ({double['score']}): {why}")
        wrong = len({problem.row for problem in found.errors})
        held, warned = len(found.held), len(answer["warnings"])
        self.stdout.write(
            f"{answer['rows']} rows: {answer['valid']} valid, {wrong} with errors, "
            f"{held} held back as possible duplicates, {warned} warnings."
        )
        if imported is not None:
            self.stdout.write(f"{imported} imported.")
        elif options["commit"]:
            self.stdout.write("Nothing was imported.")
        else:
            self.stdout.write(f"Dry run: nothing was written. --commit would import {len(found.importable)}.")


class _Bar:
    """One line a stage on the error output, so that the answer stays clean."""

    def __init__(self, console, *, quiet):
        columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn()
        self.progress = Progress(*columns, console=console, disable=quiet or not console.is_terminal)
        self.stages = {}

    def __enter__(self):
        self.progress.start()
        return self.tell

    def __exit__(self, *raised):
        self.progress.stop()

    def tell(self, stage, done, total):
        """Move the bar of a stage."""
        if stage not in self.stages:
            self.stages[stage] = self.progress.add_task(STAGES[stage], total=total)
        self.progress.update(self.stages[stage], completed=done, total=total)


def _language():
    wanted = os.environ.get("LANGUAGE", "")[:2]
    return wanted if wanted in ("ar", "fr", "en") else "en"


def _day(text):
    if not text:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise CommandError(f"--as-of: {error}") from error
    if day > clock.today():
        raise CommandError("--as-of: this day has not come yet.")
    return day


def _user(name):
    if not name:
        raise CommandError("--commit needs --by USER: whose act it is stands in the trail.")
    user = User.objects.filter(username=name, is_active=True).first()
    if user is None:
        raise CommandError(f"There is no user {name}.")
    return user


def _bytes(path):
    try:
        if path.stat().st_size > LARGEST:
            raise CommandError(f"The file is too large: at most {LARGEST // 1024**2} MB.")
        return path.read_bytes()
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error
