"""What the pages of classification read: the previous assessment, incidents since, the effect of each tier."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config import clock
from facilities.models import UNCLASSIFIED, Regime, Tier, Unit, in_arabic
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


def incidents_since(inmate, previous, until=None):
    """The person's parts in incidents since the previous assessment, or ever, newest first, at most twenty.

    `until`: the moment of a decision already made, so that its page shows what was known then.
    """
    parts = IncidentPerson.objects.filter(inmate=inmate).select_related("incident")
    if previous is not None:
        parts = parts.filter(incident__happened_at__gte=previous.submitted_at)
    if until is not None:
        parts = parts.filter(incident__recorded_at__lte=until)
    return parts.order_by("-incident__happened_at")[:20]


def serious(part):
    """Whether this part of an incident weighs in a review."""
    return part.incident.severity == Incident.Severity.SERIOUS and part.part in (
        IncidentPerson.Part.ALLEGED_AUTHOR,
        IncidentPerson.Part.INVOLVED,
    )


@dataclass(frozen=True)
class Effect:
    """What one tier means for a person: in plain values, so that a decided review keeps them as they were."""

    tier: int
    fits: bool
    units: list
    hours_out: float | None = None
    hours_contact: float | None = None
    visits: int | None = None
    calls: int | None = None
    association: str = ""
    association_ar: str = ""
    work: str = ""
    work_ar: str = ""
    review_days: int | None = None

    @property
    def association_words(self):
        """In Arabic for its readers where that is stored, else in French."""
        return (in_arabic() and self.association_ar) or self.association

    @property
    def work_words(self):
        """Likewise."""
        return (in_arabic() and self.work_ar) or self.work


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
    """One `Effect` a tier, here and now, in two queries. Programme units are nobody's for a tier."""
    regimes = {regime.tier: regime for regime in Regime.objects.all()}
    units = list(
        Unit.objects.in_use(clock.today())
        .filter(facility_id=inmate.facility_id, sex=inmate.sex)
        .exclude(purpose=Unit.Purpose.PROGRAMME)
        .order_by("name")
    )
    present = next((unit for unit in units if unit.pk == inmate.unit_id), inmate.unit)
    return [
        Effect(
            tier=tier,
            fits=present is not None and tier in present.tiers,
            units=[unit.name for unit in units if tier in unit.tiers],
            **_promised(regimes.get(tier)),
        )
        for tier in Tier.values
    ]


def _promised(regime):
    """What a regime promises, as fields of an `Effect`."""
    if regime is None:
        return {}
    return {
        "hours_out": float(regime.hours_out_of_cell),
        "hours_contact": float(regime.hours_contact),
        "visits": regime.visits_per_month,
        "calls": regime.calls_per_week,
        "association": regime.association,
        "association_ar": regime.association_ar,
        "work": regime.work_and_education,
        "work_ar": regime.work_and_education_ar,
        "review_days": regime.review_interval_days,
    }


def programme_by_tier():
    """Whether the programme is open, tier by tier, for those who may know of it."""
    open_to_all = _("Open to the person's own application.")
    return [_("Only with a written exception."), open_to_all, open_to_all]


def fits_now(inmate):
    """Whether the person's unit takes the tier in force."""
    return inmate.unit is not None and (inmate.tier or UNCLASSIFIED) in inmate.unit.tiers
