"""The service's figures as of the end of any day: people are counted, not papers, and always from what happened by then.

The keys of `statistics()` are a contract (DESIGN 3). A pardon counts by its instrument's date, a graduation by the day
the person finished, a reconviction by the day it became final.
"""

from collections import Counter, defaultdict

from django.db.models import Count, OuterRef, Subquery

from facilities.models import Facility
from inmates.classification.in_force import TierOn
from inmates.custody.models import LegalStatusPeriod, Placement
from inmates.people.models import LegalStatus
from musalaha.aftercare.models import Reconviction
from musalaha.models import Cohort, Enrolment
from musalaha.outcomes import pardoned_since, released_since


def people_on(day):
    """Everybody in custody when `day` ended: where each was, with the `tier_then` and the `status_then` of that day."""
    status = LegalStatusPeriod.objects.on(day).filter(admission=OuterRef("admission")).values("status")[:1]
    return Placement.objects.on(day).annotate(tier_then=TierOn("admission_id", day), status_then=Subquery(status))


def held(day):
    """Rows `(facility id, tier or None, legal status, returnee, people)` of everybody in custody when `day` ended."""
    kinds = people_on(day).values_list("facility_id", "tier_then", "status_then", "inmate__is_returnee")
    return kinds.annotate(people=Count("pk"))


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
    graduated, finished = {}, {}
    for rows in by_cohort.values():
        for one in rows:
            if _ended_as(one, Enrolment.Outcome.GRADUATED, day):
                first = graduated.get(one["inmate_id"])
                graduated[one["inmate_id"]] = min(filter(None, [first, one["started_on"]]))
                finished[one["inmate_id"]] = min(one["ended_on"], finished.get(one["inmate_id"], one["ended_on"]))
    pardoned, wholly = pardoned_since(graduated, day)
    released = released_since(graduated, day)
    again = Reconviction.objects.filter(inmate__in=finished, final_on__lte=day).values_list("inmate_id", "act_on")
    reconvicted = {inmate for inmate, act_on in again if act_on >= finished[inmate]}
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
