"""Uploads: told by content, cleaned, renamed; anything else is refused with words."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from documents import actions, responses
from documents.models import StoredFile
from tests.factories import pdf


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """A folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path


def picture(kind="JPEG", mode="RGB", size=(60, 40), **more):
    out = io.BytesIO()
    Image.new(mode, size, 1).save(out, kind, **more)
    return out.getvalue()


def test_a_pdf_is_kept_under_a_path_that_tells_nothing(officer):
    stored = actions.store(SimpleUploadedFile("../../EL ALAOUI.exe", pdf()), by=officer)
    assert (stored.content_type, stored.name) == ("application/pdf", "EL ALAOUI.pdf")
    assert "ALAOUI" not in stored.file.name
    response = responses.download(stored)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment")
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_photograph_loses_where_it_was_taken(officer):
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    exif[0x0112] = 6
    stored = actions.store(SimpleUploadedFile("face.png", picture(exif=exif)), by=officer)
    content = stored.file.open().read()
    assert stored.content_type == "image/jpeg"
    assert b"secret" not in content
    assert Image.open(io.BytesIO(content)).size == (40, 60)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1"])
def test_every_common_png_is_drawn_again(officer, mode):
    stored = actions.store(SimpleUploadedFile("seal.png", picture("PNG", mode)), by=officer)
    assert stored.content_type == "image/png"


@pytest.mark.parametrize(
    "content", [b"", b"MZ\x90 a program", b"<html>", b"%PDF-1.4 cut off", picture("GIF"), picture("PNG")[:60]]
)
def test_anything_else_is_refused(officer, content):
    with pytest.raises(ValidationError):
        actions.store(SimpleUploadedFile("a.pdf", content, content_type="application/pdf"), by=officer)
    assert not StoredFile.objects.exists()


def test_too_large_is_refused(officer, monkeypatch):
    monkeypatch.setattr(actions, "LARGEST", 10)
    with pytest.raises(ValidationError, match="too large"):
        actions.store(SimpleUploadedFile("a.pdf", pdf()), by=officer)


def test_a_pdf_answer_is_never_cached():
    response = responses.pdf(b"%PDF", "notice.pdf")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'inline; filename="notice.pdf"'
