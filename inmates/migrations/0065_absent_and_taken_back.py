"""Absent is who escaped, and a stay is taken back by a correction alone."""

from importlib import import_module

from django.db import migrations

from core.kept_rows import AS_OWNER, begins, guarded, refuse

looks = import_module("inmates.migrations.0062_columns_as_their_rows").looks

ABSENT = f"""
CREATE FUNCTION inmates_absent_by_an_escape() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT coalesce({AS_OWNER}, false) AND EXISTS (
        SELECT 1 FROM inmates_inmate WHERE id = NEW.id AND status = 'absent'
    ) AND NOT EXISTS (
        SELECT 1 FROM inmates_outing WHERE inmate_id = NEW.id AND kind = 'escape' AND annulled_at IS NULL
           AND left_at IS NOT NULL AND back_at IS NULL
    ) THEN
        {refuse("Absent is who escaped.")}
    END IF;
    RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("inmates", "0064_rows_beneath_columns")]

    operations = [
        migrations.RunSQL(ABSENT, "DROP FUNCTION inmates_absent_by_an_escape()"),
        looks(
            "inmates_absent_by_an_escape", "inmates_inmate", "UPDATE", "inmates_absent_by_an_escape",
            only="OLD.status <> NEW.status AND NEW.status = 'absent'",
        ),
        begins("inmates_outing", signed=("recorded_by_id",)),
        guarded(
            "inmates_admission_taken_back", "inmates_admission", "UPDATE OF annulled_at",
            f"""
            IF NOT {AS_OWNER} AND OLD.annulled_at IS NULL AND NEW.annulled_at IS NOT NULL AND NOT EXISTS (
                SELECT 1 FROM inmates_correction
                 WHERE subject = 'admission' AND kind = 'taken_back' AND record = NEW.id AND state IN ('done', 'decided')
            ) THEN
                {refuse("A stay is taken back by a correction alone.")}
            END IF;
            """,
            at_the_end=True,
        ),
    ]  # fmt: skip
