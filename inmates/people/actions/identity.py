"""Changes to who people are. Every change keeps what was there before."""

import io
import warnings

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from audit import trail
from core.workflow import StaleRecord, ensure, lock
from documents import actions as documents
from inmates.people import names
from inmates.people.models import Alias, ReturneeDossier
from inmates.people.search import reindex


def sort_key(inmate):
    """What lists are ordered by: folded family name, then given name, Latin where known (the database has no ICU)."""
    written = f"{inmate.family_name_latin or inmate.family_name_ar} {inmate.given_name_latin or inmate.given_name_ar}"
    return names.normalise(written)[:170]


@transaction.atomic
def register(inmate, *, by, aliases=()):
    """Store a new person (an unsaved Inmate) with their names ready to be found. Raises ValidationError on bad data."""
    inmate.sort_key = sort_key(inmate)
    inmate.full_clean(exclude=["sort_key"])
    inmate.save()
    for text, kind in aliases:
        Alias.objects.create(inmate=inmate, text=text, kind=kind)
    reindex(inmate)
    trail.record("inmate.registered", by=by, inmate=inmate)
    return inmate


NAMES = ("family_name_latin", "given_name_latin", "family_name_ar", "given_name_ar")


def _editable(inmate, *, version, by):
    """The stored person, locked, if `by` may edit it and nobody was faster. Raises PermissionDenied or StaleRecord."""
    stored = lock(inmate)
    by.require("inmates.edit_identity", at=stored.facility)
    ensure(stored.merged_into_id is None, _("This record was merged into another one."))
    if stored.version != version:
        raise StaleRecord()
    return stored


@transaction.atomic
def correct_identity(inmate, *, changes, version, aliases=None, by):
    """Change identity fields. `version` is the one the form was opened with: another one raises StaleRecord.

    A corrected name keeps its old spelling as an alias. `aliases` (pairs of text and kind), when given, replaces the
    aliases typed before; former entries stay in any case.
    """
    stored = _editable(inmate, version=version, by=by)
    changed = {field: value for field, value in changes.items() if getattr(stored, field) != value}
    typed = set(stored.aliases.exclude(kind=Alias.Kind.FORMER).values_list("text", "kind"))
    renamed = aliases is not None and set(aliases) != typed
    if not changed and not renamed:
        return stored
    old = {stored.name_latin, stored.name_ar} if set(changed) & set(NAMES) else set()
    for field, value in changed.items():
        setattr(stored, field, value)
    stored.sort_key = sort_key(stored)
    stored.version += 1
    stored.full_clean(exclude=["sort_key"])
    stored.save()
    if renamed:
        _rewrite_aliases(stored, aliases)
    for text in old - {stored.name_latin, stored.name_ar, ""}:
        Alias.objects.get_or_create(inmate=stored, text=text, defaults={"kind": Alias.Kind.FORMER})
    reindex(stored)
    fields = sorted(changed) + (["aliases"] if renamed else [])
    trail.record("inmate.corrected", by=by, inmate=stored, detail={"fields": fields})
    return stored


def _rewrite_aliases(inmate, wanted):
    """Make the typed aliases what `wanted` says; former entries stay."""
    wanted = dict(wanted)
    for alias in inmate.aliases.exclude(kind=Alias.Kind.FORMER):
        kind = wanted.pop(alias.text, None)
        if kind is None:
            alias.delete()
        elif kind != alias.kind:
            alias.kind = kind
            alias.save()
    known = set(inmate.aliases.values_list("text", flat=True))
    for text, kind in wanted.items():
        if text not in known:
            Alias.objects.create(inmate=inmate, text=text, kind=kind)


@transaction.atomic
def write_dossier(inmate, *, fields, version, by):
    """Write what is known of a time abroad. It counts as a change of the person: an older `version` raises StaleRecord."""
    stored = _editable(inmate, version=version, by=by)
    dossier, _created = ReturneeDossier.objects.get_or_create(inmate=stored)
    changed = [field for field, value in fields.items() if getattr(dossier, field) != value]
    if not changed:
        return dossier
    for field in changed:
        setattr(dossier, field, fields[field])
    dossier.full_clean()
    dossier.save()
    stored.version += 1
    stored.save(update_fields=["version"])
    trail.record("dossier.written", by=by, inmate=stored, obj=dossier, detail={"fields": sorted(changed)})
    return dossier


PHOTO_SIDES = 480, 600


@transaction.atomic
def set_photo(inmate, *, upload, by):
    """Give a person a photograph: made small and drawn again without metadata. Earlier ones are kept."""
    stored = lock(inmate)
    by.require("inmates.edit_identity", at=stored.facility)
    ensure(stored.merged_into_id is None, _("This record was merged into another one."))
    stored.photo = documents.store(_small(upload), by=by)
    stored.save(update_fields=["photo"])
    trail.record("photo.changed", by=by, inmate=stored, obj=stored.photo)
    return stored


def _small(upload):
    """The picture no larger than a page needs it, as JPEG. Raises ValidationError for what is no picture."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = ImageOps.exif_transpose(Image.open(upload, formats=["JPEG", "PNG"])).convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as broken:
        raise ValidationError({"photo": _("This file is no JPEG or PNG picture.")}) from broken
    image.thumbnail(PHOTO_SIDES)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=85)
    return SimpleUploadedFile("photo.jpg", out.getvalue(), "image/jpeg")
