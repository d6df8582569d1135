"""Events are sealed by what is unsealed, not by number; the row history enters the chain, a digest a transaction.

A trigger enters each event into `audit_unsealed` and each statement on a history table into `audit_unsealedhistory`
(`audit.grants` puts that trigger on every history table there is). The sealer turns the latter into one event a transaction,
`history.sealed`, and seals all that waits. For the application's database user a third trigger writes time and login.
"""

import django.contrib.postgres.fields
from django.db import migrations, models

AS_WRITTEN = """
CREATE FUNCTION audit_event_as_written() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.login := session_user;
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        NEW.at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_as_written BEFORE INSERT ON audit_event
    FOR EACH ROW EXECUTE FUNCTION audit_event_as_written();
"""
AS_WRITTEN_BACK = """
DROP TRIGGER audit_event_as_written ON audit_event;
DROP FUNCTION audit_event_as_written();
"""

WAITING = """
INSERT INTO audit_unsealed (event_id)
    SELECT id FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id);
CREATE FUNCTION audit_event_waits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO audit_unsealed (event_id) SELECT id FROM written;
    RETURN NULL;
END $$;
CREATE TRIGGER audit_event_waits AFTER INSERT ON audit_event REFERENCING NEW TABLE AS written
    FOR EACH STATEMENT EXECUTE FUNCTION audit_event_waits();
CREATE FUNCTION audit_history_waits() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO audit_unsealedhistory (transaction, "table", rows)
        SELECT pg_current_xact_id()::text::bigint, TG_TABLE_NAME, array_agg(pgh_id) FROM written HAVING count(*) > 0;
    RETURN NULL;
END $$;
"""
WAITING_BACK = """
DROP TRIGGER audit_event_waits ON audit_event;
DROP FUNCTION audit_event_waits();
DROP FUNCTION audit_history_waits() CASCADE;
"""

CONTENT = """
CREATE OR REPLACE FUNCTION audit_content(e audit_event) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (jsonb_build_array(
        e.id, extract(epoch FROM e.at), e."on"::text, e.actor_id, e.actor_name, e.verb, e.inmate_id, e.facility_id,
        e.object_type, e.object_id, e.detail
    ) || CASE WHEN e.login = '' THEN '[]'::jsonb ELSE jsonb_build_array(e.login) END)::text
$$;
"""
CONTENT_BACK = """
CREATE OR REPLACE FUNCTION audit_content(e audit_event) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT jsonb_build_array(
        e.id, extract(epoch FROM e.at), e."on"::text, e.actor_id, e.actor_name, e.verb, e.inmate_id, e.facility_id,
        e.object_type, e.object_id, e.detail
    )::text
$$;
"""

DIGEST = """
CREATE FUNCTION audit_history_digest(history text, names text[], numbers bigint[]) RETURNS text
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE digest text;
BEGIN
    EXECUTE format(
        'SELECT encode(sha256(convert_to(coalesce(string_agg((SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(h))'
        ' WHERE key = ANY($1))::text, E''\\n'' ORDER BY h.pgh_id), ''''), ''UTF8'')), ''hex'')'
        ' FROM %I h WHERE h.pgh_id = ANY($2)', history
    ) INTO digest USING names, numbers;
    RETURN digest;
END $$;
"""

SEAL = """
CREATE FUNCTION audit_write_digests(tables jsonb) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO audit_event (at, "on", actor_name, verb, object_type, object_id, detail, login)
    VALUES (clock_timestamp(), current_date, '', 'history.sealed', '', '', jsonb_build_object('tables', tables), '');
$$;
DROP FUNCTION audit_seal_pending(bigint);
CREATE FUNCTION audit_seal_pending() RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    part record;
    current_transaction bigint;
    tables jsonb := '[]';
    columns_id bigint;
    columns_now text[];
    last_sequence bigint;
    last_hash text;
    one audit_event;
    done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7315001) THEN
        RETURN 0;
    END IF;
    FOR part IN
        WITH taken AS (DELETE FROM audit_unsealedhistory RETURNING transaction, "table", rows)
        SELECT transaction, "table" AS history, array_agg(number ORDER BY number) AS numbers
          FROM taken, unnest(rows) number GROUP BY 1, 2 ORDER BY 1, 2
    LOOP
        IF current_transaction <> part.transaction THEN
            PERFORM audit_write_digests(tables);
            tables := '[]';
        END IF;
        current_transaction := part.transaction;
        SELECT array_agg(attname::text ORDER BY attname) INTO columns_now FROM pg_attribute
         WHERE attrelid = format('public.%I', part.history)::regclass AND attnum > 0 AND NOT attisdropped;
        SELECT id INTO columns_id FROM audit_historycolumns c WHERE c."table" = part.history AND c.names::text[] = columns_now;
        IF columns_id IS NULL THEN
            INSERT INTO audit_historycolumns ("table", names) VALUES (part.history, columns_now) RETURNING id INTO columns_id;
        END IF;
        tables := tables || jsonb_build_array(jsonb_build_array(
            part.history, columns_id, cardinality(part.numbers),
            (SELECT range_agg(int8range(n, n, '[]'))::text FROM unnest(part.numbers) n),
            audit_history_digest(part.history, columns_now, part.numbers)
        ));
    END LOOP;
    IF current_transaction IS NOT NULL THEN
        PERFORM audit_write_digests(tables);
    END IF;
    SELECT sequence, hash INTO last_sequence, last_hash FROM audit_seal ORDER BY sequence DESC LIMIT 1;
    last_sequence := COALESCE(last_sequence, 0);
    last_hash := COALESCE(last_hash, '');
    FOR one IN
        WITH taken AS (DELETE FROM audit_unsealed RETURNING event_id)
        SELECT e.* FROM taken JOIN audit_event e ON e.id = taken.event_id ORDER BY e.id
    LOOP
        last_sequence := last_sequence + 1;
        INSERT INTO audit_seal (sequence, event_id, previous, hash)
        VALUES (last_sequence, one.id, last_hash,
                encode(sha256(convert_to(last_hash || last_sequence::text || audit_content(one), 'UTF8')), 'hex'))
        RETURNING hash INTO last_hash;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
REVOKE ALL ON FUNCTION audit_seal_pending() FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'register_app') THEN
        GRANT EXECUTE ON FUNCTION audit_seal_pending() TO register_app;
    END IF;
END $$;
"""
SEAL_BACK = """
DROP FUNCTION audit_seal_pending();
DROP FUNCTION audit_write_digests(jsonb);
CREATE FUNCTION audit_seal_pending(depth bigint DEFAULT 500) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_catalog AS $$
DECLARE
    last_sequence bigint;
    last_hash text;
    one audit_event;
    done integer := 0;
BEGIN
    IF NOT pg_try_advisory_xact_lock(7315001) THEN
        RETURN 0;
    END IF;
    SELECT sequence, hash INTO last_sequence, last_hash FROM audit_seal ORDER BY sequence DESC LIMIT 1;
    last_sequence := COALESCE(last_sequence, 0);
    last_hash := COALESCE(last_hash, '');
    FOR one IN
        SELECT e.* FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)
         AND e.id > COALESCE((SELECT max(s.event_id) FROM audit_seal s), 0) - depth
         ORDER BY e.id
    LOOP
        last_sequence := last_sequence + 1;
        INSERT INTO audit_seal (sequence, event_id, previous, hash)
        VALUES (last_sequence, one.id, last_hash,
                encode(sha256(convert_to(last_hash || last_sequence::text || audit_content(one), 'UTF8')), 'hex'))
        RETURNING hash INTO last_hash;
        done := done + 1;
    END LOOP;
    RETURN done;
END $$;
REVOKE ALL ON FUNCTION audit_seal_pending(bigint) FROM PUBLIC;
DO $$ BEGIN
    IF EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'register_app') THEN
        GRANT EXECUTE ON FUNCTION audit_seal_pending(bigint) TO register_app;
    END IF;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_sealing")]

    operations = [
        migrations.CreateModel(
            name="HistoryColumns",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(max_length=63)),
                ("names", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=63), size=None)),
            ],
            options={
                "verbose_name": "columns of a history table",
                "verbose_name_plural": "columns of history tables",
                "default_permissions": (),
                "constraints": [models.UniqueConstraint(fields=["table", "names"], name="history_columns_once")],
            },
        ),
        migrations.CreateModel(
            name="Unsealed",
            fields=[("event_id", models.BigIntegerField(primary_key=True, serialize=False))],
            options={
                "verbose_name": "event not yet sealed",
                "verbose_name_plural": "events not yet sealed",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="UnsealedHistory",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.BigIntegerField()),
                ("table", models.CharField(max_length=63)),
                ("rows", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
            ],
            options={
                "verbose_name": "row history not yet sealed",
                "verbose_name_plural": "row history not yet sealed",
                "default_permissions": (),
            },
        ),
        migrations.AddField(
            model_name="event",
            name="login",
            field=models.CharField(blank=True, default="", editable=False, max_length=63, verbose_name="database user"),
            preserve_default=False,
        ),
        migrations.RunSQL(CONTENT, CONTENT_BACK),
        migrations.RunSQL(AS_WRITTEN, AS_WRITTEN_BACK),
        migrations.RunSQL(WAITING, WAITING_BACK),
        migrations.RunSQL(DIGEST, "DROP FUNCTION audit_history_digest(text, text[], bigint[])"),
        migrations.RunSQL(SEAL, SEAL_BACK),
    ]
