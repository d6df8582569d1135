"""Who changed what of somebody's identity, from what, when: read from the rows' own history, which triggers write."""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext as _

from core.templatetags.display import listed
from inmates.people import countries
from inmates.people.forms.fields import birth_text
from inmates.people.forms.identity import LANGUAGES
from inmates.people.models import Alias, Inmate, Organisation, ReturneeDossier
from inmates.people.need_to_know import may_read

# Everything that a person may correct; how far a birth date is known is shown with the date itself.
IDENTITY = tuple(
    field.name
    for field in Inmate._meta.concrete_fields
    if field.editable and not field.primary_key and field.name != "birth_precision"
)
DOSSIER = ("theatre", "left_on", "returned_on", "route", "how_returned", "family_left_behind")


@dataclass(frozen=True)
class Change:
    """One field changed once. `by` is a user, or None where the service itself or an import wrote the row."""

    at: datetime
    by: object
    label: str
    before: str
    after: str


def field_history(inmate, reader):
    """All changes of a person's identity that a reader may see, newest first, in a handful of queries whatever their number."""
    rows = [
        *_row_changes(Inmate, inmate.pk, [name for name in IDENTITY if may_read(reader, Inmate, name)]),
        *_dossier_changes(inmate),
        *_alias_changes(inmate),
    ]
    named = {f"#{pk}": name for pk, name in Organisation.objects.values_list("pk", "name")}
    organisation = _label(Inmate, "organisation")
    users = get_user_model().objects.in_bulk({who for _at, who, *_rest in rows if who})
    changes = []
    for at, who, label, before, after in rows:
        if label == organisation:
            before, after = named.get(before, before), named.get(after, after)
        changes.append(Change(at, users.get(who), label, before, after))
    # Oldest first and then turned round, so that changes of one moment stay in their order.
    return sorted(changes, key=lambda change: change.at)[::-1]


def _events(model):
    """The event model of a tracked model, its rows oldest first."""
    return (
        apps.get_model(model._meta.app_label, f"{model.__name__}Event")
        .objects.select_related("pgh_context")
        .order_by("pgh_id")
    )


def _who(event):
    return (event.pgh_context.metadata or {}).get("user") if event.pgh_context else None


def _row_changes(model, pk, fields):
    before = None
    for event in _events(model).filter(pgh_obj_id=pk):
        if before is not None:
            for field in fields:
                old, new = _shown(model, before, field), _shown(model, event, field)
                if old != new:
                    yield event.pgh_created_at, _who(event), _label(model, field), old, new
        before = event


def _dossier_changes(inmate):
    """Of the dossier there is, and of one that a merge took away."""
    dossier = ReturneeDossier.objects.filter(inmate=inmate).first()
    empty, before = ReturneeDossier(inmate=inmate), {}
    for event in _events(ReturneeDossier).filter(Q(inmate_id=inmate.pk) | Q(pgh_obj_id=dossier and dossier.pk)):
        now = empty if event.pgh_label == "delete" else event
        for field in DOSSIER:
            old = _shown(ReturneeDossier, before.get(event.pgh_obj_id, empty), field)
            if old != (new := _shown(ReturneeDossier, now, field)):
                yield event.pgh_created_at, _who(event), _label(ReturneeDossier, field), old, new
        before[event.pgh_obj_id] = now


def _alias_changes(inmate):
    for event in _events(Alias).filter(inmate_id=inmate.pk):
        kind = str(Alias.Kind(event.kind).label)
        if event.pgh_label == "delete":
            yield event.pgh_created_at, _who(event), kind, event.text, ""
        elif event.pgh_label == "insert":
            yield event.pgh_created_at, _who(event), kind, "", event.text


def _label(model, field):
    return str(model._meta.get_field(field).verbose_name).capitalize()


def _shown(model, row, field):
    """A field's value in words."""
    if field == "birth_date":
        return birth_text(row.birth_date, row.birth_precision)
    if field == "photo":
        return f"#{row.photo_id}" if row.photo_id else ""
    if field == "merged_into":
        return f"#{row.merged_into_id}" if row.merged_into_id else ""
    if field == "organisation":
        return f"#{row.organisation_id}" if row.organisation_id else ""
    value = getattr(row, field)
    if field in ("nationality", "second_nationality"):
        return countries.name(value) if value else ""
    if field == "languages":
        known = dict(LANGUAGES)
        return listed(known.get(code, code) for code in value or [])
    if field == "is_returnee":
        return {True: _("Yes"), False: _("No"), None: _("Not known")}[value]
    choices = dict(model._meta.get_field(field).flatchoices)
    if choices:
        return str(choices.get(value, value or ""))
    if field in ("left_on", "returned_on"):
        return f"{value:%d/%m/%Y}" if value else ""
    return str(value or "")
