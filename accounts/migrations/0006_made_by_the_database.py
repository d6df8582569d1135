"""What makes a change to an account is a function of the owner's, and what holds for it are triggers.

The application may write neither roles nor postings nor scope (`accounts/grants.py`); it asks, another administrator
approves, and `accounts_make_change` looks at both before it does what was approved. `accounts_close` only closes.
"""

from django.db import migrations

IN_OFFICE = """
CREATE FUNCTION accounts_holds(who bigint, role text) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM accounts_user u JOIN accounts_user_groups m ON m.user_id = u.id JOIN auth_group g ON g.id = m.group_id
         WHERE u.id = who AND u.is_active AND g.name = role
    )
$$;
"""
IN_OFFICE_BACK = "DROP FUNCTION accounts_holds(bigint, text);"

ROLES = """
CREATE FUNCTION accounts_roles_fit() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM accounts_user WHERE id = NEW.user_id FOR UPDATE;
    IF EXISTS (
        SELECT 1 FROM accounts_incompatibleroles i JOIN accounts_user_groups m
            ON m.user_id = NEW.user_id AND m.group_id <> NEW.group_id
         WHERE (i.first_id, i.second_id) IN ((m.group_id, NEW.group_id), (NEW.group_id, m.group_id))
    ) THEN
        RAISE EXCEPTION 'These roles exclude each other.' USING ERRCODE = 'check_violation', CONSTRAINT = 'roles_fit';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_roles_fit BEFORE INSERT OR UPDATE ON accounts_user_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_roles_fit();
"""
ROLES_BACK = """
DROP TRIGGER accounts_roles_fit ON accounts_user_groups;
DROP FUNCTION accounts_roles_fit();
"""

GUARD = """
CREATE FUNCTION accounts_change_guard() RETURNS trigger
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
        ELSIF NEW.state <> 'asked' OR NEW.decided_by_id IS NOT NULL OR NEW.made_at IS NOT NULL OR NEW.tries <> 0 THEN
            why := 'A change is asked for before it is decided.';
        ELSIF NEW.asked_by_id = NEW.subject_id OR NOT accounts_holds(NEW.asked_by_id, administrator) THEN
            why := 'A system administrator asks, and never about their own account.';
        END IF;
    ELSIF (OLD.uuid, OLD.kind, OLD.before, OLD.after, OLD.reason, OLD.asked_by_id, OLD.asked_at)
        IS DISTINCT FROM (NEW.uuid, NEW.kind, NEW.before, NEW.after, NEW.reason, NEW.asked_by_id, NEW.asked_at) THEN
        why := 'What was asked for stays as it was asked for.';
    ELSIF OLD.subject_id IS DISTINCT FROM NEW.subject_id AND (OLD.subject_id IS NOT NULL OR NEW.made_at IS NULL) THEN
        why := 'What was asked for stays as it was asked for.';
    ELSIF OLD.made_at IS DISTINCT FROM NEW.made_at AND current_setting('accounts.making', true) IS DISTINCT FROM NEW.id::text THEN
        why := 'A change is made by accounts_make_change alone.';
    ELSIF OLD.enrolled_at IS NOT NULL AND OLD.enrolled_at IS DISTINCT FROM NEW.enrolled_at OR NEW.tries < OLD.tries THEN
        why := 'Codes open an account once.';
    ELSIF OLD.state <> 'asked' AND (OLD.state, OLD.decided_by_id, OLD.decided_at, OLD.refusal)
        IS DISTINCT FROM (NEW.state, NEW.decided_by_id, NEW.decided_at, NEW.refusal) THEN
        why := 'A decided change stays decided.';
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
CREATE TRIGGER accounts_change_guard BEFORE INSERT OR UPDATE OR DELETE ON accounts_accountchange
    FOR EACH ROW EXECUTE FUNCTION accounts_change_guard();
"""
GUARD_BACK = """
DROP TRIGGER accounts_change_guard ON accounts_accountchange;
DROP FUNCTION accounts_change_guard();
"""

MAKE = """
CREATE FUNCTION accounts_start_anew(who bigint) RETURNS void
    LANGUAGE sql SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_user SET password = '!' || encode(sha256(gen_random_uuid()::text::bytea), 'hex') WHERE id = who;
    DELETE FROM mfa_authenticator WHERE user_id = who;
$$;
REVOKE ALL ON FUNCTION accounts_start_anew(bigint) FROM PUBLIC;

CREATE FUNCTION accounts_make_change(wanted bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    administrator CONSTANT text := 'system administrator';
    change accounts_accountchange;
    who bigint;
    posting jsonb;
BEGIN
    SELECT * INTO change FROM accounts_accountchange WHERE id = wanted FOR UPDATE;
    IF NOT FOUND OR change.state <> 'approved' OR change.made_at IS NOT NULL THEN
        RAISE EXCEPTION 'This change is not to be made.' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_change_guard';
    END IF;
    IF change.kind <> 'first' AND (
        change.asked_by_id = change.decided_by_id
        OR change.subject_id IN (change.asked_by_id, change.decided_by_id)
        OR NOT accounts_holds(change.asked_by_id, administrator) OR NOT accounts_holds(change.decided_by_id, administrator)
    ) THEN
        RAISE EXCEPTION 'Two system administrators in office make a change.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_change_guard';
    END IF;
    who := change.subject_id;
    posting := change.after -> 'posting';
    IF change.kind IN ('new', 'first') THEN
        INSERT INTO accounts_user (password, is_superuser, username, first_name, last_name, email, is_staff, is_active,
                                   date_joined, language, national, qualification)
        VALUES ('!' || encode(sha256(gen_random_uuid()::text::bytea), 'hex'), false, change.after ->> 'username', '', '', '',
                false, true, clock_timestamp(), 'fr', false, '')
        RETURNING id INTO who;
    END IF;
    IF change.kind IN ('new', 'first', 'access') THEN
        IF (SELECT count(*) FROM auth_group WHERE change.after -> 'roles' ? name)
            <> jsonb_array_length(change.after -> 'roles') THEN
            RAISE EXCEPTION 'No such role.' USING ERRCODE = 'check_violation', CONSTRAINT = 'account_change_guard';
        END IF;
        UPDATE accounts_user
           SET first_name = change.after ->> 'first_name', last_name = change.after ->> 'last_name',
               language = change.after ->> 'language', qualification = change.after ->> 'qualification',
               national = (change.after ->> 'national')::boolean, is_staff = change.after -> 'roles' ? administrator,
               is_superuser = false
         WHERE id = who;
        DELETE FROM accounts_user_groups m USING auth_group g
         WHERE m.user_id = who AND g.id = m.group_id AND NOT change.after -> 'roles' ? g.name;
        INSERT INTO accounts_user_groups (user_id, group_id)
            SELECT who, g.id FROM auth_group g WHERE change.after -> 'roles' ? g.name
        ON CONFLICT DO NOTHING;
    END IF;
    IF change.kind IN ('new', 'posting') AND posting IS NOT NULL THEN
        INSERT INTO accounts_posting (user_id, facility_id, starts_on, ends_on)
        VALUES (who, (posting ->> 'facility')::bigint, (posting ->> 'starts_on')::date, (posting ->> 'ends_on')::date);
    ELSIF change.kind = 'posting_end' THEN
        UPDATE accounts_posting SET ends_on = (posting ->> 'ends_on')::date
         WHERE id = (posting ->> 'number')::bigint AND user_id = who;
    ELSIF change.kind = 'reset' THEN
        PERFORM accounts_start_anew(who);
    ELSIF change.kind = 'enable' THEN
        UPDATE accounts_user SET is_active = true WHERE id = who;
        PERFORM accounts_start_anew(who);
    END IF;
    PERFORM set_config('accounts.making', wanted::text, true);
    UPDATE accounts_accountchange SET made_at = clock_timestamp(), subject_id = who WHERE id = wanted;
    PERFORM set_config('accounts.making', '', true);
END $$;

CREATE FUNCTION accounts_close(who bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE accounts_user SET is_active = false WHERE id = who;
$$;
"""
MAKE_BACK = """
DROP FUNCTION accounts_close(bigint);
DROP FUNCTION accounts_make_change(bigint);
DROP FUNCTION accounts_start_anew(bigint);
"""

PERMANENCE = """
CREATE FUNCTION accounts_permanence_guard() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE why text;
BEGIN
    IF TG_OP = 'DELETE' THEN
        why := 'A permanence is never deleted.';
    ELSIF TG_OP = 'UPDATE' AND (
        (OLD.uuid, OLD.user_id, OLD.facility_id, OLD.role, OLD.starts_at, OLD.ends_at, OLD.reason, OLD.named_by_id, OLD.named_at)
        IS DISTINCT FROM
        (NEW.uuid, NEW.user_id, NEW.facility_id, NEW.role, NEW.starts_at, NEW.ends_at, NEW.reason, NEW.named_by_id, NEW.named_at)
        OR OLD.ended_at IS NOT NULL AND OLD.ended_at IS DISTINCT FROM NEW.ended_at
    ) THEN
        why := 'A permanence stays as it was named; it can only be ended.';
    ELSIF NEW.role NOT IN ('records officer', 'director') THEN
        why := 'Nobody stands in for this role.';
    ELSIF accounts_holds(NEW.user_id, 'system administrator') OR accounts_holds(NEW.user_id, 'inspector') THEN
        why := 'Administrators and inspectors stand in for nobody.';
    ELSIF TG_OP = 'INSERT' AND NOT accounts_holds(NEW.named_by_id, 'reviewer') AND NOT (
        accounts_holds(NEW.named_by_id, 'director') AND EXISTS (
            SELECT 1 FROM accounts_posting p WHERE p.user_id = NEW.named_by_id AND p.facility_id = NEW.facility_id)
    ) THEN
        why := 'The director of the prison names, or the national office.';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'permanence_guard';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER accounts_permanence_guard BEFORE INSERT OR UPDATE OR DELETE ON accounts_permanence
    FOR EACH ROW EXECUTE FUNCTION accounts_permanence_guard();
"""
PERMANENCE_BACK = """
DROP TRIGGER accounts_permanence_guard ON accounts_permanence;
DROP FUNCTION accounts_permanence_guard();
"""


class Migration(migrations.Migration):

    dependencies = [("accounts", "0005_two_administrators"), ("mfa", "0003_authenticator_type_uniq")]

    operations = [
        migrations.RunSQL(IN_OFFICE, IN_OFFICE_BACK),
        migrations.RunSQL(ROLES, ROLES_BACK),
        migrations.RunSQL(GUARD, GUARD_BACK),
        migrations.RunSQL(MAKE, MAKE_BACK),
        migrations.RunSQL(PERMANENCE, PERMANENCE_BACK),
    ]
