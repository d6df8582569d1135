"""Importing in the browser: upload, preview, columns, decisions, confirmation, report."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from documents.models import StoredFile
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.models import ImportBatch, Inmate, PendingImport
from inmates.register_import import pending as pending_imports
from tests.factories import make_user
from tests.inmates.register_import.sheets import FIRST, HEADERS, SAMPLE, as_csv, row


@pytest.fixture(autouse=True)
def _media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def browser(client, officer):
    """The officer's browser."""
    client.force_login(officer)
    return client


def upload(client, prison, content, name="register.csv"):
    file = SimpleUploadedFile(name, content)
    return client.post(reverse("inmates:imports"), {"facility": prison.pk, "file": file})


def pending_of(client, prison, content):
    answer = upload(client, prison, content)
    assert answer.status_code == 302, answer.context["form"].errors
    return PendingImport.objects.get()


def address(pending):
    return reverse("inmates:import_preview", args=[pending.uuid])


def test_the_sample_register_from_upload_to_report(browser, prison):
    pending = pending_of(browser, prison, SAMPLE.read_bytes())
    page = browser.get(address(pending))
    assert page.context["counts"] == {"rows": 238, "wrong": 12, "held": 10, "importable": 216}
    assert "There is no such day: 31/02/1988." in page.content.decode()
    assert not Inmate.objects.exists()
    refused = browser.post(address(pending), {"act": "confirm", "how": "all"})
    assert refused.status_code == 200
    assert not Inmate.objects.exists()
    done = browser.post(address(pending), {"act": "confirm", "how": "valid"})
    batch = ImportBatch.objects.get()
    assert done["Location"] == reverse("inmates:import_report", args=[batch.uuid])
    assert Inmate.objects.count() == 216
    assert not PendingImport.objects.exists()
    assert StoredFile.objects.get() == batch.rest
    report = browser.get(done["Location"])
    assert (report.context["wrong"], report.context["held"]) == (12, 10)
    assert len(rest_of(browser, batch)) == 1 + 22


def rest_of(client, batch):
    """Rows of the file that the report offers."""
    content = client.get(reverse("inmates:import_report_rest", args=[batch.uuid])).content
    return list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))


def test_the_rows_that_stayed_out_say_why_in_the_language_of_whoever_reads_them(browser, officer, prison):
    twin = row(50020, Nom="Alaoui", Prénom="Ali", CIN="", **{"Date de naissance": "03/04/1980"})
    lines = [twin, twin | {"N° écrou": "50021"}, row(50022), row(50023, **{"Date de naissance": "31/02/1988"})]
    pending = pending_of(browser, prison, as_csv(lines))
    browser.post(address(pending), {"act": "confirm", "how": "valid"})
    batch = ImportBatch.objects.get()
    kept = {}
    for language in ("fr", "ar", "en"):
        officer.language = language
        officer.save()
        kept[language] = rest_of(browser, batch)
    assert [line[:-2] for line in kept["fr"][1:]] == [line[:-2] for line in kept["ar"][1:]]
    assert [line[-1] for line in kept["ar"][1:]] == [line[-1] for line in kept["en"][1:]]
    assert kept["en"][0][-2:] == ("Why not imported", "Row in the file")
    for part in ("There is no such day: 31/02/1988.", "Possibly the same person as row"):
        assert part in " ".join(line[-2] for line in kept["en"])
        assert part not in " ".join(line[-2] for line in kept["fr"] + kept["ar"])
    arabic = next(line[-2] for line in kept["ar"] if "31/02/1988" in line[-2])
    assert any("\u0600" < sign < "\u06ff" for sign in arabic)


def test_a_kept_reason_stays_where_the_report_has_none(browser, prison):
    pending = pending_of(browser, prison, as_csv([row(50022), row(50023, **{"Date de naissance": "31/02/1988"})]))
    browser.post(address(pending), {"act": "confirm", "how": "valid"})
    batch = ImportBatch.objects.get()
    before = rest_of(browser, batch)[1][-2]
    batch.report = batch.report | {"errors": []}
    batch.save()
    assert rest_of(browser, batch)[1][-2] == before


def test_somebody_else_is_imported_with_the_name_of_who_said_so(browser, officer, prison):
    twin = row(50020, Nom="Alaoui", Prénom="Ali", CIN="", **{"Date de naissance": "03/04/1980"})
    pending = pending_of(browser, prison, as_csv([twin, twin | {"N° écrou": "50021"}, row(50022)]))
    assert browser.get(address(pending)).context["counts"]["held"] == 1
    browser.post(address(pending), {"act": "confirm", "how": "all", "someone_else": ["3"]})
    assert Inmate.objects.count() == 3
    decided = PossibleDuplicate.objects.get()
    assert (decided.state, decided.settled_by) == ("someone_else", officer)


def test_the_same_card_is_held_back_whatever_is_ticked(browser, prison):
    pending = pending_of(browser, prison, as_csv([FIRST, row(50023, CIN=FIRST["CIN"])]))
    browser.post(address(pending), {"act": "confirm", "how": "all", "someone_else": ["3"]})
    assert Inmate.objects.count() == 1


def test_columns_can_be_chosen(browser, prison):
    headers = ["What" if header == "Quartier" else header for header in HEADERS]
    content = as_csv([row(50024) | {"What": "A"}], headers=headers)
    pending = pending_of(browser, prison, content)
    assert [problem.column for problem in browser.get(address(pending)).context["plan"].missing] == ["unit"]
    place = headers.index("What")
    columns = {f"column-{n}": column for n, column in enumerate(pending.columns)} | {f"column-{place}": "unit"}
    browser.post(address(pending), {"act": "columns", **columns})
    assert browser.get(address(pending)).context["counts"]["importable"] == 1
    browser.post(address(pending), {"act": "columns", **columns, "column-0": "unit"})
    assert PendingImport.objects.get().columns[0] == "registration_number"


def test_giving_up_deletes_the_file(browser, prison, tmp_path):
    pending = pending_of(browser, prison, as_csv([FIRST]))
    assert [path for path in tmp_path.rglob("*") if path.is_file()]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pending_imports.documents.transaction, "on_commit", lambda do, robust=False: do())
        browser.post(address(pending), {"act": "give_up"})
    assert not PendingImport.objects.exists()
    assert not StoredFile.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert browser.post(address(pending), {"act": "give_up"}).status_code == 404


def test_anothers_upload_does_not_exist(browser, client, prison):
    pending = pending_of(browser, prison, as_csv([FIRST]))
    client.force_login(make_user("records officer", prison, username="colleague"))
    assert client.get(address(pending)).status_code == 404
    assert client.post(address(pending), {"act": "confirm", "how": "all"}).status_code == 404
    assert not Inmate.objects.exists()


def test_a_register_of_another_prison_is_no_choice(browser, other_prison):
    answer = upload(browser, other_prison, as_csv([FIRST]))
    assert answer.status_code == 422
    assert "facility" in answer.context["form"].errors


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 broken", "cannot be opened"),
        (b"%PDF-1.7 x", "PDF"),
        (as_csv([]), "no rows"),
        (as_csv([row(n) for n in range(50100, 52101)]), "manage.py import_register"),
    ],
    ids=["broken", "pdf", "headers alone", "too many rows"],
)
def test_unfit_files_are_refused_at_the_field(browser, prison, content, words):
    answer = upload(browser, prison, content)
    assert answer.status_code == 422
    assert words in str(answer.context["form"].errors["file"])
    assert not PendingImport.objects.exists()


@pytest.mark.parametrize(("limit", "least"), [("LARGEST_UNPACKED", 1000), ("MOST_PARTS", 2)])
def test_a_workbook_that_swells_is_refused(browser, prison, monkeypatch, limit, least):
    monkeypatch.setattr(pending_imports, limit, least)
    answer = upload(browser, prison, SAMPLE.read_bytes(), "bomb.xlsx")
    assert "too large" in str(answer.context["form"].errors["file"])


def test_seeing_somebody_of_another_prison_is_recorded(browser, officer2, other_prison, prison, officer):
    from tests.factories import make_inmate

    known = make_inmate(other_prison.units.get(), by=officer2, cin="BE200001")
    pending = pending_of(browser, prison, as_csv([FIRST]))
    page = browser.get(address(pending)).content.decode()
    assert "Toulal 2" in page
    assert Event.objects.filter(verb="identity_card.viewed", inmate_id=known.pk, actor_id=officer.pk).exists()
