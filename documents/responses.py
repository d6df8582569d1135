"""Downloads: a PDF made now, or a stored file. The room that owns it has checked the reader's permission before."""

import logging

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from audit import trail

logger = logging.getLogger(__name__)

# What stands in the place of a picture whose file is gone: a frame with a question mark, the same in every language.
NO_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 100"><rect width="80" height="100" fill="#eceae6"/>'
    '<text x="40" y="64" font-size="40" text-anchor="middle" fill="#8a8a8a">?</text></svg>'
)


def pdf(content: bytes, filename: str) -> HttpResponse:
    """A PDF to look at in the browser, never kept by a cache. `filename` holds no name of a person."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, filename)
    return _private(response)


def download(stored) -> FileResponse | HttpResponse:
    """A stored file, always as an attachment: nothing that was uploaded is ever shown as part of a page.

    Where its file is gone (404): a sign in the place of a picture, else a sentence; the trail and the log say so.
    """
    try:
        content = stored.file.open("rb")
    except FileNotFoundError:
        return _private(_missing(stored))
    return _private(FileResponse(content, as_attachment=True, filename=stored.name, content_type=stored.content_type))


def _missing(stored):
    logger.error("The file of document %s is missing: manage.py check_documents", stored.pk)
    trail.record("document.missing", by=None, obj=stored)
    if stored.content_type.startswith("image/"):
        return HttpResponse(NO_PICTURE, content_type="image/svg+xml", status=404)
    text = gettext("This document is recorded, and its file is missing. Tell the system administrator.")
    return HttpResponse(text, content_type="text/plain; charset=utf-8", status=404)


def _private(response):
    """Not kept by any cache, and never taken for another type than the one stated."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
