"""The columns of a register proposed from their titles and their cells."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inmates.register_reading import headers
from tests.inmates.register_reading.whatever import anything


@pytest.mark.parametrize(
    ("titles", "fields"),
    [
        (
            [
                "N° écrou",
                "Nom",
                "Prénom",
                "الاسم العائلي",
                "الاسم الشخصي",
                "CIN",
                "Date de naissance",
                "Lieu de naissance",
                "Sexe",
            ],
            [
                "registration_number",
                "family_name_latin",
                "given_name_latin",
                "family_name_ar",
                "given_name_ar",
                "cin",
                "birth_date",
                "birthplace",
                "sex",
            ],
        ),
        (
            [
                "Nationalité",
                "Date d'écrou",
                "Situation pénale",
                "Peine",
                "Date du jugement définitif",
                "Rôle",
                "Rapatrié",
                "Quartier",
            ],
            ["nationality", "admission_date", "legal_status", "sentence", "final_judgment", "role", "returnee", "unit"],
        ),
        (
            [
                "رقم الاعتقال",
                "النسب",
                "الاسم",
                "البطاقة الوطنية",
                "تاريخ الازدياد",
                "الجنس",
                "الجنسية",
                "تاريخ الإيداع",
                "الحي",
            ],
            [
                "registration_number",
                "family_name_ar",
                "given_name_ar",
                "cin",
                "birth_date",
                "sex",
                "nationality",
                "admission_date",
                "unit",
            ],
        ),
        (
            [
                "Registration number",
                "Name",
                "National ID card (CIN)",
                "Date of birth",
                "Legal status",
                "Final judgment",
                "Returnee",
            ],
            [
                "registration_number",
                "full_name_latin",
                "cin",
                "birth_date",
                "legal_status",
                "final_judgment",
                "returnee",
            ],
        ),
        (
            ["  NUMERO D'ECROU ", "nom de famille", "Observations", "Taille"],
            ["registration_number", "family_name_latin", "notes", None],
        ),
        (["Nom", "Nom"], ["full_name_latin", None]),
        (["", None], [None, None]),
    ],
)
def test_columns_are_proposed(titles, fields):
    assert headers.propose(titles) == fields


def test_columns_of_names_are_told_apart_by_their_script():
    titles = ["Nom", "Prénom", "Nom", "Prénom"]
    samples = [["Tazi", "Anas", "التازي", "أنس"], ["Sbai", None, "السباعي", "عمر"]]
    assert headers.propose(titles, samples) == [
        "family_name_latin",
        "given_name_latin",
        "family_name_ar",
        "given_name_ar",
    ]


def test_missing_columns_are_named():
    assert (
        headers.missing(["registration_number", "sex", "admission_date", "legal_status", "unit", "full_name_ar"]) == []
    )
    assert headers.missing(["registration_number", "sex", "admission_date", "unit"]) == [
        "legal_status",
        "full_name_latin",
    ]


@given(st.lists(st.text() | st.none(), max_size=8), st.lists(st.lists(anything, max_size=8), max_size=3))
def test_proposing_never_crashes(titles, samples):
    assert len(headers.propose(titles, samples)) == len(titles)
