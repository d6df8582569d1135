"""The service's figures as of the end of any day: people are counted, not papers, and always from what happened by then.

The keys of `statistics()` are a contract (DESIGN 3). A pardon counts by its instrument's date, a graduation by the day
the person finished, a reconviction by the day it became final.
"""

from collections import Counter, defaultdict

from django.db import connection
from django.utils.timezone import localdate

from config import clock
from facilities.models import Facility
from inmates.custody.models import Admission
from inmates.people.models import LegalStatus
from inmates.sentences.models import Pardon
from musalaha.models import Cohort, Enrolment, Reconviction

HELD = """
WITH held AS (
    SELECT a.id, a.inmate_id, a.admitted_at
      FROM inmates_admission a
     WHERE a.admitted_at < %(moment)s AND (a.released_at IS NULL OR a.released_at >= %(moment)s)
       AND NOT EXISTS (
           SELECT 1 FROM inmates_outing o
            WHERE o.admission_id = a.id AND o.kind = 'escape' AND o.left_at < %(moment)s
              AND (o.back_at IS NULL OR o.back_at >= %(moment)s))
)
SELECT p.facility_id, t.tier, l.status, i.is_returnee IS TRUE, count(*)
  FROM held h
  JOIN inmates_inmate i ON i.id = h.inmate_id
  LEFT JOIN LATERAL (
      SELECT p.facility_id FROM inmates_placement p
       WHERE p.admission_id = h.id AND lower(p.during) < %(moment)s
         AND (upper_inf(p.during) OR upper(p.during) >= %(moment)s) LIMIT 1) p ON TRUE
  LEFT JOIN LATERAL (
      SELECT d.tier FROM inmates_tierdecision d
       WHERE d.inmate_id = h.inmate_id AND d.effective_on <= %(day)s
         AND d.decided_on >= (h.admitted_at AT TIME ZONE %(zone)s)::date
         AND NOT (d.suspended_on IS NOT NULL AND d.suspended_on <= %(day)s AND (d.resumed_on IS NULL OR d.resumed_on > %(day)s))
       ORDER BY d.effective_on DESC, d.id DESC LIMIT 1) t ON TRUE
  LEFT JOIN LATERAL (
      SELECT s.status FROM inmates_legalstatusperiod s
       WHERE s.admission_id = h.id AND s.starts_on <= %(day)s AND (s.ends_on IS NULL OR s.ends_on > %(day)s) LIMIT 1) l ON TRUE
 GROUP BY 1, 2, 3, 4
"""


def held(day):
    """Rows `(facility id, tier or None, legal status, returnee, people)` of everybody in custody when `day` ended."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, {"moment": clock.end_of(day), "day": day, "zone": "Africa/Casablanca"})
        return cursor.fetchall()


def statistics(day):
    """All figures as of the end of `day`, as plain data ready for JSON."""
    rows = held(day)
    codes = dict(Facility.objects.values_list("pk", "code"))
    by_tier, by_status, by_facility = Counter(), Counter(), Counter()
    for facility, tier, status, _returnee, people in rows:
        by_tier[str(tier) if tier else "unclassified"] += people
        by_status[status] += people
        by_facility[codes.get(facility)] += people
    return {
        "as_of": day.isoformat(),
        "facilities": {
            "registered": Facility.objects.open_on(day).count(),
            "occupied": sum(1 for code in by_facility if code),
        },
        "custody": {
            "total": sum(row[4] for row in rows),
            "by_tier": {key: by_tier[key] for key in ("1", "2", "3", "unclassified")},
            "by_legal_status": {status: by_status[status] for status in LegalStatus.values},
            "by_facility": {code: by_facility[code] for code in sorted(filter(None, by_facility))},
            "returnees": sum(row[4] for row in rows if row[3]),
        },
        "musalaha": musalaha(day),
    }


def musalaha(day):
    """The programme's figures as of the end of `day`. `per_cohort` counts what became of each round's graduates."""
    enrolments = Enrolment.objects.filter(started_on__lte=day, cohort__started_on__lte=day)
    by_cohort = defaultdict(list)
    for one in enrolments.values("cohort_id", "inmate_id", "started_on", "ended_on", "outcome"):
        by_cohort[one["cohort_id"]].append(one)
    graduated = {}
    for rows in by_cohort.values():
        for one in rows:
            if _ended_as(one, Enrolment.Outcome.GRADUATED, day):
                first = graduated.get(one["inmate_id"])
                graduated[one["inmate_id"]] = min(filter(None, [first, one["started_on"]]))
    pardoned, wholly = _pardoned(graduated, day)
    released = _released(graduated, day)
    reconvicted = set(
        Reconviction.objects.filter(inmate__in=graduated, final_on__lte=day).values_list("inmate_id", flat=True)
    )
    per_cohort = []
    for cohort in Cohort.objects.filter(started_on__lte=day).order_by("number"):
        rows = by_cohort[cohort.pk]
        people = {one["inmate_id"] for one in rows if _ended_as(one, Enrolment.Outcome.GRADUATED, day)}
        per_cohort.append(
            {
                "number": cohort.number,
                "participants": len({one["inmate_id"] for one in rows}),
                "graduates": len(people),
                "withdrew": sum(_ended_as(one, Enrolment.Outcome.WITHDREW, day) for one in rows),
                "removed": sum(_ended_as(one, Enrolment.Outcome.REMOVED, day) for one in rows),
                "pardoned": len(people & pardoned),
                "reduced": len(people & (pardoned - wholly)),
                "released": len(people & released),
                "reconvicted": len(people & reconvicted),
            }
        )
    return {
        "cohorts": {
            "completed": Cohort.objects.completed_by(day).count(),
            "running": Cohort.objects.running_on(day).count(),
        },
        "participating": enrolments.participating_on(day).values("inmate_id").distinct().count(),
        "graduates": len(graduated),
        "graduates_pardoned": len(pardoned),
        "graduates_reduced": len(pardoned - wholly),
        "graduates_released": len(released),
        "reconvicted": len(reconvicted),
        "per_cohort": per_cohort,
    }


def _ended_as(enrolment, outcome, day):
    return enrolment["outcome"] == outcome and enrolment["ended_on"] <= day


def _pardoned(graduated, day):
    """`(people with a verified pardon since their round began, those of them whose prison term ended with it)`."""
    pardoned, wholly = set(), set()
    pardons = (
        Pardon.objects.in_force()
        .filter(inmate__in=graduated, instrument__dated_on__lte=day)
        .select_related("instrument")
    )
    for pardon in pardons:
        if pardon.instrument.dated_on >= graduated[pardon.inmate_id]:
            pardoned.add(pardon.inmate_id)
            if not pardon.partial:
                wholly.add(pardon.inmate_id)
    return pardoned, wholly


def _released(graduated, day):
    """Graduates whose stay in custody, the one their round fell into, had ended by `day`."""
    moment = clock.end_of(day)
    stays = Admission.objects.filter(inmate__in=graduated, released_at__lt=moment).values_list(
        "inmate_id", "released_at"
    )
    return {inmate for inmate, released_at in stays if localdate(released_at) >= graduated[inmate]}
