"""The list as a file: exactly what is shown, for a spreadsheet. Nothing in it can act as a formula."""

import csv
import io
from datetime import date

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from config import clock
from inmates.people.forms.fields import birth_text
from inmates.people.models import Inmate

HEADERS = (
    gettext_lazy("Registration number"),
    gettext_lazy("Name (Latin)"),
    gettext_lazy("Name (Arabic)"),
    gettext_lazy("Born"),
    gettext_lazy("Status"),
    gettext_lazy("Prison"),
    gettext_lazy("Unit"),
    gettext_lazy("Legal status"),
    gettext_lazy("Tier"),
    pgettext_lazy("over a day", "Release"),
    gettext_lazy("Next review"),
)
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def harmless(text):
    """Text that no spreadsheet takes for a formula: an apostrophe before the signs that begin one."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def cells(person):
    """One row: text, numbers and dates, in the reader's language."""
    release = person.release_on or (
        "" if person.release_basis == Inmate.ReleaseBasis.NONE else person.get_release_basis_display()
    )
    return [
        person.registration_number,
        person.name_latin,
        person.name_ar,
        birth_text(person.birth_date, person.birth_precision),
        person.get_status_display(),
        person.facility.name if person.facility else "",
        person.unit.name if person.unit else "",
        person.get_legal_status_display(),
        person.tier if person.tier and not person.closed else "",
        release,
        person.next_review_on if person.next_review_on and not person.closed else "",
    ]


def _text(value):
    """A cell as text."""
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)


def as_csv(people, headers=HEADERS, row=cells):
    """A CSV file that spreadsheets open as UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([harmless(str(header)) for header in headers])
    for person in people:
        writer.writerow([harmless(_text(value)) for value in row(person)])
    return _file(out.getvalue().encode(), "text/csv; charset=utf-8", "csv")


def as_xlsx(people, headers=HEADERS, row=cells):
    """An XLSX file with real dates; every text is written as text, never as a formula, link or number."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "constant_memory": True})
    sheet = book.add_worksheet(_("Inmates")[:31])
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy"})
    for column, header in enumerate(headers):
        sheet.write_string(0, column, str(header), bold)
    for number, person in enumerate(people, start=1):
        for column, value in enumerate(row(person)):
            if isinstance(value, date):
                sheet.write_datetime(number, column, value, day)
            elif isinstance(value, int):
                sheet.write_number(number, column, value)
            elif value:
                sheet.write_string(number, column, value)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(headers) - 1, 18)
    book.close()
    return _file(out.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx")


def _file(content, content_type, ending):
    """A download; its file name holds the day and no person's name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="inmates-{clock.today():%Y-%m-%d}.{ending}"'
    response["Cache-Control"] = "private, no-store"
    return response
