"""A PDF written anew with its pages alone: what is drawn stays, what acts or is attached goes."""

import io
import zlib

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MOST_PAGES = 500
MOST_DRAWN = 64 * 2**20  # bytes of all that is drawn, pictures apart, in one file
MOST_OTHERWISE = 64 * 2**10  # of a stream that is packed in a rare way
# What a page keeps. Remarks and signatures are drawn onto it first; actions, links, attachments and films are not kept.
KEPT = {"/Type", "/Contents", "/Resources", "/MediaBox", "/CropBox", "/Rotate", "/Group", "/UserUnit", "/Parent"}
# None of these has a place in what a page draws; where one is left all the same, the file is refused.
FORBIDDEN = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/EF", "/EmbeddedFiles", "/RichMedia", "/XFA", "/Launch"}


def pages_alone(content: bytes) -> bytes:
    """The same pages as a new PDF. Raises ValidationError for what is no PDF, is locked, or holds scripts even then."""
    try:
        with pikepdf.open(io.BytesIO(content)) as given:
            if given.is_encrypted:
                raise ValidationError(
                    _("This PDF is locked with a password. Print it to a new PDF, or scan the paper.")
                )
            if _swells(given):
                raise ValidationError(_("This PDF unpacks to far too much. Print it to a new PDF, or scan the paper."))
            if not 0 < len(given.pages) <= MOST_PAGES:
                raise ValidationError(_("A PDF has between 1 and %(most)s pages here.") % {"most": MOST_PAGES})
            if any("/Annots" in page for page in given.pages):
                given.flatten_annotations("all")
            for page in given.pages:
                for key in set(page.keys()) - KEPT:
                    del page[key]
            return _written(given)
    except pikepdf.PasswordError as locked:
        raise ValidationError(
            _("This PDF is locked with a password. Print it to a new PDF, or scan the paper.")
        ) from locked
    except (pikepdf.PdfError, AttributeError, KeyError, RecursionError, RuntimeError, TypeError, ValueError) as broken:
        raise ValidationError(_("This PDF cannot be read. Print it to a new PDF, or scan the paper.")) from broken


def _swells(given: pikepdf.Pdf) -> bool:
    """Whether what pages draw, pictures apart, unpacks to more than any page of words and lines needs."""
    left = MOST_DRAWN
    for thing in given.objects:
        if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") != pikepdf.Name.Image:
            packed = thing.read_raw_bytes()
            left -= _unpacked(thing, packed, left)
            if left < 0:
                return True
    return False


def _unpacked(stream: pikepdf.Stream, packed: bytes, most: int) -> int:
    """The size of a stream once unpacked, or at least one more than `most`."""
    filters = stream.get("/Filter", pikepdf.Array())
    names = [str(one) for one in (filters if isinstance(filters, pikepdf.Array) else [filters])]
    if names == ["/FlateDecode"]:
        try:
            return len(zlib.decompressobj().decompress(packed, max(most, 0) + 1))
        except zlib.error:
            return len(packed)
    if not names:
        return len(packed)
    # Packed in another way, or several times over: small, or not looked into.
    return len(stream.read_bytes()) if len(packed) <= MOST_OTHERWISE else most + 1


def _written(given: pikepdf.Pdf) -> bytes:
    with pikepdf.new() as clean:
        clean.pages.extend(given.pages)
        out = io.BytesIO()
        clean.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable, deterministic_id=True)
    with pikepdf.open(io.BytesIO(out.getvalue())) as again:
        for thing in again.objects:
            if isinstance(thing, pikepdf.Dictionary | pikepdf.Stream) and _acts(thing):
                raise ValidationError(
                    _("This PDF holds a script or an attached file. Print it to a new PDF, or scan the paper.")
                )
    return out.getvalue()


def _acts(thing: pikepdf.Object) -> bool:
    return not FORBIDDEN.isdisjoint(thing.keys()) or str(thing.get("/S", "")) in FORBIDDEN
