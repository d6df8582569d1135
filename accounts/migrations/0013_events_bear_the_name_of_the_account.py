"""The user name on an event is that of its actor's account, whatever a statement of the application says."""

from django.db import migrations

NAMED = """
CREATE FUNCTION accounts_event_named() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    NEW.actor_name := coalesce((SELECT username FROM accounts_user WHERE id = NEW.actor_id), NEW.actor_name);
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_event_named BEFORE INSERT ON audit_event
    FOR EACH ROW WHEN (NEW.actor_id IS NOT NULL) EXECUTE FUNCTION accounts_event_named();
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0012_identified"), ("audit", "0007_events_of_whoever_acts")]

    operations = [
        migrations.RunSQL(NAMED, "DROP TRIGGER accounts_event_named ON audit_event; DROP FUNCTION accounts_event_named();")
    ]
