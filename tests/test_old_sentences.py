"""Sentences stored before there were codes: told apart where it can be told what they said, kept as written elsewhere."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from config import clock
from core.sayings import NOTHING_MORE, as_written, read
from inmates.duplicates.models import PossibleDuplicate
from inmates.people.models import Alert, ImportBatch, Task
from inmates.sentences import sayings as sentences
from musalaha import eligibility

custody = import_module("inmates.migrations.0010_old_sentences_told_apart")
programme = import_module("musalaha.migrations.0004_old_answers_told_apart")


@pytest.mark.parametrize(
    ("old", "now"),
    [
        ("Le quartier ne reçoit pas le niveau 2.", "The unit does not take tier 2."),
        ("الحي لا يستقبل من لم يصنف بعد.", "The unit does not take people not yet classified."),
        (
            "Retour au quartier A, Salé 2, jamais sous un régime plus strict. Le quartier est fermé.",
            "Back to A, Salé 2, never to a worse regime. Le quartier est fermé.",
        ),
        ("العودة إلى الدورة 3، حي P: تم إلغاء الاستبعاد.", "Back to round 3, unit P: the removal was set aside."),
        ("Appeler le greffe.", ""),
    ],
)
def test_what_a_task_said(old, now):
    assert read(custody.told_apart(old)) == now


@pytest.mark.parametrize(
    ("kind", "reference", "detail", "now"),
    [
        ("release_overdue", "2020-01-02", "", "Was to be released on 2 Jan 2020"),
        ("review_overdue", "2020-01-02", "", "The review was due on 2 Jan 2020"),
        ("order_expired", "7:2020-01-02", "12/20", "Order 12/20 ran out on 2 Jan 2020."),
        ("order_expiring", "7:2020-01-02:15", "12/20", "Order 12/20 ran out on 2 Jan 2020."),
        ("no_title", "stay:4", "", "Nothing recorded holds this person."),
        ("keep_apart", "4:5", "Threats", "Two people who must not meet"),
    ],
)
def test_what_an_alert_said_is_told_by_its_kind_and_reference(kind, reference, detail, now):
    said, note = custody.alert_said(SimpleNamespace(kind=kind, reference=reference, note=detail), apps)
    assert read(said).startswith(now)
    assert note == ("Threats" if kind == "keep_apart" else "")


def test_rows_of_every_kind_are_carried_over(inmate, officer, prison):
    today = clock.today()
    words = {
        "release_date": sentences.NO_DATE,
        "new_information": None,
        "offence": NOTHING_MORE,
    }
    texts = {
        "release_date": "Les règles n'en donnent aucune\u00a0: une personne doit la fixer.",
        "new_information": "Lettre du parquet",
    }
    for kind in words:
        task = Task.objects.create(inmate=inmate, kind=kind, due_on=today, note=texts.get(kind, "x"))
        if kind in texts:
            continue
        Task.objects.filter(pk=task.pk).update(said=NOTHING_MORE(), note="")
    pair = PossibleDuplicate(score=80, reasons=["même CIN AB12345"])
    batch = ImportBatch.objects.create(
        facility=prison,
        imported_by=officer,
        rows=1,
        imported=0,
        report={
            "errors": [{"row": 2, "field": "birth date", "message": "Faux."}],
            "warnings": [{"field": "unit", "message": "Plein.", "rows": [3]}],
            "possible_duplicates": [{"row": 4, "of": "row:2", "score": 90, "reasons": ["même nom"]}],
        },
    )
    custody.tell_apart(apps, None)
    for kind, saying in words.items():
        task = Task.objects.get(kind=kind)
        assert (task.said, task.note) == ((saying(), "") if saying else ([], "Lettre du parquet"))
    batch.refresh_from_db()
    assert batch.report == {
        "errors": [{"row": 2, "column": "birth_date", "said": as_written("Faux.")}],
        "warnings": [{"column": "unit", "said": as_written("Plein."), "rows": [3]}],
        "possible_duplicates": [{"row": 4, "of": "row:2", "score": 90, "reasons": as_written("même nom")}],
    }
    assert custody._each(pair.reasons) == as_written("même CIN AB12345")
    before = list(Task.objects.order_by("pk").values("said", "note"))
    custody.tell_apart(apps, None)
    assert list(Task.objects.order_by("pk").values("said", "note")) == before
    assert not Alert.objects.exists()


def test_an_old_answer_on_eligibility():
    old = {
        "code": "tier",
        "met": False,
        "why": "المستوى 1.",
        "what_would_change": "Demander le 3 mars.",
    }
    [rule] = eligibility.read([programme.now_stored(old)])
    assert (rule.why, rule.what_would_change) == ("Tier 1.", "Demander le 3 mars.")
    assert programme.now_stored(programme.now_stored(old)) == programme.now_stored(old)


@pytest.mark.parametrize(
    ("strand", "title", "number"),
    [
        ("rights", "Droits de l'Homme et droit 12", 12),
        ("religion", "محاضرات دينية والخطاب الديني 3", 3),
        ("rights", "Human rights and law", None),
        ("rights", "Psychological support 4", None),
    ],
)
def test_the_number_in_an_old_title(strand, title, number):
    assert programme.number_in(SimpleNamespace(strand=strand, title=title)) == number
