"""The tier that holds on a day: the one place that says so, in SQL.

Of the decisions made during one stay in custody, that one holds which took effect last and is in force when the day
ends:

* it has taken effect by that day;
* it is not suspended: while it is, the one before it holds again;
* stricter than the tier before, it has been told to the person by then, save in a written emergency. A first decision
  counts as stricter than none. History imported from paper was told in its time.

A decision belongs to the stay during which it was decided (`TierDecision.admission`), whatever the dates say: of two
decisions on the day of a release and a readmission, each keeps to its own stay. So whoever is admitted again has no
tier until somebody decides anew. Imported history belongs to the stay that ran or had last ended on its day, or, where
it is older than all stays recorded here, to the first one: it came along with the person. An escape ends no stay.

A release stops the clock: the person keeps on record the tier of that day, and nothing takes effect afterwards.
Which stay counts on a day is custody's to say (`LATEST_STAY`); those who count people in custody take the stay of the
place where somebody is.

Everybody reads the texts below: the columns `tier`, `tier_since` and `next_review_on` of a person's row, written by
actions (`standing`) and proved by `manage.py check_register` (`disagreements`); querysets (`TierOn`, `DecisionOn`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, DateField, Func, PositiveSmallIntegerField, Value

from config import clock
from inmates.custody.derived_columns import LATEST_STAY

# The decisions `d` in force in a stay when a day ends. `{at}`: the stay, the day, the service's time zone; or the same of
# many stays, with `FROM`.
HOLDING = """
  FROM (SELECT {at}) AS at (stay, day, zone)
  JOIN inmates_admission a ON a.id = at.stay
 CROSS JOIN LATERAL (SELECT least(at.day, (a.released_at AT TIME ZONE at.zone)::date)) AS until (day)
  JOIN inmates_tierdecision d ON d.admission_id = a.id
 WHERE d.effective_on <= until.day
   AND NOT coalesce(d.suspended_on <= until.day AND (d.resumed_on IS NULL OR d.resumed_on > until.day), false)
   AND (d.tier >= d.before OR d.emergency <> '' OR d.origin = 'import'
        OR (SELECT n.served_on FROM inmates_notice n WHERE n.decision_id = d.id) <= until.day)
"""
STANDS = "d.effective_on DESC, d.id DESC"  # of several in force, the one that stands comes first


class DecisionOn(Func):  # type: ignore[misc] # Django carries no types
    """The id of the decision that holds in a stay when a day ends: `DecisionOn("admission_id", day)`; NULL where none."""

    column = "id"
    template = "(SELECT d.%(column)s" + HOLDING.format(at="%(expressions)s") + f" ORDER BY {STANDS} LIMIT 1)"
    output_field = BigIntegerField()

    def __init__(self, stay: Any, day: date) -> None:
        super().__init__(stay, Value(day, DateField()), Value(settings.TIME_ZONE), column=self.column)


class TierOn(DecisionOn):
    """The tier that holds in a stay when a day ends: `TierOn("admission_id", day)`; NULL where none."""

    column = "tier"
    output_field = PositiveSmallIntegerField()


DERIVED = f"""
WITH person AS (
    SELECT i.id, i.uuid, i.tier, i.tier_since, i.next_review_on, s.id AS stay,
           (s.admitted_at AT TIME ZONE %(zone)s)::date AS admitted_on,
           s.released_at IS NULL OR s.released_at >= %(moment)s AS running
      FROM inmates_inmate i
      LEFT JOIN LATERAL ({LATEST_STAY.format(person="i.id", moment="%(moment)s")}) AS s ON TRUE
     WHERE i.merged_into_id IS NULL {{only}}
), standing AS (
    SELECT t.inmate_id, t.tier, min(t.effective_on) AS since
      FROM (SELECT d.inmate_id, d.tier, d.effective_on,
                   row_number() OVER (PARTITION BY d.inmate_id ORDER BY {STANDS})
                   - row_number() OVER (PARTITION BY d.inmate_id, d.tier ORDER BY {STANDS}) AS others_since
            {HOLDING.format(at="p.stay, %(day)s::date, %(zone)s FROM person p")}) AS t
     WHERE t.others_since = 0
     GROUP BY t.inmate_id, t.tier
), latest AS (
    SELECT DISTINCT ON (d.admission_id) d.admission_id, d.decided_on, d.next_review_on
      FROM person p JOIN inmates_tierdecision d ON d.admission_id = p.stay
     WHERE p.running AND d.decided_on <= %(day)s
     ORDER BY d.admission_id, d.decided_on DESC, d.id DESC
), planned AS (
    SELECT p.id AS inmate_id, coalesce(l.decided_on, p.admitted_on) AS counted_from,
           coalesce(l.next_review_on, p.admitted_on + %(first)s) AS due_on
      FROM person p LEFT JOIN latest l ON l.admission_id = p.stay
     WHERE p.running
), put_off AS (
    SELECT q.inmate_id, max(q.until) AS until
      FROM inmates_postponement q JOIN planned n ON n.inmate_id = q.inmate_id
     WHERE q.postponed_on BETWEEN n.counted_from AND %(day)s
     GROUP BY q.inmate_id
), triggered AS (
    SELECT t.inmate_id, min(t.due_on) AS due_on
      FROM inmates_reviewtrigger t JOIN person p ON p.id = t.inmate_id
     WHERE t.answered_by_id IS NULL AND t.happened_on <= %(day)s AND t.happened_on >= p.admitted_on
       AND (t.closed_on IS NULL OR t.closed_on > %(day)s)
     GROUP BY t.inmate_id
), derived AS (
    SELECT p.id, p.uuid, p.tier AS stored_tier, p.tier_since AS stored_since, p.next_review_on AS stored_review,
           s.tier, s.since, CASE WHEN p.running THEN least(greatest(n.due_on, o.until), t.due_on) END AS review
      FROM person p
      LEFT JOIN standing s ON s.inmate_id = p.id
      LEFT JOIN planned n ON n.inmate_id = p.id
      LEFT JOIN put_off o ON o.inmate_id = p.id
      LEFT JOIN triggered t ON t.inmate_id = p.id
)
SELECT * FROM derived
"""  # noqa: S608 (composed of texts of this project)
DIFFERING = """
 WHERE (stored_tier, stored_since, stored_review) IS DISTINCT FROM (tier, since, review)
 ORDER BY id
"""

COLUMNS = ("tier", "tier_since", "next_review_on")


@dataclass(frozen=True)
class Standing:
    """What the decisions say of a person on a day."""

    tier: int | None
    tier_since: date | None
    next_review_on: date | None


def _rows(day: date | None, ending: str = "", **only: int) -> list[tuple[Any, ...]]:
    """Rows `(pk, uuid, three columns stored, three derived)` when `day` (today) ends: of one `inmate` or of all."""
    day = day or clock.today()
    values = {
        "day": day,
        "moment": clock.end_of(day),
        "zone": settings.TIME_ZONE,
        "first": settings.POLICY["first_assessment_days"],
    }
    with connection.cursor() as cursor:
        cursor.execute(DERIVED.format(only="AND i.id = %(inmate)s" if only else "") + ending, values | only)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def standing(inmate: Any, day: date | None = None) -> Standing:
    """What one person's columns should be when `day` (today) ends."""
    (row,) = _rows(day, inmate=inmate.pk)
    return Standing(*row[5:])


def disagreements(day: date | None = None) -> Iterator[tuple[UUID, str, Any, Any]]:
    """Every column that is not what its sources say on `day` (today): `(inmate uuid, column, stored, derived)`."""
    for row in _rows(day, DIFFERING):
        for column, was, should in zip(COLUMNS, row[2:5], row[5:], strict=True):
            if was != should:
                yield row[1], column, was, should


def differing_ids(day: date | None = None) -> list[int]:
    """Primary keys of the people whose columns no longer are what their sources say."""
    return [row[0] for row in _rows(day, DIFFERING)]


def holding(stay: int, day: date) -> list[int]:
    """The ids of the decisions of one stay that are in force when `day` ends, the one that stands first."""
    at = "%(stay)s::bigint, %(day)s::date, %(zone)s"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT d.id {HOLDING.format(at=at)} ORDER BY {STANDS}",
            {"stay": stay, "day": day, "zone": settings.TIME_ZONE},
        )
        return [row[0] for row in cursor.fetchall()]
