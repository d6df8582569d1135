"""The application's role, and the function that seals events into one chain.

The function runs with its owner's rights: the application may call it, but cannot write a seal of its own. `depth` is how
far behind the newest sealed event it looks for events whose transactions ended late; the daily run looks through all.
"""

from django.db import migrations

ROLE = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'register_app') THEN
        CREATE ROLE register_app NOLOGIN;
    END IF;
EXCEPTION
    WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN NULL;
END $$;
"""

CONTENT = """
CREATE FUNCTION audit_content(e audit_event) RETURNS text LANGUAGE sql STABLE SET search_path = public, pg_catalog AS $$
    SELECT jsonb_build_array(
        e.id, extract(epoch FROM e.at), e."on"::text, e.actor_id, e.actor_name, e.verb, e.inmate_id, e.facility_id,
        e.object_type, e.object_id, e.detail
    )::text
$$;
"""

SEAL = """
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
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(ROLE, migrations.RunSQL.noop),
        migrations.RunSQL(CONTENT, "DROP FUNCTION audit_content(audit_event)"),
        migrations.RunSQL(SEAL, "DROP FUNCTION audit_seal_pending(bigint)"),
    ]
