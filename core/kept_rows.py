"""Rows that stay as they were signed: a trigger for the table, as an operation of a migration.

The actions ask for permission and moment; this holds against whoever speaks to the database itself with the application's
rights. What a table keeps is said once, in the migration of its room. `core_kept` and `core_begins` are made by
`core/migrations/0002_rows_kept.py`.

Two things change a signed row all the same, and both are told apart: a merge points `inmate_id` at the kept record
(`inmates_person_stays` sees to it), and an act taken back by a correction (the columns it writes are left `free`).

What no act can put right, a migration of data may: for the owner of the tables, and for nobody else, all of this rests while
`register.rewriting` is `on` (`SET LOCAL register.rewriting = 'on'`). The row history keeps both values all the same.
"""

from django.db import migrations

# Whether the statement comes from the owner of the table, seen from a function that runs in the owner's rights.
AS_OWNER = (
    "(CASE current_setting('role') WHEN 'none' THEN session_user::text ELSE current_setting('role') END"
    " = (SELECT pg_get_userbyid(relowner) FROM pg_class WHERE oid = TG_RELID))"
)
REWRITING = f"{AS_OWNER} AND current_setting('register.rewriting', true) = 'on'"


def kept(table, *, fixed=(), once=(), ended=None, steps=()):
    """Keep the rows of a table as they were written.

    fixed: columns that never change. once: columns that get a value once and keep it. ended: `(column, values, free)`:
    when the column has one of the values (`"*"`: any), nothing changes but `free` and `inmate_id`. steps: the moves of
    `state`, as `from>to`; none said, any is allowed.
    """
    column, values, free = ended or ("", "", ())
    words = [*map(",".join, (fixed, once)), column, values if values == "*" else ",".join(values)]
    arguments = ", ".join(f"'{word}'" for word in [*words, ",".join(free), ",".join(steps)])
    name = f"{table}_kept"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION core_kept({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )


def begins(table, *, states=(), empty=(), signed=()):
    """A new row of the application begins in one of these states, with these columns empty: nobody decides while asking.

    signed: the columns of who writes it. What the owner of the tables loads (a demo, an older
    register) begins where it stands.
    """
    name = f"{table}_begins"
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE INSERT ON {table} FOR EACH ROW"
        f" EXECUTE FUNCTION core_begins('{','.join(states)}', '{','.join(empty)}', '{','.join(signed)}')",
        f"DROP TRIGGER {name} ON {table}",
    )


def guarded(name, table, when, body, declare="", *, at_the_end=False):
    """A trigger of its own: `body` raises, in the rights of the owner, so that it sees rows the writer does not.

    at_the_end: it looks when the transaction ends, once everything is written.
    """
    kind, timing, deferred = "TRIGGER", "BEFORE", ""
    if at_the_end:
        kind, timing, deferred = "CONSTRAINT TRIGGER", "AFTER", "DEFERRABLE INITIALLY DEFERRED"
    return migrations.RunSQL(
        f"""
        CREATE FUNCTION {name}() RETURNS trigger
            LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
        {declare}
        BEGIN
            IF NOT coalesce({REWRITING}, false) THEN
        {body}
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$;
        CREATE {kind} {name} {timing} {when} ON {table} {deferred} FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def two_sides(table, first, second, *, of="", by=""):
    """Two steps by two people who do not stand in for each other at that moment (`accounts_two_sides`).

    first (several, with commas), second: the columns of who took which step. of, by: the table in which `first` stands, and
    the column that leads there.
    """
    name = f"{table}_{second.removesuffix('_id')}_sides"
    arguments = ", ".join(f"'{word}'" for word in (first, second, *([of, by] if of else [])))
    return migrations.RunSQL(
        f"CREATE TRIGGER {name} BEFORE INSERT OR UPDATE ON {table} FOR EACH ROW WHEN (NEW.{second} IS NOT NULL)"
        f" EXECUTE FUNCTION accounts_two_sides({arguments})",
        f"DROP TRIGGER {name} ON {table}",
    )


def refuse(why):
    """A statement of PL/pgSQL that refuses, as a violated constraint does."""
    return f"RAISE EXCEPTION '{why}' USING ERRCODE = 'check_violation', CONSTRAINT = TG_NAME;"
