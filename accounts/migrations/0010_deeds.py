"""Passwords and second factors are written for a deed that the web process vouches for, and changes to accounts are signed.

`accounts_deed` looks at the signature (`accounts/credentials.py`): of the deed, the user and the running transaction. The
application has no right to the column of passwords (`accounts/grants.py`); second factors, which allauth writes itself, are
guarded by a trigger, and so is who asks for a change to an account, decides it or closes one. Who names a permanence or
acknowledges a night code is whoever the transaction acts for (`audit/signed_context.py`).
"""

from importlib import import_module

from django.db import migrations

from core.kept_rows import begins, kept

two, factors = map(import_module, ("accounts.migrations.0006_made_by_the_database", "accounts.migrations.0008_second_factor_by_two"))

DEED = """
CREATE FUNCTION accounts_deed(wanted text, who bigint) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    parts text[] := string_to_array(nullif(current_setting('register.deed', true), ''), '|');
BEGIN
    RETURN coalesce(parts[1:4] = ARRAY['deed', wanted, who::text, pg_current_xact_id()::text], false)
        AND cardinality(parts) = 5
        AND (NOT wanted LIKE 'own %' OR coalesce((audit_acts())[1:2] = ARRAY['user', who::text], false))
        AND EXISTS (
            SELECT 1 FROM audit_contextkey
             WHERE encode(sha256(outer_pad || sha256(
                 inner_pad || convert_to(array_to_string(parts[1:4], '|'), 'UTF8'))), 'hex') = parts[5]
        );
END $$;
"""

PASSWORDS = """
CREATE FUNCTION accounts_write_password(deed text, who bigint, was text, becomes text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF deed NOT IN ('own password', 'same password') OR NOT accounts_deed(deed, who) THEN
        RAISE EXCEPTION 'Nobody vouches for this password.' USING ERRCODE = 'check_violation', CONSTRAINT = 'password_by_deed';
    END IF;
    UPDATE accounts_user SET password = becomes WHERE id = who AND password = was AND is_active;
    IF NOT FOUND AND deed = 'own password' THEN
        RAISE EXCEPTION 'The password changed meanwhile.' USING ERRCODE = 'check_violation', CONSTRAINT = 'password_by_deed';
    END IF;
END $$;

CREATE FUNCTION accounts_enrol(wanted bigint, becomes text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    change accounts_accountchange;
BEGIN
    SELECT * INTO change FROM accounts_accountchange WHERE id = wanted FOR UPDATE;
    IF NOT FOUND OR change.kind NOT IN ('new', 'reset', 'enable', 'first') OR change.made_at IS NULL
        OR change.enrolled_at IS NOT NULL OR change.tries >= 5 OR NOT accounts_deed('enrolment', change.subject_id) THEN
        RAISE EXCEPTION 'No codes open this account.' USING ERRCODE = 'check_violation', CONSTRAINT = 'password_by_deed';
    END IF;
    UPDATE accounts_user SET password = becomes WHERE id = change.subject_id AND is_active;
    UPDATE accounts_accountchange SET enrolled_at = clock_timestamp() WHERE id = wanted;
END $$;
"""
PASSWORDS_BACK = """
DROP FUNCTION accounts_enrol(bigint, text);
DROP FUNCTION accounts_write_password(text, bigint, text, text);
"""

FACTORS = """
CREATE FUNCTION accounts_factor_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF current_user <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID) AND (
        NOT accounts_deed('own factor', CASE TG_OP WHEN 'INSERT' THEN NEW.user_id ELSE OLD.user_id END)
        OR TG_OP = 'UPDATE' AND (OLD.id, OLD.user_id, OLD.type) IS DISTINCT FROM (NEW.id, NEW.user_id, NEW.type)
    ) THEN
        RAISE EXCEPTION 'Nobody vouches for this second factor.' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_factor_guard
    BEFORE INSERT OR DELETE OR UPDATE OF id, user_id, type, data, created_at ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION accounts_factor_guard();
"""
FACTORS_BACK = """
DROP TRIGGER accounts_factor_guard ON mfa_authenticator;
DROP FUNCTION accounts_factor_guard();
"""

# What the owner's functions write is known by who writes it: a setting, which any statement may set, says nothing.
GUARD = """
CREATE OR REPLACE FUNCTION accounts_change_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    administrator CONSTANT text := 'system administrator';
    as_owner boolean := current_user = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID);
    why text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        why := 'A change to an account is never deleted.';
    ELSIF TG_OP = 'INSERT' THEN
        IF NEW.kind = 'first' THEN
            IF NOT as_owner THEN why := 'The first administrators are made by the owner of the database.'; END IF;
        ELSIF NEW.state <> 'asked' OR NEW.decided_by_id IS NOT NULL OR NEW.made_at IS NOT NULL OR NEW.tries <> 0
            OR NEW.enrolled_at IS NOT NULL THEN
            why := 'A change is asked for before it is decided.';
        ELSIF NOT as_owner AND NOT accounts_deed('own change', NEW.asked_by_id) THEN
            why := 'Nobody vouches for whoever asks.';
        ELSIF NEW.asked_by_id = NEW.subject_id OR NOT accounts_holds(NEW.asked_by_id, administrator) THEN
            why := 'A system administrator asks, and never about their own account.';
        END IF;
    ELSIF (OLD.uuid, OLD.kind, OLD.before, OLD.after, OLD.reason, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.uuid, NEW.kind, NEW.before, NEW.after, NEW.reason, NEW.asked_by_id, NEW.asked_at) THEN
        why := 'What was asked for stays as it was asked for.';
    ELSIF OLD.subject_id IS DISTINCT FROM NEW.subject_id
        AND (NOT as_owner OR OLD.subject_id IS NOT NULL OR NEW.made_at IS NULL) THEN
        why := 'What was asked for stays as it was asked for.';
    ELSIF NOT as_owner AND OLD.made_at IS DISTINCT FROM NEW.made_at THEN
        why := 'A change is made by accounts_make_change alone.';
    ELSIF OLD.enrolled_at IS DISTINCT FROM NEW.enrolled_at AND (NOT as_owner OR OLD.enrolled_at IS NOT NULL)
        OR NEW.tries < OLD.tries THEN
        why := 'Codes open an account once.';
    ELSIF OLD.state <> 'asked' AND (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.refusal)
        IS DISTINCT FROM (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.refusal) THEN
        why := 'A decided change stays decided.';
    ELSIF OLD.state = 'asked' AND NEW.state <> 'asked' AND NOT as_owner
        AND NOT accounts_deed('own change', NEW.decided_by_id) THEN
        why := 'Nobody vouches for whoever decides.';
    ELSIF OLD.state = 'asked' AND NEW.state IN ('approved', 'refused') AND (
        NEW.decided_by_id IS NULL OR NEW.decided_by_id IN (NEW.asked_by_id, coalesce(NEW.subject_id, 0))
        OR NOT accounts_holds(NEW.decided_by_id, administrator)
    ) THEN
        why := 'Another system administrator decides, and never about their own account.';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'account_change_guard';
    END IF;
    RETURN NEW;
END $$;
"""
GUARD_BACK = two.GUARD[: two.GUARD.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

CLOSE = """
CREATE OR REPLACE FUNCTION accounts_close(who bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acts text[] := audit_acts();
    caller text := CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END;
BEGIN
    IF caller <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'accounts_user'::regclass) AND NOT coalesce(
        acts[2] <> who::text AND accounts_deed('own change', acts[2]::bigint)
            AND accounts_holds(acts[2]::bigint, 'system administrator'), false
    ) THEN
        RAISE EXCEPTION 'A system administrator closes an account, and never their own.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_change_guard';
    END IF;
    UPDATE accounts_user SET is_active = false, session_round = session_round + 1 WHERE id = who;
END $$;
"""
CLOSE_BACK = "DROP FUNCTION accounts_close(bigint);" + factors.START_ANEW[
    factors.START_ANEW.index("CREATE OR REPLACE FUNCTION accounts_close") :
]


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0009_kept_forms"),
        ("audit", "0004_signed_context"),
        ("core", "0003_signed_by_whoever_acts"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.RunSQL(DEED, "DROP FUNCTION accounts_deed(text, bigint)"),
        migrations.RunSQL(PASSWORDS, PASSWORDS_BACK),
        migrations.RunSQL(FACTORS, FACTORS_BACK),
        migrations.RunSQL(GUARD, GUARD_BACK),
        migrations.RunSQL(CLOSE, CLOSE_BACK),
        begins("accounts_permanence", signed=("named_by_id",)),
        kept("accounts_permanence", once=("ended_by_id",)),
        kept("accounts_nightcode", once=("seen_by_id",)),
    ]
