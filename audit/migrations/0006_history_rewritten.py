"""Events about the row history are the owner's: the sealer's digests, and those that take the place of others."""

from django.db import migrations

GUARD = """
CREATE FUNCTION audit_event_of_history() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) THEN
        RAISE EXCEPTION 'events about the row history are not the application''s'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER audit_event_of_history BEFORE INSERT ON audit_event
    FOR EACH ROW WHEN (NEW.verb IN ('history.sealed', 'history.rewritten'))
    EXECUTE FUNCTION audit_event_of_history();
"""
BACK = "DROP TRIGGER audit_event_of_history ON audit_event; DROP FUNCTION audit_event_of_history();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_context_of_one_transaction")]

    operations = [migrations.RunSQL(GUARD, BACK)]
