"""What the pages of classification read: the previous assessment, incidents since, the effect of each tier."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config import clock
from facilities.models import UNCLASSIFIED, Regime, Tier, Unit
from inmates.classification.models import Assessment, TierDecision
from inmates.conditions.models import Incident, IncidentPerson


def decision_of(user, uuid):
    """The decision with what its papers show, inside the user's scope; TierDecision.DoesNotExist otherwise."""
    return (
        TierDecision.objects.visible_to(user)
        .select_related("inmate__facility", "inmate__unit", "admission", "notice", "decided_by", "assessor")
        .get(uuid=uuid)
    )


def previous_assessment(inmate, *, than=None):
    """The last assessment handed in before `than` (any), with its findings by domain on `.by_domain`; or None."""
    earlier = Assessment.objects.submitted().filter(inmate=inmate).select_related("assessor")
    if than is not None:
        earlier = earlier.exclude(pk=than.pk)
        if than.submitted_at is not None:
            earlier = earlier.filter(submitted_at__lt=than.submitted_at)
    previous = earlier.prefetch_related("findings").first()
    if previous is not None:
        previous.by_domain = {finding.domain: finding for finding in previous.findings.all()}
    return previous


def incidents_since(inmate, previous):
    """The person's parts in incidents since the previous assessment, or ever, newest first, at most twenty."""
    parts = IncidentPerson.objects.filter(inmate=inmate).select_related("incident")
    if previous is not None:
        parts = parts.filter(incident__happened_at__gte=previous.submitted_at)
    return parts.order_by("-incident__happened_at")[:20]


def serious(part):
    """Whether this part of an incident weighs in a review."""
    return part.incident.severity == Incident.Severity.SERIOUS and part.part in (
        IncidentPerson.Part.ALLEGED_AUTHOR,
        IncidentPerson.Part.INVOLVED,
    )


@dataclass(frozen=True)
class Effect:
    """What one tier would mean for this person here and now."""

    tier: int
    direction: str
    regime: Regime | None
    units: list
    fits: bool
    programme: str


DIRECTIONS = ("first", "same", "stricter", "milder")


def direction(before, after):
    """first, same, stricter or milder."""
    if before is None:
        return "first"
    return "same" if after == before else "stricter" if after < before else "milder"


def direction_words(name):
    """The direction in words."""
    return {
        "first": _("First tier"),
        "same": _("No change"),
        "stricter": _("Stricter"),
        "milder": _("Milder"),
    }[name]


def effects(inmate):
    """One `Effect` a tier, in two queries."""
    regimes = {regime.tier: regime for regime in Regime.objects.all()}
    units = list(
        Unit.objects.in_use(clock.today()).filter(facility_id=inmate.facility_id, sex=inmate.sex).order_by("name")
    )
    present = next((unit for unit in units if unit.pk == inmate.unit_id), inmate.unit)
    programme = {
        1: _("Only with a reviewer's written exception."),
        2: _("Open to the person's own application."),
        3: _("Open to the person's own application."),
    }
    return [
        Effect(
            tier=tier,
            direction=direction(inmate.tier, tier),
            regime=regimes.get(tier),
            units=[unit.name for unit in units if tier in unit.tiers],
            fits=present is not None and tier in present.tiers,
            programme=programme[tier],
        )
        for tier in Tier.values
    ]


def fits_now(inmate):
    """Whether the person's unit takes the tier in force."""
    return inmate.unit is not None and (inmate.tier or UNCLASSIFIED) in inmate.unit.tiers
