"""Decisions that come with an imported register or history."""

from collections import defaultdict

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit import trail
from core.workflow import ensure
from facilities.models import Tier
from inmates.classification.actions.effects import apply_standing
from inmates.classification.models import TierDecision
from inmates.custody.models import Admission
from inmates.people.models import Inmate


def import_decision(inmate, *, tier, decided_on, reasons, assessor, decided_by, next_review_on, by=None):
    """One decision of a paper file; see `import_decisions`."""
    rows = [
        {
            "inmate": inmate,
            "tier": tier,
            "decided_on": decided_on,
            "reasons": reasons,
            "assessor": assessor,
            "decided_by": decided_by,
            "next_review_on": next_review_on,
        }
    ]
    return import_decisions(rows, by=by)[0]


def _stay_of(day, stays):
    """Which of somebody's stays, in order, a decision of `day` on paper belongs to: see `in_force.py`."""
    begun = [stay for stay in stays if timezone.localdate(stay.admitted_at) <= day]
    return begun[-1] if begun else stays[0]


@transaction.atomic
def import_decisions(rows, *, by=None):
    """Enter decisions of the time before this register, oldest first for each person; no notice is owed for them.

    `rows`: mappings with inmate, tier, decided_on, reasons, assessor, decided_by, next_review_on; `before` if known.
    Still two people, still reasons: the database refuses anything else. Raises InvalidTransition for somebody never admitted.
    """
    rows = list(rows)
    if any(row["tier"] not in Tier.values for row in rows):
        raise ValidationError({"tier": _("Choose one of the three tiers.")})
    stays = defaultdict(list)
    for stay in Admission.objects.filter(inmate__in={row["inmate"].pk for row in rows}).order_by("admitted_at"):
        stays[stay.inmate_id].append(stay)
    ensure(all(stays[row["inmate"].pk] for row in rows), _("This person is not in custody: nothing was changed."))
    before = {}
    decisions = []
    for row in rows:
        inmate = row["inmate"]
        admission = _stay_of(row["decided_on"], stays[inmate.pk])
        decisions.append(
            TierDecision(
                inmate=inmate,
                admission=admission,
                origin=TierDecision.Origin.IMPORT,
                assessor=row["assessor"],
                decided_by=row["decided_by"],
                decided_on=row["decided_on"],
                effective_on=row["decided_on"],
                before=row.get("before", before.get(admission.pk)),
                tier=row["tier"],
                reasons=row["reasons"],
                next_review_on=row["next_review_on"],
            )
        )
        before[admission.pk] = row["tier"]
    decisions = TierDecision.objects.bulk_create(decisions, batch_size=1000)
    for pk in stays:
        apply_standing(Inmate.objects.select_for_update().get(pk=pk), by=by, quiet=True)
    trail.record("decisions.imported", by=by, detail={"count": len(decisions)})
    return decisions
