"""Small registers for the tests, as text and as workbooks."""

import csv
import io
from pathlib import Path

import openpyxl

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "register-sale2.xlsx"
HEADERS = [
    "N° écrou", "Nom", "Prénom", "الاسم العائلي", "الاسم الشخصي", "CIN", "Date de naissance", "Sexe", "Nationalité",
    "Date d'écrou", "Situation pénale", "Peine", "Date du jugement définitif", "Quartier", "Infraction",
]  # fmt: skip
FIRST = {
    "N° écrou": "50001", "Nom": "Qadiri", "Prénom": "Youssef", "الاسم العائلي": "القادري", "الاسم الشخصي": "يوسف",
    "CIN": "BE 200001", "Date de naissance": "02/05/1972", "Sexe": "M", "Nationalité": "Marocaine",
    "Date d'écrou": "12/12/2023", "Situation pénale": "Condamné définitif", "Peine": "17 ans de réclusion",
    "Date du jugement définitif": "04/10/2024", "Quartier": "A", "Infraction": "",
}  # fmt: skip


def row(number, **changes):
    """One row like FIRST, with its own number, card, name and birth; `changes` by the header's first word in ASCII."""
    letters = "BCDFGHJKLM"
    name = "".join(letters[int(digit)] + "a" for digit in str(number)[-3:]).title()
    base = FIRST | {
        "N° écrou": str(number),
        "CIN": f"BE2{number}",
        "Nom": name,
        "الاسم العائلي": "",
        "الاسم الشخصي": "",
        "Date de naissance": f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1960 + number % 40}",
    }
    return base | changes


def as_csv(rows, *, delimiter=",", encoding="utf-8", headers=HEADERS):
    """The register as the bytes of a CSV."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(headers)
    writer.writerows([one.get(header, "") for header in headers] for one in rows)
    return out.getvalue().encode(encoding)


def as_xlsx(rows, headers=HEADERS):
    """The register as the bytes of a workbook."""
    book = openpyxl.Workbook()
    book.active.append(headers)
    for one in rows:
        book.active.append([one.get(header) for header in headers])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
