"""Passwords and second factors are written for a deed that the web process vouches for, and changes to accounts are signed.

`accounts_deed` looks at the signature (`accounts/deeds.py`): of the deed, the user and the running transaction. The
application has no right to the column of passwords (`accounts/grants.py`); second factors, which allauth writes itself, are
guarded by a trigger. Who asks for a change to an account, approves it, closes one, names a permanence or acknowledges
a night code is whoever the transaction acts for (`audit/acting.py`).
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

# What the owner's functions alone write: a setting, which any statement may set, does not say who does.
MAKING = "current_setting('accounts.making', true) IS DISTINCT FROM NEW.id::text"
ENROLLED = "OLD.enrolled_at IS NOT NULL AND OLD.enrolled_at IS DISTINCT FROM NEW.enrolled_at"
SUBJECT = "(OLD.subject_id IS NOT NULL OR NEW.made_at IS NULL)"
GUARD = (
    two.GUARD[: two.GUARD.index("CREATE TRIGGER")]
    .replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
    .replace(MAKING, "NOT as_owner")
    .replace(ENROLLED, f"NOT as_owner AND OLD.enrolled_at IS DISTINCT FROM NEW.enrolled_at OR {ENROLLED}")
    .replace(SUBJECT, SUBJECT.replace(")", " OR NOT as_owner)"))
)
GUARD_BACK = two.GUARD[: two.GUARD.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

CLOSE = """
CREATE OR REPLACE FUNCTION accounts_close(who bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    acts text[] := audit_acts();
    caller text := CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END;
BEGIN
    IF caller <> (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'accounts_user'::regclass) AND NOT coalesce(
        acts[1] = 'user' AND acts[2] <> who::text AND accounts_holds(acts[2]::bigint, 'system administrator'), false
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
        begins("accounts_accountchange", states=("asked",), signed=("asked_by_id",)),
        kept("accounts_accountchange", once=("decided_by_id",)),
        begins("accounts_permanence", signed=("named_by_id",)),
        kept("accounts_permanence", once=("ended_by_id",)),
        kept("accounts_nightcode", once=("seen_by_id",)),
    ]
