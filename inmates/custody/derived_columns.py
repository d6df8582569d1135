"""The columns that lists read, proved against where they come from, as of a day; and which stay counts on a day."""

from django.conf import settings
from django.db import connection
from django.db.models import BigIntegerField, DateTimeField, Func, Value

from config import clock

# A person's stay that counts when a day ends (`moment`): the latest begun by then, whether or not it has ended since.
# Stays entered for the wrong person are none.
LATEST_STAY = """
SELECT a.id, a.admitted_at, a.released_at, a.ground
  FROM inmates_admission a
 WHERE a.inmate_id = {person} AND a.admitted_at < {moment} AND a.annulled_at IS NULL
 ORDER BY a.admitted_at DESC LIMIT 1
"""


class StayOn(Func):
    """The id of the stay that counts for a person when a day ends: `StayOn("inmate_id", day)`; NULL where none."""

    template = f"""(
        SELECT s.id FROM (SELECT %(expressions)s) AS at (person, moment)
         CROSS JOIN LATERAL ({LATEST_STAY.format(person="at.person", moment="at.moment")}) AS s)"""  # noqa: S608
    output_field = BigIntegerField()

    def __init__(self, person, day):
        super().__init__(person, Value(clock.end_of(day), DateTimeField()))


DISAGREEMENTS = f"""
WITH place AS (
    SELECT DISTINCT ON (p.inmate_id) p.inmate_id, p.facility_id, p.unit_id,
           p.annulled_at IS NULL AND (upper_inf(p.during) OR upper(p.during) >= %(moment)s) AS running
      FROM inmates_placement p WHERE lower(p.during) < %(moment)s
     ORDER BY p.inmate_id, p.annulled_at IS NOT NULL, lower(p.during) DESC -- one never admitted stays with that prison
), number AS (
    SELECT DISTINCT ON (n.inmate_id) n.inmate_id, n.number
      FROM inmates_registrationnumber n JOIN inmates_admission a ON a.id = n.admission_id
     WHERE n.given_on <= %(day)s AND n.annulled_at IS NULL
     ORDER BY n.inmate_id, a.admitted_at DESC, n.id DESC -- a merge may bring later numbers of an earlier stay
), legal AS (
    SELECT DISTINCT ON (l.inmate_id) l.inmate_id, l.status
      FROM inmates_legalstatusperiod l WHERE l.starts_on <= %(day)s AND l.annulled_at IS NULL
     ORDER BY l.inmate_id, l.starts_on DESC
), computed AS (
    SELECT DISTINCT ON (r.inmate_id) r.inmate_id, r."on" AS release_on, r.basis
      FROM inmates_releasecomputation r WHERE r.made_on <= %(day)s ORDER BY r.inmate_id, r.id DESC
), source AS (
    SELECT i.uuid, i.id,
           CASE WHEN s.id IS NULL THEN 'not_admitted'
                WHEN s.released_at IS NOT NULL AND s.released_at < %(moment)s
                    THEN CASE WHEN s.ground = 'death' THEN 'deceased' ELSE 'released' END
                WHEN p.running THEN 'in_custody' ELSE 'absent' END AS status,
           p.facility_id,
           CASE WHEN p.running THEN p.unit_id END AS unit_id,
           COALESCE(n.number, '') AS registration_number,
           COALESCE(l.status, '') AS legal_status,
           (s.admitted_at AT TIME ZONE %(zone)s)::date AS admitted_on,
           c.release_on, COALESCE(c.basis, 'none') AS release_basis
      FROM inmates_inmate i
      LEFT JOIN LATERAL ({LATEST_STAY.format(person="i.id", moment="%(moment)s")}) AS s ON TRUE
      LEFT JOIN place p ON p.inmate_id = i.id
      LEFT JOIN number n ON n.inmate_id = i.id
      LEFT JOIN legal l ON l.inmate_id = i.id
      LEFT JOIN computed c ON c.inmate_id = i.id
     WHERE i.merged_into_id IS NULL
)
SELECT i.uuid, c.name, c.stored, c.derived
  FROM inmates_inmate i JOIN source s ON s.id = i.id
 CROSS JOIN LATERAL (VALUES
    ('status', i.status, s.status),
    ('facility', i.facility_id::text, s.facility_id::text),
    ('unit', i.unit_id::text, s.unit_id::text),
    ('registration_number', i.registration_number, s.registration_number),
    ('legal_status', i.legal_status, s.legal_status),
    ('admitted_on', i.admitted_on::text, s.admitted_on::text),
    ('release_on', i.release_on::text, s.release_on::text),
    ('release_basis', i.release_basis, s.release_basis)
 ) AS c(name, stored, derived)
 WHERE c.stored IS DISTINCT FROM c.derived
 ORDER BY 1, 2
"""  # noqa: S608 (composed of texts of this project)


def disagreements(as_of=None):
    """Yield `(inmate uuid, column, stored, derived)` for each column of custody that its sources do not bear out.

    `as_of` cuts the sources at the end of a day (today); the stored columns are those of now. One query, set-based.
    """
    day = as_of or clock.today()
    values = {"moment": clock.end_of(day), "day": day, "zone": settings.TIME_ZONE}
    with connection.cursor() as cursor:
        cursor.execute(DISAGREEMENTS, values)
        yield from cursor.fetchall()
