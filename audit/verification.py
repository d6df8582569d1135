"""Proving the trail: every seal recomputed from the event it covers, in order, and the events beyond the last seal counted."""

from dataclasses import dataclass

from django.db import connection

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
SELECT (SELECT count(*) FROM audit_event), (SELECT count(*) FROM audit_seal),
       (SELECT count(*) FROM audit_event e WHERE NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.event_id = e.id)),
       (SELECT hash FROM audit_seal ORDER BY sequence DESC LIMIT 1)
"""


@dataclass(frozen=True)
class Found:
    """What a verification found. `head` is the last hash: kept elsewhere, it also shows a chain cut off at its end."""

    events: int
    sealed: int
    unsealed: int
    head: str | None
    broken: int | None = None
    why: str = ""


def verify():
    """Recompute the whole chain in the database; the first broken link, if any, and the counts."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        counts = cursor.fetchone()
        cursor.execute(BROKEN)
        broken = cursor.fetchone()
    if broken is None:
        return Found(*counts)
    sequence, missing, unlinked, out_of_place = broken
    if missing:
        why = "its event is missing"
    elif out_of_place:
        why = "a seal before it is missing"
    elif unlinked:
        why = "it does not follow the seal before it"
    else:
        why = "its event or the seal itself was changed"
    return Found(*counts, broken=sequence, why=why)
