"""Taking an act back: what it had written is written back, record by record, and the correction keeps both values."""

from django.apps import apps
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.workflow import InvalidTransition, StaleRecord
from inmates.people import corrections


def planned(correctable, record):
    """What taking this act back writes, `[{"model", "pk", "changes": {field: [old, new]}}]`, the act's own record first."""
    steps = []
    for one, values in correctable.undo(record):
        pairs = {
            name: [corrections.stored(one, name), corrections.as_stored(one, name, value)]
            for name, value in values.items()
        }
        changes = {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}
        if changes or not steps:
            steps.append({"model": one._meta.label_lower, "pk": one.pk, "changes": changes})
    return steps


def of(correction, record):
    """The steps that a correction keeps, as `planned` gave them."""
    own = {"model": record._meta.label_lower, "pk": record.pk, "changes": correction.changes}
    return [own, *correction.others]


def take(correctable, record, steps, *, back=False, by):
    """Write the steps, or with `back` undo them, the last first. `record` is the act's own, locked by the caller.

    Raises StaleRecord where a record says something else by now, InvalidTransition where what was recorded since stands
    against it.
    """
    here, there = (1, 0) if back else (0, 1)
    try:
        with transaction.atomic():
            for step in reversed(steps) if back else steps:
                model = apps.get_model(step["model"])
                one = model._base_manager.select_for_update().get(pk=step["pk"])
                if not all(corrections.says(one, name, pair[here]) for name, pair in step["changes"].items()):
                    raise StaleRecord(_("This record was changed since the correction was made: correct it anew."))
                for name, pair in step["changes"].items():
                    corrections.write_value(one, name, pair[there])
                one.save(update_fields=list(step["changes"]))
    except IntegrityError as error:
        raise InvalidTransition(_("What was recorded since stands against it. Nothing was changed.")) from error
    record.refresh_from_db()
    if correctable.after is not None:
        correctable.after(record, by=by)
