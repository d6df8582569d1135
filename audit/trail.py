"""Writing the trail: `record` inside an act's own transaction, `refused` after a refusal has been rolled back."""

from functools import partial

from django.db import connection, transaction

from audit import sight
from audit.models import Event
from config import clock


def record(verb, *, by, inmate=None, facility=None, obj=None, detail=None):
    """Write one event, in the caller's transaction, and have it sealed right after that transaction commits.

    `verb` is `subject.deed` ("review.decided"); `by` a user, or None for the service's own daily run. `detail` holds
    plain values and must not repeat names or search terms.
    """
    facility_id = getattr(facility, "pk", facility)
    if facility_id is None and inmate is not None:
        facility_id = inmate.facility_id
    event = Event.objects.create(
        on=clock.today(),
        actor_id=getattr(by, "pk", None),
        actor_name=getattr(by, "username", "") or "",
        verb=verb,
        inmate_id=getattr(inmate, "pk", None),
        facility_id=facility_id,
        object_type=obj._meta.label_lower if obj is not None else "",
        object_id=str(obj.pk) if obj is not None else "",
        detail=detail or {},
    )
    _seal_on_commit()
    return event


def record_many(verb, *, by, facility, inmates, detail=None):
    """Write one event a person for something done to many at once, as `record` would, in a few statements."""
    events = [
        Event(
            on=clock.today(),
            actor_id=getattr(by, "pk", None),
            actor_name=getattr(by, "username", "") or "",
            verb=verb,
            inmate_id=inmate.pk,
            facility_id=facility.pk,
            detail=detail or {},
        )
        for inmate in inmates
    ]
    Event.objects.bulk_create(events, batch_size=5000)
    _seal_on_commit()


def viewed(what, *, by, inmate=None, facility=None, obj=None, detail=None):
    """Record that somebody looked at something ("inmate.viewed"); in a request at its end, with whom the page named."""
    event = partial(
        record, f"{what}.viewed", by=by, inmate=inmate, facility=facility, obj=obj, detail=dict(detail or {})
    )
    if (seen := sight.current()) is not None:
        seen.views.append(event)
    else:
        event()


def refused(what, *, by, inmate=None, facility=None, obj=None, detail=None):
    """Record a refusal. Call it after the refused act was rolled back, so that the event itself stays."""
    return record(f"refused.{what}", by=by, inmate=inmate, facility=facility, obj=obj, detail=detail)


def _seal_on_commit():
    """Seal once per transaction, however many events it wrote."""
    if not any(getattr(entry[1], "func", None) is seal_pending for entry in connection.run_on_commit):
        transaction.on_commit(partial(seal_pending), robust=True)


def seal_pending():
    """Seal what is committed and unsealed, the row history's digests first; returns how many seals that made.

    When another connection seals at this moment, 0: what is left is sealed with the next event, or by the daily run.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT audit_seal_pending()")
        return cursor.fetchone()[0]
