"""Who may import a register."""

import io

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook

from inmates.people.models import ImportBatch
from inmates.register_import import pending
from tests.matrix import OFFICER, Route

GREFFE = frozenset({OFFICER})
HEADERS = "N° écrou,Nom,Prénom,Sexe,Date d'écrou,Situation pénale,Quartier\n"


def build(world):
    """An upload that waits for the officer, and an import of before."""
    officer = world.users[OFFICER]
    upload = SimpleUploadedFile("register.csv", f"{HEADERS}9001,Tazi,Ali,M,01/02/2024,Prévenu,A\n".encode())
    world.pending_import = pending.keep(upload, facility=world.facility, by=officer)
    left_out = io.BytesIO()
    book = Workbook()
    book.active.append(["Nom", "Why", "Row"])
    book.save(left_out)
    rest = pending.documents.keep(
        left_out.getvalue(), name="rest.xlsx", content_type="application/octet-stream", ending=".xlsx", by=officer
    )
    world.import_batch = ImportBatch.objects.create(
        facility=world.facility,
        file_name="register.csv",
        sha256="0" * 64,
        imported_by=officer,
        rows=1,
        imported=0,
        report={"errors": [], "warnings": [], "possible_duplicates": []},
        rest=rest,
    )


PENDING = {"args": lambda w: {"uuid": w.pending_import.uuid}, "scoped": True}
BATCH = {"args": lambda w: {"uuid": w.import_batch.uuid}, "scoped": True}

ROUTES = {
    "inmates:imports": Route(GREFFE),
    "inmates:import_preview": Route(GREFFE, **PENDING),
    "inmates:import_preview_rest": Route(GREFFE, **PENDING),
    "inmates:import_report": Route(GREFFE, **BATCH),
    "inmates:import_report_rest": Route(GREFFE, **BATCH),
}
