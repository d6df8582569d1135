"""What of life after release may be corrected."""

from inmates.people import corrections
from inmates.people.corrections import Correctable
from musalaha.aftercare.models import Reconviction, RecordCheck


def register():
    """New convictions and checks of the criminal record."""
    record = "musalaha.record_follow_up"
    corrections.register(
        Correctable("reconviction", Reconviction, ("act_on", "final_on", "terrorism", "source"), record, annul=True),
        Correctable("record_check", RecordCheck, ("checked_on", "reference"), record, annul=True),
    )
