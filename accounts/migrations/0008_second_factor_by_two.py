"""Two administrators make a new second factor and a prison's night code; a reset ends every session of the account.

Secrets of second factors that stood plain are encrypted, and recovery codes of one's own are gone.
"""

from importlib import import_module

from django.db import migrations

from core import encryption

EARLIER = import_module("accounts.migrations.0006_made_by_the_database").MAKE
START_ANEW = """
CREATE OR REPLACE FUNCTION accounts_start_anew(who bigint) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_user
       SET password = '!' || encode(sha256(gen_random_uuid()::text::bytea), 'hex'), session_round = session_round + 1
     WHERE id = who;
    DELETE FROM mfa_authenticator WHERE user_id = who;
$$;

CREATE OR REPLACE FUNCTION accounts_close(who bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_user SET is_active = false, session_round = session_round + 1 WHERE id = who;
$$;
"""
BEFORE_KIND = "    ELSIF change.kind = 'enable' THEN"
NEW_KINDS = """    ELSIF change.kind = 'factor' THEN
        DELETE FROM mfa_authenticator WHERE user_id = who;
        UPDATE accounts_user SET session_round = session_round + 1 WHERE id = who;
    ELSIF change.kind = 'night_code' THEN
        INSERT INTO accounts_nightcode (uuid, change_id, facility_id, made_at)
        VALUES (gen_random_uuid(), wanted, (change.after ->> 'facility')::bigint, clock_timestamp());
"""
ANEW, MAKE_CHANGE = "CREATE FUNCTION accounts_start_anew", "CREATE FUNCTION accounts_make_change"
CLOSE = "CREATE FUNCTION accounts_close"


def function(start, end=None):
    """One function of the earlier migration, to be written over."""
    text = EARLIER[EARLIER.index(start) : EARLIER.index(end) if end else None]
    return text.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")


MAKE = function(MAKE_CHANGE, CLOSE).replace(BEFORE_KIND, NEW_KINDS + BEFORE_KIND)
BACK = function(ANEW, "REVOKE ALL") + function(MAKE_CHANGE, CLOSE) + function(CLOSE)

GUARD = """
CREATE FUNCTION accounts_night_code_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        why := 'A night code is never deleted.';
    ELSIF (OLD.uuid, OLD.change_id, OLD.facility_id, OLD.made_at)
        IS DISTINCT FROM (NEW.uuid, NEW.change_id, NEW.facility_id, NEW.made_at) THEN
        why := 'A night code stays as it was made.';
    ELSIF OLD.printed_at IS NOT NULL AND OLD.printed_at IS DISTINCT FROM NEW.printed_at THEN
        why := 'A night code is printed once.';
    ELSIF OLD.used_at IS NOT NULL AND (OLD.used_at, OLD.used_by_id) IS DISTINCT FROM (NEW.used_at, NEW.used_by_id) THEN
        why := 'A night code is used once.';
    ELSIF OLD.seen_at IS NOT NULL AND (OLD.seen_at, OLD.seen_by_id) IS DISTINCT FROM (NEW.seen_at, NEW.seen_by_id) THEN
        why := 'A use is acknowledged once.';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'night_code_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_night_code_guard BEFORE UPDATE OR DELETE ON accounts_nightcode
    FOR EACH ROW EXECUTE FUNCTION accounts_night_code_guard();
"""
GUARD_BACK = """
DROP TRIGGER accounts_night_code_guard ON accounts_nightcode;
DROP FUNCTION accounts_night_code_guard();
"""


def _each_secret(apps, change):
    for one in apps.get_model("mfa", "Authenticator").objects.filter(type="totp"):
        one.data["secret"] = change(one.data["secret"])
        one.save(update_fields=["data"])


def encrypt(apps, schema_editor):
    """Encrypt what stands plain; drop recovery codes."""
    apps.get_model("mfa", "Authenticator").objects.filter(type="recovery_codes").delete()
    _each_secret(apps, encryption.encrypt)


def decrypt(apps, schema_editor):
    """Write the secrets plain again, as the earlier version reads them."""
    _each_secret(apps, encryption.decrypt)


class Migration(migrations.Migration):

    dependencies = [("accounts", "0007_second_factor"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.RunSQL(START_ANEW + MAKE, BACK),
        migrations.RunSQL(GUARD, GUARD_BACK),
        migrations.RunPython(encrypt, decrypt),
    ]
