"""What each tier means for a person, here and now: which units take them, what its regime promises."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from config import clock
from facilities.models import Regime, Tier, Unit, in_arabic


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
