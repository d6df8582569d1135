"""Downloads: a PDF made now, or a stored file. The room that owns it has checked the reader's permission before."""

from django.http import FileResponse, HttpResponse
from django.utils.http import content_disposition_header


def pdf(content: bytes, filename: str) -> HttpResponse:
    """A PDF to look at in the browser, never kept by a cache. `filename` holds no name of a person."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(False, filename)
    return _private(response)


def download(stored) -> FileResponse:
    """A stored file, always as an attachment: nothing that was uploaded is ever shown as part of a page."""
    response = FileResponse(
        stored.file.open("rb"), as_attachment=True, filename=stored.name, content_type=stored.content_type
    )
    return _private(response)


def _private(response):
    """Not kept by any cache, and never taken for another type than the one stated."""
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
