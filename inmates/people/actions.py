"""Changes to who people are. Every change keeps what was there before."""

from django.db import transaction

from accounts.moments import Stale
from audit import trail
from inmates.people import names
from inmates.people.models import Alias, Inmate
from inmates.people.search import reindex


def sort_key(inmate):
    """The key lists are ordered by: folded family name, then given name, Latin where known. (No ICU in the database.)"""
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


@transaction.atomic
def correct_identity(inmate, *, changes, version, by):
    """Change identity fields. `version` is the one the form was opened with: another one raises Stale.

    A corrected name keeps its old spelling as an alias.
    """
    stored = Inmate.objects.select_for_update().get(pk=inmate.pk)
    by.require("inmates.edit_identity", at=stored.facility)
    if stored.version != version:
        raise Stale()
    changed = {field: value for field, value in changes.items() if getattr(stored, field) != value}
    if not changed:
        return stored
    old = {stored.name_latin, stored.name_ar} if set(changed) & set(NAMES) else set()
    for field, value in changed.items():
        setattr(stored, field, value)
    stored.sort_key = sort_key(stored)
    stored.version += 1
    stored.full_clean(exclude=["sort_key"])
    stored.save()
    for text in old - {stored.name_latin, stored.name_ar, ""}:
        Alias.objects.get_or_create(inmate=stored, text=text, defaults={"kind": Alias.Kind.FORMER})
    reindex(stored)
    trail.record("inmate.corrected", by=by, inmate=stored, detail={"fields": sorted(changed)})
    return stored
