"""The file of the rows that stay out of an import, each with its reason in the language of whoever downloads it."""

import io
from collections import defaultdict
from datetime import date

import openpyxl
import xlsxwriter
from django.utils.translation import gettext as _

from core.sayings import read, read_each
from core.templatetags.display import listed
from inmates.register_reading import headers

BINARY = "application/octet-stream"  # always an attachment: its name says what it is
ADDED = 2  # columns that the file has beside the register's own: the reason, and the row


def rest_file(plan) -> bytes:
    """A workbook of the rows that stay out, as they stood, each with the reason in a column of its own."""
    let_in = {entry.row for entry in plan.importable}
    out = [entry for entry in plan.entries if entry.row not in let_in]
    return _workbook(plan.sheet.headers, [(entry.raw, why_out(plan, entry), entry.row) for entry in out])


def rest_again(batch) -> bytes:
    """The file kept with an import, its reasons written anew from the report for whoever reads it now."""
    why = _reasons(batch.report)
    with batch.rest.file.open("rb") as file:
        first, *lines = openpyxl.load_workbook(io.BytesIO(file.read()), read_only=True).active.iter_rows(
            values_only=True
        )
    rows = [(line[:-ADDED], why.get(line[-1]) or line[-ADDED] or "", line[-1]) for line in lines]
    return _workbook(["" if name is None else str(name) for name in first[:-ADDED]], rows)


def why_out(plan, entry) -> str:
    """Reason, in words, for which a row stays out."""
    if entry.errors:
        return " ".join(_wrong(problem.column, problem.message) for problem in entry.errors)
    return " ".join(_resembles(one.of, one.reasons) for one in plan.duplicates.get(entry.row, ()))


def _reasons(report):
    """`{row: why it stayed out}` from the report of an import."""
    wrong, held = defaultdict(list), defaultdict(list)
    for one in report["errors"]:
        wrong[one["row"]].append(_wrong(one["column"], read(one["said"])))
    for one in report["possible_duplicates"]:
        held[one["row"]].append(_resembles(one["of"], one["reasons"]))
    return {row: " ".join(texts) for row, texts in (held | wrong).items()}


def _wrong(column, message):
    return f"{headers.FIELDS.get(column, column)}: {message}"


def _resembles(of, reasons):
    row = of.removeprefix("row:")
    who = _("row %(row)s") % {"row": row} if row != of else _("somebody on the register")
    return _("Possibly the same person as %(who)s: %(why)s.") % {"who": who, "why": listed(read_each(reasons))}


def _workbook(headers_, rows) -> bytes:
    """The workbook: `rows` are `(cells, why, row in the file)`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True, "remove_timezone": True})
    sheet = book.add_worksheet()
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, header in enumerate([*headers_, _("Why not imported"), _("Row in the file")]):
        sheet.write_string(0, column, header, bold)
    width = len(headers_)
    for line, (cells, why, row) in enumerate(rows, 1):
        for column, value in enumerate(cells[:width]):
            if isinstance(value, date):
                sheet.write_datetime(line, column, value, day)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                sheet.write_number(line, column, value)
            elif value is not None:
                sheet.write_string(line, column, str(value))
        sheet.write_string(line, width, why)
        sheet.write_number(line, width + 1, row)
    sheet.set_column(width, width, 60)
    sheet.freeze_panes(1, 0)
    book.close()
    return out.getvalue()
