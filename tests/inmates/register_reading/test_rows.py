"""A whole row of a register checked, and the sample register."""

from datetime import date as d
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inmates.register_reading import rows
from inmates.register_reading.dates import Birth
from inmates.register_reading.penalties import Penalty
from inmates.register_reading.sheet import open_sheet
from inmates.terms import Term
from tests.inmates.register_reading.whatever import anything

GOOD = {
    "registration_number": "45000",
    "family_name_latin": "Qadiri",
    "given_name_latin": "Youssef",
    "cin": "BE 100000",
    "birth_date": "1972",
    "sex": "M",
    "nationality": "Marocaine",
    "admission_date": "12/12/2017",
    "legal_status": "Condamné définitif",
    "sentence": "17 ans",
    "final_judgment": "04/10/2018",
    "role": "non combattant",
    "returnee": "oui",
    "unit": "quartier a",
    "offence": "art. 218-1-1",
}


def checked(today=d(2026, 1, 1), seen=None, facility_sex="M", **changed):
    raw = {**GOOD, **changed}
    entry = rows.read_row(2, list(raw.values()), list(raw))
    return rows.check_row(
        entry, today=today, as_of=d(2019, 3, 13), facility_sex=facility_sex, units=["A", "B"], seen=seen
    )


def test_a_good_row_is_read_whole():
    entry = checked()
    assert (entry.errors, entry.warnings) == ([], [])
    assert entry.values == {
        "registration_number": "45000",
        "family_name_latin": "Qadiri",
        "given_name_latin": "Youssef",
        "family_name_ar": None,
        "given_name_ar": None,
        "cin": "BE100000",
        "birth_date": Birth(d(1972, 1, 1), "year"),
        "sex": "M",
        "nationality": ("MA",),
        "admission_date": d(2017, 12, 12),
        "legal_status": "convicted_final",
        "sentence": Penalty("term", Term(17)),
        "final_judgment": d(2018, 10, 4),
        "role": "non_combatant",
        "returnee": True,
        "unit": "A",
        "offence": "art. 218-1-1",
    }


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"registration_number": None}, ["registration number"]),
        ({"registration_number": "?x"}, ["registration number"]),
        ({"family_name_latin": None, "given_name_latin": " "}, ["name"]),
        ({"cin": "123"}, ["cin"]),
        ({"birth_date": "31/02/1988"}, ["birth date"]),
        ({"birth_date": "04/07/2018"}, ["admission date"]),
        ({"birth_date": "2010"}, ["birth date"]),  # seven years old
        ({"birth_date": "1905"}, ["birth date"]),
        ({"birth_date": "2031"}, ["admission date", "birth date", "final judgment"]),
        ({"sex": None}, ["sex"]),
        ({"sex": "F"}, ["sex"]),
        ({"nationality": "Martienne"}, ["nationality"]),
        ({"admission_date": "12/05/2031"}, ["admission date"]),
        ({"admission_date": "1899"}, ["admission date"]),
        ({"admission_date": None}, ["admission date"]),
        ({"legal_status": "inconnu"}, ["legal status"]),
        ({"legal_status": None}, ["legal status"]),
        ({"sentence": "abc"}, ["sentence"]),
        ({"sentence": None}, ["sentence"]),
        ({"final_judgment": "04/10/2031"}, ["final judgment"]),
        ({"final_judgment": "04/10/1960"}, ["final judgment"]),
        ({"legal_status": "Prévenu", "final_judgment": None}, ["sentence"]),
        ({"legal_status": "Prévenu", "sentence": None}, ["final judgment"]),
        ({"legal_status": "Condamné (appel)"}, ["final judgment"]),
        ({"role": "chef"}, ["role"]),
        ({"returnee": "peut-être"}, ["returnee"]),
        ({"unit": "Z"}, ["unit"]),
        ({"unit": None}, ["unit"]),
        ({"family_name_latin": "القادري", "family_name_ar": "التازي"}, ["name"]),
    ],
)
def test_rows_refused(changed, fields):
    assert sorted(problem.field for problem in checked(**changed).errors) == fields


@pytest.mark.parametrize(
    ("changed", "fields"),
    [
        ({"sentence": "1 an"}, ["sentence"]),  # over on 12 Dec 2018
        ({"admission_date": "13/03/2018", "sentence": "1 an"}, ["sentence"]),  # over today
        ({"admission_date": "14/03/2018", "sentence": "1 an"}, []),
        ({"sentence": "18 ans"}, []),
        ({"sentence": "18 ans et 1 mois"}, ["sentence"]),
        ({"sentence": "perpétuité"}, []),
        ({"offence": None}, ["offence"]),
        ({"birth_date": None}, ["birth date"]),
        ({"birth_date": "01/06/2000"}, ["birth date"]),  # a minor
        ({"birth_date": "1950"}, []),
        ({"given_name_latin": None}, ["name"]),
        ({"final_judgment": None}, ["final judgment"]),
        ({"final_judgment": "04/10/2017"}, ["final judgment"]),  # before admission
        ({"final_judgment": "04/10/2019"}, ["final judgment"]),  # after the day of the register
        ({"legal_status": "Condamné (appel)", "final_judgment": None, "sentence": None}, ["sentence"]),
        ({"legal_status": "Prévenu", "final_judgment": None, "sentence": None}, []),
        ({"legal_status": "Contraint par corps", "final_judgment": None, "sentence": None}, []),
        ({"nationality": "Française"}, ["cin"]),
        ({"nationality": "Franco-marocaine"}, []),
    ],
)
def test_rows_let_in_with_a_task(changed, fields):
    entry = checked(**changed)
    assert entry.errors == []
    assert [problem.field for problem in entry.warnings] == fields


def test_a_number_stands_once_in_a_file():
    seen = {}
    assert checked(seen=seen).errors == []
    raw = list(GOOD.values())
    again = rows.check_row(
        rows.read_row(9, raw, list(GOOD)), today=d(2026, 1, 1), facility_sex="M", units=["A"], seen=seen
    )
    assert [problem.as_json()["field"] for problem in again.errors] == ["registration number"]
    assert "2" in again.errors[0].message


def test_women_in_a_prison_that_holds_them():
    assert checked(sex="F", facility_sex={"M", "F"}).errors == []


def test_names_find_the_column_of_their_script():
    entry = checked(family_name_latin="القادري", given_name_latin="يوسف")
    assert entry.errors == []
    assert (entry.get("family_name_ar"), entry.get("given_name_ar"), entry.get("family_name_latin")) == (
        "القادري",
        "يوسف",
        None,
    )


def test_a_percent_sign_in_a_cell_is_only_text(english):
    assert "100 %(x)s" in checked(unit="100 %(x)s").errors[0].message
    assert "50 %s" in checked(sentence="50 %s").errors[0].message


@given(st.lists(anything, min_size=len(rows.READERS), max_size=len(rows.READERS)))
def test_rows_never_crash(values):
    entry = rows.read_row(2, values, list(rows.READERS))
    rows.check_row(entry, today=d(2026, 1, 1), facility_sex="M", units=["A"], seen={})
    for problem in entry.errors + entry.warnings:
        assert problem.as_json()["row"] == 2


SAMPLE = Path(__file__).resolve().parents[2] / "data" / "register-sale2.xlsx"

PLANTED = {
    (19, "birth date"),
    (43, "registration number"),
    (60, "name"),
    (75, "admission date"),
    (98, "sentence"),
    (112, "unit"),
    (133, "admission date"),
    (151, "sex"),
    (168, "registration number"),
    (190, "legal status"),
    (205, "sentence"),
    (221, "admission date"),
}


def test_sample_register():
    """The sample register: every planted slip is found at its row and field, and nothing else."""
    seen = {}
    entries = [
        rows.check_row(entry, today=d(2026, 1, 1), as_of=d(2019, 3, 13), facility_sex="M", units="ABC", seen=seen)
        for entry in rows.read_register(open_sheet(SAMPLE.read_bytes()))
    ]
    assert [entry.row for entry in entries] == list(range(2, 240))
    assert {(problem.row, problem.field) for entry in entries for problem in entry.errors} == PLANTED
    over = [
        problem.row
        for entry in entries
        for problem in entry.warnings
        if "over" in problem.message or "08/02/2019" in problem.message
    ]
    assert over == [8]
