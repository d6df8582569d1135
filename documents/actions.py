"""Storing files: an upload is measured, checked by content, cleaned and renamed before it is kept."""

import hashlib
import io
import warnings
from functools import partial
from pathlib import PurePath
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from audit import trail
from documents import antivirus
from documents.cleaning import pages_alone
from documents.models import StoredFile

LARGEST = 8 * 1024 * 1024
LARGEST_SIDE = 4000
IMAGES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg")}


@transaction.atomic
def store(upload, *, by) -> StoredFile:
    """Keep an upload: PDF, PNG or JPEG, recognised by content and not by name.

    Images are drawn again without metadata, PDFs written anew with their pages alone. Raises ValidationError (a list of
    messages, for the field) when it is empty, too large, harmful or of another type. The row's name is the reader's own,
    cut short; the path on disk is a random number.
    """
    if upload.size > LARGEST:
        raise ValidationError(_("The file is too large: at most %(size)s MB.") % {"size": LARGEST // 1024**2})
    content = upload.read(LARGEST + 1)
    if not content:
        raise ValidationError(_("The file is empty."))
    if len(content) > LARGEST:
        raise ValidationError(_("The file is too large: at most %(size)s MB.") % {"size": LARGEST // 1024**2})
    antivirus.check(content)
    content, content_type, ending = _checked(content)
    return keep(content, name=_name(upload.name, ending), content_type=content_type, ending=ending, by=by)


@transaction.atomic
def keep(content, *, name, content_type, ending, by) -> StoredFile:
    """Keep bytes that the calling room has made, or has read and checked itself, such as a spreadsheet."""
    stored = StoredFile(
        name=name,
        content_type=content_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        stored_by=by,
    )
    stored.file.save(f"{uuid4().hex}{ending}", ContentFile(content), save=False)
    stored.save()
    trail.record("document.stored", by=by, obj=stored, detail={"type": content_type, "size": stored.size})
    return stored


@transaction.atomic
def drop(stored, *, by) -> None:
    """Delete a file that was kept for a while only; its bytes go when the transaction is through."""
    trail.record("document.dropped", by=by, obj=stored)
    stored.delete()
    transaction.on_commit(partial(stored.file.storage.delete, stored.file.name))


def _checked(content):
    """`(content, type, ending)` of what the bytes really are; ValidationError for anything else."""
    if content.startswith(b"%PDF-") and b"%%EOF" in content[-2048:]:
        return pages_alone(content), "application/pdf", ".pdf"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=list(IMAGES))
            kind = image.format
            image.load()
            image = ImageOps.exif_transpose(image)
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        raise ValidationError(_("Only PDF, PNG and JPEG files can be stored, and this one is none.")) from broken
    image.thumbnail((LARGEST_SIDE, LARGEST_SIDE))
    if kind == "JPEG" and image.mode not in ("RGB", "L"):
        image = image.convert("RGB")
    # Pixels alone go into the new image: place, camera and comments stay behind.
    bare = Image.new(image.mode, image.size)
    if image.mode == "P":
        bare.putpalette(image.getpalette())
    bare.paste(image)
    out = io.BytesIO()
    bare.save(out, kind, **({"quality": 88} if kind == "JPEG" else {"optimize": True}))
    return out.getvalue(), *IMAGES[kind]


def _name(given, ending):
    """The file's name for the reader: no path, no control signs, the ending of what it is."""
    stem = PurePath(str(given or "").replace("\\", "/")).stem
    stem = "".join(sign for sign in stem if sign.isprintable()).strip()[:120]
    return f"{stem or _('document')}{ending}"
