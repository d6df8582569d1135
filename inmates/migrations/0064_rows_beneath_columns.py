"""The rows that derived columns come from: each has its own guard, as far as the database can judge it.

A release date is worked out in Python. The database holds what needs no calculation: a date rests on a sentence that stands, or on
a settlement in force, which whoever settles signs; no rule gives a day before the shortest sentence is served, where nothing
was adjusted, no total was stated and no time was spent out of custody. "Finally convicted" rests on a final judgment, or on
an imported register's word. Of rows of which the newest counts, none is numbered before its turn.
"""

from importlib import import_module

from django.db import migrations

from core.kept_rows import AS_OWNER, begins, guarded, kept, refuse

looks = import_module("inmates.migrations.0062_columns_as_their_rows").looks

STANDING = """
    SELECT s.id FROM inmates_sentence s JOIN inmates_case c ON c.id = s.case_id
     WHERE s.inmate_id = NEW.inmate_id AND s.annulled_at IS NULL AND s.quashed_on IS NULL AND s.replaced_on IS NULL
       AND c.annulled_at IS NULL
"""
# Months and days served of a sentence, and by how many days remand may shorten it at the most. Three days are forgiven:
# a month alone is 30 days, and months have different ends.
SHORTEST = """
    SELECT min(greatest(s.starts_on, (s.starts_on
               + make_interval(months => CASE WHEN s.firm_years + s.firm_months + s.firm_days > 0
                                         THEN s.firm_years * 12 + s.firm_months
                                         ELSE (s.years - s.suspended_years) * 12 + s.months - s.suspended_months END)
               + make_interval(days => CASE WHEN s.firm_years + s.firm_months + s.firm_days > 0 THEN s.firm_days
                                       ELSE s.days - s.suspended_days END - 3))::date - remand.days))
      INTO shortest
      FROM inmates_sentence s,
           (SELECT coalesce(sum(greatest(r.day_after_last - r.first_day, 1)), 0)::integer AS days FROM inmates_remandperiod r
             WHERE r.annulled_at IS NULL AND r.sentence_id = ANY(standing)) AS remand
     WHERE s.id = ANY(standing) AND s.kind = 'term';
"""

NUMBERED = """
CREATE FUNCTION inmates_numbered_in_turn() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.id > coalesce(pg_sequence_last_value(pg_get_serial_sequence(TG_TABLE_NAME, 'id')::regclass), 0) THEN
        RAISE EXCEPTION '% is numbered in turn', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""
NEWEST_COUNTS = ("inmates_releasecomputation", "inmates_registrationnumber", "inmates_tierdecision")


def numbered(table):
    name = f"{table}_in_turn"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION inmates_numbered_in_turn()",
        f"DROP TRIGGER {name} ON {table}",
    )


class Migration(migrations.Migration):
    dependencies = [("inmates", "0063_tier_as_its_decisions")]

    operations = [
        migrations.RunSQL(NUMBERED, "DROP FUNCTION inmates_numbered_in_turn()"),
        *map(numbered, NEWEST_COUNTS),
        begins("inmates_settlement", empty=("ended_at", "ended_why"), signed=("settled_by_id",)),
        begins("inmates_placement", signed=("placed_by_id",)),
        guarded(
            "inmates_release_rests_on_a_sentence", "inmates_releasecomputation", "INSERT",
            f"""
            IF {AS_OWNER} THEN
                RETURN NEW;
            END IF;
            standing := ARRAY({STANDING});
            IF (NEW.basis IN ('none', 'remand')) <> (standing = '{{}}')
                OR (NEW.basis IN ('computed', 'settled')) <> (NEW."on" IS NOT NULL) THEN
                {refuse("A release date rests on a sentence that stands.")}
            ELSIF NEW.basis = 'settled' AND NOT EXISTS (
                SELECT 1 FROM inmates_settlement
                 WHERE inmate_id = NEW.inmate_id AND ended_at IS NULL AND release_on = NEW."on"
            ) THEN
                {refuse("A settled release date is the one that somebody settled.")}
            ELSIF NEW.basis = 'computed' AND NOT EXISTS (
                SELECT 1 FROM inmates_adjustment
                 WHERE sentence_id = ANY(standing) AND superseded_at IS NULL AND annulled_at IS NULL
            ) AND NOT EXISTS (
                SELECT 1 FROM inmates_sentence WHERE id = ANY(standing) AND relation = 'partly'
            ) AND NOT EXISTS (
                SELECT 1 FROM inmates_timeatlarge WHERE inmate_id = NEW.inmate_id AND annulled_at IS NULL
            ) THEN
                {SHORTEST}
                IF NEW."on" < coalesce(shortest, 'infinity') THEN
                    {refuse("No rule gives a day before the shortest sentence is served.")}
                END IF;
            END IF;
            """,
            declare="DECLARE standing bigint[]; shortest date;",
        ),
        kept("inmates_legalstatusperiod", fixed=("admission_id",)),
        guarded(
            "inmates_final_by_a_judgment", "inmates_legalstatusperiod", "INSERT OR UPDATE OF status",
            f"""
            IF TG_OP = 'UPDATE' AND OLD.status = NEW.status THEN
                RETURN NULL;
            ELSIF NOT {AS_OWNER} AND NEW.status = 'convicted_final' AND NOT EXISTS (
                SELECT 1 FROM inmates_sentence
                 WHERE inmate_id = NEW.inmate_id AND annulled_at IS NULL
                   AND (final_on IS NOT NULL OR pronounced_on IS NULL)
            ) AND NOT EXISTS (
                SELECT 1 FROM inmates_admission a JOIN inmates_detentionorder o ON o.id = a.order_id
                 WHERE a.id = NEW.admission_id AND o.kind = 'register'
            ) AND EXISTS (
                SELECT 1 FROM inmates_legalstatusperiod
                 WHERE id = NEW.id AND status = 'convicted_final' AND annulled_at IS NULL
            ) THEN
                {refuse("Finally convicted is who has a final judgment.")}
            END IF;
            """,
            at_the_end=True,
        ),
        guarded(
            "inmates_legal_status_after_a_release", "inmates_legalstatusperiod", "DELETE",
            f"""
            IF NOT {AS_OWNER} AND NOT EXISTS (
                SELECT 1 FROM inmates_admission
                 WHERE id = OLD.admission_id AND OLD.starts_on >= (released_at AT TIME ZONE 'Africa/Casablanca')::date
            ) THEN
                {refuse("A legal status goes where the stay had ended before it.")}
            END IF;
            """,
            at_the_end=True,
        ),
    ]  # fmt: skip
