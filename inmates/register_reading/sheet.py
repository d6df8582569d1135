"""Opening a register file: XLSX or CSV in, rows out under the sheet's own numbers (blank lines and titles count)."""

import codecs
import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice

from django.utils.translation import gettext_lazy as _

from inmates.register_reading.headers import known_headers
from inmates.register_reading.text import tidy

MAX_UNPACKED = 400 * 1024 * 1024
MAX_COLUMNS = 200
HEAD = 20  # the header stands in the first rows, below a title at most

Row = tuple[int, list]


class SheetError(ValueError):
    """The file as a whole cannot be read; the message is for the person who chose it."""

    def __str__(self):
        return str(self.args[0])


@dataclass(frozen=True)
class Sheet:
    """A register file. `header_row` is the sheet's number of the row that holds the headers."""

    header_row: int
    headers: list[str]
    records: Callable[[], Iterator[Row]]

    def rows(self) -> Iterator[Row]:
        """The rows under the header with their numbers in the sheet; blank ones are left out."""
        width = len(self.headers)
        for number, values in self.records():
            if number > self.header_row and any(tidy(value) for value in values):
                yield number, (values + [None] * width)[:width]


def open_sheet(data: bytes) -> Sheet:
    """Read a file by its content, whatever it is called. Raises SheetError."""
    if data.startswith(b"PK\x03\x04"):
        return _with_header(_workbook(data))
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise SheetError(_("This is an old .xls workbook. Save it as .xlsx or .csv and try again."))
    if data.startswith(b"%PDF"):
        raise SheetError(_("This is a PDF. A register is read from .xlsx or .csv."))
    return _with_header(_delimited(_decode(data)))


def _with_header(records: Callable[[], Iterator[Row]]) -> Sheet:
    """The header is the row, among the first, with the most headers known to us; else the first that is not empty."""
    head = [(number, [tidy(value) for value in values]) for number, values in islice(records(), HEAD)]
    head = [(number, values) for number, values in head if any(values)]
    if not head:
        raise SheetError(_("The file is empty."))
    number, headers = max(head, key=lambda row: (known_headers(row[1]), -row[0]))
    while headers and not headers[-1]:
        headers.pop()
    return Sheet(number, headers[:MAX_COLUMNS], records)


def _workbook(data: bytes) -> Callable[[], Iterator[Row]]:
    """Rows of the sheet that looks most like a register, streamed."""
    from openpyxl import load_workbook

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True) if unpacked <= MAX_UNPACKED else None
    except Exception as error:  # openpyxl raises whatever its parsers raise
        raise SheetError(_("The workbook cannot be opened: it is damaged or not an .xlsx file.")) from error
    if book is None:
        raise SheetError(_("The workbook is too large."))

    def of(sheet) -> Iterator[Row]:
        try:
            sheet.reset_dimensions()  # some programs write a wrong one
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                yield number, list(values[:MAX_COLUMNS])
        except Exception as error:
            raise SheetError(_("The workbook cannot be read to its end: it is damaged.")) from error

    def score(sheet) -> int:
        return max((known_headers(values) for _number, values in islice(of(sheet), HEAD)), default=0)

    if not book.worksheets:
        raise SheetError(_("The file is empty."))
    best = max(book.worksheets, key=score)  # the first of equals
    return lambda: of(best)


def _decode(data: bytes) -> str:
    """Text from UTF-8 or UTF-16 with a mark, UTF-8 without, else Windows-1256 or 1252, told apart by their letters."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    arabic = data.decode("cp1256", errors="replace")
    # French letters stand at the same places in both, capitals with accents do not: those turn up as single Arabic
    # letters inside Latin words, while Arabic comes in runs.
    runs = sum(len(run) for run in re.findall(r"[\u0621-\u064a]{2,}", arabic))
    strays = len(re.findall(r"(?<=[A-Za-z])[\u0621-\u064a]|[\u0621-\u064a](?=[A-Za-z])", arabic))
    return arabic if runs > strays else data.decode("cp1252", errors="replace")


def _delimited(text: str) -> Callable[[], Iterator[Row]]:
    """Rows of a CSV with the delimiter that yields the most known headers, then the most columns."""
    text = re.sub(r"\Asep=(.)\r?\n", "", text)

    def of(delimiter: str) -> Iterator[Row]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            for number, values in enumerate(reader, 1):
                yield number, values[:MAX_COLUMNS]
        except csv.Error as error:
            raise SheetError(_("The file is neither a workbook nor a table of text.")) from error

    def score(delimiter: str) -> tuple[int, int]:
        head = [values for _number, values in islice(of(delimiter), HEAD)]
        return max((known_headers(values) for values in head), default=0), max(map(len, head), default=0)

    best = max(";,\t", key=score)
    return lambda: of(best)
