"""The two functions behind `core/kept_rows.py`: rows that stay as they were signed, and rows that begin at the beginning."""

from django.db import migrations

KEPT = """
CREATE FUNCTION core_kept() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    was jsonb := to_jsonb(OLD);
    now jsonb := to_jsonb(NEW);
    fixed text[] := string_to_array(TG_ARGV[0], ',');
    once text[] := string_to_array(TG_ARGV[1], ',');
    changed text[];
    at_its_end text := was ->> TG_ARGV[2];
    why text;
BEGIN
    IF current_setting('register.rewriting', true) = 'on'
        AND current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT array_agg(key) INTO changed FROM jsonb_each(now) WHERE value IS DISTINCT FROM was -> key;
    IF changed IS NULL THEN
        RETURN NEW;
    END IF;
    IF changed && fixed THEN
        why := 'stays as it was written';
    ELSIF EXISTS (SELECT 1 FROM unnest(once) c WHERE c = ANY(changed) AND coalesce(was ->> c, '') NOT IN ('', '{}', '[]')) THEN
        why := 'is written once';
    ELSIF coalesce(at_its_end, '') <> '' AND (TG_ARGV[3] = '*' OR at_its_end = ANY(string_to_array(TG_ARGV[3], ',')))
        AND NOT changed <@ (ARRAY['inmate_id'] || string_to_array(TG_ARGV[4], ',')) THEN
        why := 'is over and stays as it is';
    ELSIF TG_ARGV[5] <> '' AND 'state' = ANY(changed)
        AND NOT (was ->> 'state') || '>' || (now ->> 'state') = ANY(string_to_array(TG_ARGV[5], ',')) THEN
        why := 'has no such step';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '% % (%)', TG_TABLE_NAME, why, array_to_string(changed, ', ')
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

BEGINS = """
CREATE FUNCTION core_begins() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE now jsonb := to_jsonb(NEW);
BEGIN
    IF current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF TG_ARGV[0] <> '' AND NOT (now ->> 'state') = ANY(string_to_array(TG_ARGV[0], ','))
        OR EXISTS (SELECT 1 FROM unnest(string_to_array(TG_ARGV[1], ',')) c WHERE coalesce(now ->> c, '') <> '') THEN
        RAISE EXCEPTION '% begins undecided', TG_TABLE_NAME USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_sent_forms")]

    operations = [
        migrations.RunSQL(KEPT, "DROP FUNCTION core_kept()"),
        migrations.RunSQL(BEGINS, "DROP FUNCTION core_begins()"),
    ]
