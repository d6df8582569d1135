"""`manage.py import_register`: what it says, what it writes, and what it never does."""

import json

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from core.sayings import words
from inmates import reference
from inmates.classification.in_force import disagreements
from inmates.custody.models import Admission, DetentionOrder, LegalStatusPeriod, Placement, RegistrationNumber
from inmates.people.models import ImportBatch, Inmate, Task
from inmates.people.models.name_tokens import WrittenNames
from inmates.register_import import writing
from inmates.sentences.models import Case, ReleaseComputation, Sentence
from tests.factories import make_inmate
from tests.inmates.register_import.sheets import FIRST, HEADERS, SAMPLE, as_csv, as_xlsx, row

WRITTEN = (
    Inmate, Case, DetentionOrder, Admission, RegistrationNumber, LegalStatusPeriod, Placement, Sentence,
    ReleaseComputation, Task, ImportBatch, WrittenNames,
)  # fmt: skip


def run(capsys, path, *options, facility="sale-2"):
    """(exit code, answer) of the command with --format json."""
    code = 0
    capsys.readouterr()
    try:
        call_command("import_register", str(path), "--facility", facility, "--format", "json", *options)
    except SystemExit as left:
        code = left.code
    return code, json.loads(capsys.readouterr().out)


def save(tmp_path, content, name="register.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def counts():
    return {model.__name__: model.objects.count() for model in WRITTEN}


def test_the_sample_register_has_twelve_wrong_rows_and_ten_people_twice(officer, capsys):
    code, answer = run(capsys, SAMPLE)
    assert code == 1
    assert (answer["rows"], answer["valid"]) == (238, 226)
    assert [(error["row"], error["field"]) for error in answer["errors"]] == [
        (19, "birth date"), (43, "registration number"), (60, "name"), (75, "admission date"), (98, "sentence"),
        (112, "unit"), (133, "admission date"), (151, "sex"), (168, "registration number"), (190, "legal status"),
        (205, "sentence"), (221, "admission date"),
    ]  # fmt: skip
    assert [(duplicate["row"], duplicate["of"]) for duplicate in answer["possible_duplicates"]] == [
        (230, "row:7"), (231, "row:24"), (232, "row:39"), (233, "row:66"), (234, "row:90"),
        (235, "row:122"), (236, "row:157"), (237, "row:179"), (238, "row:198"), (239, "row:212"),
    ]  # fmt: skip
    assert not any(counts().values())


def test_the_answer_has_the_shape_that_was_agreed(officer, capsys):
    _code, answer = run(capsys, SAMPLE)
    assert set(answer) == {"rows", "valid", "errors", "warnings", "possible_duplicates"}
    assert all(set(problem) == {"row", "field", "message"} for problem in answer["errors"] + answer["warnings"])
    assert all(set(duplicate) == {"row", "of", "score", "reasons"} for duplicate in answer["possible_duplicates"])
    assert all(70 <= duplicate["score"] <= 100 and duplicate["reasons"] for duplicate in answer["possible_duplicates"])


def test_with_errors_commit_writes_nothing(officer, capsys):
    code, _answer = run(capsys, SAMPLE, "--commit", "--by", "officer")
    assert code == 1
    assert not any(counts().values())


def test_the_valid_rows_come_in_and_the_others_are_kept_with_their_reasons(officer, prison, capsys):
    code, _answer = run(capsys, SAMPLE, "--commit", "--by", "officer", "--skip-invalid")
    assert code == 0
    assert Inmate.objects.in_custody().filter(facility=prison).count() == 216
    assert Placement.objects.current().count() == Admission.objects.open().count() == 216
    batch = ImportBatch.objects.get()
    assert (batch.rows, batch.imported, batch.imported_by) == (238, 216, officer)
    sheet = openpyxl.load_workbook(batch.rest.file.open("rb")).active
    lines = list(sheet.iter_rows(values_only=True))
    assert len(lines) == 1 + 22
    assert lines[0][-2:] == ("Why not imported", "Row in the file")
    assert lines[1][-2:] == ("Birth date: There is no such day: 31/02/1988.", 19)
    assert "same CIN" in next(line for line in lines if line[-1] == 230)[-2]
    assert list(disagreements()) == []


def test_one_row_becomes_a_person_held_under_a_provisional_order(officer, prison, tmp_path, capsys):
    code, answer = run(capsys, save(tmp_path, as_csv([FIRST])), "--commit", "--by", "officer")
    assert (code, answer["valid"], answer["errors"]) == (0, 1, [])
    person = Inmate.objects.get()
    assert (person.name_latin, person.cin, person.registration_number) == ("QADIRI Youssef", "BE200001", "50001")
    assert (person.unit.name, person.legal_status, person.tier) == ("A", "convicted_final", None)
    assert (str(person.release_on), person.release_basis) == ("2040-12-12", "computed")
    order = person.detention_orders.get()
    assert (order.kind, order.provisional, words(order.authority), order.reference) == (
        "register", True, "Register of the prison", "50001",
    )  # fmt: skip
    sentence = person.sentences.get()
    assert (sentence.years, str(sentence.starts_on), str(sentence.final_on)) == (17, "2023-12-12", "2024-10-04")
    assert [(p.status, str(p.starts_on)) for p in person.legal_statuses.order_by("starts_on")] == [
        ("remand", "2023-12-12"), ("convicted_final", "2024-10-04"),
    ]  # fmt: skip
    assert person.tasks.get().kind == Task.Kind.OFFENCE
    assert list(Inmate.objects.search("القادري يوسف")) == [person]
    assert Event.objects.filter(verb="inmate.imported", inmate_id=person.pk).count() == 1
    assert Event.objects.filter(verb="register.imported", facility_id=prison.pk).count() == 1


def test_a_term_over_or_above_eighteen_years_leaves_a_task(officer, tmp_path, capsys):
    over = row(50002, **{"Peine": "6 mois", "Date d'écrou": "01/02/2020", "Date du jugement définitif": "01/03/2020"})
    long = row(50003, Peine="20 ans")
    _code, answer = run(capsys, save(tmp_path, as_csv([over, long])), "--commit", "--by", "officer")
    assert {(w["row"], w["field"]) for w in answer["warnings"]} >= {(2, "sentence"), (3, "sentence")}
    kinds = Task.objects.values_list("inmate__registration_number", "kind")
    assert {("50002", "term_over"), ("50003", "term_range")} <= set(kinds)
    assert ("50002", "term_range") not in kinds


def test_remand_and_civil_imprisonment_are_held_by_what_they_say(officer, tmp_path, capsys):
    remand = row(50004, **{"Situation pénale": "Prévenu", "Peine": "", "Date du jugement définitif": ""})
    debtor = row(50005, **{"Situation pénale": "Contrainte par corps", "Peine": "", "Date du jugement définitif": ""})
    run(capsys, save(tmp_path, as_csv([remand, debtor])), "--commit", "--by", "officer")
    held = Inmate.objects.get(registration_number="50004")
    assert held.cases.get().on_remand
    assert held.release_basis == "remand"
    kinds = Inmate.objects.get(registration_number="50005").detention_orders.values_list("kind", flat=True)
    assert sorted(kinds) == ["civil", "register"]


def test_a_full_unit_takes_the_person_with_an_exception(officer, prison, tmp_path, capsys):
    prison.units.filter(name="A").update(working_capacity=1)
    _code, answer = run(capsys, save(tmp_path, as_csv([row(50006), row(50007)])), "--commit", "--by", "officer")
    assert [w["row"] for w in answer["warnings"] if w["field"] == "unit"] == [3]
    placement = Placement.objects.get(inmate__registration_number="50007")
    assert placement.exceptions == ["full"]
    assert placement.exception_reason
    assert Task.objects.filter(inmate=placement.inmate, kind="placement").count() == 1


def test_the_same_file_twice_imports_nothing_twice(officer, tmp_path, capsys):
    path = save(tmp_path, as_csv([row(50008), row(50009)]))
    run(capsys, path, "--commit", "--by", "officer")
    before = counts()
    code, answer = run(capsys, path, "--commit", "--by", "officer")
    assert code == 0
    assert counts() == before
    known = {str(person.uuid) for person in Inmate.objects.all()}
    assert {duplicate["of"] for duplicate in answer["possible_duplicates"]} == known
    assert answer["valid"] == 2


def test_a_number_of_somebody_else_is_an_error(officer, unit, tmp_path, capsys):
    make_inmate(unit, by=officer, number="50010")
    code, answer = run(capsys, save(tmp_path, as_csv([row(50010), row(50011)])))
    assert code == 1
    assert [(e["row"], e["field"]) for e in answer["errors"]] == [(2, "registration number")]


def test_somebody_held_elsewhere_is_found_and_a_namesake_is_not(officer, officer2, other_prison, tmp_path, capsys):
    names = {"family_name_latin": "El Kadiri", "given_name_latin": "Yousef", "family_name_ar": "", "given_name_ar": ""}
    known = make_inmate(other_prison.units.get(), by=officer2, birth_date="1972-05-02", **names)
    make_inmate(other_prison.units.get(), by=officer2, birth_date="1980-01-09", **names)
    _code, answer = run(capsys, save(tmp_path, as_csv([FIRST])))
    assert [(d["row"], d["of"]) for d in answer["possible_duplicates"]] == [(2, str(known.uuid))]


def test_two_cards_and_a_birth_year_alone_are_two_people(officer, tmp_path, capsys):
    same = {"Nom": "Alaoui", "Prénom": "Mohamed", "Date de naissance": "1985"}
    two_cards = [row(50012, **same), row(50013, **same)]
    no_card = row(50014, **same, CIN="")
    _code, answer = run(capsys, save(tmp_path, as_csv([*two_cards, no_card])))
    assert {d["row"] for d in answer["possible_duplicates"]} == {4}


def test_an_interrupted_import_leaves_nothing_behind(officer, tmp_path, capsys, monkeypatch):
    monkeypatch.setattr(writing, "BATCH", 1)

    def stop(people):
        assert Inmate.objects.count() == 2
        raise KeyboardInterrupt

    monkeypatch.setattr(writing, "reindex_many", stop)
    with pytest.raises(KeyboardInterrupt):
        call_command(
            "import_register",
            str(save(tmp_path, as_csv([row(50015), row(50016)]))),
            "--facility", "sale-2", "--commit", "--by", "officer",
        )  # fmt: skip
    assert not any(counts().values())
    assert not Event.objects.filter(verb="register.imported").exists()


@pytest.mark.parametrize(
    "content",
    [
        as_csv([FIRST], delimiter=";"),
        as_csv([FIRST], delimiter=";", encoding="utf-8-sig"),
        as_csv([FIRST], encoding="cp1256"),
        as_csv([FIRST | {"الاسم العائلي": "", "الاسم الشخصي": ""}],
               headers=[h for h in HEADERS if h.isascii() or "é" in h or "°" in h], encoding="cp1252"),
        as_xlsx([FIRST]),
    ],
    ids=["semicolon", "mark", "windows-1256", "windows-1252", "workbook"],
)  # fmt: skip
def test_files_as_offices_save_them(officer, tmp_path, capsys, content):
    code, answer = run(capsys, save(tmp_path, content, "register.bin"))
    assert (code, answer["rows"], answer["valid"], answer["errors"]) == (0, 1, 1, [])


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty."),
        (b"PK\x03\x04 nothing of a workbook", "The workbook cannot be opened"),
        (b"%PDF-1.7", "This is a PDF"),
    ],
)
def test_files_that_are_none(officer, tmp_path, content, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_register", str(save(tmp_path, content)), "--facility", "sale-2")


def test_wrong_columns_are_named_and_nothing_comes_in(officer, tmp_path, capsys):
    path = save(tmp_path, b"colour,size\nred,4\n")
    code, answer = run(capsys, path, "--commit", "--by", "officer", "--skip-invalid")
    assert code == 1
    assert (answer["rows"], answer["valid"]) == (1, 0)
    assert {e["field"] for e in answer["errors"]} == {
        "registration number", "name", "sex", "admission date", "legal status", "unit",
    }  # fmt: skip
    assert not any(counts().values())


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--facility", "nowhere"], "no prison"),
        (["--facility", "sale-2", "--commit"], "--by"),
        (["--facility", "sale-2", "--commit", "--by", "nobody"], "no user"),
        (["--facility", "sale-2", "--commit", "--by", "officer2"], "may not import"),
        (["--facility", "sale-2", "--commit", "--by", "inspector"], "may not import"),
        (["--facility", "sale-2", "--as-of", "soon"], "--as-of"),
        (["--facility", "sale-2", "--as-of", "2099-01-01"], "not come yet"),
    ],
)
def test_refusals(officer, officer2, inspector, tmp_path, options, words):
    with pytest.raises(CommandError, match=words):
        call_command("import_register", str(save(tmp_path, as_csv([FIRST]))), *options)
    assert not any(counts().values())


def test_as_of_tells_which_terms_were_over(officer, tmp_path, capsys):
    path = save(tmp_path, as_csv([row(50017, Peine="2 ans", **{"Date d'écrou": "12/12/2023"})]))
    _code, before = run(capsys, path, "--as-of", "2025-01-01")
    _code, after = run(capsys, path, "--as-of", "2026-01-01")
    assert "sentence" not in {w["field"] for w in before["warnings"]}
    assert "sentence" in {w["field"] for w in after["warnings"]}


def test_an_offence_is_taken_as_it_stood_on_the_day_of_the_judgment(officer, tmp_path, capsys):
    reference.load()
    old = {"Date d'écrou": "12/12/2010", "Date du jugement définitif": "04/10/2012", "Peine": "17 ans"}
    rows = [row(50031, Infraction="218-2", **old), row(50032, Infraction="218-2")]
    run(capsys, save(tmp_path, as_csv(rows)), "--commit", "--by", "officer", "--skip-invalid")
    taken = Case.objects.order_by("inmate__registration_numbers__number").values_list("offences__valid_from", flat=True)
    assert list(taken) == [reference.SINCE_2003, reference.SINCE_2015]
