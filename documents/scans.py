"""A scan attached to an act: the form's field, and how an upload becomes the file of a record.

The room that owns the record has a foreign key to `StoredFile`, calls `attach` inside its act, and answers the download
itself (`documents.responses.download`) once it has checked who asks.

    class OrderForm(forms.Form):
        scan = ScanField()

    attach(order, scan, by=by)  # `scan` may be None: nothing is attached
"""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from documents.actions import store

ACCEPTED = "application/pdf,image/png,image/jpeg"


class ScanField(forms.FileField):
    """A scan to be uploaded with an act, if it is at hand. A browser does not keep a file on a form that was refused."""

    def __init__(self, **options):
        options.setdefault("label", _("Scan (PDF, PNG or JPEG)"))
        options.setdefault("required", False)
        options.setdefault("widget", forms.ClearableFileInput(attrs={"accept": ACCEPTED}))
        options.setdefault("help_text", _("If the form comes back, choose the file again: browsers do not keep it."))
        super().__init__(**options)


class ScanForm(forms.Form):
    """A scan alone, for a record that was made without it."""

    scan = ScanField(required=True)


def attach(record, upload, *, field="document", at="scan", by):
    """Keep an upload as the scan of a record and save the record; returns the stored file, None where none was given.

    `field` is the record's key to the file. What the walls refuse is said at the form's field `at`. An earlier scan
    stays in the row history and in the store.
    """
    if upload is None:
        return None
    try:
        stored = store(upload, by=by)
    except ValidationError as refusal:
        raise ValidationError({at: refusal.messages}) from refusal
    setattr(record, field, stored)
    record.save(update_fields=[field])
    return stored
