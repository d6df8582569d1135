"""Decisions that come with an imported register or history."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit import trail
from facilities.models import Tier
from inmates.classification.actions.effects import apply_standing
from inmates.classification.models import TierDecision
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


@transaction.atomic
def import_decisions(rows, *, by=None):
    """Enter decisions of the time before this register, oldest first for each person; no notice is owed for them.

    `rows`: mappings with inmate, tier, decided_on, reasons, assessor, decided_by, next_review_on; `before` if known.
    Still two people, still reasons: the database refuses anything else.
    """
    rows = list(rows)
    if any(row["tier"] not in Tier.values for row in rows):
        raise ValidationError({"tier": _("Choose one of the three tiers.")})
    before = {}
    decisions = []
    for row in rows:
        inmate = row["inmate"]
        decisions.append(
            TierDecision(
                inmate=inmate,
                origin=TierDecision.Origin.IMPORT,
                assessor=row["assessor"],
                decided_by=row["decided_by"],
                decided_on=row["decided_on"],
                effective_on=row["decided_on"],
                before=row.get("before", before.get(inmate.pk)),
                tier=row["tier"],
                reasons=row["reasons"],
                next_review_on=row["next_review_on"],
            )
        )
        before[inmate.pk] = row["tier"]
    decisions = TierDecision.objects.bulk_create(decisions, batch_size=1000)
    for pk in before:
        apply_standing(Inmate.objects.select_for_update().get(pk=pk), by=by, quiet=True)
    trail.record("decisions.imported", by=by, detail={"count": len(decisions)})
    return decisions
