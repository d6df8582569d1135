"""Drift and outliers, seen and not guessed: which tiers changed, on time or late, and who agrees with whom."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from facilities.models import Tier
from inmates.classification.models import Appeal, Notice, TierDecision
from inmates.small_cells import hide_rows

TIERS = (None, *Tier.values)


def decisions_in(user, start, end):
    """Decisions made by people in the register, in the user's scope, from `start` to `end` (both days included)."""
    return (
        TierDecision.objects.visible_to(user)
        .exclude(origin=TierDecision.Origin.IMPORT)
        .filter(decided_on__range=(start, end))
    )


def changes(decisions):
    """The tier-change matrix: one row a tier before, `(before, [count to 1, to 2, to 3], total)`."""
    counted = Counter(decisions.values_list("before", "tier"))
    rows = []
    for before in TIERS:
        row = [counted[before, after] for after in Tier.values]
        rows.append((before, row, sum(row)))
    return rows


def timeliness(user, start, end):
    """`[(key, in time, of)]`: first assessments, reviews, notices, appeals' answers that fell in the period."""
    decisions = decisions_in(user, start, end)
    first = decisions.filter(before=None, review__isnull=False)
    limit = settings.POLICY["first_assessment_days"]
    in_time = sum(
        (decided - timezone.localdate(admitted)).days <= limit
        for decided, admitted in first.values_list("decided_on", "review__assessment__admission__admitted_at")
    )
    notices = Notice.objects.filter(decision__in=decisions)
    served = notices.exclude(served_on=None)
    appeals = Appeal.objects.visible_to(user).filter(decided_on__range=(start, end))
    return [
        ("first", in_time, first.count()),
        ("reviews", *_reviews_in_time(decisions)),
        ("notices", served.filter(served_on__lte=F("due_on")).count(), notices.count()),
        ("appeals", appeals.filter(decided_on__lte=F("due_on")).count(), appeals.count()),
    ]


def _reviews_in_time(decisions):
    """Later decisions made by the day that the decision before had set."""
    later = decisions.filter(before__isnull=False, review__isnull=False)
    pairs = list(later.values_list("pk", "inmate_id", "decided_on"))
    planned = defaultdict(list)
    earlier = TierDecision.objects.filter(inmate__in={inmate for _pk, inmate, _day in pairs}).order_by("id")
    for pk, inmate, day in earlier.values_list("pk", "inmate_id", "next_review_on"):
        planned[inmate].append((pk, day))
    in_time = 0
    for pk, inmate, decided in pairs:
        before = [day for other, day in planned[inmate] if other < pk]
        in_time += bool(before) and decided <= before[-1]
    return in_time, len(pairs)


@dataclass
class Agreement:
    """How often suggestion, proposal and decision agreed, for one assessor, reviewer or prison."""

    label: str
    decided: int = 0
    suggested: int = 0
    as_suggested: int = 0
    as_proposed: int = 0
    stricter: int = 0
    milder: int = 0


def agreement(decisions, by):
    """One `Agreement` a name; `by` is assessor, reviewer or prison. Largest first."""
    lines = {}
    rows = decisions.filter(review__isnull=False).select_related(
        "assessor", "decided_by", "inmate__facility", "review__assessment"
    )
    for decision in rows:
        who = {"assessor": decision.assessor, "reviewer": decision.decided_by, "prison": decision.inmate.facility}[by]
        line = lines.setdefault(who.pk, Agreement(str(who)))
        assessment = decision.review.assessment
        line.decided += 1
        if assessment.suggested_tier is not None:
            line.suggested += 1
            line.as_suggested += assessment.suggested_tier == assessment.proposed_tier
        line.as_proposed += decision.tier == assessment.proposed_tier
        line.stricter += decision.tier < assessment.proposed_tier
        line.milder += decision.tier > assessment.proposed_tier
    return sorted(lines.values(), key=lambda line: -line.decided)


AGES = ((0, 24, "-24"), (25, 34, "25-34"), (35, 44, "35-44"), (45, 200, "45+"))


def breakdown(decisions):
    """Decisions by age and by origin and tier, small cells hidden: `{"age": rows, "origin": rows}`.

    A row is `(group, [count or None for tiers 1, 2, 3], total or None)`; None is a hidden cell.
    """
    age, origin = defaultdict(Counter), defaultdict(Counter)
    rows = decisions.values_list(
        "tier", "decided_on", "inmate__birth_date", "inmate__nationality", "inmate__second_nationality"
    )
    for tier, day, birth, nationality, second in rows:
        years = None if birth is None else day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
        group = next((name for low, high, name in AGES if years is not None and low <= years <= high), "unknown")
        age[group][tier] += 1
        origin[_origin(nationality, second)][tier] += 1
    groups = [name for _low, _high, name in AGES] + ["unknown"]
    return {
        "age": hide_rows([(g, [age[g][t] for t in Tier.values]) for g in groups]),
        "origin": hide_rows([(g, [origin[g][t] for t in Tier.values]) for g in ("moroccan", "dual", "foreign")]),
    }


def _origin(nationality, second):
    """moroccan, dual or foreign."""
    if second:
        return "dual" if "MA" in (nationality, second) else "foreign"
    return "moroccan" if nationality == "MA" else "foreign"
