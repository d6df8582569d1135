"""Who reads a restricted record is decided by two people, also against SQL with the application's rights (`core/kept_rows.py`)."""

from importlib import import_module

from django.db import migrations

from core.kept_rows import begins, guarded, kept, refuse

person_stays = import_module("inmates.migrations.0045_rows_stay_as_signed").person_stays

STEPS = "inmates_restrictionstep"


class Migration(migrations.Migration):
    dependencies = [("inmates", "0060_restricted_records")]

    operations = [
        kept(
            STEPS,
            fixed=("uuid", "kind", "user_id", "until", "asked_by_id", "asked_on"),
            once=("decided_by_id", "decided_at", "ended_by_id", "ended_at"),
            ended=("state", ("refused", "withdrawn", "ended"), ()),
            steps=("asked>approved", "asked>refused", "asked>withdrawn", "approved>ended"),
        ),
        begins(
            STEPS,
            states=("asked",),
            empty=("decided_by_id", "decided_at", "ended_by_id", "ended_at"),
            signed=("asked_by_id",),
        ),
        person_stays(STEPS, ("inmate_id",)),
        guarded(
            "inmates_restriction_is_lifted", STEPS, "UPDATE OF state",
            f"""
            IF OLD.kind = 'restrict' AND OLD.state = 'approved' AND NEW.state <> 'approved' AND NOT EXISTS (
                SELECT 1 FROM {STEPS} lift WHERE lift.inmate_id = NEW.inmate_id AND lift.kind = 'lift'
                   AND lift.state = 'approved' AND lift.decided_at = NEW.ended_at AND lift.decided_by_id = NEW.ended_by_id
            ) THEN
                {refuse("A restriction is lifted by two people.")}
            END IF;
            """,
        ),
    ]  # fmt: skip
