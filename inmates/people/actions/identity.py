"""Changes to who people are. Every change keeps what was there before."""

import io
import warnings
from copy import copy

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from audit import signed_context, trail
from core.workflow import StaleRecord, ensure, lock
from documents import actions as documents
from inmates.names import spellings
from inmates.people import corrections as correctables
from inmates.people.actions import corrections
from inmates.people.models import Alias, Inmate, ReturneeDossier
from inmates.people.search import reindex


def sort_key(inmate):
    """What lists are ordered by: folded family name, then given name, Latin where known (the database has no ICU)."""
    written = f"{inmate.family_name_latin or inmate.family_name_ar} {inmate.given_name_latin or inmate.given_name_ar}"
    return spellings.normalise(written)[:170]


@transaction.atomic
@signed_context.beyond("admission")
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
BIRTH = ("birth_date", "birth_precision")
IDENTITY = (*NAMES, "sex", *BIRTH, "birthplace", "nationality", "second_nationality", "cin")
Precision = Inmate.BirthPrecision


def _editable(inmate, *, version, by):
    """The stored person, locked, if `by` may edit it and nobody was faster. Raises PermissionDenied or StaleRecord."""
    stored = lock(inmate)
    by.require("inmates.edit_identity", at=stored.facility)
    ensure(stored.merged_into_id is None, _("This record was merged into another one."))
    if stored.version != version:
        raise StaleRecord()
    return stored


@transaction.atomic
def correct_identity(inmate, *, changes, version, aliases=None, why="", paper="", by):
    """Change identity fields. `version` is the one the form was opened with: another one raises StaleRecord.

    What was filled in and is wrong, of somebody who was admitted, becomes a `Correction` and needs `why` and `paper`; what
    was empty is filled in without. A corrected name keeps its old spelling as an alias. `aliases` (pairs of text and kind),
    when given, replaces the aliases typed before; former entries stay in any case. Whoever was admitted loses one only with
    `why` and `paper`, which the trail keeps.
    """
    stored = _editable(inmate, version=version, by=by)
    changed = {field: value for field, value in changes.items() if getattr(stored, field) != value}
    typed = set(stored.aliases.exclude(kind=Alias.Kind.FORMER).values_list("text", "kind"))
    renamed = aliases is not None and set(aliases) != typed
    if not changed and not renamed:
        return stored
    in_effect = sorted(changed) + (["aliases"] if renamed else [])
    dropped = renamed and {text for text, _kind in typed} - {text for text, _kind in aliases}
    said = {"why": why.strip(), "paper": paper.strip()} if dropped and _was_admitted(stored) else {}
    if said:
        corrections.ensure_said(why, paper)
    if wrong := _wrong(stored, changed, by=by):
        correctable, values = correctables.find("identity"), _as_stored(stored, wrong)
        made = corrections.correct(correctable, stored, values, why=why, paper=paper, by=by)
        stored.refresh_from_db()
        changed = {field: value for field, value in changed.items() if field not in wrong}
        if made.moves:
            in_effect = [field for field in in_effect if field not in wrong]
    if changed or renamed:
        _complete(stored, changed, aliases if renamed else None)
    if in_effect:
        trail.record("inmate.corrected", by=by, inmate=stored, detail={"fields": in_effect, **said})
    return stored


def _was_admitted(person):
    return person.status != Inmate.Status.NOT_ADMITTED


def foresee_correction(inmate, changes, *, by):
    """What the corrections among these changes would do; None where there are none."""
    changed = {field: value for field, value in changes.items() if getattr(inmate, field) != value}
    wrong = _wrong(inmate, changed, by=by)
    if not wrong:
        return None
    return corrections.foresee(correctables.find("identity"), inmate, _as_stored(inmate, wrong), by=by)


def _wrong(stored, changed, *, by):
    """Of these changes those that say that something recorded was wrong, of somebody who was admitted.

    A birth known by year or month and now to the day is completed, unless that moves what a correction moves.
    """
    if not _was_admitted(stored):
        return {}
    wrong = {
        field: value
        for field, value in changed.items()
        if field in IDENTITY and field not in BIRTH and getattr(stored, field) not in (None, "")
    }
    birth = {field: value for field, value in changed.items() if field in BIRTH}
    if birth and stored.birth_date is not None:
        finer = _finer(stored, **birth)
        values = _as_stored(stored, birth)
        if not finer or corrections.foresee(correctables.find("identity"), stored, values, by=by).moves:
            wrong |= birth
    return wrong


def _finer(stored, birth_date=None, birth_precision=None):
    """Whether a birth is now known better than it was, and is the same as far as it was known."""
    day, precision, known = birth_date or stored.birth_date, birth_precision, stored.birth_date
    if stored.birth_precision == Precision.YEAR:
        return precision in (Precision.MONTH, Precision.DAY) and day.year == known.year
    if stored.birth_precision == Precision.MONTH:
        return precision == Precision.DAY and (day.year, day.month) == (known.year, known.month)
    return False


def _as_stored(stored, values):
    """`{field: value}` as corrections keep values."""
    probe = copy(stored)
    for field, value in values.items():
        setattr(probe, field, value)
    return {field: correctables.stored(probe, field) for field in values}


def before_correction(stored, record):
    """For `Correctable.check`: a corrected name keeps its old spelling, and the record counts one version more."""
    if any(getattr(stored, field) != getattr(record, field) for field in NAMES):
        _keep_former(record, {stored.name_latin, stored.name_ar})
    record.sort_key = sort_key(record)
    record.version = stored.version + 1


def after_correction(record, by):
    """For `Correctable.after`: the corrected name is found."""
    reindex(record)


def _keep_former(inmate, old):
    for text in old - {inmate.name_latin, inmate.name_ar, ""}:
        Alias.objects.get_or_create(inmate=inmate, text=text, defaults={"kind": Alias.Kind.FORMER})


def _complete(stored, changed, aliases):
    """Write fields that no correction is needed for, and the typed aliases, if any are given."""
    old = {stored.name_latin, stored.name_ar} if set(changed) & set(NAMES) else set()
    for field, value in changed.items():
        setattr(stored, field, value)
    stored.sort_key = sort_key(stored)
    stored.version += 1
    with signed_context.beyond("unique numbers"):
        stored.full_clean(exclude=["sort_key"])
    stored.save()
    if aliases is not None:
        _rewrite_aliases(stored, aliases)
    _keep_former(stored, old)
    reindex(stored)


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
def set_photo(inmate, *, upload, why="", paper="", by):
    """Give a person a photograph: made small and drawn again without metadata. Earlier ones are kept.

    One in the place of another, of somebody who was admitted, is a `Correction`: it says `why`, and on what `paper`.
    """
    stored = lock(inmate)
    by.require("inmates.edit_identity", at=stored.facility)
    ensure(stored.merged_into_id is None, _("This record was merged into another one."))
    if replaces_photo(stored):
        corrections.ensure_said(why, paper)
        values = {"photo": str(documents.store(_small(upload), by=by).pk)}
        corrections.correct(correctables.find("photo"), stored, values, why=why, paper=paper, by=by)
        stored.refresh_from_db()
    else:
        stored.photo = documents.store(_small(upload), by=by)
        stored.save(update_fields=["photo"])
    trail.record("photo.changed", by=by, inmate=stored, obj=stored.photo)
    return stored


def replaces_photo(inmate):
    """Whether a photograph would take the place of another, of somebody who was admitted."""
    return inmate.photo_id is not None and inmate.status != Inmate.Status.NOT_ADMITTED


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
