"""Stored files against what is recorded of them, and what is shown where one is gone."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command

from audit.models import Event
from documents import actions, responses
from tests.documents.test_store import picture
from tests.factories import pdf


@pytest.fixture
def stored(officer):
    return actions.store(SimpleUploadedFile("a.pdf", pdf()), by=officer)


def test_all_there_is_said_and_each_fault_is_named(stored, officer, settings, capsys):
    call_command("check_documents")
    assert capsys.readouterr().out.startswith("1 documents, each there and unchanged")
    changed = actions.store(SimpleUploadedFile("b.pdf", pdf("Other words")), by=officer)
    path = Path(changed.file.path)
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    Path(stored.file.path).unlink()
    (Path(settings.MEDIA_ROOT) / "left.bin").write_bytes(b"x")
    with pytest.raises(CommandError) as faults:
        call_command("check_documents")
    assert str(faults.value).splitlines() == [
        f"missing: document {stored.pk}",
        f"changed: document {changed.pk}",
        "stray: left.bin",
    ]
    for one, content in ((stored, pdf()), (changed, pdf("Other words"))):
        Path(one.file.path).write_bytes(content)
    capsys.readouterr()
    call_command("check_documents", ignore_stray=True)
    assert capsys.readouterr().out == "stray: left.bin\n2 documents, each there and unchanged.\n"


def test_a_missing_photo_is_a_sign_and_a_missing_paper_a_sentence_and_neither_is_silent(stored, officer):
    photo = actions.store(SimpleUploadedFile("face.jpg", picture()), by=officer)
    for one in (stored, photo):
        Path(one.file.path).unlink()
    paper, sign = responses.download(stored), responses.download(photo)
    assert (paper.status_code, sign.status_code, sign["Content-Type"]) == (404, 404, "image/svg+xml")
    assert "its file is missing" in paper.content.decode()
    assert Event.objects.filter(verb="document.missing").count() == 2
