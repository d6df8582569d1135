"""Row history: what changed in a table, written by database triggers, whoever changed it and however."""

import pghistory


def tracked(model=None, *, exclude=()):
    """Class decorator: keep every inserted, changed and deleted row of the model, without the fields named in `exclude`."""
    track = pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent(), exclude=list(exclude) or None
    )
    return track(model) if model is not None else track
