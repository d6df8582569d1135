"""An event bears the name of whoever its transaction acts for, and no other; the models' triggers heed their owner alone.

Of a service any actor may be named: an import is the act of the user who ordered it. Where nobody acts (before a sign-in) the
application writes refusals, and in nobody's name.
"""

from django.db import migrations

from audit.grants import HEED_THE_OWNER

AS_WRITTEN = """
CREATE OR REPLACE FUNCTION audit_event_as_written() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acts text[];
BEGIN
    NEW.login := session_user;
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        NEW.at := clock_timestamp();
        acts := audit_acts();
        IF NEW.actor_id IS NULL AND NEW.actor_name <> ''
           OR acts[1] = 'user' AND NEW.actor_id::text <> acts[2]
           OR coalesce(acts[1], '') NOT IN ('user', 'service')
              AND (NEW.actor_id IS NOT NULL OR NOT starts_with(NEW.verb, 'refused.'))
        THEN
            RAISE EXCEPTION 'an event is written in the name of whoever acts'
                USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
        END IF;
    END IF;
    RETURN NEW;
END $$;
"""
BACK = """
CREATE OR REPLACE FUNCTION audit_event_as_written() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.login := session_user;
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        NEW.at := clock_timestamp();
    END IF;
    RETURN NEW;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0006_history_rewritten")]

    operations = [
        migrations.RunSQL(AS_WRITTEN, BACK),
        migrations.RunSQL(HEED_THE_OWNER, migrations.RunSQL.noop),
    ]
