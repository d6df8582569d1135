"""Who made a correction does not decide on it on paper; decided and not confirmed in time, it waits again.

What was decided before this holds as it was decided. What a correction moves is worked out again while it waits, and is never
nothing: then no second person would be asked.
"""

from django.db import migrations

from core.kept_rows import guarded, kept, refuse

STEPS = (
    "proposed>done", "proposed>refused", "proposed>withdrawn", "proposed>decided", "decided>done", "decided>refused",
)  # fmt: skip


FIXED = (
    "uuid", "facility_id", "kind", "subject", "record", "changes", "others", "why", "paper", "made_by_id", "made_at", "not_by",
)  # fmt: skip


def correction_kept(*fixed, steps):
    return kept(
        "inmates_correction",
        fixed=fixed,
        once=("decided_by_id", "decided_at", "decision_paper", "confirmed_by_id", "confirmed_at", "refusal"),
        ended=("state", ("done", "refused", "withdrawn"), ()),
        steps=steps,
    )


BEFORE = correction_kept(*FIXED, "moves", steps=STEPS)
AFTER = correction_kept(*FIXED, steps=(*STEPS, "decided>proposed"))


class Migration(migrations.Migration):
    dependencies = [("inmates", "0051_search_within_scope")]

    operations = [
        migrations.RunSQL(BEFORE.reverse_sql, BEFORE.sql),
        AFTER,
        guarded(
            "inmates_correction_decided_by_another", "inmates_correction", "UPDATE OF decided_by_id",
            f"""
                IF NEW.decided_by_id = NEW.made_by_id AND OLD.decided_by_id IS DISTINCT FROM NEW.decided_by_id THEN
                    {refuse("Who made a correction does not decide on it on paper.")}
                END IF;
            """,
        ),
        guarded(
            "inmates_correction_moves", "inmates_correction", "UPDATE OF moves",
            f"""
                IF NEW.moves IS DISTINCT FROM OLD.moves AND (OLD.state <> 'proposed' OR '[]' IN (OLD.moves, NEW.moves)) THEN
                    {refuse("What a correction moves is worked out again while it waits, and is never nothing.")}
                END IF;
            """,
        ),
    ]  # fmt: skip
