"""Stored values put into another form, and nothing else: once encrypted, or encrypted under another key.

Of rows and of their history, by the owner of the tables alone. A digest on the trail covers the history of each transaction
and would no longer agree: an event says which digests took the place of which, and is sealed like any other.
`verification` accepts exactly these. What did not agree before gets no new digest, so that it stays a fault.
"""

import json
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied
from django.db import connection
from psycopg2.extras import execute_values

from audit.models import HISTORY_REWRITTEN
from audit.verification import COVERED, PARTS

BATCH = 2000
AN_EVENT = 1000  # digests that one event holds

CHANGED = """
SELECT b.event, b.digest, a.now FROM audit_digests_before b JOIN audit_digests_after a USING (event)
 WHERE b.digest = b.now AND a.now <> b.digest ORDER BY b.event
"""
TOLD = """
INSERT INTO audit_event (at, "on", actor_name, verb, object_type, object_id, detail, login)
VALUES (clock_timestamp(), current_date, '', %s, '', '', %s, '')
"""
TYPES = """
SELECT a.attname, format_type(a.atttypid, a.atttypmod) FROM pg_attribute a
 WHERE a.attrelid = %s::regclass AND a.attname = ANY(%s)
"""
TRIGGERS = """
SELECT coalesce(array_agg(tgname::text), '{}')::text FROM pg_trigger
 WHERE tgrelid = %s::regclass AND NOT tgisinternal AND starts_with(tgname, 'pgtrigger_')
"""


@contextmanager
def quietly(table):
    """Inside, the owner of a table writes into it without history and past what keeps its rows as they were signed.

    Raises PermissionDenied where somebody else than the owner asks.
    """
    with connection.cursor() as cursor:
        _as_owner(cursor, table)
        cursor.execute(TRIGGERS, [_quoted(table)])
        cursor.execute(
            "SELECT set_config('pgtrigger.ignore', %s, true), set_config('register.rewriting', 'on', true)",
            cursor.fetchone(),
        )
        yield cursor
        cursor.execute("SELECT set_config('pgtrigger.ignore', '{}', true), set_config('register.rewriting', '', true)")


def rewrite_rows(table, key, changes):
    """Put columns of a table into another form; `changes` is `{column: change(stored)}`. No history: no fact changes.

    Returns how many rows were written.
    """
    with quietly(table) as cursor:
        return _rewrite(cursor, table, key, changes)


def rewrite_history(table, changes, why):
    """The same of a table of row history, with an event that says which digests took the place of which; `why`: a word."""
    with connection.cursor() as cursor:
        _as_owner(cursor, table)
        cursor.execute("SELECT audit_seal_pending()")
        _digests(cursor, table, "audit_digests_before")
        rows = _rewrite(cursor, table, "pgh_id", changes)
        if rows:
            _digests(cursor, table, "audit_digests_after")
            cursor.execute(CHANGED)
            digests = cursor.fetchall()
            for start in range(0, len(digests), AN_EVENT):
                share = digests[start : start + AN_EVENT]
                detail = {"table": table, "why": why, "rows": 0 if start else rows, "digests": share}
                cursor.execute(TOLD, [HISTORY_REWRITTEN, json.dumps(detail)])
            cursor.execute("DROP TABLE audit_digests_after")
        cursor.execute("DROP TABLE audit_digests_before")
        cursor.execute("SELECT audit_seal_pending()")
        return rows


def _quoted(table):
    return connection.ops.quote_name(table)


def _as_owner(cursor, table):
    """Refuse whoever does not own the table, and keep others from writing into it until the transaction ends."""
    cursor.execute(
        "SELECT pg_get_userbyid(relowner) = current_user FROM pg_class WHERE oid = %s::regclass", [_quoted(table)]
    )
    if not cursor.fetchone()[0]:
        raise PermissionDenied(f"the owner of {table} rewrites it, and nobody else")
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    cursor.execute(f"LOCK TABLE {_quoted(table)} IN SHARE ROW EXCLUSIVE MODE")


def _digests(cursor, table, into):
    """A table of what each event covers: the digest that counts, and the one of the rows as they are."""
    cursor.execute(
        f"CREATE TEMPORARY TABLE {into} ON COMMIT DROP AS {PARTS.format(covered=COVERED, table=_quoted(table))}",
        {"table": table, "names": _names(cursor, table)},
    )


def _names(cursor, table):
    return sorted(column.name for column in connection.introspection.get_table_description(cursor, table))


def _rewrite(cursor, table, key, changes):
    """Write what differs, some thousands of rows at a time; how many there were."""
    names = sorted(changes)
    quote = connection.ops.quote_name
    cursor.execute(TYPES, [_quoted(table), names])
    types = dict(cursor.fetchall())
    columns = ", ".join(map(quote, names))
    read = f"SELECT {quote(key)}, {columns} FROM {_quoted(table)} WHERE {quote(key)} > %s ORDER BY 1 LIMIT {BATCH}"  # noqa: S608
    write = (
        f"UPDATE {_quoted(table)} t SET {', '.join(f'{quote(n)} = v.{quote(n)}' for n in names)}"  # noqa: S608
        f" FROM (VALUES %s) v ({quote(key)}, {columns}) WHERE t.{quote(key)} = v.{quote(key)}"
    )
    template = f"(%s, {', '.join(f'%s::{types[name]}' for name in names)})"
    last, written = 0, 0
    while True:
        cursor.execute(read, [last])
        rows = cursor.fetchall()
        if not rows:
            return written
        last = rows[-1][0]
        new = [
            (pk, *(changes[n](v) if v is not None else None for n, v in zip(names, values, strict=True)))
            for pk, *values in rows
        ]
        differ = [row for row, before in zip(new, rows, strict=True) if row != before]
        if differ:
            execute_values(cursor.cursor, write, differ, template=template, page_size=BATCH)
        written += len(differ)
