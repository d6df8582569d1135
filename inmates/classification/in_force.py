"""The three columns of the tier on a person's row, derived from decisions, notices, triggers and postponements.

One rule, in SQL, for one person or for all: actions write what it says, `manage.py check_register` proves that.
"""

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db import connection

from config import clock

DERIVED = """
WITH person AS (
    SELECT i.id, i.uuid, i.tier, i.tier_since, i.next_review_on, i.admitted_on,
           i.status IN ('in_custody', 'absent') AS held
      FROM inmates_inmate i
     WHERE i.merged_into_id IS NULL {only}
), decision AS (
    SELECT d.id, d.inmate_id, d.tier, d.effective_on, d.decided_on, d.next_review_on,
           d.effective_on <= %(day)s
           AND NOT coalesce(d.suspended_on <= %(day)s AND (d.resumed_on IS NULL OR d.resumed_on > %(day)s), false)
           AND (d.before IS NULL OR d.tier >= d.before OR d.emergency <> '' OR d.origin = 'import'
                OR coalesce(n.served_on <= %(day)s, false)) AS in_force
      FROM inmates_tierdecision d
      JOIN person p ON p.id = d.inmate_id
      LEFT JOIN inmates_notice n ON n.decision_id = d.id
     WHERE d.decided_on <= %(day)s
), current_one AS (
    SELECT DISTINCT ON (inmate_id) * FROM decision WHERE in_force ORDER BY inmate_id, effective_on DESC, id DESC
), since AS (
    SELECT c.inmate_id, min(d.effective_on) AS day
      FROM current_one c JOIN decision d ON d.inmate_id = c.inmate_id AND d.in_force AND d.tier = c.tier
     WHERE NOT EXISTS (
           SELECT 1 FROM decision o
            WHERE o.inmate_id = c.inmate_id AND o.in_force AND o.tier <> c.tier
              AND (o.effective_on, o.id) > (d.effective_on, d.id))
     GROUP BY c.inmate_id
), latest AS (
    SELECT DISTINCT ON (inmate_id) * FROM decision ORDER BY inmate_id, decided_on DESC, id DESC
), planned AS (
    SELECT p.id AS inmate_id,
           CASE WHEN l.id IS NULL OR l.decided_on < p.admitted_on
                THEN p.admitted_on ELSE l.decided_on END AS counted_from,
           CASE WHEN l.id IS NULL OR l.decided_on < p.admitted_on
                THEN p.admitted_on + %(first)s ELSE l.next_review_on END AS due_on
      FROM person p LEFT JOIN latest l ON l.inmate_id = p.id
     WHERE p.held
), put_off AS (
    SELECT q.inmate_id, max(q.until) AS until
      FROM inmates_postponement q JOIN planned n ON n.inmate_id = q.inmate_id
     WHERE q.postponed_on BETWEEN n.counted_from AND %(day)s
     GROUP BY q.inmate_id
), triggered AS (
    SELECT t.inmate_id, min(t.due_on) AS due_on
      FROM inmates_reviewtrigger t JOIN person p ON p.id = t.inmate_id
     WHERE t.answered_by_id IS NULL AND t.happened_on <= %(day)s AND t.happened_on >= p.admitted_on
     GROUP BY t.inmate_id
)
SELECT p.id, p.uuid, p.tier, p.tier_since, p.next_review_on,
       c.tier, s.day, CASE WHEN p.held THEN least(greatest(n.due_on, o.until), t.due_on) END
  FROM person p
  LEFT JOIN current_one c ON c.inmate_id = p.id
  LEFT JOIN since s ON s.inmate_id = p.id
  LEFT JOIN planned n ON n.inmate_id = p.id
  LEFT JOIN put_off o ON o.inmate_id = p.id
  LEFT JOIN triggered t ON t.inmate_id = p.id
{differing}
"""
DIFFERING = """
 WHERE (p.tier, p.tier_since, p.next_review_on) IS DISTINCT FROM
       (c.tier, s.day, CASE WHEN p.held THEN least(greatest(n.due_on, o.until), t.due_on) END)
 ORDER BY p.id
"""

COLUMNS = ("tier", "tier_since", "next_review_on")


@dataclass(frozen=True)
class Standing:
    """What the decisions say of a person on a day."""

    tier: int | None
    tier_since: date | None
    next_review_on: date | None


def _parameters(day):
    return {"day": day, "first": settings.POLICY["first_assessment_days"]}


def standing(inmate, day=None):
    """What one person's columns should be on `day` (today)."""
    with connection.cursor() as cursor:
        cursor.execute(
            DERIVED.format(only="AND i.id = %(inmate)s", differing=""),
            _parameters(day or clock.today()) | {"inmate": inmate.pk},
        )
        return Standing(*cursor.fetchone()[5:])


def disagreements(day=None):
    """Every column that is not what its sources say on `day` (today): `(inmate uuid, column, stored, derived)`."""
    for _pk, uuid, stored, derived in _differing(day):
        for column, was, should in zip(COLUMNS, stored, derived, strict=True):
            if was != should:
                yield uuid, column, was, should


def differing_ids(day=None):
    """Primary keys of the people whose columns no longer are what their sources say."""
    return [row[0] for row in _differing(day)]


def _differing(day):
    """`(pk, uuid, stored, derived)` of each person who differs, found by one statement."""
    with connection.cursor() as cursor:
        cursor.execute(DERIVED.format(only="", differing=DIFFERING), _parameters(day or clock.today()))
        return [(row[0], row[1], row[2:5], row[5:8]) for row in cursor.fetchall()]
