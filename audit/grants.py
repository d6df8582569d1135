"""What the application's database user may do: rows, not tables; and the trail only forwards."""

from django.apps import apps
from django.db import connection

from config.database import APP_ROLE, app_login

# Written by the sealer's functions alone. So is the row history, by its triggers.
OWNED = ("audit_seal", "audit_unsealed", "audit_unsealedhistory", "audit_historycolumns")

EARLIER = "SELECT pg_current_xact_id()::text::bigint, %s, array_agg(pgh_id) FROM {} HAVING count(*) > 0"


def history_tables():
    """Tables of row history."""
    return sorted(
        {m._meta.db_table for m in apps.get_models(include_auto_created=True) if hasattr(m, "pgh_tracked_model")}
    )


def tables_of(*labels, but=()):
    """Tables of these apps' own models, without row history and without those named."""
    models = (m for label in labels for m in apps.get_app_config(label).get_models())
    return sorted({m._meta.db_table for m in models if not hasattr(m, "pgh_tracked_model")} - set(but))


def trail_tables():
    """Tables that are only ever added to: events, seals, and the row history of every model."""
    return [*history_tables(), *OWNED, "audit_event", "pghistory_context"]


def chain_history():
    """Have every statement on a history table wait for its seal. Rows written before are sealed as they are now."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table in history_tables():
            cursor.execute(
                "SELECT 1 FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname = 'audit_history_waits'",
                [quote(table)],
            )
            if cursor.fetchone():
                continue
            earlier = 'INSERT INTO audit_unsealedhistory (transaction, "table", rows) ' + EARLIER.format(quote(table))
            cursor.execute(earlier, [table])
            cursor.execute(
                f"CREATE TRIGGER audit_history_waits AFTER INSERT ON {quote(table)} REFERENCING NEW TABLE AS written"
                " FOR EACH STATEMENT EXECUTE FUNCTION audit_history_waits()"
            )


TRIGGER_FUNCTIONS = """
SELECT oid::regprocedure::text FROM pg_proc
 WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype AND starts_with(proname, 'pgtrigger_')
"""


def run_triggers_as_owner():
    """Have the models' triggers run in the owner's rights: they read rows that the writer may not see, and write history.

    The application itself can then not write a row of history that no act has made.
    """
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER_FUNCTIONS)
        for function in ["_pgh_attach_context()", *(name for (name,) in cursor.fetchall())]:
            cursor.execute(f"ALTER FUNCTION {function} SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp")


HEED_THE_OWNER = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    asked text := current_setting('pgtrigger.ignore', true);
BEGIN
    IF asked IS NULL OR asked IN ('', '{}') THEN
        RETURN false;
    END IF;
    -- Called by triggers that run in the owner's rights: who is signed in, or which role was taken, tells who asks.
    RETURN trigger_name = ANY (asked::text[])
       AND CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END
         = (SELECT pg_get_userbyid(proowner) FROM pg_proc WHERE oid = 'public._pgtrigger_should_ignore(name)'::regprocedure);
END $$;
"""
HEEDED = """
SELECT strpos(prosrc, 'session_user') > 0 FROM pg_proc WHERE oid = to_regprocedure('public._pgtrigger_should_ignore(name)')
"""


def heed_the_owner_alone():
    """Have the models' triggers stay silent for the owner of the tables alone, whoever else sets `pgtrigger.ignore`.

    `pgtrigger` writes its own function, which trusts that setting, again with every trigger that a migration installs: so
    this is done after each migration, and `/readyz` asks for it (`triggers_are_guarded`).
    """
    with connection.cursor() as cursor:
        cursor.execute(HEED_THE_OWNER)


def triggers_are_guarded():
    """Whether nobody but the owner of the tables can silence their history and their guards."""
    with connection.cursor() as cursor:
        cursor.execute(HEEDED)
        return cursor.fetchone() == (True,)


def apply(*, read_only=(), forward_only=(), kept=(), columns=None):
    """Give the application's role its rights on every table that now exists. Run by the owner after each migration.

    `read_only`, `forward_only` (rows are only added) and `kept` (rows are not removed) are tables; `columns` gives, for a
    table whose rows are neither added nor removed, the columns that may be changed.
    """
    chain_history()
    run_triggers_as_owner()
    heed_the_owner_alone()
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname <> current_user", [APP_ROLE])
        if not cursor.fetchone():
            return
        role = quote(APP_ROLE)
        cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
        cursor.execute(f"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {role}")
        for table in [*trail_tables(), *forward_only]:
            cursor.execute(f"REVOKE UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {role}")
        for table in [*OWNED, *history_tables()]:
            cursor.execute(f"REVOKE INSERT ON {quote(table)} FROM {role}")
        cursor.execute(f"REVOKE ALL ON audit_contextkey FROM {role}")
        for table in kept:
            cursor.execute(f"REVOKE DELETE, TRUNCATE ON {quote(table)} FROM {role}")
        for table in ["django_migrations", *read_only, *(columns or {})]:
            cursor.execute(f"REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON {quote(table)} FROM {role}")
        for table, names in (columns or {}).items():
            cursor.execute(f"GRANT UPDATE ({', '.join(map(quote, names))}) ON {quote(table)} TO {role}")
        cursor.execute(
            "SELECT 1 FROM pg_roles WHERE rolname = %s AND rolname NOT IN (%s, current_user)", [app_login(), APP_ROLE]
        )
        if cursor.fetchone():
            cursor.execute(f"GRANT {role} TO {quote(app_login())}")
