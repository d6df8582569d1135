"""Proving the trail: every seal recomputed from what it covers, in order; the row history against its digests; the whole against
signed heads that were kept elsewhere.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from audit.grants import history_tables

LATE = timedelta(
    minutes=10
)  # an event is sealed right after its transaction: one this old and unsealed was never to be

BROKEN = """
SELECT s.sequence, e.id IS NULL, s.previous <> coalesce(s.expected, ''), s.sequence <> s.place
  FROM (SELECT *, lag(hash) OVER (ORDER BY sequence) AS expected, row_number() OVER (ORDER BY sequence) AS place
          FROM audit_seal) s
  LEFT JOIN audit_event e ON e.id = s.event_id
 WHERE e.id IS NULL
    OR s.previous <> coalesce(s.expected, '')
    OR s.sequence <> s.place
    OR s.hash <> encode(sha256(convert_to(s.previous || s.sequence::text || audit_content(e), 'UTF8')), 'hex')
 ORDER BY s.sequence LIMIT 1
"""
COUNTS = """
SELECT (SELECT count(*) FROM audit_event), (SELECT count(*) FROM audit_seal), count(u.id),
       coalesce((SELECT max(sequence) FROM audit_seal), 0),
       (SELECT hash FROM audit_seal ORDER BY sequence DESC LIMIT 1),
       (array_agg(u.id ORDER BY u.id) FILTER (WHERE u.at < %s))[1]
  FROM (SELECT e.id, e.at FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)) u
"""

# The rows of one table that the digests on the trail cover, each with the event that covers it; a digest that took the
# place of another (`rewriting`) counts instead of it.
COVERED = """
rewritten AS MATERIALIZED (
    SELECT DISTINCT ON (1) (one ->> 0)::bigint AS event, one ->> 2 AS digest
      FROM audit_event e, jsonb_array_elements(e.detail -> 'digests') one
     WHERE e.verb = 'history.rewritten' AND e.detail ->> 'table' = %(table)s
     ORDER BY 1, e.id DESC
), covered AS MATERIALIZED (
    SELECT e.id AS event, (part ->> 1)::bigint AS columns_id, (part ->> 2)::bigint AS rows,
           coalesce(r.digest, part ->> 4) AS digest, number
      FROM audit_event e CROSS JOIN jsonb_array_elements(e.detail -> 'tables') part LEFT JOIN rewritten r ON r.event = e.id,
           unnest((part ->> 3)::int8multirange) span, generate_series(lower(span), upper(span) - 1) number
     WHERE e.verb = 'history.sealed' AND part ->> 0 = %(table)s
)
"""
NOW = """encode(sha256(convert_to(string_agg(
        CASE WHEN k.names = %(names)s::varchar[] THEN to_jsonb(h)
             ELSE (SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(h)) WHERE key = ANY(k.names)) END::text,
        E'\n' ORDER BY c.number), 'UTF8')), 'hex')"""
PARTS = (
    """
WITH {covered}
SELECT c.event, c.digest, CASE WHEN count(h.pgh_id) = c.rows THEN """
    + NOW
    + """ END AS now
  FROM covered c
  JOIN audit_historycolumns k ON k.id = c.columns_id
  LEFT JOIN {table} h ON h.pgh_id = c.number
 GROUP BY c.event, c.rows, c.digest
"""
)
# Digests that took the place of others, each with the one that counted before.
UNFOUNDED = """
WITH told AS (
    SELECT e.id, e.detail ->> 'table' AS history, (one ->> 0)::bigint AS event, one ->> 1 AS before, one ->> 2 AS now
      FROM audit_event e, jsonb_array_elements(e.detail -> 'digests') one WHERE e.verb = 'history.rewritten'
), followed AS (
    SELECT t.*, lag(now) OVER (PARTITION BY history, event ORDER BY id) AS earlier FROM told t
)
SELECT f.id, f.event FROM followed f
 WHERE f.before IS DISTINCT FROM coalesce(f.earlier, (
        SELECT part ->> 4 FROM audit_event e, jsonb_array_elements(e.detail -> 'tables') part
         WHERE e.id = f.event AND e.verb = 'history.sealed' AND part ->> 0 = f.history))
 ORDER BY f.id LIMIT 1
"""
REWRITTEN = """
SELECT e.at, e.login, e.detail ->> 'why', e.detail ->> 'table', (e.detail ->> 'rows')::bigint,
       jsonb_array_length(e.detail -> 'digests')
  FROM audit_event e WHERE e.verb = 'history.rewritten' ORDER BY e.id
"""
DIGESTS = (
    """
WITH {covered}
SELECT c.event, count(h.pgh_id) <> c.rows
  FROM covered c
  JOIN audit_historycolumns k ON k.id = c.columns_id
  LEFT JOIN {table} h ON h.pgh_id = c.number
 GROUP BY c.event, c.rows, c.digest
HAVING count(h.pgh_id) <> c.rows OR c.digest <> """
    + NOW
    + """
 ORDER BY c.event LIMIT 1
"""
)
UNCOVERED = """
WITH {covered}, waiting AS (SELECT unnest(rows) AS number FROM audit_unsealedhistory WHERE "table" = %(table)s)
SELECT count(*), count(*) FILTER (WHERE c.number IS NULL AND w.number IS NULL),
       min(h.pgh_id) FILTER (WHERE c.number IS NULL AND w.number IS NULL)
  FROM {table} h LEFT JOIN covered c ON c.number = h.pgh_id LEFT JOIN waiting w ON w.number = h.pgh_id
"""


@dataclass(frozen=True)
class Found:
    """What a verification found. `faults` are sentences, worst first; `head` is the last hash, `sequence` its number;
    `broken` the first seal that does not hold, `late` the first event that was never sealed; `rewritten` are sentences on
    history that was put into another form.
    """

    events: int
    sealed: int
    unsealed: int
    sequence: int
    head: str | None
    broken: int | None = None
    late: int | None = None
    history_rows: int = 0
    rewritten: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def verify(against=(), history=False):
    """Recompute the whole chain in the database. `against`: heads kept elsewhere; `history`: the row history too."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS, [timezone.now() - LATE])
        events, sealed, unsealed, sequence, head, late = cursor.fetchone()
        cursor.execute(BROKEN)
        broken = cursor.fetchone()
        faults = []
        if broken is not None:
            faults.append(f"Broken at seal {broken[0]}: {_why(*broken[1:])}")
        faults += _against(cursor, against, sequence)
        if late is not None:
            faults.append(f"Event {late} was never sealed, though it is more than {LATE.seconds // 60} minutes old")
        rows, rewritten = 0, []
        if history:
            rewritten = _rewritten(cursor)
            cursor.execute(UNFOUNDED)
            if (wrong := cursor.fetchone()) is not None:
                faults.append(f"Event {wrong[0]} puts another digest in the place of one that event {wrong[1]} has not")
            for table in history_tables():
                checked, wrong = _history(cursor, table)
                rows += checked
                faults += wrong
    return Found(
        events,
        sealed,
        unsealed,
        sequence,
        head,
        broken=broken[0] if broken is not None else None,
        late=late,
        history_rows=rows,
        rewritten=rewritten,
        faults=faults,
    )


def _why(missing, unlinked, out_of_place):
    """What is wrong with the first broken link."""
    if missing:
        return "its event is missing"
    if out_of_place:
        return "a seal before it is missing"
    if unlinked:
        return "it does not follow the seal before it"
    return "its event or the seal itself was changed"


def _against(cursor, heads, sequence):
    """Where the chain is not the one that the heads were taken of: the first that differs, and a cut tail."""
    if not heads:
        return []
    latest = max(heads, key=lambda head: head.sequence)
    faults = []
    if not sequence:
        return [f"The chain is empty, and had {latest.sequence} seals on {latest.at}"]
    if sequence < latest.sequence:
        faults.append(f"The chain was cut: it ends at seal {sequence}, and had {latest.sequence} on {latest.at}")
    cursor.execute(
        "SELECT sequence, hash FROM audit_seal WHERE sequence = ANY(%s)", [[head.sequence for head in heads]]
    )
    hashes = dict(cursor.fetchall())
    agreed = 0
    for head in sorted(heads, key=lambda head: head.sequence):
        if head.sequence in hashes and hashes[head.sequence] != head.hash:
            faults.append(
                f"The chain was sealed anew: seal {head.sequence} is not the one of {head.at};"
                f" the last head that agrees is of seal {agreed or '-'}"
            )
            break
        agreed = head.sequence
    return faults


def _rewritten(cursor):
    """When which history was put into another form, by whom and how much of it."""
    cursor.execute(REWRITTEN)
    told = {}
    for at, login, why, table, rows, digests in cursor.fetchall():
        sums = told.setdefault((f"{timezone.localtime(at):%Y-%m-%d %H:%M}", login, why, table), [0, 0])
        sums[0] += rows
        sums[1] += digests
    return [
        f"{at} by {login} ({why}): {rows} rows of {table}, {digests} digests"
        for (at, login, why, table), (rows, digests) in told.items()
    ]


def _history(cursor, table):
    """Rows of one history table, and what does not agree with the digests on the trail."""
    names = connection.introspection.get_table_description(cursor, table)
    values = {"table": table, "names": sorted(column.name for column in names)}
    parts = {"covered": COVERED, "table": connection.ops.quote_name(table)}
    faults = []
    cursor.execute(DIGESTS.format(**parts), values)
    wrong = cursor.fetchone()
    if wrong is not None:
        what = "a row is missing" if wrong[1] else "a row was changed"
        faults.append(f"The history {table} is not what event {wrong[0]} covers: {what}")
    cursor.execute(UNCOVERED.format(**parts), values)
    rows, uncovered, first = cursor.fetchone()
    if uncovered:
        faults.append(f"The history {table} has {uncovered} rows that no event covers, the first of number {first}")
    return rows, faults
