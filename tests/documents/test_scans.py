"""A scan attached to an act: kept with its record, refused at its field."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from documents.models import StoredFile
from documents.scans import attach
from inmates.sentences.models import PardonInstrument
from tests.factories import pdf

PDF = pdf()


@pytest.fixture
def instrument(db):
    """A record that may have a scan."""
    return PardonInstrument.objects.create(reference="R-1", dated_on="2026-01-01")


def test_a_scan_stands_with_its_record(instrument, officer):
    stored = attach(instrument, SimpleUploadedFile("decision.pdf", PDF), by=officer)
    instrument.refresh_from_db()
    assert (instrument.document, stored.name, stored.stored_by) == (stored, "decision.pdf", officer)
    later = attach(instrument, SimpleUploadedFile("clearer.pdf", PDF), by=officer)
    assert instrument.document == later
    assert StoredFile.objects.count() == 2  # the earlier one is kept


def test_none_given_is_none_attached(instrument, officer):
    assert attach(instrument, None, by=officer) is None
    instrument.refresh_from_db()
    assert instrument.document is None


@pytest.mark.parametrize("content", [b"", b"MZ a program", b"<html>"])
def test_what_the_walls_refuse_is_said_at_the_field(instrument, officer, content):
    with pytest.raises(ValidationError) as refusal:
        attach(instrument, SimpleUploadedFile("a.pdf", content), at="paper", by=officer)
    assert list(refusal.value.message_dict) == ["paper"]
    assert not StoredFile.objects.exists()
