"""A register file opened: workbooks, delimited text, and what is neither."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from inmates.register_reading.sheet import SheetError, open_sheet
from tests.inmates.register_reading.whatever import said

TITLES = ["N° écrou", "Nom", "Prénom", "الاسم العائلي", "Date d'écrou"]
PEOPLE = [["45000", "Qadiri", "Aïcha", "القادري", "12/12/2017"], ["45001", "Tazi", "Anas", "التازي", "13/12/2017"]]


def workbook(*lines, sheets=()):
    book = Workbook()
    for title, others in sheets:
        extra = book.create_sheet(title, 0)
        for line in others:
            extra.append(line)
    for line in lines:
        book.worksheets[-1].append(line)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def delimited(*lines, delimiter=",", encoding="utf-8"):
    target = io.StringIO()
    csv.writer(target, delimiter=delimiter).writerows(lines)
    return target.getvalue().encode(encoding)


FRENCH = [
    ["N° écrou", "Nom", "Prénom", "Date d'écrou"],
    ["45000", "ÉLIE", "Aïcha", "12/12/2017"],
    ["45001", "À", "Noël", "13/12/2017"],
]


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (workbook(TITLES, *PEOPLE), [TITLES, *PEOPLE]),
        (delimited(TITLES, *PEOPLE), [TITLES, *PEOPLE]),
        (delimited(TITLES, *PEOPLE, delimiter=";"), [TITLES, *PEOPLE]),
        (delimited(TITLES, *PEOPLE, delimiter=";", encoding="utf-8-sig"), [TITLES, *PEOPLE]),
        (delimited(TITLES, *PEOPLE, delimiter=";", encoding="cp1256"), [TITLES, *PEOPLE]),
        (delimited(TITLES, *PEOPLE, delimiter="\t", encoding="utf-16"), [TITLES, *PEOPLE]),
        (delimited(*FRENCH, delimiter=";", encoding="cp1252"), FRENCH),
        (b"sep=;\r\n" + delimited(TITLES, *PEOPLE, delimiter=";"), [TITLES, *PEOPLE]),
    ],
)
def test_sheets_in_every_shape(data, lines):
    sheet = open_sheet(data)
    assert sheet.headers == lines[0]
    assert list(sheet.rows()) == [(2, lines[1]), (3, lines[2])]
    assert list(sheet.rows()) == list(sheet.rows())  # can be read again


@pytest.mark.parametrize("make", [workbook, delimited])
def test_rows_keep_the_numbers_of_the_sheet(make):
    sheet = open_sheet(make(["Registre de la prison"], [], TITLES, PEOPLE[0], [None] * 5, [], PEOPLE[1][:2], []))
    assert sheet.header_row == 3
    assert list(sheet.rows()) == [(4, PEOPLE[0]), (7, [*PEOPLE[1][:2], None, None, None])]


def test_the_sheet_of_a_workbook_that_looks_like_a_register_is_read():
    sheet = open_sheet(workbook(TITLES, *PEOPLE, sheets=[("Notes", [["Lisez-moi"], ["x"]])]))
    assert sheet.headers == TITLES


def test_a_line_break_inside_a_cell_is_one_row():
    sheet = open_sheet(delimited(["N° écrou", "Observations"], ["45000", "une\ndeux"], ["45001", "trois"]))
    assert [number for number, _values in sheet.rows()] == [2, 3]


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"PK\x03\x04 broken", b"\xd0\xcf\x11\xe0 old", b"%PDF-1.4", workbook(), b"a" * 200_000]
)
def test_what_is_no_sheet_is_refused(data):
    with pytest.raises(SheetError) as refused:
        list(open_sheet(data).rows())
    assert str(refused.value)


@given(st.binary(max_size=400))
def test_opening_never_crashes(data):
    assert said(lambda: list(open_sheet(data).rows()))
