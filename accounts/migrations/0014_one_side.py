"""Who stands in is of one side with whoever named them; and nobody alone closes the last who look at what they do.

`accounts_two_sides` refuses a second step by somebody who, at that moment, stands in on the word of whoever took the first, or
the other way round; `core.kept_rows.two_sides` puts it on a table. A stand-in is chosen among those who serve in the prison, or
among directors, by the national office.

`accounts_close` leaves the last inspector, and the last administrator beside whoever closes, to a change that two sign.
"""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import Q

earlier, deeds, two = map(
    import_module,
    (
        "accounts.migrations.0008_second_factor_by_two",
        "accounts.migrations.0010_deeds",
        "accounts.migrations.0006_made_by_the_database",
    ),
)

SIDES = """
CREATE FUNCTION accounts_two_sides() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    written jsonb := to_jsonb(NEW);
    firsts bigint[];
    second bigint := (written ->> TG_ARGV[1])::bigint;
BEGIN
    IF TG_OP = 'UPDATE' AND (to_jsonb(OLD) ->> TG_ARGV[1])::bigint IS NOT DISTINCT FROM second THEN
        RETURN NEW;
    END IF;
    IF TG_NARGS = 4 THEN
        EXECUTE format('SELECT ARRAY[%I] FROM %I WHERE id = $1', TG_ARGV[0], TG_ARGV[2])
           INTO firsts USING (written ->> TG_ARGV[3])::bigint;
    ELSE
        SELECT array_agg((written ->> name)::bigint) INTO firsts FROM unnest(string_to_array(TG_ARGV[0], ',')) name;
    END IF;
    IF EXISTS (
        SELECT 1 FROM accounts_permanence p
         WHERE (p.user_id = second AND p.named_by_id = ANY (firsts) OR p.named_by_id = second AND p.user_id = ANY (firsts))
           AND p.starts_at <= clock_timestamp() AND p.ends_at > clock_timestamp()
           AND (p.ended_at IS NULL OR p.ended_at > clock_timestamp())
    ) THEN
        RAISE EXCEPTION 'One of the two stands in on the word of the other.'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END $$;
"""

WHO = """
CREATE OR REPLACE FUNCTION accounts_permanence_guard() RETURNS trigger
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
    ELSIF TG_OP = 'INSERT' AND NOT accounts_holds(NEW.named_by_id, 'reviewer') AND NOT (
        accounts_holds(NEW.named_by_id, 'director') AND EXISTS (
            SELECT 1 FROM accounts_posting p WHERE p.user_id = NEW.named_by_id AND p.facility_id = NEW.facility_id)
    ) THEN
        why := 'The director of the prison names, or the national office.';
    ELSIF TG_OP = 'INSERT' AND EXISTS (
        SELECT 1 FROM accounts_user_groups m JOIN auth_group g ON g.id = m.group_id
         WHERE m.user_id = NEW.user_id AND g.name NOT IN ('records officer', 'assessor', 'director')
    ) THEN
        why := 'Only who serves in a prison stands in.';
    ELSIF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM accounts_user u WHERE u.id = NEW.user_id AND u.is_active AND u.password NOT LIKE '!%'
    ) THEN
        why := 'An account that nobody has opened stands in for nobody.';
    ELSIF TG_OP = 'INSERT' AND NOT (
        accounts_holds(NEW.user_id, 'director') AND accounts_holds(NEW.named_by_id, 'reviewer')
    ) AND NOT EXISTS (
        SELECT 1 FROM accounts_posting p WHERE p.user_id = NEW.user_id AND p.facility_id = NEW.facility_id
    ) THEN
        why := 'Who stands in serves in that prison, or is a director named by the national office.';
    END IF;
    IF why IS NOT NULL THEN
        RAISE EXCEPTION '%', why USING ERRCODE = 'check_violation', CONSTRAINT = 'permanence_guard';
    END IF;
    RETURN NEW;
END $$;
"""
WHO_BACK = two.PERMANENCE[: two.PERMANENCE.index("CREATE TRIGGER")].replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")

NEEDED = """
CREATE FUNCTION accounts_needs_two_to_close(who bigint, closer bigint) RETURNS boolean
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT 1 FROM unnest(ARRAY['inspector', 'system administrator']) watching (role)
         WHERE accounts_holds(who, role) AND NOT EXISTS (
            SELECT 1 FROM accounts_user u JOIN accounts_user_groups m ON m.user_id = u.id JOIN auth_group g ON g.id = m.group_id
             WHERE g.name = role AND u.is_active AND u.password NOT LIKE '!%' AND u.id NOT IN (who, closer)
        )
    )
$$;
"""
LAST = """
    PERFORM pg_advisory_xact_lock(7315002);  -- closings one after the other
    caller_is_owner := caller = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = 'accounts_user'::regclass);
    IF NOT caller_is_owner AND accounts_needs_two_to_close(who, acts[2]::bigint) THEN
        RAISE EXCEPTION 'The last inspector, and the last other administrator, are closed by two.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'account_last_of_a_kind';
    END IF;
    IF caller"""
CLOSE = deeds.CLOSE.replace("DECLARE\n", "DECLARE\n    caller_is_owner boolean;\n").replace("\n    IF caller", LAST, 1)
CLOSE_BACK = deeds.CLOSE
BEFORE_KIND = "    ELSIF change.kind = 'enable' THEN"
MAKE = earlier.MAKE.replace(
    BEFORE_KIND,
    """    ELSIF change.kind = 'close' THEN
        UPDATE accounts_user SET is_active = false, session_round = session_round + 1 WHERE id = who;
"""
    + BEFORE_KIND,
)
KINDS = [
    ("new", "New account"), ("access", "Person, roles and scope"), ("posting", "Posting to a prison"),
    ("posting_end", "End of a posting"), ("reset", "New password and second factor"), ("factor", "New second factor"),
    ("enable", "Account enabled again"), ("close", "Account closed by two"), ("night_code", "Night code for a prison"),
    ("first", "First administrator"),
]  # fmt: skip
KIND = {"choices": KINDS, "max_length": 12, "verbose_name": "kind"}
WAITS = "account_change_one_waits"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0013_events_bear_the_name_of_the_account")]

    operations = [
        migrations.AlterField("accountchange", "kind", models.CharField(**KIND)),
        migrations.AlterField("accountchangeevent", "kind", models.CharField(**KIND)),
        migrations.AlterField(
            "permanence",
            "named_by",
            models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="permanences_named",
                to=settings.AUTH_USER_MODEL,
                verbose_name="named by",
            ),
        ),
        migrations.RemoveConstraint("accountchange", WAITS),
        migrations.AddConstraint(
            "accountchange",
            models.UniqueConstraint(
                fields=["subject", "kind"],
                condition=Q(state="asked", kind__in=["access", "reset", "factor", "enable", "close"]),
                name=WAITS,
            ),
        ),
        migrations.RunSQL(SIDES, "DROP FUNCTION accounts_two_sides() CASCADE"),
        migrations.RunSQL(WHO, WHO_BACK),
        migrations.RunSQL(NEEDED, "DROP FUNCTION accounts_needs_two_to_close(bigint, bigint)"),
        migrations.RunSQL(CLOSE, CLOSE_BACK),
        migrations.RunSQL(MAKE, earlier.MAKE),
    ]
