"""Where somebody was held, prison by prison: all that those who classify may read of the past (`people.participation`)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass
class Stretch:
    """Held in one prison without a break; `until` is None while it runs."""

    facility: Any
    since: datetime
    until: datetime | None


def held_in(inmate):
    """The stretches in which a person was held, latest first: moves inside a prison leave no mark."""
    stretches = []
    for placement in inmate.placements.select_related("facility").order_by("during"):
        begun, ended = placement.during.lower, placement.during.upper
        last = stretches[-1] if stretches else None
        if last is not None and last.facility.pk == placement.facility_id and last.until == begun:
            last.until = ended
        else:
            stretches.append(Stretch(placement.facility, begun, ended))
    return stretches[::-1]
