"""Registers uploaded in the browser: kept for their uploader until confirmed or given up, then deleted."""

import io
import zipfile
from datetime import timedelta
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import signed_context, trail
from config import clock
from core.workflow import ensure
from documents import actions as documents
from documents import antivirus
from inmates.people.models import PendingImport
from inmates.register_import.plan import SheetError, import_register, read
from inmates.register_import.rest import BINARY
from inmates.register_reading.rows import propose_columns

LARGEST = 8 * 1024 * 1024
LARGEST_UNPACKED = 64 * 1024 * 1024
MOST_PARTS = 1000  # files inside a workbook
ROWS = 2000
"""What one request of the browser reads and writes in a few seconds; more is for the command."""
KEPT_DAYS = 7


@transaction.atomic
def keep(upload, *, facility, by) -> PendingImport:
    """Keep an uploaded register until its uploader decides. Raises ValidationError({"file": ...}) on an unfit file."""
    by.require("inmates.import_register", at=facility)
    _forget_old(by=by)
    if upload.size > LARGEST:
        raise ValidationError({"file": _("The file is too large: at most %(size)s MB.") % {"size": LARGEST // 1024**2}})
    content = upload.read()
    try:
        antivirus.check(content)
    except ValidationError as refusal:
        raise ValidationError({"file": refusal.messages}) from refusal
    if _unpacked(content) > LARGEST_UNPACKED:
        raise ValidationError({"file": _("The workbook is too large.")})
    try:
        sheet, _sha = read(content)
        rows = sum(1 for _row, _number in zip(sheet.rows(), range(ROWS + 1), strict=False))
    except SheetError as error:
        raise ValidationError({"file": str(error)}) from error
    if rows == 0:
        raise ValidationError({"file": _("The file holds headers but no rows.")})
    if rows > ROWS:
        raise ValidationError(
            {
                "file": _(
                    "The file holds more than %(rows)s rows: have it imported on the server with "
                    "“manage.py import_register”, which shows its progress."
                )
                % {"rows": ROWS}
            }
        )
    name = PurePath(str(upload.name or "").replace("\\", "/"))
    stem = "".join(sign for sign in name.stem if sign.isprintable())[:120] or "register"
    ending = name.suffix.lower() if name.suffix.lower() in (".xlsx", ".csv", ".txt") else ""
    file = documents.keep(content, name=stem + ending, content_type=BINARY, ending=ending, by=by)
    columns = [column or "" for column in propose_columns(sheet)]
    return PendingImport.objects.create(owner=by, facility=facility, file=file, columns=columns)


def _unpacked(content):
    """Unpacked size that a zipped file states, more than any may have where it has too many parts; of others their size."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            parts = packed.infolist()
        return sum(part.file_size for part in parts) if len(parts) <= MOST_PARTS else LARGEST_UNPACKED + 1
    except zipfile.BadZipFile:
        return len(content)


def sheet_of(pending):
    """The sheet of a pending import, and the fingerprint of the file."""
    with pending.file.file.open("rb") as file:
        return read(file.read())


def columns_of(pending):
    """The field of each column, None for one that is not read."""
    return [column or None for column in pending.columns]


@transaction.atomic
def choose_columns(pending, columns, *, by):
    """Choose the field of each column. Each field is in one column at most; raises ValidationError otherwise."""
    pending = _own(pending, by)
    chosen = [column for column in columns if column]
    twice = sorted({column for column in chosen if chosen.count(column) > 1})
    if twice:
        raise ValidationError(_("Two columns cannot hold the same thing."))
    pending.columns = columns
    pending.save(update_fields=["columns"])
    return pending


@transaction.atomic
def give_up(pending, *, by):
    """Delete an upload without importing it."""
    pending = _own(pending, by)
    facility = pending.facility
    _delete(pending, by=by)
    trail.record("register.given_up", by=by, facility=facility)


@transaction.atomic
def confirm(pending, *, skip_invalid, someone_else=(), by):
    """Import a pending register and delete the upload; `(plan, batch)`. Raises NotImported, having changed nothing."""
    pending = _own(pending, by)
    sheet, sha256 = sheet_of(pending)
    done = import_register(
        sheet,
        sha256,
        name=pending.file.name,
        facility=pending.facility,
        columns=columns_of(pending),
        skip_invalid=skip_invalid,
        someone_else=someone_else,
        by=by,
    )
    _delete(pending, by=by)
    return done


def _own(pending, by):
    """The upload, locked, if it is still there and this user's."""
    own = PendingImport.objects.select_for_update(of=["self"]).filter(pk=pending.pk, owner=by)
    pending = own.select_related("facility", "file").first()
    ensure(pending is not None, _("This register was imported or given up already."))
    by.require("inmates.import_register", at=pending.facility)
    return pending


def _delete(pending, *, by):
    file = pending.file
    pending.delete()
    documents.drop(file, by=by)


@signed_context.beyond("register import")
def _forget_old(*, by):
    """Uploads that nobody decided on for a week go: a register is no file to leave lying about."""
    for pending in PendingImport.objects.filter(made_at__lt=clock.now() - timedelta(days=KEPT_DAYS)):
        _delete(pending, by=by)
